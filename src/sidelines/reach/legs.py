"""Stops on the way: legs no longer than an aircraft flies with its load."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sidelines.terms.arrays import Bool, Float

__all__ = ["Flight", "best_stops"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """A one-way flight by stops, or the gap that leaves none.

    `sites` are rows of the matrix from start to goal, empty where there is no way; `tanked` says
    per leg whether a tanker has to extend it; `flying_h` and `ground_h` [h] exclude the time at
    either end. Without a way, `gap` is the leg that would have to be flown, and `gap_km` [km] the
    shortest range that would do; None and infinity if no range would.
    """

    sites: tuple[int, ...]
    leg_km: tuple[float, ...]
    tanked: tuple[bool, ...]
    flying_h: float
    ground_h: float
    gap: tuple[int, int] | None
    gap_km: float

    @property
    def exists(self) -> bool:
        """Tell whether there is a way."""
        return bool(self.sites)


def best_stops(
    km: Float[np.ndarray, "site site"],
    *,
    start: int,
    goal: int,
    usable: Bool[np.ndarray, " site"],
    range_km: float,
    speed_km_per_h: float,
    stop_h: float,
    tanked_range_km: float = 0.0,
    most_tanked: int = 0,
) -> Flight:
    """Return the flight that takes the least flying and ground time.

    Parameters
    ----------
    km
        Lengths of the ways between sites, infinite where there is none [km].
    start, goal
        Rows of the matrix to fly from and to; they need not be usable as stops.
    usable
        Sites where the aircraft may land on the way.
    range_km
        Longest leg with the load, above zero [km].
    speed_km_per_h
        Block speed, above zero [km/h].
    stop_h
        Time on the ground at a stop, at least zero [h].
    tanked_range_km
        Longest leg with a tanker's help; no help if not longer than `range_km` [km].
    most_tanked
        How many legs tankers can extend.

    Returns
    -------
    Flight
        The best flight; where none fits, the gap on the way with the shortest longest leg.

    Notes
    -----
    Source: Dijkstra (1959), A Note on Two Problems in Connexion with Graphs, Numerische Mathematik
    1, 269; for the gap its bottleneck form. Time counts as in US Air Force Pamphlet 10-1403: flying
    plus ground time.

    Examples
    --------
    >>> km = np.array([[0.0, 5000.0, 9000.0], [5000.0, 0.0, 4500.0], [9000.0, 4500.0, 0.0]])
    >>> flight = best_stops(
    ...     km,
    ...     start=0,
    ...     goal=2,
    ...     usable=np.array([True, True, True]),
    ...     range_km=5500.0,
    ...     speed_km_per_h=800.0,
    ...     stop_h=3.0,
    ... )
    >>> flight.sites, flight.flying_h
    ((0, 1, 2), 11.875)
    """
    entered = usable.copy()
    entered[[start, goal]] = True
    ways = np.where(entered, km, np.inf)
    layers = 1 + (most_tanked if tanked_range_km > range_km else 0)
    hours = ways / speed_km_per_h + stop_h
    steps = [(hours, ways <= range_km)]
    if layers > 1:
        steps.append((hours, (ways > range_km) & (ways <= tanked_range_km)))
    sites = _shortest(steps, start=start, goal=goal, layers=layers)
    if sites:
        return _flight(sites, km, range_km=range_km, speed_km_per_h=speed_km_per_h, stop_h=stop_h)
    return _no_flight(_narrowest(ways, start=start, goal=goal), km)


def _shortest(
    steps: list[tuple[np.ndarray, np.ndarray]], *, start: int, goal: int, layers: int
) -> tuple[int, ...]:
    """Return the quickest sequence of sites, empty where there is none.

    `steps` are hours and allowed legs, first without a tanker, then with one; a layer counts the
    tankers used so far.
    """
    count = len(steps[0][0])
    best = np.full((layers, count), np.inf)
    came = np.full((layers, count), -1)
    done = np.zeros((layers, count), dtype=bool)
    best[0, start] = 0.0
    while True:
        layer, here = divmod(int(np.argmin(np.where(done, np.inf, best))), count)
        if done[layer, here] or not np.isfinite(best[layer, here]):
            return ()
        if here == goal:
            return _trace(came, layer, goal)
        done[layer, here] = True
        for more, (hours, allowed) in enumerate(steps):
            if layer + more == layers:
                break
            there = best[layer, here] + np.where(allowed[here], hours[here], np.inf)
            better = there < best[layer + more]
            best[layer + more][better] = there[better]
            came[layer + more][better] = layer * count + here


def _trace(came: np.ndarray, layer: int, goal: int) -> tuple[int, ...]:
    sites = [goal]
    while (before := int(came[layer, sites[-1]])) >= 0:
        layer, site = divmod(before, came.shape[1])
        sites.append(site)
    return tuple(reversed(sites))


def _narrowest(ways: np.ndarray, *, start: int, goal: int) -> tuple[int, ...]:
    """Return the sites of the way whose longest leg is shortest, empty where there is none."""
    worst = np.full(len(ways), np.inf)
    came = np.full((1, len(ways)), -1)
    done = np.zeros(len(ways), dtype=bool)
    worst[start] = 0.0
    while not done[goal]:
        here = int(np.argmin(np.where(done, np.inf, worst)))
        if done[here] or not np.isfinite(worst[here]):
            return ()
        done[here] = True
        there = np.maximum(worst[here], ways[here])
        better = there < worst
        worst[better] = there[better]
        came[0][better] = here
    return _trace(came, 0, goal)


def _flight(
    sites: tuple[int, ...],
    km: np.ndarray,
    *,
    range_km: float,
    speed_km_per_h: float,
    stop_h: float,
) -> Flight:
    legs = tuple(float(km[a, b]) for a, b in pairwise(sites))
    return Flight(
        sites=sites,
        leg_km=legs,
        tanked=tuple(leg > range_km for leg in legs),
        flying_h=sum(legs) / speed_km_per_h,
        ground_h=stop_h * max(len(legs) - 1, 0),
        gap=None,
        gap_km=0.0,
    )


def _no_flight(sites: tuple[int, ...], km: np.ndarray) -> Flight:
    gap = max(pairwise(sites), key=lambda leg: km[leg], default=None)
    return Flight(
        sites=(),
        leg_km=(),
        tanked=(),
        flying_h=np.inf,
        ground_h=np.inf,
        gap=gap,
        gap_km=np.inf if gap is None else float(km[gap]),
    )

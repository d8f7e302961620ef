"""The best way between two points under refusals, or what blocks it."""

from dataclasses import dataclass, replace

import numpy as np

from sidelines.reach.roadmap import Roadmap, areas_of, words_of
from sidelines.reach.search import Found, search
from sidelines.reach.trip import Links, Trip
from sidelines.reach.walk import cells_at, plan_walks, steps
from sidelines.terms.arrays import Float, UInt

__all__ = ["NoWay", "Way", "best_way", "blocking_set", "bound_km", "crossing_order", "named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way that nobody refuses.

    - `km`: its length
    - `points` (stop, 2): latitude and longitude of both ends and of all bends [degrees]
    - `legs` (leg, word): what each leg crosses
    - `crossed`: ids of what it crosses, leg by leg
    - `start`, `end`: numbers of the places it leads between, of a trip between several
    """

    km: float
    points: Float[np.ndarray, "stop 2"]
    legs: UInt[np.ndarray, "leg word"]
    crossed: tuple[str, ...]
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWay:
    """There is none, and these refusals see to it, none of which could be left out.

    `blocked_by` is empty if there is no way whoever grants what.
    """

    blocked_by: tuple[str, ...]


def best_way(
    trip: Trip,
    refused: UInt[np.ndarray, " word"],
    *,
    bound: Float[np.ndarray, " vertex"] | None = None,
) -> Way | NoWay:
    """Return the shortest way that nobody refuses.

    Parameters
    ----------
    trip
        From where to where, over what [km].
    refused
        What may not be crossed, as words.
    bound
        See `bound_km`; None to do without [km].

    Returns
    -------
    Way or NoWay
        Its length and course [km, degrees], or a set of refusals that blocks every way and of
        which none could be left out.

    Notes
    -----
    Source: see `sidelines.reach.search.search`.
    """
    found = search(trip, refused[None], bound_km=bound)
    if found.arrived[0] < 0:
        return NoWay(blocked_by=named(trip, blocking_set(trip, refused)))
    stops, legs = _course(trip, found)
    order: dict[int, None] = {}
    for leg in legs:
        order.update(dict.fromkeys(areas_of(leg)))
    start, end = _places(trip, found, stops)
    first, last = trip.start.point, trip.end.point
    if trip.places is not None:
        first, last = trip.places.start[start], trip.places.end[end]
    return Way(
        km=float(found.km[0]),
        points=np.concatenate([first[None], trip.points[stops], last[None]]),
        legs=legs,
        crossed=tuple(trip.names[k] for k in order),
        start=start,
        end=end,
    )


def _places(trip: Trip, found: Found, stops: list[int]) -> tuple[int, int]:
    """Return the numbers of the places that a way leads between."""
    if trip.places is None:
        return 0, 0
    link = int(found.via[stops[0] if stops else -1])
    start = int(trip.places.of_start[link])
    if not stops:
        return start, int(trip.places.direct_end[link])
    return start, int(trip.places.of_end[found.arrived[0]])


def named(trip: Trip, words: UInt[np.ndarray, " word"]) -> tuple[str, ...]:
    """Return the ids of a set.

    Parameters
    ----------
    trip
        Whose names to use [km].
    words
        A set, as words.

    Returns
    -------
    tuple
        Ids.

    Notes
    -----
    Source: definition.
    """
    return tuple(trip.names[k] for k in areas_of(words))


def _course(trip: Trip, found: Found) -> tuple[list[int], np.ndarray]:
    """Return the vertices of a way, first to last, and the set that each of its legs crosses."""
    arrived = int(found.arrived[0])
    if arrived == len(trip.end.km):
        return [], trip.start.sets[found.via[-1]][None]
    stops = [int(trip.end.vertex[arrived])]
    legs = [trip.end.sets[arrived]]
    while found.came_from[stops[-1]] >= 0:
        legs.append(trip.sets[found.via[stops[-1]]])
        stops.append(int(found.came_from[stops[-1]]))
    legs.append(trip.start.sets[found.via[stops[-1]]])
    return stops[::-1], np.array(legs[::-1])


def bound_km(trip: Trip) -> Float[np.ndarray, " vertex"]:
    """Return each vertex's distance to the end when nobody refuses: refusals only add to it.

    Parameters
    ----------
    trip
        From where to where, over what [km].

    Returns
    -------
    numpy.ndarray
        Distances [km], infinite where the end cannot be reached.

    Notes
    -----
    Source: definition.
    """
    nowhere = Links(
        point=trip.start.point,
        vertex=np.empty(0, dtype=np.int64),
        km=np.empty(0),
        sets=np.empty((0, trip.words), dtype=np.uint64),
    )
    none = np.zeros((1, trip.words), dtype=np.uint64)
    return search(replace(trip, start=trip.end, end=nowhere), none).dist


def blocking_set(
    trip: Trip, refused: UInt[np.ndarray, " word"], *, at_most_km: float = np.inf
) -> UInt[np.ndarray, " word"]:
    """Return refusals that block every way, none of which could be left out.

    Parameters
    ----------
    trip
        From where to where, over what [km].
    refused
        A set of refusals that leaves no way, as words.
    at_most_km
        Longer ways do not count [km].

    Returns
    -------
    numpy.ndarray
        uint64 words; empty if there is no way even without refusals.

    Notes
    -----
    Source: Chinneck and Dravnieks (1991), ORSA Journal on Computing 3(2), 157: the deletion filter.
    """
    bound = bound_km(trip)
    kept = refused.copy()
    for k in areas_of(refused):
        fewer = kept & ~words_of(np.array([k]), words=trip.words)
        km = search(trip, fewer[None], bound_km=bound).km[0]
        if np.isinf(km) or km > at_most_km:
            kept = fewer
    return kept


def crossing_order(roadmap: Roadmap, way: Way) -> tuple[str, ...]:
    """Return the areas of a way by air in the order in which it comes to them.

    Parameters
    ----------
    roadmap
        The roadmap of the way's trip, in terms of areas [km].
    way
        A way over it [km].

    Returns
    -------
    tuple
        Ids of the areas that it crosses.

    Notes
    -----
    Source: definition; by sea, the order of the legs.
    """
    if roadmap.chart.by_sea:
        return way.crossed
    rows, columns = roadmap.chart.grid.shape
    order: dict[int, None] = {}
    walks = plan_walks(way.points[:-1], way.points[1:], step_km=roadmap.chart.step_km)
    seen: list[list[int]] = [[] for _ in way.legs]
    for left, at in steps(walks):
        here = roadmap.chart.grid.reshape(-1)[cells_at(at, rows=rows, columns=columns)]
        for leg, area in zip(left.tolist(), here.tolist(), strict=True):
            seen[leg].append(area - 1)
    for leg, areas in zip(way.legs, seen, strict=True):
        crossed = areas_of(leg)
        order.update(dict.fromkeys(area for area in areas if area in crossed))
        order.update(dict.fromkeys(crossed))
    return tuple(roadmap.areas[k] for k in order)

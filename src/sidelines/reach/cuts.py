"""Who can shut a way, and whose leave would open one: the fewest, or the likeliest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sidelines.reach.best_way import blocking_set, bound_km, named
from sidelines.reach.hitting import hitting_set
from sidelines.reach.search import search
from sidelines.reach.trip import Trip
from sidelines.terms.arrays import Float, UInt

__all__ = ["Change", "smallest_cut", "smallest_grant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A smallest set of changes of mind.

    - `who`: ids of those who change theirs
    - `weight`: their number, or the sum of the weights given
    - `km`: length of the best way then [km]; None where there is none
    """

    who: tuple[str, ...]
    weight: float
    km: float | None


def smallest_cut(
    trip: Trip,
    may_refuse: UInt[np.ndarray, " word"],
    *,
    longer_than_km: float = np.inf,
    weights: Float[np.ndarray, " holder"] | None = None,
) -> Change | None:
    """Return the smallest set of refusals that leaves no way, or none up to a length.

    Take the cheapest set that stops every way seen so far; a way that is left is one more to stop.

    Parameters
    ----------
    trip
        From where to where, over what [km].
    may_refuse
        Who could refuse, as words.
    longer_than_km
        Ways longer than this may stay [km].
    weights
        Cost of each one's refusal, above zero [1]: minus the logarithm of its chance gives the
        likeliest set; None counts heads.

    Returns
    -------
    Change or None
        None where no refusals suffice.

    Notes
    -----
    Source: implicit hitting sets, Moreno-Centeno and Karp (2013), Operations Research 61(2), 453.
    """
    costs = _costs(trip, weights)
    bound = bound_km(trip)
    stops: list[int] = []
    who = _whole(may_refuse)
    while True:
        chosen = hitting_set(stops, costs) if stops else 0
        km, ways = _ways_left(trip, (chosen, who), longer_than_km, bound)
        if any(way == 0 for way in ways):
            return None
        if not ways:
            return _change(trip, chosen, costs, km)
        stops += ways


def _ways_left(
    trip: Trip, given: tuple[int, int], longer_than_km: float, bound: np.ndarray
) -> tuple[float, list[int]]:
    """Return the length of the best way left, and ways short enough, no two over one holder."""
    refused, who = given
    ways: list[int] = []
    first_km = np.inf
    while True:
        found = search(trip, _words(refused, trip.words)[None], bound_km=bound)
        km = float(found.km[0])
        first_km = first_km if ways else km
        if np.isinf(km) or km > longer_than_km:
            return first_km, ways
        way = _whole(found.crossed[0]) & who
        ways.append(way)
        if way == 0:
            return first_km, ways
        refused |= way


def smallest_grant(
    trip: Trip,
    refused: UInt[np.ndarray, " word"],
    *,
    at_most_km: float = np.inf,
    weights: Float[np.ndarray, " holder"] | None = None,
) -> Change | None:
    """Return the smallest set of those who refuse whose leave would open a way.

    Take the cheapest set that lifts every blockade seen so far; if there is still no way, what
    blocks it is one more to lift.

    Parameters
    ----------
    trip
        From where to where, over what [km].
    refused
        Who refuses, as words.
    at_most_km
        Longest way that counts [km].
    weights
        Cost of each one's leave, above zero [1]; None counts heads.

    Returns
    -------
    Change or None
        Empty where there is a way already; None where there is none whoever grants.

    Notes
    -----
    Source: implicit hitting sets, Moreno-Centeno and Karp (2013), Operations Research 61(2), 453.
    """
    costs = _costs(trip, weights)
    bound = bound_km(trip)
    blockades: list[int] = []
    while True:
        chosen = hitting_set(blockades, costs) if blockades else 0
        left = refused & ~_words(chosen, trip.words)
        km = float(search(trip, left[None], bound_km=bound).km[0])
        if np.isfinite(km) and km <= at_most_km:
            return _change(trip, chosen, costs, km)
        blockade = _whole(blocking_set(trip, left, at_most_km=at_most_km))
        if blockade == 0:
            return None
        blockades.append(blockade)


def _costs(trip: Trip, weights: np.ndarray | None) -> Sequence[float]:
    if weights is None:
        return [1.0] * len(trip.names)
    if len(weights) != len(trip.names) or not (weights > 0).all():
        raise ValueError(f"weights must be {len(trip.names)} numbers above zero, one a holder.")
    return [float(weight) for weight in weights]


def _change(trip: Trip, chosen: int, costs: Sequence[float], km: float) -> Change:
    weight = sum(cost for k, cost in enumerate(costs) if chosen >> k & 1)
    who = named(trip, _words(chosen, trip.words))
    return Change(who=who, weight=weight, km=km if np.isfinite(km) else None)


def _whole(words: np.ndarray) -> int:
    """Return a set of words as one integer."""
    return int.from_bytes(words.astype("<u8").tobytes(), "little")


def _words(mask: int, words: int) -> np.ndarray:
    return np.frombuffer(mask.to_bytes(8 * words, "little"), dtype="<u8").astype(np.uint64)

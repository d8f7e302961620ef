from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.cuts import smallest_cut, smallest_grant
from sidelines.reach.search import search
from sidelines.reach.trip import Trip

MakeTrip = Callable[..., Trip]

SEEDS = st.integers(0, 10_000)
LENGTHS = st.sampled_from([np.inf, 800.0, 1500.0])
EVERYBODY = np.array([63], dtype=np.uint64)


def lengths(trip: Trip) -> np.ndarray:
    """Return the best length under every set of refusals, by its number."""
    return search(trip, np.arange(64, dtype=np.uint64)[:, None]).km


def heads(masks: np.ndarray) -> Iterator[int]:
    return (int(mask).bit_count() for mask in masks)


@given(SEEDS, LENGTHS, st.integers(0, 63))
def test_no_smaller_set_of_refusals_cuts(
    make_trip: MakeTrip, seed: int, length: float, may: int
) -> None:
    trip = make_trip(seed, direct=True)
    km, masks = lengths(trip), np.arange(64)
    cuts = masks[((masks & ~may) == 0) & ((km > length) | np.isinf(km))]
    found = smallest_cut(trip, np.array([may], dtype=np.uint64), longer_than_km=length)
    assert (found is None) == (len(cuts) == 0)
    if found is not None:
        assert len(found.who) == found.weight == min(heads(cuts))
        assert found.km is None or found.km > length


@given(SEEDS, LENGTHS, st.integers(0, 63))
def test_no_smaller_set_of_grants_opens(
    make_trip: MakeTrip, seed: int, length: float, refused: int
) -> None:
    trip = make_trip(seed)
    km, masks = lengths(trip), np.arange(64)
    opens = masks[((masks & ~refused) == 0) & (km[refused & ~masks] <= length)]
    opens = opens[np.isfinite(km[refused & ~opens])]
    found = smallest_grant(trip, np.array([refused], dtype=np.uint64), at_most_km=length)
    assert (found is None) == (len(opens) == 0)
    if found is not None:
        assert len(found.who) == min(heads(opens))
        assert found.km is not None
        assert found.km <= length


@given(SEEDS)
def test_weights_choose_the_likeliest(make_trip: MakeTrip, seed: int) -> None:
    trip = make_trip(seed)
    weights = -np.log(np.random.default_rng(seed).uniform(0.05, 0.95, 6))
    cuts = np.flatnonzero(np.isinf(lengths(trip)))
    found = smallest_cut(trip, EVERYBODY, weights=weights)
    assert (found is None) == (len(cuts) == 0)
    if found is not None:
        costs = [sum(weights[k] for k in range(6) if mask >> k & 1) for mask in cuts]
        assert found.weight == pytest.approx(min(costs))


def test_a_way_over_nobody_cannot_be_cut(make_trip: MakeTrip) -> None:
    trip = make_trip(2, direct=True)
    free = replace(trip.start, sets=np.zeros_like(trip.start.sets))
    assert smallest_cut(replace(trip, start=free), EVERYBODY) is None


def test_an_open_way_needs_no_more_leave(make_trip: MakeTrip) -> None:
    found = smallest_grant(make_trip(2), np.zeros(1, dtype=np.uint64))
    assert found is not None
    assert found.who == ()


def test_every_weight_belongs_to_a_holder(make_trip: MakeTrip) -> None:
    with pytest.raises(ValueError, match="6 numbers above zero"):
        smallest_cut(make_trip(2), EVERYBODY, weights=np.zeros(6))

"""Ways in many draws, near enough."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidelines.reach.denials import spread
from sidelines.reach.sampled import sampled
from sidelines.reach.trip import Trip

MakeTrip = Callable[..., Trip]


def refusals(seed: int, *, draws: int = 200, holders: int = 6, prob: float = 0.3) -> np.ndarray:
    return np.random.default_rng(seed).random((draws, holders)) < prob


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.05, 0.5]))
def test_ways_are_at_most_the_slack_longer_than_the_best(
    make_trip: MakeTrip, seed: int, slack: float
) -> None:
    trip, drawn = make_trip(seed, vertices=20, direct=seed % 2 == 0), refusals(seed)
    best, found = spread(trip, drawn), sampled(trip, drawn, slack=slack)
    assert np.array_equal(np.isfinite(found.km), best.is_open)
    ratio = found.km[best.is_open] / best.km[best.is_open]
    assert (ratio >= 1 - 1e-12).all()
    assert (ratio <= 1 + slack + 1e-12).all()


@pytest.mark.parametrize("seed", range(6))
def test_nobody_who_refuses_is_crossed(make_trip: MakeTrip, seed: int) -> None:
    drawn = refusals(seed)
    found = sampled(make_trip(seed, vertices=20), drawn, slack=0.1)
    bits = np.unpackbits(found.crossed.astype("<u8").view(np.uint8), axis=1, bitorder="little")
    assert not (bits[:, :6].astype(bool) & drawn)[np.isfinite(found.km)].any()


def test_ways_of_one_length_come_to_an_end(make_trip: MakeTrip) -> None:
    from dataclasses import replace

    trip = make_trip(1, vertices=20)
    flat = replace(trip, km=np.full_like(trip.km, 100.0))
    drawn = refusals(1, prob=0.6)
    found = sampled(flat, drawn, slack=0.0)
    assert np.array_equal(np.isfinite(found.km), spread(flat, drawn).is_open)


def test_no_draws_have_no_ways(make_trip: MakeTrip) -> None:
    assert sampled(make_trip(0), np.empty((0, 6), dtype=bool), slack=0.1).km.shape == (0,)

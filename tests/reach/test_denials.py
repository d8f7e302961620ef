from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.denials import empty_tree, pack, pivots, spread
from sidelines.reach.search import search
from sidelines.reach.trip import Trip

MakeTrip = Callable[..., Trip]

SEEDS = st.integers(0, 10_000)


def drawn(seed: int, *, draws: int = 60, holders: int = 6) -> np.ndarray:
    return np.random.default_rng(seed).random((draws, holders)) < 0.4


@pytest.mark.parametrize("areas", [6, 70])
@given(SEEDS)
def test_the_tree_finds_what_a_search_per_draw_finds(
    make_trip: MakeTrip, areas: int, seed: int
) -> None:
    trip, refusals = make_trip(seed, areas=areas, direct=True), drawn(seed, holders=areas)
    each = search(trip, pack(refusals, words=trip.words)).km
    found = spread(trip, refusals)
    assert np.array_equal(found.is_open, np.isfinite(each))
    assert np.array_equal(found.km, np.where(np.isfinite(each), each, np.nan), equal_nan=True)


def test_what_is_known_is_not_searched_again(
    make_trip: MakeTrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip, refusals = make_trip(5), drawn(5)
    first = spread(trip, refusals)
    monkeypatch.setattr("sidelines.reach.denials.search", None)
    again = spread(trip, refusals, tree=first.tree)
    assert np.array_equal(first.km, again.km, equal_nan=True)


def test_few_searches_serve_many_draws(make_trip: MakeTrip) -> None:
    refusals = drawn(6, draws=5000, holders=20)
    found = spread(make_trip(6, areas=20), refusals)
    assert len(found.tree.km) < len(np.unique(refusals, axis=0)) / 4


def test_no_draws_are_no_trouble(make_trip: MakeTrip) -> None:
    trip = make_trip(1)
    found = spread(trip, np.zeros((0, 6), dtype=bool), tree=empty_tree(trip))
    assert found.km.shape == (0,)


@given(SEEDS)
def test_a_pivot_is_what_flipping_everybody_one_by_one_shows(
    make_trip: MakeTrip, seed: int
) -> None:
    trip, refusals = make_trip(seed), drawn(seed)
    found, _ = pivots(trip, refusals, of=spread(trip, refusals))
    for holder in range(6):
        granted, denied = refusals.copy(), refusals.copy()
        granted[:, holder], denied[:, holder] = False, True
        with_leave, without = spread(trip, granted).km, spread(trip, denied).km
        gain = np.isfinite(with_leave).mean() - np.isfinite(without).mean()
        assert found.open_prob[holder] == pytest.approx(gain, abs=1e-12)
        both = np.isfinite(with_leave) & np.isfinite(without)
        longer = (without - with_leave)[both].mean() if both.any() else np.nan
        assert found.km[holder] == pytest.approx(longer, abs=1e-6, nan_ok=True)


@given(SEEDS)
def test_leave_never_harms(make_trip: MakeTrip, seed: int) -> None:
    trip, refusals = make_trip(seed), drawn(seed)
    found, _ = pivots(trip, refusals, of=spread(trip, refusals))
    assert (found.open_prob >= 0).all()
    assert (found.km[np.isfinite(found.km)] >= 0).all()

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from sidelines.reach.best_way import bound_km
from sidelines.reach.roadmap import words_of
from sidelines.reach.search import search
from sidelines.reach.trip import Links, Trip

MakeTrip = Callable[..., Trip]

SEEDS = st.integers(0, 10_000)


def refusals(rng: np.random.Generator, count: int, areas: int) -> np.ndarray:
    words = -(-areas // 64)
    return np.array(
        [words_of(np.flatnonzero(rng.random(areas) < 0.3), words=words) for _ in range(count)]
    )


def by_scipy(trip: Trip, refused: np.ndarray) -> float:
    """Return the length by another program, both ends made vertices."""
    vertices = len(trip.first) - 1
    own = np.repeat(np.arange(vertices), np.diff(trip.first))
    rows = np.concatenate([own, np.full(len(trip.start.km), vertices + 1), trip.end.vertex])
    columns = np.concatenate([trip.to, trip.start.vertex, np.full(len(trip.end.km), vertices)])
    km = np.concatenate([trip.km, trip.start.km, trip.end.km])
    sets = np.concatenate([trip.sets[trip.crossing], trip.start.sets, trip.end.sets])
    usable = np.flatnonzero(~((sets & refused) > 0).any(axis=1))
    shortest: dict[tuple[int, int], float] = {}
    for k in usable:
        place = int(rows[k]), int(columns[k])
        shortest[place] = min(shortest.get(place, np.inf), km[k])
    at = np.array(list(shortest), dtype=int).reshape(-1, 2)
    graph = csr_matrix(
        (list(shortest.values()), (at[:, 0], at[:, 1])), shape=(vertices + 2, vertices + 2)
    )
    return float(dijkstra(graph, indices=vertices + 1)[vertices])


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_another_program_finds_the_same_lengths(
    make_trip: MakeTrip, seed: int, direct: bool
) -> None:
    trip = make_trip(seed, direct=direct)
    refused = refusals(np.random.default_rng(seed), 8, 6)
    expected = [by_scipy(trip, one) for one in refused]
    assert search(trip, refused).km == pytest.approx(np.array(expected), rel=1e-12)
    bound = bound_km(trip)
    assert search(trip, refused, bound_km=bound).km == pytest.approx(np.array(expected), rel=1e-12)


@pytest.mark.parametrize("areas", [6, 130])
@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_kernel_and_twin_find_the_same_ways(
    make_trip: MakeTrip, monkeypatch: pytest.MonkeyPatch, seed: int, direct: bool, areas: int
) -> None:
    trip = make_trip(seed, vertices=40, areas=areas, links=9, direct=direct)
    refused = refusals(np.random.default_rng(seed), 5, areas)
    fast = search(trip, refused)
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    slow = search(trip, refused)
    for name in ("km", "crossed", "arrived"):
        assert np.array_equal(getattr(fast, name), getattr(slow, name))


@pytest.mark.parametrize("seed", range(8))
def test_kernel_and_twin_grow_the_same_tree(
    make_trip: MakeTrip, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    trip = make_trip(seed, vertices=40, links=9)
    nowhere = Links(
        point=np.zeros(2), vertex=trip.end.vertex[:0], km=np.empty(0), sets=trip.end.sets[:0]
    )
    everywhere = replace(trip, end=nowhere)
    refused = refusals(np.random.default_rng(seed), 1, 6)
    fast = search(everywhere, refused)
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    slow = search(everywhere, refused)
    for name in ("dist", "came_from", "via"):
        assert np.array_equal(getattr(fast, name), getattr(slow, name))
    assert np.isinf(fast.km).all()


@given(SEEDS, st.integers(0, 63), st.integers(0, 63))
def test_closing_anything_never_shortens(
    make_trip: MakeTrip, seed: int, refused: int, more: int
) -> None:
    both = np.array([[refused], [refused | more]], dtype=np.uint64)
    open_km, closed_km = search(make_trip(seed), both).km
    assert closed_km >= open_km


@given(SEEDS, st.integers(0, 63))
def test_a_way_crosses_nobody_who_refuses(make_trip: MakeTrip, seed: int, refused: int) -> None:
    found = search(make_trip(seed, direct=True), np.array([[refused]], dtype=np.uint64))
    assert int(found.crossed[0, 0]) & refused == 0


@given(SEEDS, st.integers(0, 63))
def test_there_and_back_are_equally_long(make_trip: MakeTrip, seed: int, refused: int) -> None:
    trip = make_trip(seed)
    back = replace(trip, start=trip.end, end=trip.start)
    words = np.array([[refused]], dtype=np.uint64)
    assert search(trip, words).km == pytest.approx(search(back, words).km, rel=1e-12)


@given(SEEDS, st.permutations(range(6)), st.integers(0, 63))
def test_renaming_areas_changes_nothing(
    make_trip: MakeTrip, seed: int, order: list[int], refused: int
) -> None:
    def renamed(words: np.ndarray) -> np.ndarray:
        one = np.uint64(1)
        moved = [(words >> np.uint64(k) & one) << np.uint64(new) for k, new in enumerate(order)]
        return np.bitwise_or.reduce(moved)

    trip = make_trip(seed, direct=True)
    start = replace(trip.start, sets=renamed(trip.start.sets))
    end = replace(trip.end, sets=renamed(trip.end.sets))
    other = replace(trip, sets=renamed(trip.sets), start=start, end=end)
    words = np.array([[refused]], dtype=np.uint64)
    here, there = search(trip, words), search(other, renamed(words))
    assert np.array_equal(here.km, there.km)
    assert np.array_equal(renamed(here.crossed), there.crossed)


@pytest.mark.usefixtures("engine")
def test_a_vertex_without_lines_is_not_reached(make_trip: MakeTrip) -> None:
    trip = make_trip(0)
    lonely = replace(trip, first=np.append(trip.first, trip.first[-1]))
    assert np.isinf(search(lonely, np.zeros((1, 1), dtype=np.uint64)).dist[-1])

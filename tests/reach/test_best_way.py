from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.best_way import NoWay, Way, best_way, blocking_set, bound_km, crossing_order
from sidelines.reach.distance import geodesic_km
from sidelines.reach.links import attach, join
from sidelines.reach.roadmap import Roadmap, areas_of, words_of
from sidelines.reach.search import search
from sidelines.reach.trip import Trip

MakeTrip = Callable[..., Trip]
MakeRoadmap = Callable[..., Roadmap]

SEEDS = st.integers(0, 10_000)
NOBODY = np.zeros(1, dtype=np.uint64)


def km(trip: Trip, refused: np.ndarray) -> float:
    return float(search(trip, refused[None]).km[0])


@pytest.mark.usefixtures("engine")
def test_the_straight_way_is_taken_where_nobody_minds(make_roadmap: MakeRoadmap) -> None:
    roadmap = make_roadmap(0)
    start, end = np.array([10.0, 20.0]), np.array([-5.0, 70.0])
    way = best_way(join(roadmap, attach(roadmap, start), attach(roadmap, end)), NOBODY)
    assert isinstance(way, Way)
    assert way.km == pytest.approx(geodesic_km(start, end), rel=1e-12)
    assert way.points.tolist() == [start.tolist(), end.tolist()]
    assert way.crossed == ()


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("seed", range(20))
def test_a_way_has_a_leg_between_every_two_stops(make_trip: MakeTrip, seed: int) -> None:
    way = best_way(make_trip(seed), NOBODY)
    assert isinstance(way, Way)
    assert len(way.legs) == len(way.points) - 1
    together = np.bitwise_or.reduce(way.legs)
    assert {f"A{k}" for k in areas_of(together)} == set(way.crossed)


@given(SEEDS)
def test_no_refusal_that_blocks_could_be_left_out(make_trip: MakeTrip, seed: int) -> None:
    trip = make_trip(seed)
    everybody = np.array([63], dtype=np.uint64)
    blocked = blocking_set(trip, everybody) if np.isinf(km(trip, everybody)) else NOBODY
    for k in areas_of(blocked):
        assert np.isinf(km(trip, blocked))
        assert np.isfinite(km(trip, blocked & ~words_of(np.array([k]), words=1)))


def test_no_way_says_whose_refusals_see_to_it(make_trip: MakeTrip) -> None:
    trip = make_trip(3)
    end = replace(trip.end, sets=np.full_like(trip.end.sets, 0b100))
    told = best_way(replace(trip, end=end), np.array([0b111], dtype=np.uint64))
    assert told == NoWay(blocked_by=("A2",))


def test_nobody_is_blamed_where_there_is_no_way_at_all(make_trip: MakeTrip) -> None:
    trip = make_trip(3)
    nowhere = replace(trip.end, vertex=trip.end.vertex[:0], km=trip.end.km[:0], sets=trip.sets[:0])
    assert best_way(replace(trip, end=nowhere), np.array([63], np.uint64)) == NoWay(blocked_by=())


@given(SEEDS, st.integers(0, 63))
def test_knowing_a_bound_changes_no_answer(make_trip: MakeTrip, seed: int, refused: int) -> None:
    trip, words = make_trip(seed, direct=True), np.array([refused], dtype=np.uint64)
    blind, guided = best_way(trip, words), best_way(trip, words, bound=bound_km(trip))
    assert type(blind) is type(guided)
    assert getattr(blind, "km", 0) == getattr(guided, "km", 0)


def striped(roadmap: Roadmap) -> Roadmap:
    """Return the roadmap over stripes of ten degrees: A0 to A5 eastward from the date line."""
    grid = np.tile(1 + np.arange(36, dtype=np.uint16) % 6, (18, 1))
    return replace(roadmap, chart=replace(roadmap.chart, grid=grid))


def test_areas_come_in_the_order_of_the_way(make_roadmap: MakeRoadmap) -> None:
    roadmap = striped(make_roadmap(0))
    start, end = attach(roadmap, np.array([0.5, 35.0])), attach(roadmap, np.array([0.5, 5.0]))
    alone = replace(start, vertex=start.vertex[:0], km=start.km[:0], sets=start.sets[:0])
    way = best_way(join(roadmap, alone, end), NOBODY)
    assert isinstance(way, Way)
    assert way.crossed == ("A0", "A1", "A2", "A3")
    assert crossing_order(roadmap, way) == ("A3", "A2", "A1", "A0")


def test_by_sea_the_order_is_that_of_the_legs(
    make_trip: MakeTrip, make_roadmap: MakeRoadmap
) -> None:
    way = best_way(make_trip(4), NOBODY)
    assert isinstance(way, Way)
    roadmap = make_roadmap(4)
    chart = replace(roadmap.chart, grid=np.zeros((18, 4), dtype=np.uint8))
    sea = replace(roadmap, chart=chart)
    assert crossing_order(sea, way) == way.crossed

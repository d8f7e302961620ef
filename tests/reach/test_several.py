"""Trips between several places."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.reach.best_way import NoWay, Way, best_way
from sidelines.reach.holders import narrow, narrow_ends, with_leave
from sidelines.reach.links import attach, join
from sidelines.reach.roadmap import Roadmap, words_of
from sidelines.reach.several import join_all
from sidelines.reach.trip import Trip

MakeRoadmap = Callable[..., Roadmap]
MakeTrip = Callable[..., Trip]
NOBODY = np.zeros(1, dtype=np.uint64)
STARTS = np.array([[0.5, 35.0], [-20.0, -60.0]])
ENDS = np.array([[0.5, 5.0], [30.0, 100.0], [-40.0, 20.0]])


@pytest.fixture
def roadmap(make_roadmap: MakeRoadmap) -> Roadmap:
    found = make_roadmap(0)
    grid = np.tile(1 + np.arange(36, dtype=np.uint16) % 6, (18, 1))
    return replace(found, chart=replace(found.chart, grid=grid))


def between(roadmap: Roadmap) -> Trip:
    starts, ends = ([attach(roadmap, point) for point in some] for some in (STARTS, ENDS))
    return join_all(roadmap, starts, ends)


@pytest.mark.parametrize("refused", range(0, 64, 5))
def test_the_best_way_is_that_between_the_best_two_places(roadmap: Roadmap, refused: int) -> None:
    words = np.array([refused], dtype=np.uint64)
    ways = {
        (i, j): best_way(join(roadmap, attach(roadmap, start), attach(roadmap, end)), words)
        for i, start in enumerate(STARTS)
        for j, end in enumerate(ENDS)
    }
    km = {pair: way.km for pair, way in ways.items() if isinstance(way, Way)}
    found = best_way(between(roadmap), words)
    if not km:
        assert isinstance(found, NoWay)
        return
    assert isinstance(found, Way)
    assert found.km == min(km.values())
    assert km[found.start, found.end] == found.km
    assert np.array_equal(found.points[[0, -1]], [STARTS[found.start], ENDS[found.end]])


def test_over_the_roads_too_the_way_says_where_it_leads(make_roadmap: MakeRoadmap) -> None:
    trip = between(make_roadmap(3, vertices=40))
    assert trip.places is not None
    none = trip.places.direct_end < 0
    start = replace(
        trip.start,
        vertex=trip.start.vertex[none],
        km=trip.start.km[none],
        sets=trip.start.sets[none],
    )
    places = replace(
        trip.places, of_start=trip.places.of_start[none], direct_end=trip.places.direct_end[none]
    )
    found = best_way(replace(trip, start=start, places=places), NOBODY)
    assert isinstance(found, Way)
    assert np.array_equal(found.points[[0, -1]], [STARTS[found.start], ENDS[found.end]])


def test_ends_can_be_narrowed_onto_lines_that_were_before(roadmap: Roadmap) -> None:
    trip = between(roadmap)
    holders = np.array([words_of(np.array([k, k + 1]), words=1) for k in (0, 2, 4)])
    whole = narrow(trip, holders, names=("X", "Y", "Z"))
    again = narrow_ends(trip, holders, lines=whole)
    for refused in range(8):
        words = np.array([refused], dtype=np.uint64)
        assert getattr(best_way(again, words), "km", None) == getattr(
            best_way(whole, words), "km", None
        )


def test_narrowing_keeps_links_and_places_together(roadmap: Roadmap) -> None:
    trip = between(roadmap)
    holders = np.array([words_of(np.array([0]), words=1)])
    left = narrow(trip, holders, names=("X",), barred=words_of(np.array([3]), words=1))
    assert left.places is not None
    assert len(left.places.of_start) == len(left.places.direct_end) == len(left.start.km)
    assert len(left.places.of_end) == len(left.end.km)


def test_a_place_whose_leave_is_refused_is_not_used(roadmap: Roadmap) -> None:
    trip = with_leave(
        between(roadmap),
        names=("base", "field"),
        start=np.array([[True, False], [False, False]]),
        end=np.array([[False, False], [False, True], [False, True]]),
    )
    assert trip.names[-2:] == ("base", "field")
    free, without = best_way(trip, NOBODY), best_way(trip, np.array([64], dtype=np.uint64))
    neither = best_way(trip, np.array([192], dtype=np.uint64))
    assert isinstance(free, Way)
    assert isinstance(without, Way)
    assert isinstance(neither, Way)
    assert free.start == 0
    assert without.start == 1
    assert neither.end == 0
    assert "base" in free.crossed


def test_leave_of_many_takes_more_words(roadmap: Roadmap) -> None:
    names = tuple(f"N{k}" for k in range(70))
    needs = np.zeros((2, 70), dtype=bool)
    needs[:, 69] = True
    trip = with_leave(between(roadmap), names=names, start=needs, end=np.zeros((3, 70), dtype=bool))
    refused = words_of(np.array([75]), words=2)
    assert trip.words == 2
    assert best_way(trip, refused) == NoWay(blocked_by=("N69",))


def test_a_trip_between_two_places_has_none_to_choose_from(make_trip: MakeTrip) -> None:
    none = np.zeros((1, 1), dtype=bool)
    with pytest.raises(ValueError, match="no places"):
        with_leave(make_trip(0), names=("X",), start=none, end=none)

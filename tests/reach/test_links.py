from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.reach.best_way import NoWay, Way, best_way
from sidelines.reach.distance import geodesic_km
from sidelines.reach.links import attach, attach_port, join, nearest_water
from sidelines.reach.roadmap import Chart, Roadmap, build_roadmap

MakeRoadmap = Callable[..., Roadmap]

pytestmark = pytest.mark.usefixtures("engine")

NOBODY = np.zeros(1, dtype=np.uint64)


def island() -> Roadmap:
    """Return a sea in one-degree cells: an island from 10 S to 10 N, its corners, a gate north."""
    land = np.zeros((180, 360), dtype=bool)
    land[80:100, 180:200] = True
    land[84:86, 184:186] = False  # a lake that sees nothing
    corners = np.array([[10.5, -0.5], [10.5, 20.5], [-10.5, 20.5], [-10.5, -0.5]])
    pairs = np.array([[0, 1], [1, 2], [2, 3], [3, 0]])
    return build_roadmap(
        corners,
        pairs,
        km=geodesic_km(*np.moveaxis(corners[pairs], 1, 0)),
        crossing=np.array([1, 0, 0, 0]),
        sets=np.array([[0], [1]], dtype=np.uint64),
        areas=("strait",),
        wedge=np.array([[90.0, 180.0], [-90.0, 180.0], [-90.0, 0.0], [90.0, 0.0]]),
        chart=Chart(
            grid=np.packbits(land, axis=1),
            gates=np.array([[[10.0, 10.0], [80.0, 10.0]]]),
            gate_areas=np.array([0]),
            step_km=20.0,
            graze_km=0.0,
            slack_deg=1.0,
        ),
    )


def sail(refused: int, start: list[float], end: list[float]) -> Way | NoWay:
    roadmap = island()
    ends = [attach(roadmap, np.array(point)) for point in (start, end)]
    return best_way(join(roadmap, *ends), np.array([refused], dtype=np.uint64))


def test_a_way_round_an_island_takes_the_open_side() -> None:
    through, around = (sail(refused, [5.0, -20.0], [5.0, 40.0]) for refused in (0, 1))
    assert isinstance(through, Way)
    assert isinstance(around, Way)
    assert (through.crossed, around.crossed) == (("strait",), ())
    assert through.points[:, 0].max() == 10.5
    assert around.km > through.km


def test_a_straight_line_needs_no_corner() -> None:
    way = sail(1, [30.0, -20.0], [-40.0, -30.0])
    assert isinstance(way, Way)
    assert len(way.points) == 2


def test_lines_that_cut_a_corner_are_not_offered() -> None:
    links = attach(island(), np.array([0.0, -30.0]))
    assert set(links.vertex.tolist()) == {0, 3}


def test_by_air_every_touching_line_is_offered(make_roadmap: MakeRoadmap) -> None:
    roadmap = make_roadmap(1)
    assert len(attach(roadmap, np.array([0.0, 0.0])).vertex) == len(roadmap.points)


def test_a_port_on_the_water_stays_where_it_is() -> None:
    point = np.array([40.0, 40.0])
    assert nearest_water(island(), point, within_km=50).tolist() == [[40.0, 40.0]]


def test_a_port_on_land_moves_to_the_nearest_water() -> None:
    found = nearest_water(island(), np.array([0.3, 18.2]), within_km=500)
    assert found.tolist() == [[0.5, 20.5]]


def test_water_too_far_away_is_none() -> None:
    assert len(nearest_water(island(), np.array([0.3, 18.2]), within_km=100)) == 0
    assert attach_port(island(), np.array([0.3, 18.2]), within_km=100) is None


def test_a_lake_that_sees_nothing_is_passed_over() -> None:
    inland = np.array([5.0, 6.3])
    assert nearest_water(island(), inland, within_km=500).tolist()[0][1] == 5.5
    links = attach_port(island(), inland, within_km=2000)
    assert links is not None
    assert not 4 <= links.point[1] <= 6


def test_water_is_found_across_the_date_line_and_at_the_pole() -> None:
    land = np.ones((180, 360), dtype=bool)
    land[90, 359] = land[0, 0] = False
    sea = replace(island(), chart=replace(island().chart, grid=np.packbits(land, axis=1)))
    assert nearest_water(sea, np.array([-0.5, -179.5]), within_km=300).tolist() == [[-0.5, 179.5]]
    assert nearest_water(sea, np.array([89.5, 90.0]), within_km=300).tolist() == [[89.5, -179.5]]

from dataclasses import replace

import numpy as np
import pytest

from sidelines.reach.distance import bearing_deg
from sidelines.reach.roadmap import (
    Chart,
    Roadmap,
    areas_of,
    build_roadmap,
    is_tangent,
    touching,
    words_of,
)

AIR = Chart(
    grid=np.zeros((18, 36), dtype=np.uint16),
    gates=np.empty((0, 2, 2)),
    gate_areas=np.empty(0, dtype=np.int64),
    step_km=5.0,
    graze_km=10.0,
    slack_deg=1.0,
)
GATED = replace(AIR, gates=np.zeros((1, 2, 2)), gate_areas=np.array([1]))


def drawn(**changes: object) -> Roadmap:
    given: dict[str, object] = {
        "km": np.array([5.0, 7.0]),
        "crossing": np.array([1, 0]),
        "sets": np.array([[0], [1]], dtype=np.uint64),
        "areas": ("TUR",),
        "wedge": np.full((3, 2), np.nan),
        "chart": AIR,
        "pairs": np.array([[0, 1], [2, 1]]),
        **changes,
    }
    return build_roadmap(np.zeros((3, 2)), **given)  # type: ignore[arg-type]


def test_every_line_stands_there_and_back() -> None:
    made = drawn()
    assert made.first.tolist() == [0, 1, 3, 4]
    assert made.to.tolist() == [1, 0, 2, 1]
    assert made.km.tolist() == [5.0, 5.0, 7.0, 7.0]
    assert made.crossing.tolist() == [1, 1, 0, 0]


def test_the_grid_tells_sea_from_air() -> None:
    assert not AIR.by_sea
    assert replace(AIR, grid=np.zeros((18, 4), dtype=np.uint8)).by_sea


WRONG = {
    "vertex 3": {"pairs": np.array([[0, 1], [3, 1]])},
    "vertex -1": {"pairs": np.array([[0, 1], [-1, 1]])},
    "set 2": {"crossing": np.array([0, 2])},
    "area 1": {"chart": GATED},
    "65 areas": {"areas": ("X",) * 65},
    "kilometres": {"km": np.array([np.nan, 1.0])},
}


@pytest.mark.parametrize("message", WRONG)
def test_lines_to_nowhere_are_refused(message: str) -> None:
    with pytest.raises(ValueError, match=message):
        drawn(**WRONG[message])


def test_a_set_survives_being_told_in_words() -> None:
    assert areas_of(words_of(np.array([3, 63, 64, 200]), words=4)) == (3, 63, 64, 200)


def test_a_free_point_is_touched_by_every_line() -> None:
    free = np.full((8, 2), np.nan)
    assert is_tangent(free, np.arange(0.0, 360.0, 45.0), slack_deg=0.0).all()


def test_either_way_along_a_line_is_the_same() -> None:
    wedge, bearing = np.array([[20.0, 95.0]]), np.linspace(0, 180, 50)
    one = is_tangent(wedge, bearing, slack_deg=2.0)
    assert (one == is_tangent(wedge, bearing - 180, slack_deg=2.0)).all()
    assert 0 < one.sum() < 50


def test_vertices_touched_are_those_whose_corner_the_line_does_not_cut() -> None:
    rng = np.random.default_rng(4)
    points = np.stack([rng.uniform(-85, 85, 400), rng.uniform(-180, 180, 400)], axis=1)
    wedge = np.where(rng.random((400, 1)) < 0.1, np.nan, rng.uniform(-180, 180, (400, 2)))
    pairs = np.array([[0, 1]])
    made = build_roadmap(
        points,
        pairs,
        km=np.ones(1),
        crossing=np.zeros(1, dtype=int),
        sets=np.zeros((1, 1), dtype=np.uint64),
        areas=(),
        wedge=wedge,
        chart=AIR,
    )
    for start in (np.array([10.0, 20.0]), np.array([89.0, -100.0])):
        back = bearing_deg(points, start)
        assert (
            touching(made, start).tolist()
            == np.flatnonzero(is_tangent(wedge, back, slack_deg=AIR.slack_deg)).tolist()
        )
    assert 7 in touching(made, points[7])

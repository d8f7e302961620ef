from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.reach.best_way import best_way
from sidelines.reach.links import attach, join
from sidelines.reach.matrix import lengths_km
from sidelines.reach.roadmap import Roadmap

MakeRoadmap = Callable[..., Roadmap]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("refused", [0, 5])
def test_a_matrix_holds_what_each_pair_would_give(make_roadmap: MakeRoadmap, refused: int) -> None:
    made = make_roadmap(3)
    grid = np.tile(1 + np.arange(36, dtype=np.uint16) // 2 % 7 % 6, (18, 1))
    roadmap = replace(made, chart=replace(made.chart, grid=grid, room=None))
    words = np.array([refused], dtype=np.uint64)
    points = np.random.default_rng(1).uniform(-50, 50, (6, 2))
    ends = [attach(roadmap, point) for point in points]
    found = lengths_km(roadmap, ends, words)
    for n in range(6):
        for m in range(n + 1, 6):
            way = best_way(join(roadmap, ends[n], ends[m]), words)
            expected = getattr(way, "km", np.nan)
            assert found[n, m] == found[m, n] or np.isnan(found[n, m])
            assert found[n, m] == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_a_point_is_at_no_distance_from_itself(make_roadmap: MakeRoadmap) -> None:
    roadmap = make_roadmap(3)
    end = attach(roadmap, np.array([3.0, 4.0]))
    assert lengths_km(roadmap, [end], np.zeros(1, dtype=np.uint64)).tolist() == [[0.0]]

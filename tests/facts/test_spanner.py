import hashlib
from importlib import resources

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sidelines.facts.roads import Roads, load_roads
from sidelines.facts.spanner import load_spanner
from sidelines.reach.distance import lines_km
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.roles import Means

STRETCH = 1.01


@pytest.fixture(scope="module")
def roads() -> Roads:
    return load_roads(Means.AIR)


@pytest.fixture(scope="module")
def kept(roads: Roads) -> Bool[np.ndarray, " line"]:
    return load_spanner(len(roads.pairs))


def way_km(roads: Roads, km: Float[np.ndarray, " line"], usable: np.ndarray, line: int) -> float:
    """Return how long the best way between the ends of a line is, over usable lines."""
    count = len(roads.points)
    start, end = roads.pairs[usable].T
    graph = csr_array((km[usable], (start, end)), shape=(count, count))
    one, other = roads.pairs[line]
    most = STRETCH * km[line] + 1e-6
    return float(dijkstra(graph, directed=False, indices=one, limit=most)[other])


def test_kept_lines_lead_where_others_did_over_no_other_areas_and_hardly_longer(
    roads: Roads, kept: np.ndarray
) -> None:
    km = lines_km(roads.points, roads.pairs)
    dropped = np.random.default_rng(5).choice(np.flatnonzero(~kept), 250, replace=False)
    for line in dropped.tolist():
        crossed = roads.sets[roads.crossing[line]]
        elsewhere = roads.sets & ~crossed
        within = np.logical_not(elsewhere.any(axis=1))[roads.crossing]
        assert way_km(roads, km, kept & within, line) <= STRETCH * km[line] + 1e-6


def test_few_lines_are_kept(kept: np.ndarray) -> None:
    assert 0.05 < kept.mean() < 0.15


def test_the_choice_was_made_for_the_roadmap_that_ships() -> None:
    folder = resources.files("sidelines.facts").joinpath("roadmaps")
    with folder.joinpath("spanner.npz").open("rb") as file, np.load(file) as held:
        made_for, stretch = str(held["air_sha256"]), float(held["stretch"])
    assert made_for == hashlib.sha256(folder.joinpath("air.npz").read_bytes()).hexdigest()
    assert stretch == STRETCH

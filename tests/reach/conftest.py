"""With the compiled kernel and without it; small made-up roadmaps and trips."""

from collections.abc import Callable

import numpy as np
import pytest

from sidelines.reach.kernel import compiled
from sidelines.reach.roadmap import Chart, Roadmap, build_roadmap
from sidelines.reach.trip import Links, Trip

MakeTrip = Callable[..., Trip]


@pytest.fixture(params=["compiled", "numpy"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with the kernel, and again with the twin."""
    if request.param == "numpy":
        monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    elif compiled() is None:
        pytest.skip("the kernel of ways is not built here")
    return str(request.param)


def random_sets(rng: np.random.Generator, count: int, areas: int) -> np.ndarray:
    """Return sets of about two areas each, as words."""
    words = -(-areas // 64)
    has = np.zeros((count, 64 * words), dtype=bool)
    has[:, :areas] = rng.random((count, areas)) < min(2.0 / areas, 0.4)
    return np.packbits(has, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def random_roadmap(seed: int, *, vertices: int = 12, areas: int = 6) -> Roadmap:
    """Return a roadmap with random lines over random sets, and a grid that is nobody's."""
    rng = np.random.default_rng(seed)
    points = np.stack([rng.uniform(-60, 60, vertices), rng.uniform(-90, 90, vertices)], axis=1)
    pairs = rng.integers(0, vertices, (3 * vertices, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return build_roadmap(
        points,
        pairs,
        km=rng.uniform(100, 1000, len(pairs)),
        crossing=rng.integers(0, 2 * vertices, len(pairs)),
        sets=random_sets(rng, 2 * vertices, areas),
        areas=tuple(f"A{k}" for k in range(areas)),
        wedge=np.full((vertices, 2), np.nan),
        chart=Chart(
            grid=np.zeros((18, 36), dtype=np.uint16),
            gates=np.empty((0, 2, 2)),
            gate_areas=np.empty(0, dtype=np.int64),
            step_km=100.0,
            graze_km=0.0,
            slack_deg=1.0,
        ),
    )


def random_trip(
    seed: int, *, vertices: int = 12, areas: int = 6, links: int = 3, direct: bool = False
) -> Trip:
    """Return a trip over a random roadmap, its links crossing random sets."""
    rng = np.random.default_rng([seed, 1])
    roadmap = random_roadmap(seed, vertices=vertices, areas=areas)

    def ends() -> Links:
        return Links(
            point=rng.uniform(-50, 50, 2),
            vertex=rng.integers(0, vertices, links),
            km=rng.uniform(100, 1000, links),
            sets=random_sets(rng, links, areas),
        )

    start, end = ends(), ends()
    if direct:
        start = Links(
            point=start.point,
            vertex=np.append(start.vertex, vertices),
            km=np.append(start.km, 900.0),
            sets=np.concatenate([start.sets, random_sets(rng, 1, areas)]),
        )
    return Trip(
        points=roadmap.points,
        first=roadmap.first,
        to=roadmap.to,
        km=roadmap.km,
        crossing=roadmap.crossing,
        sets=roadmap.sets,
        names=roadmap.areas,
        start=start,
        end=end,
    )


@pytest.fixture(scope="session")
def make_trip() -> MakeTrip:
    return random_trip


@pytest.fixture(scope="session")
def make_roadmap() -> Callable[..., Roadmap]:
    return random_roadmap

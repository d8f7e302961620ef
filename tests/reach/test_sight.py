import numpy as np
import pytest

from sidelines.reach.sight import areas_crossed, land_at, open_water

pytestmark = pytest.mark.usefixtures("engine")

EQUATOR = np.array([0.0, 0.5])


def striped(areas: int = 3) -> np.ndarray:
    """Return a world of meridian stripes, ten degrees wide, every fourth nobody's."""
    stripe = np.arange(360) // 10 % (areas + 1)
    return np.tile(stripe.astype(np.uint16), (180, 1))


def sea(*land: tuple[int, int, int, int]) -> np.ndarray:
    """Return packed land in one-degree cells, from boxes of rows and columns."""
    cells = np.zeros((180, 360), dtype=bool)
    for top, bottom, left, right in land:
        cells[top:bottom, left:right] = True
    return np.packbits(cells, axis=1)


def seen(words: np.ndarray) -> list[list[int]]:
    """Return the set bits, line by line."""
    return [
        [k for k in range(64 * len(line)) if int(line[k // 64]) >> k % 64 & 1] for line in words
    ]


def test_a_line_crosses_what_lies_between() -> None:
    crossed = areas_crossed(
        striped(), np.array([0.0, 1.0]), np.array([[0.0, 29.0], [0, 9]]), step_km=5, graze_km=10
    )
    assert seen(crossed) == [[1, 2], [1]]


def test_a_graze_is_overlooked_but_not_at_an_end() -> None:
    grid = np.zeros((1800, 3600), dtype=np.uint16)
    grid[:, 1900] = 1
    ends = np.array([[0.0, 15.0], [0.0, 10.05]])
    assert seen(areas_crossed(grid, EQUATOR, ends, step_km=1, graze_km=20)) == [[], [0]]
    assert seen(areas_crossed(grid, EQUATOR, ends, step_km=1, graze_km=5)) == [[0], [0]]


def test_several_short_stays_add_up() -> None:
    grid = np.zeros((180, 360), dtype=np.uint16)
    grid[:, 180:220:2] = 1
    ends = np.array([[0.5, 39.5]])
    many = areas_crossed(grid, np.array([0.5, 1.5]), ends, step_km=5, graze_km=1500)
    assert seen(many) == [[0]]


def test_lines_may_start_apart_and_areas_fill_several_words() -> None:
    grid = np.arange(360, dtype=np.uint16)[None].repeat(180, axis=0)
    start = np.array([[0.5, -179.5], [0.5, 20.5]])
    end = np.array([[0.5, -177.5], [0.5, 21.5]])
    crossed = areas_crossed(grid, start, end, step_km=5, graze_km=10, areas=360)
    assert crossed.shape == (2, 6)
    assert seen(crossed) == [[0, 1], [199, 200]]


def test_areas_beyond_those_asked_for_are_nobodys() -> None:
    grid = np.full((18, 36), 99, dtype=np.uint16)
    crossed = areas_crossed(grid, EQUATOR, np.array([[0.0, 50.0]]), step_km=50, graze_km=1, areas=9)
    assert seen(crossed) == [[]]


def test_land_stops_a_line_and_a_graze_of_it_does_not() -> None:
    land = sea((80, 100, 190, 191))
    ends = np.array([[0.0, 20.0], [0.0, 9.0], [30.0, 20.0]])
    assert open_water(land, EQUATOR, ends, step_km=5)[0].tolist() == [False, True, True]
    assert open_water(land, EQUATOR, ends, step_km=5, graze_km=150)[0].all()


def test_land_is_seen_at_points() -> None:
    points = np.array([[5.0, 10.5], [5.0, 11.5], [-20.0, 10.5]])
    assert land_at(sea((80, 100, 190, 191)), points).tolist() == [True, False, False]


def test_a_gate_is_passed_by_lines_between_its_posts_only() -> None:
    gates = np.array([[[-5.0, 10.0], [5.0, 10.0]], [[20.0, 15.0], [40.0, 15.0]]])
    ends = np.array([[0.0, 20.0], [0.0, 5.0], [60.0, 20.0], [0.0, -170.0]])
    water, passed = open_water(
        sea(), EQUATOR, ends, step_km=20, gates=gates, gate_areas=np.array([3, 70])
    )
    assert water.all()
    assert seen(passed) == [[3], [], [], []]


@pytest.mark.parametrize("area", [-1, 5])
def test_gates_of_unknown_areas_are_refused(area: int) -> None:
    gate = np.zeros((1, 2, 2))
    with pytest.raises(ValueError, match="there are 5"):
        open_water(
            sea(),
            EQUATOR,
            np.ones((1, 2)),
            step_km=9,
            gates=gate,
            gate_areas=np.array([area]),
            areas=5,
        )


def test_kernel_and_twin_see_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    grid = np.kron(rng.integers(0, 200, (36, 72)), np.ones((6, 6), int)).astype(np.uint16)
    land = np.packbits(np.kron(rng.random((90, 180)) < 0.002, np.ones((4, 4), bool)), axis=1)
    ends = np.stack([rng.uniform(-90, 90, 300), rng.uniform(-180, 180, 300)], axis=1)
    gates = rng.uniform(-80, 80, (50, 2, 2))
    start = np.array([48.0, -122.0])

    def look() -> list[np.ndarray]:
        water, passed = open_water(
            land, start, ends, step_km=9, gates=gates, gate_areas=np.arange(50), areas=120
        )
        return [areas_crossed(grid, start, ends, step_km=11, graze_km=10), water, passed]

    here = look()
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    assert all(np.array_equal(a, b) for a, b in zip(here, look(), strict=True))
    assert 0 < here[1].sum() < 300

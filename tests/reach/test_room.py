import numpy as np
import pytest

from sidelines.reach.distance import great_circle_km
from sidelines.reach.kernel import compiled
from sidelines.reach.room import block_shift, room_km, room_map
from sidelines.reach.sight import areas_crossed, open_water


def world() -> np.ndarray:
    """Return a random world of half-degree cells in patches of some twenty degrees."""
    patches = np.random.default_rng(2).integers(0, 3, (9, 18)).astype(np.uint16)
    return np.kron(patches, np.ones((40, 40), dtype=np.uint16))


def room() -> np.ndarray:
    found = room_map(world())
    if found is None:
        assert compiled() is None
        pytest.skip("the kernel of ways is not built here")
    return found


def test_nothing_changes_within_the_room() -> None:
    grid, free = world(), room_km(room())
    rng = np.random.default_rng(5)
    row, column = rng.integers(0, 360, 4000), rng.integers(0, 720, 4000)
    points = np.stack([89.75 - row / 2, column / 2 - 179.75], axis=1)
    blocks = rng.integers(0, 4000, 60)
    assert free.max() > 500
    for k in blocks:
        near = great_circle_km(points[k], points) < free[row[k] // 4, column[k] // 4]
        assert (grid[row[near], column[near]] == grid[row[k], column[k]]).all()


def test_a_block_with_room_is_told_what_it_holds() -> None:
    grid, held = world(), room()
    wide = room_km(held) > 0
    assert (held[wide] >> 16 == grid[::4, ::4][wide]).all()


def test_long_strides_see_what_short_steps_see() -> None:
    grid, free = world(), room()
    rng = np.random.default_rng(6)
    ends = np.stack([rng.uniform(-90, 90, 200), rng.uniform(-180, 180, 200)], axis=1)
    start = np.array([10.0, 20.0])
    short = areas_crossed(grid, start, ends, step_km=5, graze_km=20)
    assert np.array_equal(
        short, areas_crossed(grid, start, ends, step_km=5, graze_km=20, room=free)
    )


def test_by_sea_too() -> None:
    room()
    land = np.packbits(world() == 1, axis=1)
    rng = np.random.default_rng(7)
    ends = np.stack([rng.uniform(-90, 90, 300), rng.uniform(-180, 180, 300)], axis=1)
    start = np.array([-50.0, 20.0])
    look = {"step_km": 5.0, "graze_km": 900.0}
    short, _ = open_water(land, start, ends, **look)
    long, _ = open_water(land, start, ends, room=room_map(land), **look)
    assert np.array_equal(short, long)
    assert 0 < short.sum() < 300


def test_a_grid_that_does_not_divide_has_none() -> None:
    assert room_map(np.zeros((180, 45), dtype=np.uint8)) is None
    assert room_map(np.zeros((18, 36), dtype=np.uint16)) is None
    assert block_shift(18, None) == -1


def test_without_a_kernel_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    assert room_map(world()) is None

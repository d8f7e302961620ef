import numpy as np
import pytest

from sidelines.reach.harbour import Harbour, coastal_km, harbour, open_roads

pytestmark = pytest.mark.usefixtures("engine")

NO_GATES = np.empty((0, 2, 2))
CELL_KM = 111.195 * 0.96  # a step over the middle of a one-degree grid, as shortened


def sea(*dry: tuple[slice | int, slice | int]) -> np.ndarray:
    """Return a world of water in one-degree cells, but for what is dry."""
    land = np.zeros((180, 360), dtype=bool)
    for rows, columns in dry:
        land[rows, columns] = True
    return np.packbits(land, axis=1)


def from_equator(
    bits: np.ndarray, *, lon: float = 0.5, within_km: float = 800.0, gates: np.ndarray = NO_GATES
) -> Harbour:
    return harbour(bits, np.array([0.5, lon]), within_km=within_km, gates=gates)


def to(near: Harbour, *ends: tuple[float, float]) -> list[float]:
    return coastal_km(near, np.array(ends)).tolist()


def test_open_water_is_measured_cell_by_cell() -> None:
    assert np.allclose(to(from_equator(sea()), (0.5, 0.5), (0.5, 3.5)), [0, 3 * CELL_KM], rtol=1e-3)


def test_what_is_farther_than_asked_is_out_of_reach() -> None:
    near = from_equator(sea(), within_km=250.0)
    assert np.isfinite(to(near, (0.5, 2.5))[0])
    assert to(near, (0.5, 3.5), (0.5, 60.0), (60.0, 0.5)) == [np.inf] * 3


def test_land_is_gone_round() -> None:
    wall = (slice(87, 92), 182)
    straight, around = (to(from_equator(sea(*dry)), (0.5, 4.5))[0] for dry in ((), (wall,)))
    assert around > 1.2 * straight


def test_no_way_squeezes_between_two_corners_of_land() -> None:
    bits = sea((88, slice(0, 360)), (89, 181), (90, slice(0, 181)), (90, slice(182, 360)))
    assert to(from_equator(bits), (-0.5, 1.5)) == [np.inf]


def test_a_single_corner_of_land_is_passed_aslant() -> None:
    assert np.isfinite(to(from_equator(sea((89, 181))), (-0.5, 1.5))[0])


def test_a_gate_is_not_passed() -> None:
    gate = np.array([[[-60.0, 2.0], [60.0, 2.0]]])
    near = from_equator(sea(), gates=gate)
    assert np.isfinite(to(near, (0.5, 1.5))[0])
    assert to(near, (0.5, 4.5)) == [np.inf]


def test_a_start_upon_a_gate_can_be_left() -> None:
    gate = np.array([[[-60.0, 0.5], [60.0, 0.5]]])
    assert np.isfinite(to(from_equator(sea(), gates=gate), (0.5, 2.5))[0])


def test_ways_run_across_the_date_line() -> None:
    near = from_equator(sea(), lon=179.5)
    assert np.allclose(to(near, (0.5, -178.5)), 2 * CELL_KM, rtol=1e-3)
    gate = np.array([[[-60.0, -179.0], [60.0, -179.0]]])
    assert to(from_equator(sea(), lon=179.5, gates=gate), (0.5, -177.5)) == [np.inf]


def test_there_is_no_water_beyond_the_pole() -> None:
    near = harbour(sea(), np.array([89.5, 0.0]), within_km=300.0, gates=NO_GATES)
    assert np.isinf(near.km[near.rows < 0]).all()
    assert np.isfinite(to(near, (88.5, 0.0))[0])


def test_a_road_lies_where_most_water_is_around() -> None:
    bay = sea((slice(80, 100), slice(175, 184)))
    land = np.unpackbits(bay, axis=1)
    land[89, 180:184] = 0  # a channel eastward to the open sea
    near = from_equator(np.packbits(land, axis=1), within_km=1200.0)
    road, km = open_roads(near, within_km=(1200.0,))[0]
    assert road[1] > 5
    assert km == to(near, (road[0], road[1]))[0]


def test_of_equal_roads_the_nearest_is_taken() -> None:
    channel = sea((slice(0, 89), slice(0, 360)), (slice(90, 180), slice(0, 360)))
    ((road, km),) = open_roads(from_equator(channel), within_km=(250.0, 500.0))
    assert (road.tolist(), km) == ([0.5, 0.5], 0.0)


def test_a_road_lies_no_farther_than_asked() -> None:
    _, km = open_roads(from_equator(sea((slice(80, 100), 180))), within_km=(300.0,))[0]
    assert km <= 300.0


def test_kernel_and_twin_go_equally_far(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(8)
    bits = np.packbits(rng.random((360, 720)) < 0.35, axis=1)
    gates = rng.uniform(-20, 20, (9, 2, 2))

    def flooded() -> list[np.ndarray]:
        starts = rng.uniform([-60, -180], [60, 180], (5, 2))
        return [harbour(bits, at, within_km=900.0, gates=gates).km for at in starts]

    rng = np.random.default_rng(9)
    here = flooded()
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    rng = np.random.default_rng(9)
    assert all(np.array_equal(a, b) for a, b in zip(here, flooded(), strict=True))
    assert max(np.isfinite(km).sum() for km in here) > 100

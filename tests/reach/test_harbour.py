import numpy as np
import pytest

from sidelines.reach.distance import great_circle_km
from sidelines.reach.harbour import Harbour, coastal_km, harbour, open_road

NO_GATES = np.empty((0, 2, 2))
BAY = np.array([0.5, 10.5])


def bay(*, mouth: bool = True) -> np.ndarray:
    """Return land in one-degree cells: a bay of three cells along the equator, open to the east."""
    land = np.zeros((180, 360), dtype=bool)
    land[80:100, 180:200] = True
    land[89, 190 : 200 if mouth else 193] = False
    return np.packbits(land, axis=1)


def around(
    *, within_km: float = 3000.0, gates: np.ndarray = NO_GATES, mouth: bool = True
) -> Harbour:
    return harbour(bay(mouth=mouth), BAY, within_km=within_km, gates=gates)


def test_the_way_out_of_a_bay_is_as_long_as_the_bay() -> None:
    out = np.array([[0.5, 20.5]])
    straight = great_circle_km(BAY, out[0])
    assert coastal_km(around(), out)[0] == pytest.approx(straight, rel=0.05)


def test_round_a_corner_is_longer_than_over_land() -> None:
    beyond = np.array([[12.5, 10.5]])
    assert coastal_km(around(within_km=5000.0), beyond)[0] > 1.5 * great_circle_km(BAY, beyond[0])


def test_land_far_water_and_other_shores_are_out_of_reach() -> None:
    ends = np.array([[5.5, 10.5], [0.5, 60.5], [80.5, 10.5]])
    assert np.isinf(coastal_km(around(within_km=2000.0), ends)).all()


def test_a_closed_bay_has_no_way_out() -> None:
    assert np.isinf(coastal_km(around(mouth=False), np.array([[0.5, 20.5]])))[0]


def test_a_gate_is_not_passed_unseen() -> None:
    gate = np.array([[[5.0, 15.5], [-5.0, 15.5]], [[60.0, 100.0], [61.0, 100.0]]])
    near = around(gates=gate)
    reached = np.isfinite(coastal_km(near, np.array([[0.5, 14.5], [0.5, 16.5]])))
    assert reached.tolist() == [True, False]


def test_the_open_road_lies_outside_the_bay() -> None:
    place, km = open_road(around(), within_km=2500.0)
    assert place[1] > 20.0
    assert km == pytest.approx(coastal_km(around(), place[None])[0])


def test_near_a_pole_the_window_ends_with_the_world() -> None:
    sea = np.packbits(np.zeros((180, 360), dtype=bool), axis=1)
    near = harbour(sea, np.array([88.5, 0.5]), within_km=400.0, gates=NO_GATES)
    assert np.isfinite(near.km).any()


def test_ships_do_not_slip_between_two_corners() -> None:
    land = np.ones((180, 360), dtype=bool)
    land[89, 190] = land[88, 191] = False
    near = harbour(np.packbits(land, axis=1), BAY, within_km=500.0, gates=NO_GATES)
    assert np.isinf(coastal_km(near, np.array([[1.5, 11.5]])))[0]

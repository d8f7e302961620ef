from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.lift import airlift_t_per_day, sealift_t_per_day, sustained_share

KM = st.floats(0, 20_000)
FLEET = {
    "aircraft": np.array(100.0),
    "payload_t": np.array(40.0),
    "speed_km_per_h": np.array(800.0),
    "use_h_per_day": np.array(10.0),
    "available_share": np.array(0.5),
    "routing_factor": np.array(1.0),
    "shortest_leg_km": 500.0,
}
SHIPS = {
    "ships": np.array(10.0),
    "payload_t": np.array(8000.0),
    "speed_km_per_h": np.array(30.0),
    "port_days": np.array(6.0),
    "available_share": np.array(0.5),
}


def by_air(km: float, **changes: Any) -> np.ndarray:
    return airlift_t_per_day(np.array(km), **{**FLEET, **changes})


def by_sea(km: float, **changes: Any) -> np.ndarray:
    return sealift_t_per_day(np.array(km), **{**SHIPS, **changes})


@given(near=KM, farther=KM)
def test_airlift_never_grows_with_distance(near: float, farther: float) -> None:
    assert by_air(near + farther) <= by_air(near)


@given(near=KM, farther=KM)
def test_sealift_never_grows_with_distance(near: float, farther: float) -> None:
    assert by_sea(near + farther) <= by_sea(near)


def test_a_short_hop_lifts_no_more_than_one_of_five_hundred_km() -> None:
    assert by_air(100.0) == by_air(500.0)


def test_a_detour_lifts_less() -> None:
    assert by_air(3000.0, routing_factor=np.array(1.25)) == pytest.approx(by_air(3000.0) / 1.25)


def test_twice_the_aircraft_lift_twice_as_much() -> None:
    assert by_air(3000.0, aircraft=np.array(200.0)) == pytest.approx(2 * by_air(3000.0))


def test_a_fleet_that_cannot_fly_lifts_nothing() -> None:
    assert by_air(3000.0, available_share=np.array(0.0)) == 0


def test_airlift_is_loads_a_day_times_the_load() -> None:
    trips_per_day = 10.0 / (2 * 5000.0 / 800.0)
    assert by_air(5000.0) == pytest.approx(50 * trips_per_day * 40.0)


def test_twice_the_ships_carry_twice_as_much() -> None:
    assert by_sea(9000.0, ships=np.array(20.0)) == pytest.approx(2 * by_sea(9000.0))


def test_ships_at_no_distance_are_held_up_by_their_ports_alone() -> None:
    assert by_sea(0.0) == pytest.approx(10 * 0.5 * 8000 / 6)


def test_ships_move_more_than_aircraft_over_an_ocean() -> None:
    assert by_sea(9000.0) > by_air(9000.0)


@given(lift=st.floats(0, 1e6), more=st.floats(0, 1e6), need=st.floats(1, 1e5))
def test_more_lift_never_sustains_less(lift: float, more: float, need: float) -> None:
    share = sustained_share(np.array([lift, lift + more]), need_t_per_day=np.array(need))
    assert share[0] <= share[1]


@given(lift=st.floats(0, 1e6), need=st.floats(1, 1e5))
def test_no_more_than_the_whole_need_is_met(lift: float, need: float) -> None:
    assert 0 <= sustained_share(np.array(lift), need_t_per_day=np.array(need)) <= 1


def test_half_the_need_sustains_half_the_force() -> None:
    assert sustained_share(np.array(750.0), need_t_per_day=np.array(1500.0)) == 0.5

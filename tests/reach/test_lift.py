from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.lift import (
    LIMITS,
    airlift_t_per_day,
    closure_days,
    cycle_h,
    delivery_days,
    fleet_t_per_day,
    flow,
    missions_per_day,
    sealift_t_per_day,
    station_t_per_day,
    sustained_share,
    tonne_km_per_day,
    voyage_days,
)

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


# --- planning formulas -------------------------------------------------------------------------

HOURS = st.floats(0.5, 100)
TASKED = {"flying_h": np.array(24.0), "ground_h": np.array(8.0), "use_h_per_day": np.array(8.0)}
STATION = {
    "payload_t": np.array(40.0),
    "open_h_per_day": np.array(24.0),
    "ground_h": np.array(3.0),
    "queuing_share": np.array(0.85),
}


def loads(aircraft: float, **changes: Any) -> np.ndarray:
    return missions_per_day(np.array(aircraft), **{**TASKED, **changes})


def test_a_cycle_is_flying_and_standing() -> None:
    assert cycle_h(np.array(20.0), ground_h=np.array(6.0)) == 26


def test_no_fleet_flies_no_missions() -> None:
    assert loads(0.0) == 0


def test_a_way_that_does_not_exist_is_never_flown() -> None:
    assert loads(100.0, flying_h=np.array(np.inf)) == 0


@given(near=HOURS, farther=HOURS)
def test_a_longer_way_never_takes_more_missions(near: float, farther: float) -> None:
    hours = np.array([near, near + farther])
    short, long = loads(10.0, flying_h=hours)
    assert long <= short


@given(less=HOURS, more=HOURS)
def test_longer_stops_never_take_more_missions(less: float, more: float) -> None:
    short, long = loads(10.0, ground_h=np.array([less, less + more]))
    assert long <= short


def test_time_on_the_ground_limits_short_hops() -> None:
    assert loads(1.0, flying_h=np.array(1.0), ground_h=np.array(5.0)) == pytest.approx(4.0)


def test_a_fleet_delivers_its_missions_loaded() -> None:
    delivered = fleet_t_per_day(np.array(12.0), payload_t=np.array(20.0), **TASKED)
    assert delivered == pytest.approx(20 * loads(12.0))


@given(served=st.floats(0, 50), more=st.floats(0, 50))
def test_more_places_on_the_ground_never_take_less(served: float, more: float) -> None:
    taken = station_t_per_day(np.array([served, served + more]), **STATION)
    assert taken[0] <= taken[1]


def test_an_airfield_without_a_place_takes_nothing() -> None:
    assert station_t_per_day(np.array(0.0), **STATION) == 0


def test_capacity_is_load_times_kilometres() -> None:
    capacity = tonne_km_per_day(
        np.array(2.0),
        payload_t=np.array(50.0),
        speed_km_per_h=np.array(800.0),
        use_h_per_day=np.array(10.0),
        productive_share=np.array(0.5),
    )
    assert capacity == 400_000


def test_a_ship_of_twenty_knots_sails_480_miles_a_day() -> None:
    assert voyage_days(np.array(888.96), speed_km_per_h=np.array(37.04)) == pytest.approx(1.0)


@given(fleet=st.floats(0, 1e4), station=st.floats(0, 1e4))
def test_a_flow_is_what_its_narrowest_limit_lets_through(fleet: float, station: float) -> None:
    found = flow({"aircraft": np.array(fleet), "airfield": np.array(station)})
    assert found.t_per_day == min(fleet, station)


def test_the_limit_is_named_per_draw() -> None:
    found = flow({"ships": np.array([10.0, 99.0]), "port": np.array(50.0)})
    assert [found.names[row] for row in found.limit] == ["ships", "port"]
    assert set(found.names) <= set(LIMITS)


def test_a_range_too_short_limits_all_flow() -> None:
    found = flow({"aircraft": np.array(900.0), "leg range": np.array(0.0)})
    assert (found.t_per_day, found.names[int(found.limit)]) == (0.0, "leg range")


def closed(aircraft: float) -> np.ndarray:
    hours = {"flying_h": np.array(24.0), "use_h_per_day": np.array(8.0)}
    return closure_days(np.array(90.0), aircraft=np.array(aircraft), **hours)


def test_missions_close_in_the_published_time() -> None:
    assert closed(10.0) == pytest.approx(27.0)


def test_no_fleet_never_closes() -> None:
    assert closed(0.0) == np.inf


def arrived(rate: float, first: float) -> np.ndarray:
    return delivery_days(
        np.array(9000.0), t_per_day=np.array(rate), first_arrival_days=np.array(first)
    )


def test_a_force_is_there_after_its_first_arrival_and_its_flow() -> None:
    assert arrived(300.0, 5.0) == pytest.approx(35.0)


@pytest.mark.parametrize(("rate", "first"), [(0.0, 5.0), (300.0, np.inf)])
def test_a_force_without_lift_or_way_never_arrives(rate: float, first: float) -> None:
    assert arrived(rate, first) == np.inf


@given(rate=st.floats(1, 1e4), more=st.floats(0, 1e4))
def test_more_flow_never_delivers_later(rate: float, more: float) -> None:
    assert arrived(rate + more, 3.0) <= arrived(rate, 3.0)

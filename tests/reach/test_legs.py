from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.legs import Flight, best_stops

START, NEAR, FAR, GOAL = range(4)
LINE = np.array([0.0, 3000.0, 7000.0, 10_000.0])
KM = np.abs(LINE[:, None] - LINE[None, :])
PLAN: dict[str, Any] = {
    "start": START,
    "goal": GOAL,
    "usable": np.ones(4, dtype=bool),
    "range_km": 5000.0,
    "speed_km_per_h": 800.0,
    "stop_h": 3.0,
}


def flown(km: np.ndarray = KM, **changes: Any) -> Flight:
    return best_stops(km, **{**PLAN, **changes})


def test_a_long_way_is_flown_by_stops() -> None:
    assert flown().sites == (START, NEAR, FAR, GOAL)
    assert flown().leg_km == (3000, 4000, 3000)


def test_a_way_within_range_is_flown_without_a_stop() -> None:
    assert flown(range_km=10_000.0).sites == (START, GOAL)


def test_stops_cost_time_on_the_ground() -> None:
    assert (flown().flying_h, flown().ground_h) == (12.5, 6.0)


def test_a_stop_that_refuses_is_not_used() -> None:
    refused = np.array([True, False, True, True])
    assert flown(range_km=7000.0, usable=refused).sites == (START, FAR, GOAL)


def test_a_tanker_spares_the_stop_that_is_missing() -> None:
    refused = np.array([True, False, True, True])
    found = flown(usable=refused, tanked_range_km=8000.0, most_tanked=1)
    assert found.sites == (START, FAR, GOAL)
    assert found.tanked == (True, False)


def test_tankers_help_no_more_legs_than_there_are_of_them() -> None:
    nowhere = np.array([True, False, False, True])
    assert not flown(usable=nowhere, tanked_range_km=8000.0, most_tanked=3).exists
    only_far = np.array([True, False, True, True])
    short = {"range_km": 2000.0, "tanked_range_km": 7000.0, "usable": only_far}
    assert not flown(**short, most_tanked=1).exists
    assert flown(**short, most_tanked=2).exists


def test_a_tanker_with_no_more_range_is_no_help() -> None:
    assert flown(range_km=3500.0, tanked_range_km=3000.0, most_tanked=9).gap_km == 4000


def test_no_way_names_the_leg_that_cannot_be_flown() -> None:
    found = flown(range_km=3500.0)
    assert not found.exists
    assert (found.gap, found.gap_km) == ((NEAR, FAR), 4000)
    assert found.flying_h == np.inf


def test_the_range_that_closes_the_gap_is_enough() -> None:
    assert flown(range_km=flown(range_km=100.0).gap_km).exists


def test_where_every_state_refuses_no_range_is_enough() -> None:
    shut = KM.copy()
    shut[:, GOAL] = shut[GOAL, :] = np.inf
    found = flown(shut)
    assert (found.gap, found.gap_km) == (None, np.inf)


def test_who_is_there_already_flies_nowhere() -> None:
    found = flown(goal=START)
    assert (found.sites, found.flying_h, found.ground_h) == ((START,), 0.0, 0.0)


def test_a_quicker_detour_with_fewer_stops_wins() -> None:
    km = np.array(
        [
            [0.0, 2000.0, 5000.0, 9000.0],
            [2000.0, 0.0, 2000.0, 9000.0],
            [5000.0, 2000.0, 0.0, 2000.0],
            [9000.0, 9000.0, 2000.0, 0.0],
        ]
    )
    assert flown(km).sites == (START, FAR, GOAL)
    assert flown(km, stop_h=0.5).sites == (START, NEAR, FAR, GOAL)


@given(seed=st.integers(0, 10_000), range_km=st.floats(1000, 9000), more=st.floats(0, 9000))
def test_a_longer_range_never_takes_longer(seed: int, range_km: float, more: float) -> None:
    points = np.random.default_rng(seed).uniform(0, 8000, (12, 2))
    km = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    plan = {"usable": np.ones(12, dtype=bool), "goal": 11}
    short, long = (flown(km, **plan, range_km=r) for r in (range_km, range_km + more))
    assert long.flying_h + long.ground_h <= short.flying_h + short.ground_h + 1e-9


@given(seed=st.integers(0, 10_000), shut=st.integers(1, 10))
def test_a_stop_less_never_makes_the_flight_shorter(seed: int, shut: int) -> None:
    points = np.random.default_rng(seed).uniform(0, 8000, (12, 2))
    km = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    usable = np.ones(12, dtype=bool)
    fewer = usable.copy()
    fewer[shut] = False
    free, bound = (
        flown(km, goal=11, usable=allowed, range_km=4000.0) for allowed in (usable, fewer)
    )
    assert bound.flying_h + bound.ground_h >= free.flying_h + free.ground_h - 1e-9


@pytest.mark.parametrize("most_tanked", [0, 1, 2])
def test_no_leg_is_longer_than_its_range(most_tanked: int) -> None:
    found = flown(range_km=4000.0, tanked_range_km=7000.0, most_tanked=most_tanked)
    assert all(
        leg <= (7000 if tanked else 4000)
        for leg, tanked in zip(found.leg_km, found.tanked, strict=True)
    )
    assert sum(found.tanked) <= most_tanked

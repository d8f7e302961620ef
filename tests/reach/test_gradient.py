from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.gradient import (
    GRADIENTS,
    Journey,
    exponential_share,
    gradient,
    granted_days_share,
    linear_share,
    travel_day_share,
)
from sidelines.terms.errors import UsageError

KM = st.floats(0, 20_000)
SHARES = st.floats(1e-6, 1)

Curve = Callable[[np.ndarray], np.ndarray]
CURVES: list[Curve] = [
    lambda km: travel_day_share(km, np.array([0.1]), miles_per_day=np.array([500.0])),
    lambda km: travel_day_share(km, np.array([0.001]), miles_per_day=np.array([250.0])),
    lambda km: linear_share(km, reach_km=np.array([8000.0])),
    lambda km: exponential_share(km, e_fold_km=np.array([4000.0])),
    lambda km: granted_days_share(km / 500.0, half_life_days=np.array([20.0])),
]
NAMES = ["a strong power", "a weak power", "linear", "exponential", "granted days"]


@pytest.mark.parametrize("curve", CURVES, ids=NAMES)
@given(near=KM, farther=KM)
def test_strength_never_grows_with_distance(curve: Curve, near: float, farther: float) -> None:
    share = curve(np.array([near, near + farther]))
    assert share[1] <= share[0]


@pytest.mark.parametrize("curve", CURVES, ids=NAMES)
def test_all_strength_is_left_at_home(curve: Curve) -> None:
    assert curve(np.array([0.0])) == pytest.approx([1.0])


@pytest.mark.parametrize("curve", CURVES, ids=NAMES)
@given(km=KM)
def test_what_is_left_is_a_share(curve: Curve, km: float) -> None:
    assert 0 <= curve(np.array([km])) <= 1


@given(km=KM, weak=SHARES, strong=SHARES)
def test_a_weaker_power_loses_no_less_on_the_same_way(
    km: float, weak: float, strong: float
) -> None:
    homes = np.sort(np.array([weak, strong]))
    share = travel_day_share(np.array([km, km]), homes, miles_per_day=np.array([500.0]))
    assert share[0] <= share[1]


@given(km=KM, slow=st.floats(100, 1000), faster=st.floats(0, 1000))
def test_faster_travel_never_costs_strength(km: float, slow: float, faster: float) -> None:
    home = np.array([0.05])
    before = travel_day_share(np.array([km]), home, miles_per_day=np.array([slow]))
    after = travel_day_share(np.array([km]), home, miles_per_day=np.array([slow + faster]))
    assert after >= before


def test_ten_days_of_travel_take_the_published_power_of_strength() -> None:
    ten_days_km = 10 * 500 * 1.609344
    share = travel_day_share(
        np.array([ten_days_km]), np.array([0.1]), miles_per_day=np.array([500.0])
    )
    assert share == pytest.approx(0.1 ** (np.log10(20 - np.e) - 1))


def test_a_straight_line_ends_at_its_reach() -> None:
    left = linear_share(np.array([2000.0, 8000.0, 9000.0]), reach_km=np.array([8000.0]))
    assert left.tolist() == [0.75, 0.0, 0.0]


def test_half_the_strength_is_left_after_a_half_life() -> None:
    assert granted_days_share(np.array(12.0), half_life_days=np.array(12.0)) == 0.5


def test_a_way_that_nobody_grants_leaves_nothing() -> None:
    assert granted_days_share(np.array(np.inf), half_life_days=np.array(12.0)) == 0


SCALES = {"half_life_days": 20.0, "miles_per_day": 500.0, "e_fold_km": 4000.0, "reach_km": 9000.0}


@pytest.mark.parametrize("name", sorted(GRADIENTS))
def test_every_gradient_can_be_taken_by_name(name: str) -> None:
    found = gradient(name)
    journey = Journey(
        distance_km=np.array([0.0, 3000.0]), days=np.array([0.0, 9.0]), home_share=np.array([0.1])
    )
    left = found.share(journey, np.array([SCALES[found.scale]]))
    assert left[0] == pytest.approx(1.0)
    assert 0 < left[1] < 1
    assert found.source


@pytest.mark.parametrize(("name", "hint"), [("traveldays", "travel-day"), ("zzz", "granted-days")])
def test_a_gradient_of_another_name_is_answered_with_what_there_is(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        gradient(name)
    assert hint in str(caught.value.hint)

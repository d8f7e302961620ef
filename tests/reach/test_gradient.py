from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.reach.gradient import travel_day_share

KM = st.floats(0, 20_000)
SHARES = st.floats(1e-6, 1)

Gradient = Callable[[np.ndarray], np.ndarray]
GRADIENTS: list[Gradient] = [
    lambda km: travel_day_share(km, np.array([0.1]), miles_per_day=np.array([500.0])),
    lambda km: travel_day_share(km, np.array([0.001]), miles_per_day=np.array([250.0])),
]
NAMES = ["a strong power", "a weak power"]


@pytest.mark.parametrize("gradient", GRADIENTS, ids=NAMES)
@given(near=KM, farther=KM)
def test_strength_never_grows_with_distance(
    gradient: Gradient, near: float, farther: float
) -> None:
    share = gradient(np.array([near, near + farther]))
    assert share[1] <= share[0]


@pytest.mark.parametrize("gradient", GRADIENTS, ids=NAMES)
def test_all_strength_is_left_at_home(gradient: Gradient) -> None:
    assert gradient(np.array([0.0])) == pytest.approx([1.0])


@pytest.mark.parametrize("gradient", GRADIENTS, ids=NAMES)
@given(km=KM)
def test_what_is_left_is_a_share(gradient: Gradient, km: float) -> None:
    assert 0 <= gradient(np.array([km])) <= 1


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

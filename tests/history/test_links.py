import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.history.links import Link, logit, probit

LINKS = [probit, logit]


@pytest.mark.parametrize("link", LINKS)
def test_the_two_sides_sum_to_one(link: Link) -> None:
    x = np.linspace(-6, 6, 25)
    assert np.exp(link(x).value) + np.exp(link(-x).value) == pytest.approx(np.ones(25), abs=1e-15)


@pytest.mark.parametrize("link", LINKS)
@given(x=st.floats(-30, 30))
def test_derivatives_agree_with_differences(link: Link, x: float) -> None:
    below, at, above = (link(np.array([x + step])) for step in (-1e-5, 0.0, 1e-5))
    assert (above.value - below.value) / 2e-5 == pytest.approx(at.first, rel=1e-6, abs=1e-8)
    assert (above.first - below.first) / 2e-5 == pytest.approx(at.second, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("link", LINKS)
def test_far_tails_stay_finite_and_concave(link: Link) -> None:
    far = link(np.array([-1e12, -1e5, -40.0, 40.0, 1e5, 1e12]))
    assert np.all(np.isfinite([far.value, far.first, far.second]))
    assert np.all(far.first >= 0)
    assert np.all((far.second <= 0) & (far.second >= -1))


def test_the_probit_tail_follows_its_asymptotic_series() -> None:
    x = -200.0
    series = -(x**2) / 2 - np.log(-x * np.sqrt(2 * np.pi)) + np.log1p(-(x**-2) + 3 * x**-4)
    assert probit(np.array([x])).value == pytest.approx(series, rel=1e-14)

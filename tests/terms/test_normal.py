import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.terms.normal import (
    bivariate_normal_cdf,
    log_normal_cdf,
    mills_ratio,
    normal_cdf,
    normal_density,
    normal_quantile,
)

BOUND = st.floats(-6, 6)
CORRELATION = st.floats(-0.95, 0.95)


def both(x: float, y: float, correlation: float) -> float:
    return float(bivariate_normal_cdf(np.array(x), np.array(y), correlation=correlation))


@given(st.floats(-8, 8))
def test_the_distribution_agrees_with_the_standard_library(x: float) -> None:
    assert float(normal_cdf(np.array(x))) == pytest.approx(NormalDist().cdf(x), abs=1e-15)


def test_far_tails_keep_their_digits() -> None:
    # Abramowitz and Stegun, table 26.2: -log10 of the upper tail at 10, 100 and 500
    tail = -log_normal_cdf(np.array([-10.0, -100.0, -500.0])) / math.log(10)
    assert tail.round(5).tolist() == [23.11805, 2173.87154, 54289.90830]


@given(st.floats(-11.9, 8))
def test_the_logarithm_is_that_of_the_distribution(x: float) -> None:
    known = math.log(0.5 * math.erfc(-x / math.sqrt(2)))
    assert float(log_normal_cdf(np.array(x))) == pytest.approx(known, rel=1e-12, abs=1e-15)


@given(st.floats(0, 11.9))
def test_mills_ratio_is_tail_over_density(x: float) -> None:
    tail = normal_cdf(np.array(-x)) / normal_density(np.array(x))
    assert float(mills_ratio(np.array(x))) == pytest.approx(float(tail), rel=1e-12)


def test_mills_ratio_has_no_step_where_its_formula_changes() -> None:
    below, above = mills_ratio(np.array([12.0 - 1e-9, 12.0 + 1e-9]))
    assert below == pytest.approx(above, rel=1e-9)


def test_two_that_are_independent_multiply() -> None:
    assert both(0.3, -1.2, 0.0) == pytest.approx(
        NormalDist().cdf(0.3) * NormalDist().cdf(-1.2), abs=1e-15
    )


@given(CORRELATION)
def test_the_quadrant_has_its_known_chance(correlation: float) -> None:
    known = 0.25 + math.asin(correlation) / (2 * math.pi)  # Sheppard (1899)
    assert both(0.0, 0.0, correlation) == pytest.approx(known, abs=1e-14)


@given(BOUND, BOUND, CORRELATION)
def test_a_sign_turned_swaps_the_rest(x: float, y: float, correlation: float) -> None:
    rest = NormalDist().cdf(x) - both(x, y, correlation)
    assert both(x, -y, -correlation) == pytest.approx(rest, abs=1e-13)


@given(st.floats(1e-300, 1 - 1e-15))
def test_quantiles_agree_with_the_standard_library(prob: float) -> None:
    expected = NormalDist().inv_cdf(prob)
    assert float(normal_quantile(np.array(prob))) == pytest.approx(expected, rel=1e-14, abs=1e-15)


def test_quantiles_of_many_are_those_of_each() -> None:
    prob = np.array([[0.5, 0.9, 1e-3], [1e-30, 0.075, 1 - 1e-12]])
    each = [[float(normal_quantile(np.array(one))) for one in row] for row in prob]
    assert normal_quantile(prob).tolist() == each

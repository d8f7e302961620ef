import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.history.pareto import fit_pareto, smooth_tail, trusted_shape

CHANCE = (np.arange(4000) + 0.5) / 4000


@pytest.mark.parametrize("shape", [-0.5, 0.2, 0.5, 0.7, 1.0])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_known_pareto_tail_is_recognised(shape: float, scale: float) -> None:
    found = fit_pareto(scale * np.expm1(-shape * np.log1p(-CHANCE)) / shape)
    assert found == pytest.approx((shape, scale), rel=0.05)


@pytest.mark.parametrize("size", [0.3, 0.5, 0.7, 1.0])
def test_k_hat_is_the_tail_index_of_the_weights(size: float) -> None:
    rng = np.random.default_rng(3)
    shapes = [smooth_tail(size * rng.exponential(size=4000)).shape for _ in range(40)]
    assert np.mean(shapes) == pytest.approx(size, abs=0.05)


@given(shift=st.floats(-700, 700), seed=st.integers(0, 99))
def test_a_constant_factor_of_all_weights_changes_nothing(shift: float, seed: int) -> None:
    log_ratios = np.random.default_rng(seed).normal(size=300)
    one, other = smooth_tail(log_ratios), smooth_tail(log_ratios + shift)
    assert one.shape == pytest.approx(other.shape, abs=1e-8)
    assert one.log_weights == pytest.approx(other.log_weights, abs=1e-8)


@given(seed=st.integers(0, 999))
def test_smoothing_keeps_the_order_and_the_sum(seed: int) -> None:
    log_ratios = np.random.default_rng(seed).standard_t(2, size=250)
    weight = np.exp(smooth_tail(log_ratios).log_weights)
    assert weight.sum() == pytest.approx(1)
    assert np.all(np.diff(weight[np.argsort(log_ratios)]) >= 0)


def test_equal_weights_stay_equal_and_have_no_tail() -> None:
    smoothed = smooth_tail(np.zeros(100))
    assert smoothed.shape == -np.inf
    assert np.exp(smoothed.log_weights) == pytest.approx(np.full(100, 0.01))


def test_too_few_draws_tell_nothing_of_the_tail() -> None:
    assert smooth_tail(np.arange(20.0)).shape == np.inf


def test_one_weight_that_takes_all_is_not_trusted() -> None:
    assert smooth_tail(np.r_[np.zeros(999), 50.0]).shape == np.inf


def test_draws_outside_the_support_have_no_weight() -> None:
    log_ratios = np.random.default_rng(0).normal(size=400)
    log_ratios[::2] = -np.inf
    smoothed = smooth_tail(log_ratios)
    assert np.all(np.exp(smoothed.log_weights[::2]) == 0)
    assert np.exp(smoothed.log_weights).sum() == pytest.approx(1)


def test_the_data_given_are_left_alone() -> None:
    log_ratios = np.random.default_rng(0).normal(size=400)
    kept = log_ratios.copy()
    smooth_tail(log_ratios)
    assert np.array_equal(log_ratios, kept)


def test_few_draws_carry_less_of_a_tail() -> None:
    assert [round(trusted_shape(draws), 2) for draws in (100, 1000, 10_000)] == [0.5, 0.67, 0.7]

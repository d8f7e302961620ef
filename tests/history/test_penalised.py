import numpy as np
import pytest

from sidelines.history.penalised import logistic, penalised_logit

RNG = np.random.default_rng(4)
DESIGN = np.stack([np.ones(500), RNG.normal(size=500)], axis=1)
HAPPENED = RNG.random(500) < logistic(DESIGN @ [-0.5, 1.2])
LOOSE, TIGHT = np.array([1e3, 1e3]), np.array([1e3, 0.05])


def test_the_gradient_of_the_posterior_is_zero_at_the_top() -> None:
    slopes = penalised_logit(DESIGN, HAPPENED, prior_sd=TIGHT)
    pull = DESIGN.T @ (HAPPENED - logistic(DESIGN @ slopes)) - slopes / TIGHT**2
    assert np.abs(pull).max() < 1e-6


def test_a_tight_prior_holds_a_slope_near_zero() -> None:
    free = penalised_logit(DESIGN, HAPPENED, prior_sd=LOOSE)
    held = penalised_logit(DESIGN, HAPPENED, prior_sd=TIGHT)
    assert 0.0 < held[1] < 0.5 * free[1]


def test_a_case_that_counts_twice_is_as_good_as_two_cases() -> None:
    weight = np.where(np.arange(500) < 100, 2.0, 1.0)
    twice = np.concatenate([np.arange(500), np.arange(100)])
    counted = penalised_logit(DESIGN, HAPPENED, prior_sd=LOOSE, weight=weight)
    repeated = penalised_logit(DESIGN[twice], HAPPENED[twice], prior_sd=LOOSE)
    assert counted == pytest.approx(repeated, abs=1e-6)


def test_a_case_that_counts_for_nothing_changes_nothing() -> None:
    weight = (np.arange(500) < 400).astype(float)
    counted = penalised_logit(DESIGN, HAPPENED, prior_sd=LOOSE, weight=weight)
    dropped = penalised_logit(DESIGN[:400], HAPPENED[:400], prior_sd=LOOSE)
    assert counted == pytest.approx(dropped, abs=1e-6)


def test_separated_cases_leave_finite_slopes() -> None:
    slopes = penalised_logit(DESIGN, DESIGN[:, 1] > 0, prior_sd=np.array([10.0, 10.0]))
    assert np.isfinite(slopes).all()

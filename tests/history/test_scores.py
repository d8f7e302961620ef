import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sidelines.history.scores import (
    briers,
    calibration,
    calibration_bins,
    log_losses,
    log_odds,
    monotone,
    ranked_scores,
    reached,
    score,
)
from sidelines.terms.errors import UsageError

HAPPENED = np.array([True, False, True, False])
PROB = np.array([0.8, 0.4, 0.3, 0.1])


def test_the_log_loss_is_minus_the_logarithm_of_what_the_outcome_was_given() -> None:
    assert log_losses(HAPPENED, PROB) == pytest.approx(-np.log([0.8, 0.6, 0.3, 0.9]))


def test_a_certain_miss_costs_no_more_than_the_clip_allows() -> None:
    assert log_losses(np.array([True]), np.array([0.0])) == pytest.approx(-np.log(1e-4))


def test_the_scores_of_a_small_table_are_those_worked_out_by_hand() -> None:
    scores = score(HAPPENED, PROB)
    assert (scores.n, scores.positives) == (4, 2)
    assert scores.brier == pytest.approx((0.04 + 0.16 + 0.49 + 0.01) / 4)
    assert scores.roc_auc == pytest.approx(3 / 4)
    assert scores.pr_auc == pytest.approx((1 + 2 / 3) / 2)


def test_discrimination_is_unknown_where_nothing_happened() -> None:
    scores = score(np.zeros(4, dtype=bool), PROB)
    assert np.isnan([scores.roc_auc, scores.pr_auc, scores.slope]).all()


def test_a_case_without_a_forecast_is_not_scored() -> None:
    with pytest.raises(UsageError, match="1 of 4 forecasts are no number"):
        score(HAPPENED, np.array([0.1, np.nan, 0.2, 0.3]))


def test_a_forecast_that_names_the_right_step_for_sure_has_a_ranked_score_of_zero() -> None:
    ladder = np.array([0, 2, 3])
    sure = reached(ladder, thresholds=3).astype(float)
    assert ranked_scores(ladder, sure).tolist() == [0.0, 0.0, 0.0]


def test_the_ranked_score_counts_how_many_steps_the_forecast_is_off() -> None:
    ladder, nothing = np.array([1, 2, 3]), np.zeros((3, 3))
    assert ranked_scores(ladder, nothing) == pytest.approx([1 / 3, 2 / 3, 1.0])


@given(arrays(float, (5, 3), elements=st.floats(0, 1)))
def test_no_chance_exceeds_that_of_the_step_below(prob: np.ndarray) -> None:
    held = monotone(prob)
    assert (np.diff(held, axis=1) <= 0.0).all()
    assert (held[:, 0] == prob[:, 0]).all()


def test_chances_that_are_too_timid_have_a_slope_above_one() -> None:
    odds = np.random.default_rng(0).normal(size=20_000)
    happened = np.random.default_rng(1).random(20_000) < 1 / (1 + np.exp(1 - 2 * odds))
    slope, intercept = calibration(happened, 1 / (1 + np.exp(-odds)))
    assert slope == pytest.approx(2.0, abs=0.1)
    assert intercept == pytest.approx(-1.0, abs=0.1)


def test_bins_hold_equally_many_cases_in_order_of_their_chance() -> None:
    low, high = calibration_bins(HAPPENED, PROB, bins=2)
    assert (low.n, low.forecast, low.observed) == (2, pytest.approx(0.2), 0.5)
    assert (high.n, high.forecast, high.observed) == (2, pytest.approx(0.6), 0.5)


def test_the_best_brier_score_is_zero() -> None:
    assert briers(HAPPENED, HAPPENED.astype(float)).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_log_odds_of_even_chances_are_zero() -> None:
    assert log_odds(np.array([0.5])).tolist() == [0.0]

from dataclasses import replace

import numpy as np
import pytest

from sidelines.history.penalised import (
    PriorDesign,
    log_odds_at,
    logistic,
    penalised_logit,
    rows_of,
)

RNG = np.random.default_rng(4)
GROUP = RNG.integers(0, 12, 500)
DESIGN = PriorDesign(
    matrix=np.stack([np.ones(500), RNG.normal(size=500)], axis=1),
    prior_sd=np.array([1e3, 0.05]),
    group=np.zeros(500, dtype=np.int64),
)
LOOSE = replace(DESIGN, prior_sd=np.array([1e3, 1e3]))
HAPPENED = RNG.random(500) < logistic(DESIGN.matrix @ [-0.5, 1.2] + 0.5 * (GROUP % 3))


def test_the_gradient_of_the_posterior_is_zero_at_the_top() -> None:
    slopes = penalised_logit(DESIGN, HAPPENED)
    off = HAPPENED - logistic(log_odds_at(DESIGN, slopes))
    assert np.abs(DESIGN.matrix.T @ off - slopes.slope / DESIGN.prior_sd**2).max() < 1e-6


def test_a_tight_prior_holds_a_slope_near_zero() -> None:
    free, held = penalised_logit(LOOSE, HAPPENED), penalised_logit(DESIGN, HAPPENED)
    assert 0.0 < held.slope[1] < 0.5 * free.slope[1]


def test_a_case_that_counts_twice_is_as_good_as_two_cases() -> None:
    weight = np.where(np.arange(500) < 100, 2.0, 1.0)
    twice = np.concatenate([np.arange(500), np.arange(100)])
    counted = penalised_logit(LOOSE, HAPPENED, weight=weight)
    repeated = penalised_logit(rows_of(LOOSE, twice), HAPPENED[twice])
    assert counted.slope == pytest.approx(repeated.slope, abs=1e-6)


def test_a_case_that_counts_for_nothing_changes_nothing() -> None:
    weight = (np.arange(500) < 400).astype(float)
    counted = penalised_logit(LOOSE, HAPPENED, weight=weight)
    dropped = penalised_logit(rows_of(LOOSE, np.arange(400)), HAPPENED[:400])
    assert counted.slope == pytest.approx(dropped.slope, abs=1e-6)


def test_a_group_effect_is_what_one_column_a_group_would_give() -> None:
    apart = replace(DESIGN, group=GROUP, groups=12, group_sd=0.4)
    columns = (GROUP[:, None] == np.arange(12)).astype(float)
    written = replace(
        DESIGN,
        matrix=np.concatenate([DESIGN.matrix, columns], axis=1),
        prior_sd=np.append(DESIGN.prior_sd, np.full(12, 0.4)),
    )
    weight = RNG.random(500)
    eliminated = penalised_logit(apart, HAPPENED, weight=weight)
    straight = penalised_logit(written, HAPPENED, weight=weight)
    assert eliminated.slope == pytest.approx(straight.slope[:2], abs=1e-7)
    assert eliminated.effect == pytest.approx(straight.slope[2:], abs=1e-7)


def test_a_case_of_an_unknown_group_has_no_effect() -> None:
    known = replace(DESIGN, group=GROUP, groups=12, group_sd=0.4)
    slopes = penalised_logit(known, HAPPENED)
    stranger = rows_of(replace(known, group=np.full(500, 12)), np.arange(3))
    assert log_odds_at(stranger, slopes) == pytest.approx(DESIGN.matrix[:3] @ slopes.slope)


def test_an_offset_is_where_the_line_begins() -> None:
    shifted = penalised_logit(LOOSE, HAPPENED, offset=0.3 * DESIGN.matrix[:, 1])
    assert shifted.slope[1] == pytest.approx(penalised_logit(LOOSE, HAPPENED).slope[1] - 0.3)


def test_separated_cases_leave_finite_slopes() -> None:
    held = replace(DESIGN, prior_sd=np.array([10.0, 10.0]))
    assert np.isfinite(penalised_logit(held, DESIGN.matrix[:, 1] > 0).slope).all()

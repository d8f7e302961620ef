import numpy as np
import pytest

from sidelines.history.comparison import crisis_draws, mean_range, skill_range

CRISIS = np.repeat(np.arange(100), 4)


def test_cases_of_one_crisis_are_drawn_together() -> None:
    drawn = crisis_draws(CRISIS, draws=50)
    assert (drawn.reshape(50, 100, 4) == drawn.reshape(50, 100, 4)[:, :, :1]).all()


def test_every_draw_holds_as_many_crises_as_there_are() -> None:
    assert (crisis_draws(CRISIS, draws=50)[:, ::4].sum(axis=1) == 100).all()


def test_the_range_of_a_mean_is_that_of_independent_crises_not_of_cases() -> None:
    shock = np.random.default_rng(0).normal(size=100)
    found = mean_range(shock[np.repeat(np.arange(100), 4)], crisis_draws(CRISIS))
    assert (found.high - found.low) / 2 == pytest.approx(1.645 * shock.std() / 10, rel=0.1)


def test_the_same_seed_gives_the_same_draws() -> None:
    assert (crisis_draws(CRISIS, draws=9, seed=3) == crisis_draws(CRISIS, draws=9, seed=3)).all()


def test_a_forecast_has_no_skill_against_itself() -> None:
    loss = np.random.default_rng(0).random(400)
    skill = skill_range(loss, loss, crisis_draws(CRISIS))
    assert (skill.value, skill.low, skill.high) == (0.0, 0.0, 0.0)
    assert not skill.clear_of_zero


def test_half_the_loss_is_half_the_skill() -> None:
    loss = np.random.default_rng(0).random(400)
    skill = skill_range(loss / 2, loss, crisis_draws(CRISIS))
    assert skill.value == pytest.approx(0.5)
    assert skill.clear_of_zero

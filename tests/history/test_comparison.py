import numpy as np
import pytest

from sidelines.history.comparison import crisis_draws, mean_range, skill_range

CRISIS = np.repeat(np.arange(100), 4)


def test_cases_of_one_crisis_are_drawn_together() -> None:
    drawn = crisis_draws(CRISIS, draws=50)
    assert drawn.counts.shape == (50, 100)
    assert (drawn.which == CRISIS).all()


def test_every_draw_holds_as_many_crises_as_there_are() -> None:
    assert (crisis_draws(CRISIS, draws=50).counts.sum(axis=1) == 100).all()


def test_a_crisis_of_many_cases_counts_by_its_cases() -> None:
    """Two crises, of one and of three cases: drawn twice each, they pull the mean their way."""
    found = mean_range(np.array([0.0, 1.0, 1.0, 1.0]), crisis_draws(np.array([1, 2, 2, 2])))
    assert (found.value, found.low, found.high) == (0.75, 0.0, 1.0)


def test_the_range_of_a_mean_is_that_of_independent_crises_not_of_cases() -> None:
    shock = np.random.default_rng(0).normal(size=100)
    found = mean_range(shock[np.repeat(np.arange(100), 4)], crisis_draws(CRISIS))
    assert (found.high - found.low) / 2 == pytest.approx(1.645 * shock.std() / 10, rel=0.1)


def test_the_same_seed_gives_the_same_draws() -> None:
    first, second = (crisis_draws(CRISIS, draws=9, seed=3).counts for _ in range(2))
    assert (first == second).all()


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

"""The estimator on games of our own making; the published data are in tests/reference."""

import numpy as np
import pytest

from sidelines.choice.crisis_signalling import (
    challenge_and_stand,
    outcome_probabilities,
    resist_equilibria,
)
from sidelines.history.sanctions_fit import (
    Design,
    design,
    fit_nested,
    fit_pseudo,
    game_of,
    pseudo_log_likelihood,
)

GAMES, TERMS = 60, 20


@pytest.fixture(scope="module")
def columns() -> dict[str, np.ndarray]:
    """Return made-up dyad-decades."""
    rng = np.random.default_rng(3)
    shares = {name: rng.uniform(0, 0.3, GAMES) for name in ("senderecondep", "targetecondep")}
    scales = ("senderdemocracy", "targetdemocracy", "lncaprat")
    codes = ("contig", "ally", "anticipatedsendercosts", "anticipatedtargetcosts")
    return {
        **shares,
        **{name: rng.normal(0, 1, GAMES) for name in scales},
        **{name: rng.integers(0, 3, GAMES).astype(float) for name in codes},
    }


@pytest.fixture(scope="module")
def regressors(columns: dict[str, np.ndarray]) -> Design:
    return design(columns)


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    """Return mild slopes around a target that mostly resists and a challenger that may bluff."""
    mean = np.zeros(TERMS)
    mean[[4, 6, 11, 15, 18]] = 0.6, -0.8, -1.0, 0.4, -1.2  # the constants
    return mean + np.random.default_rng(4).normal(0, 0.1, TERMS)


@pytest.fixture(scope="module")
def beliefs(regressors: Design, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the equilibrium of the true game."""
    game = game_of(regressors, truth)
    resist = resist_equilibria(game)[:, 0]
    return resist, challenge_and_stand(game, resist[:, None])[1][:, 0]


@pytest.fixture(scope="module")
def expected(
    regressors: Design, truth: np.ndarray, beliefs: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """Return the counts that the true game gives on average."""
    resist, stand = beliefs
    return 1e4 * outcome_probabilities(game_of(regressors, truth), resist=resist, stand=stand)


def test_slopes_are_those_of_the_likelihood(
    regressors: Design, truth: np.ndarray, expected: np.ndarray
) -> None:
    rng = np.random.default_rng(5)
    resist, stand = rng.uniform(0.2, 0.9, (2, GAMES))

    def value(point: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
        game = game_of(regressors, point)
        return pseudo_log_likelihood(game, expected, resist=resist, stand=stand)

    slopes = value(truth)[1]
    exact = np.concatenate([m.T @ slopes[name] for name, m in regressors.items()])
    steps = 1e-6 * np.eye(TERMS)
    differences = [(value(truth + s)[0] - value(truth - s)[0]) / 2e-6 for s in steps]
    assert exact == pytest.approx(np.array(differences), rel=1e-5, abs=2.0)


def test_the_truth_is_found_from_zero(
    regressors: Design,
    truth: np.ndarray,
    expected: np.ndarray,
    beliefs: tuple[np.ndarray, np.ndarray],
) -> None:
    fit = fit_pseudo(regressors, expected, resist=beliefs[0], stand=beliefs[1])
    assert fit.vector == pytest.approx(truth, abs=1e-6)
    assert fit.coefficients["a"]["senderdemocracy"] == fit.vector[-1]


def test_nesting_mends_wrong_first_beliefs(
    regressors: Design,
    truth: np.ndarray,
    expected: np.ndarray,
    beliefs: tuple[np.ndarray, np.ndarray],
) -> None:
    rng = np.random.default_rng(6)
    resist, stand = (np.clip(b + rng.normal(0, 0.02, GAMES), 0.05, 0.95) for b in beliefs)
    fit = fit_nested(regressors, expected, resist=resist, stand=stand)
    assert fit.resist == pytest.approx(beliefs[0], abs=1e-6)
    assert fit.vector == pytest.approx(truth, abs=1e-4)


def test_a_few_rounds_may_not_be_enough_and_say_so(
    regressors: Design, expected: np.ndarray, beliefs: tuple[np.ndarray, np.ndarray]
) -> None:
    start = {"resist": beliefs[0] * 0.9, "stand": beliefs[1]}
    assert not fit_nested(regressors, expected, **start, rounds=1).settled

from collections.abc import Callable

import numpy as np
import pytest

from sidelines.choice.game import Game
from sidelines.history.game_design import GameDesign, game_at
from sidelines.history.game_likelihood import Answer, draw_acts, game_likelihood
from sidelines.terms.errors import UsageError

MakeCrises = Callable[..., GameDesign]


def alone(game: Game) -> Answer:
    """Answer as if nobody cared what others do: a logit in own worth, with its own pull-back."""
    weight = np.exp(game.own)
    prob = weight / weight.sum(axis=2, keepdims=True)

    def pull_back(bar: np.ndarray) -> dict[str, np.ndarray]:
        nothing = {"gain": np.zeros_like(game.gain), "dread": np.zeros_like(game.dread)}
        return {"own": prob * (bar - (prob * bar).sum(axis=2, keepdims=True)), **nothing}

    return Answer(prob=prob, pull_back=pull_back)


@pytest.fixture
def design(make_crises: MakeCrises) -> GameDesign:
    return make_crises(2, crises=5, powers=3, acts=4)


def test_the_log_likelihood_is_the_sum_over_powers(design: GameDesign, truth: np.ndarray) -> None:
    prob = alone(game_at(design, truth)).prob
    seen = draw_acts(prob, np.random.default_rng(0))
    model = game_likelihood(design, seen, solver=alone)
    assert model.log_prob(truth) == pytest.approx(np.log(prob[seen]).sum())
    assert model.rows == 5


def test_a_silent_source_says_nothing(design: GameDesign, truth: np.ndarray) -> None:
    model = game_likelihood(design, np.ones((5, 3, 4), dtype=bool), solver=alone)
    value, gradient = model.gradient(truth)
    assert value == pytest.approx(0, abs=1e-14)
    assert gradient == pytest.approx(np.zeros(7), abs=1e-14)


def test_a_vague_source_counts_all_acts_that_agree(design: GameDesign, truth: np.ndarray) -> None:
    prob = alone(game_at(design, truth)).prob
    vague = np.zeros((5, 3, 4), dtype=bool)
    vague[:, :, 2:] = True
    model = game_likelihood(design, vague, solver=alone)
    assert model.log_prob(truth) == pytest.approx(np.log(prob[:, :, 2:].sum(axis=2)).sum())


def test_gradient_and_scores_agree_with_differences(design: GameDesign, truth: np.ndarray) -> None:
    seen = draw_acts(alone(game_at(design, truth)).prob, np.random.default_rng(0))
    model = game_likelihood(design, seen, solver=alone)
    steps = 1e-5 * np.eye(7)
    slopes = [(model.log_prob(truth + s) - model.log_prob(truth - s)) / 2e-5 for s in steps]
    assert model.gradient(truth)[1] == pytest.approx(np.array(slopes), abs=1e-8)
    assert model.scores(truth).sum(axis=0) == pytest.approx(model.gradient(truth)[1])


def test_acts_are_drawn_with_their_chances() -> None:
    prob = np.tile([0.5, 0.0, 0.3, 0.2], (20_000, 1, 1))
    seen = draw_acts(prob, np.random.default_rng(4))
    assert np.all(seen.sum(axis=2) == 1)
    assert seen.mean(axis=(0, 1)) == pytest.approx([0.5, 0, 0.3, 0.2], abs=0.01)


def test_a_power_must_have_done_something_that_it_can_do(design: GameDesign) -> None:
    seen = np.ones((5, 3, 4), dtype=bool)
    seen[3, 1] = False
    with pytest.raises(UsageError, match="Power 1 of crisis 3 did nothing that it can do"):
        game_likelihood(design, seen, solver=alone)


def test_what_was_seen_has_the_shape_of_the_games(design: GameDesign) -> None:
    with pytest.raises(UsageError, match=r"shape \(5, 3, 3\), the games \(5, 3, 4\)"):
        game_likelihood(design, np.ones((5, 3, 3), dtype=bool), solver=alone)

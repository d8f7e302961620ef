from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.choice.crisis_signalling import (
    SignallingGame,
    challenge_and_stand,
    outcome_probabilities,
    resist_equilibria,
    resist_prob,
)

PAYOFF = st.floats(-3, 3).map(np.atleast_1d)
CHANCE = st.floats(0.02, 0.98)
games = st.builds(SignallingGame, **{entry.name: PAYOFF for entry in fields(SignallingGame)})


def one(**payoffs: float) -> SignallingGame:
    names = [entry.name for entry in fields(SignallingGame)]
    return SignallingGame(**{name: np.array([payoffs.get(name, 0.0)]) for name in names})


def simulated(game: SignallingGame, resist: float, *, runs: int = 200_000) -> tuple[float, float]:
    """Return how many of many challengers challenge, and how many of those stand firm."""
    rng = np.random.default_rng(1)
    firm, back = rng.normal(size=(2, runs)) + np.stack([game.WA, game.a])
    challenges = (1 - resist) * game.VA + resist * np.maximum(firm, back) >= game.SA
    return float(challenges.mean()), float((firm >= back)[challenges].mean())


@pytest.mark.parametrize("resist", [0.15, 0.5, 0.9])
def test_a_challenger_does_what_many_simulated_ones_do(resist: float) -> None:
    game = one(SA=0.3, VA=0.8, WA=-0.4, a=-0.9)
    found = [float(part[0, 0]) for part in challenge_and_stand(game, np.array([[resist]]))]
    assert found == pytest.approx(simulated(game, resist), abs=0.005)


@given(games, CHANCE, CHANCE)
def test_the_four_outcomes_sum_to_one(game: SignallingGame, resist: float, stand: float) -> None:
    chances = outcome_probabilities(game, resist=np.array([resist]), stand=np.array([stand]))
    assert chances.min() >= -1e-12
    assert chances.sum() == pytest.approx(1, abs=1e-12)


@given(st.floats(0.3, 3), st.floats(0.3, 3))
def test_standing_firm_has_no_step_where_the_tail_begins(worth: float, lead: float) -> None:
    game = one(SA=worth, WA=worth, a=worth - lead)
    edge = np.array([[1.0 - 1e-9, 1.0, 1.0 - 1e-7]])  # the threshold passes WA at certainty
    stand = challenge_and_stand(game, edge)[1][0]
    assert stand == pytest.approx(stand[1], abs=1e-6)


def test_far_in_the_tail_the_better_plan_decides_alone() -> None:
    firm = challenge_and_stand(one(SA=1.0, a=-1.0), np.array([[0.02]]))[1]
    back = challenge_and_stand(one(SA=1.0, a=1.0), np.array([[0.02]]))[1]
    assert firm[0, 0] > 1 - 1e-15
    assert 0 <= back[0, 0] < 1e-15


def test_a_target_that_never_fears_a_stand_resists_by_its_pride() -> None:
    chance = resist_prob(one(CB=-0.5, WB=-3.0), np.array([[1e-12]]))
    assert chance[0, 0] == 1.0


@given(games)
def test_every_equilibrium_is_one_and_there_is_one(game: SignallingGame) -> None:
    found = resist_equilibria(game)[0]
    found = found[~np.isnan(found)]
    reply = resist_prob(game, challenge_and_stand(game, found[None])[1])[0]
    assert len(found) >= 1
    assert np.abs(reply - found).max() < 1e-6


def test_doubt_that_feeds_on_itself_has_three_equilibria() -> None:
    game = one(SA=0.7, VA=2.8, CB=2.8, VB=2.9, WA=-1.3, WB=-0.7, a=1.2)
    assert resist_equilibria(game)[0] == pytest.approx([0.157217, 0.832769, 0.999380], abs=1e-6)


def test_a_target_that_never_resists_is_an_equilibrium_too() -> None:
    assert resist_equilibria(one(CB=30.0))[0].tolist() == [0.0]

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidelines.choice.equilibria import quiet_start
from sidelines.choice.game import Game, take_draws
from sidelines.choice.replies import Exchange, save_prob, war_prob
from sidelines.choice.solve import prepare, reply, solve

MakeGame = Callable[..., Game]
Reply = Callable[[Game, np.ndarray], np.ndarray]

SEEDS = st.integers(0, 2**32 - 1)
POWERS = st.integers(2, 3)
ACTS = st.integers(3, 6)


def mixtures(game: Game, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.ones(game.shape[2]), size=game.shape[:2])


def settled(game: Game) -> np.ndarray:
    return solve(prepare(game), quiet_start(game)).prob


def permuted(game: Game, order: list[int]) -> Game:
    names = ("own", "strength", "gain", "dread", "heat")
    return replace(game, **{name: getattr(game, name)[:, order] for name in names})


@pytest.mark.parametrize("steep", [False, True], ids=["mild", "steep"])
@settings(max_examples=25)
@given(seed=SEEDS, powers=POWERS, acts=ACTS)
def test_replies_agree_with_listing_every_profile(
    game: MakeGame, listed_reply: Reply, steep: bool, seed: int, powers: int, acts: int
) -> None:
    made = game(seed, powers=powers, acts=acts, draws=4, steep=steep)
    prob = mixtures(made, seed)
    assert reply(prepare(made), prob) == pytest.approx(listed_reply(made, prob), abs=2e-6)


@settings(max_examples=10)
@given(seed=SEEDS, powers=POWERS, acts=st.integers(3, 5))
def test_the_solution_agrees_with_one_found_by_listing_every_profile(
    game: MakeGame, listed_reply: Reply, seed: int, powers: int, acts: int
) -> None:
    made = game(seed, powers=powers, acts=acts, draws=2)
    prob = quiet_start(made)
    for _ in range(30):
        prob = listed_reply(made, prob)
    assert settled(made) == pytest.approx(prob, abs=1e-6)


@settings(max_examples=25)
@given(seed=SEEDS, powers=st.integers(1, 5), acts=ACTS)
def test_probabilities_sum_to_one(game: MakeGame, seed: int, powers: int, acts: int) -> None:
    sums = settled(game(seed, powers=powers, acts=acts, draws=4)).sum(axis=2)
    assert sums == pytest.approx(np.ones_like(sums), abs=1e-12)


@settings(max_examples=25)
@given(seed=SEEDS, acts=ACTS)
def test_a_power_alone_chooses_by_plain_softmax(game: MakeGame, seed: int, acts: int) -> None:
    made = game(seed, powers=1, acts=acts)
    strength = made.strength[:, 0][:, made.level]
    utility = (
        made.own[0, 0]
        + made.gain[0, 0] * save_prob(strength, made.exchange)[0]
        - made.dread[0, 0] * war_prob(strength, made.exchange)[0]
    )
    plain = np.exp(utility) / np.exp(utility).sum()
    assert settled(made)[0, 0] == pytest.approx(plain, abs=1e-6)


@settings(max_examples=25)
@given(seed=SEEDS, acts=ACTS, order=st.permutations([0, 1, 2, 3]))
def test_permuting_powers_permutes_the_answer(
    game: MakeGame, seed: int, acts: int, order: list[int]
) -> None:
    made = game(seed, powers=4, acts=acts, draws=3)
    there = settled(made)[:, order]
    assert settled(permuted(made, order)) == pytest.approx(there, abs=1e-9)


@settings(max_examples=25)
@given(seed=SEEDS, draw=st.integers(0, 9))
def test_a_draw_alone_is_answered_as_in_company(game: MakeGame, seed: int, draw: int) -> None:
    made = game(seed, powers=3, acts=5, draws=10)
    alone = take_draws(made, slice(draw, draw + 1))
    assert settled(alone)[0] == pytest.approx(settled(made)[draw], abs=1e-8)


@settings(max_examples=25)
@given(seed=SEEDS, act=st.integers(0, 4), less=st.floats(0, 5))
def test_a_dearer_act_is_never_likelier_while_others_stay(
    game: MakeGame, seed: int, act: int, less: float
) -> None:
    made = game(seed, powers=3, acts=5)
    dearer = made.own.copy()
    dearer[:, 0, act] -= less
    others = mixtures(made, seed)
    before = reply(prepare(made), others)[0, 0, act]
    assert reply(prepare(replace(made, own=dearer)), others)[0, 0, act] <= before + 1e-9


def test_an_act_that_is_impossible_is_never_chosen(game: MakeGame) -> None:
    made = game(3, powers=3, acts=5)
    own = made.own.copy()
    own[:, 1, 2] = -np.inf
    assert settled(replace(made, own=own))[0, 1, 2] == 0


def test_the_outcome_functions_are_fitted_to_a_millionth(game: MakeGame) -> None:
    assert prepare(game(5, powers=4, acts=6, draws=50)).fit_error < 1e-6


def test_a_step_too_steep_for_any_fit_is_told_by_its_error(game: MakeGame) -> None:
    made = game(5, powers=2, acts=4)
    steps = {"attacker_precision": np.array([5000.0]), "target_precision": np.array([5000.0])}
    parts = {name: getattr(made.exchange, name) for name in Exchange.__slots__}
    cliff = replace(made, exchange=Exchange(**{**parts, **steps}))
    assert prepare(cliff).fit_error > 1e-6


def test_a_search_that_is_cut_short_says_how_far_it_is_off(bandwagon: Game) -> None:
    found = solve(prepare(bandwagon), np.full((1, 2, 2), 0.5), max_steps=1)
    assert found.steps == 1
    assert found.residual > 1e-3


def test_games_without_strength_to_deliver_are_solved_too(game: MakeGame) -> None:
    made = game(8, powers=3, acts=4)
    talk = replace(made, strength=np.zeros_like(made.strength))
    assert solve(prepare(talk), quiet_start(talk)).residual < 1e-9

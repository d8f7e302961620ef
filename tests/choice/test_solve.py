from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidelines.choice.equilibria import quiet_start
from sidelines.choice.expectations import act_shares, prepare
from sidelines.choice.game import Game, take_draws
from sidelines.choice.levels import act_chances, level_totals
from sidelines.choice.replies import save_prob, war_prob
from sidelines.choice.solve import reply, settle

MakeGame = Callable[..., Game]
Reply = Callable[[Game, np.ndarray], np.ndarray]

SEEDS = st.integers(0, 2**32 - 1)
POWERS = st.integers(2, 3)
ACTS = st.integers(3, 6)
FAMILIES = ["mild", "threshold", "bandwagon"]


def mixtures(game: Game, seed: int) -> np.ndarray:
    draws, powers, _ = game.shape
    return np.random.default_rng(seed).dirichlet(np.ones(game.levels), size=(draws, powers))


def settled(game: Game) -> np.ndarray:
    return settle(prepare(game, modes=32), quiet_start(game)).prob


def in_acts(game: Game) -> np.ndarray:
    return act_chances(game, settled(game), act_shares(game))


def permuted(game: Game, order: list[int]) -> Game:
    names = ("own", "strength", "gain", "dread", "heat", "joining")
    moved = {name: getattr(game, name)[:, order] for name in names}
    return replace(game, side=game.side[order], **moved)


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=25)
@given(seed=SEEDS, powers=POWERS, acts=ACTS)
def test_replies_agree_with_listing_every_profile(
    game: MakeGame, listed_reply: Reply, family: str, seed: int, powers: int, acts: int
) -> None:
    made = game(seed, powers=powers, acts=acts, draws=4, family=family)
    prob = mixtures(made, seed)
    ready = prepare(made, modes=192)
    assert reply(ready, prob) == pytest.approx(listed_reply(made, prob), abs=1e-9)


@settings(max_examples=10)
@given(seed=SEEDS, powers=POWERS, acts=st.integers(3, 5))
def test_the_solution_agrees_with_one_found_by_listing_every_profile(
    game: MakeGame, listed_reply: Reply, seed: int, powers: int, acts: int
) -> None:
    made = game(seed, powers=powers, acts=acts, draws=2)
    prob = quiet_start(made)
    for _ in range(30):
        prob = listed_reply(made, prob)
    assert settled(made) == pytest.approx(prob, abs=1e-8)


@settings(max_examples=25)
@given(seed=SEEDS, powers=st.integers(1, 5), acts=ACTS)
def test_probabilities_sum_to_one(game: MakeGame, seed: int, powers: int, acts: int) -> None:
    sums = in_acts(game(seed, powers=powers, acts=acts, draws=4)).sum(axis=2)
    assert sums == pytest.approx(np.ones_like(sums), abs=1e-12)


@settings(max_examples=25)
@given(seed=SEEDS, acts=ACTS)
def test_a_power_alone_chooses_by_plain_softmax(game: MakeGame, seed: int, acts: int) -> None:
    made = game(seed, powers=1, acts=acts)
    utility = (
        made.gain[0, 0] * save_prob(made.strength[:, 0], made.exchange)[0]
        - made.dread[0, 0] * war_prob(made.strength[:, 0], made.exchange)[0]
    )
    plain = np.exp(made.own[0, 0] + utility[made.level])
    assert in_acts(made)[0, 0] == pytest.approx(plain / plain.sum(), abs=1e-6)


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
def test_a_draw_alone_is_answered_exactly_as_in_company(
    game: MakeGame, seed: int, draw: int
) -> None:
    made = game(seed, powers=3, acts=5, draws=10)
    alone = take_draws(made, slice(draw, draw + 1))
    assert settled(alone)[0] == pytest.approx(settled(made)[draw], abs=1e-14)


@settings(max_examples=25)
@given(seed=SEEDS, act=st.integers(0, 4), less=st.floats(0, 5))
def test_a_dearer_act_is_never_likelier_while_others_stay(
    game: MakeGame, seed: int, act: int, less: float
) -> None:
    made = game(seed, powers=3, acts=5)
    dearer = made.own.copy()
    dearer[:, 0, act] -= less
    others = mixtures(made, seed)

    def chance(one: Game) -> float:
        replies = reply(prepare(one), others)
        return float(act_chances(one, replies, act_shares(one))[0, 0, act])

    assert chance(replace(made, own=dearer)) <= chance(made) + 1e-9


def test_company_makes_joining_likelier(game: MakeGame) -> None:
    made = game(4, powers=3, acts=6, family="bandwagon", one_sided=True)
    alone = replace(made, complementarity=0 * made.complementarity)
    joins = made.joining[0, 0] > 0
    assert settled(made)[0, :, joins].sum() > settled(alone)[0, :, joins].sum()


def test_company_on_the_other_side_is_no_company(game: MakeGame) -> None:
    made = replace(game(4, powers=2, acts=6, family="bandwagon"), side=np.array([1, -1]))
    alone = replace(made, complementarity=0 * made.complementarity)
    assert (settled(made) == settled(alone)).all()


def test_an_act_that_is_impossible_is_never_chosen(game: MakeGame) -> None:
    made = game(3, powers=3, acts=5)
    made.own[:, 1, 2] = -np.inf
    assert in_acts(made)[0, 1, 2] == 0


def test_a_level_without_a_possible_act_is_never_chosen(game: MakeGame) -> None:
    made = game(3, powers=3, acts=5)
    made.own[:, 1, made.level == 1] = -np.inf
    assert settled(made)[0, 1, 1] == 0


def test_shares_of_acts_sum_to_one_in_every_possible_level(game: MakeGame) -> None:
    made = game(3, powers=2, acts=6)
    sums = level_totals(made, act_shares(made))
    assert sums == pytest.approx(np.ones_like(sums))


def test_a_search_that_is_cut_short_says_how_far_it_is_off(bandwagon: Game) -> None:
    found = settle(prepare(bandwagon), np.full((1, 2, 2), 0.5), max_steps=1)
    assert found.steps == 1
    assert found.residual > 1e-3


def test_a_search_that_runs_in_circles_is_damped(game: MakeGame) -> None:
    made = game(21, powers=3, acts=6, draws=200, family="threshold", scale=8.0)
    found = settle(prepare(made, modes=48), quiet_start(made))
    assert (found.residual < 1e-10).all()


def test_games_without_strength_to_deliver_are_solved_too(game: MakeGame) -> None:
    made = game(8, powers=3, acts=4)
    talk = replace(made, strength=np.zeros_like(made.strength))
    assert settle(prepare(talk), quiet_start(talk)).residual < 1e-9

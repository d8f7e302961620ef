from collections.abc import Callable

import numpy as np
import pytest

from sidelines.choice.equilibria import find_equilibria, quiet_start
from sidelines.choice.game import Game, take_draws
from sidelines.choice.solve import prepare, solve

MakeGame = Callable[..., Game]

OUT = np.array([[[1.0, 0.0], [1.0, 0.0]]])
IN = np.array([[[0.0, 1.0], [0.0, 1.0]]])


def test_more_than_one_equilibrium_is_reported(bandwagon: Game) -> None:
    assert find_equilibria(bandwagon).multiple.tolist() == [True]


def test_the_answer_is_the_mean_over_distinct_equilibria(bandwagon: Game) -> None:
    prepared = prepare(bandwagon)
    ends = [solve(prepared, start).prob for start in (OUT, IN)]
    assert find_equilibria(bandwagon).prob == pytest.approx(np.mean(ends, axis=0), abs=1e-6)


def test_an_equilibrium_found_from_several_starts_counts_once(lopsided: Game) -> None:
    joins = find_equilibria(lopsided).prob[0, :2, 1]
    assert joins == pytest.approx([0.505, 0.505], abs=0.02)


def test_the_extremes_are_staying_out_and_joining_together(bandwagon: Game) -> None:
    found = find_equilibria(bandwagon)
    assert found.lowest[0, :, 1] == pytest.approx([0.018, 0.018], abs=0.001)
    assert found.highest[0, :, 1] == pytest.approx([0.992, 0.992], abs=0.001)


@pytest.mark.parametrize(("near", "joins"), [(OUT, 0.018), (IN, 0.992)], ids=["out", "in"])
def test_a_start_nearby_keeps_to_its_branch(
    bandwagon: Game, near: np.ndarray, joins: float
) -> None:
    found = find_equilibria(bandwagon, near=near)
    assert found.prob[0, :, 1] == pytest.approx([joins, joins], abs=0.001)
    assert not found.multiple.any()


def test_a_certified_game_has_one_equilibrium(game: MakeGame) -> None:
    found = find_equilibria(game(1, powers=3, acts=5, draws=60))
    assert not found.multiple[found.certified].any()


def test_one_equilibrium_has_no_extremes_apart(game: MakeGame) -> None:
    found = find_equilibria(game(1, powers=3, acts=5, draws=60))
    assert found.highest - found.lowest == pytest.approx(np.zeros((60, 3, 5)), abs=1e-6)


@pytest.mark.parametrize("steep", [False, True], ids=["mild", "steep"])
def test_made_up_games_converge(game: MakeGame, steep: bool) -> None:
    assert find_equilibria(game(9, powers=4, acts=6, draws=60, steep=steep)).converged.all()


def test_probabilities_are_a_mixture_even_where_equilibria_are_averaged(bandwagon: Game) -> None:
    assert find_equilibria(bandwagon).prob.sum(axis=2) == pytest.approx(np.ones((1, 2)))


def test_many_draws_are_answered_like_few(game: MakeGame) -> None:
    made = game(12, powers=3, acts=5, draws=120)
    late = take_draws(made, slice(100, 120))
    there = find_equilibria(made).prob[100:]
    assert find_equilibria(late).prob == pytest.approx(there, abs=1e-8)


def test_the_quiet_start_takes_the_first_possible_act(game: MakeGame) -> None:
    made = game(2, powers=2, acts=4)
    made.own[0, 1, 0] = -np.inf
    assert quiet_start(made)[0].argmax(axis=1).tolist() == [0, 1]

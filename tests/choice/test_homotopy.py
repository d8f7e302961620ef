from collections.abc import Callable

import numpy as np
import pytest

from sidelines.choice.equilibria import find_equilibria
from sidelines.choice.game import Game
from sidelines.choice.homotopy import follow_principal_branch

MakeGame = Callable[..., Game]


def test_where_there_is_one_equilibrium_the_branch_ends_in_it(game: MakeGame) -> None:
    made = game(1, powers=3, acts=5, draws=20)
    found = follow_principal_branch(made).prob[0]
    assert found == pytest.approx(find_equilibria(made).branch, abs=1e-6)


def test_where_there_are_two_the_branch_ends_in_one_of_them(bandwagon: Game) -> None:
    joins = follow_principal_branch(bandwagon).prob[0, 0, :, 1]
    assert joins == pytest.approx([0.018, 0.018], abs=0.001) or joins == pytest.approx(
        [0.992, 0.992], abs=0.001
    )


def test_what_is_impossible_stays_impossible_on_the_way(game: MakeGame) -> None:
    made = game(3, powers=2, acts=4)
    made.own[0, 1, 2:] = -np.inf
    assert follow_principal_branch(made).prob[0, 0, 1, 1] == 0

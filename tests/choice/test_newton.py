from collections.abc import Callable

import numpy as np
import pytest

from sidelines.choice.equilibria import quiet_start
from sidelines.choice.expectations import prepare
from sidelines.choice.game import Game, take_draws
from sidelines.choice.kernel import solve
from sidelines.choice.newton import polish
from sidelines.choice.solve import reply, settle

MakeGame = Callable[..., Game]


def test_newton_and_replying_end_in_the_same_place(game: MakeGame) -> None:
    made = game(3, powers=3, acts=6, draws=10)
    ready = prepare(made, modes=32)
    start = quiet_start(made)
    there = settle(ready, start, tolerance=1e-12).prob
    assert polish(ready, start).prob == pytest.approx(there, abs=1e-9)


def test_what_newton_returns_is_a_reply_to_itself(bandwagon: Game) -> None:
    ready = prepare(bandwagon, modes=64)
    found = polish(ready, np.array([[[0.9, 0.1], [0.8, 0.2]]]))
    assert reply(ready, found.prob) == pytest.approx(found.prob, abs=1e-10)


@pytest.mark.usefixtures("either_engine")
def test_a_game_cut_short_is_finished_by_newton(game: MakeGame) -> None:
    made = game(3, powers=3, acts=6, draws=10)
    found = solve(made, quiet_start(made)[None], max_steps=2)
    assert found.residual.max() < 1e-10


def test_a_knife_edge_that_newton_cannot_reach_is_left_with_its_residual(game: MakeGame) -> None:
    made = game(21, powers=3, acts=7, draws=300, family="threshold", scale=32.0)
    ready = prepare(made, modes=96)
    found = polish(ready, quiet_start(made))
    gap = np.abs(reply(ready, found.prob) - found.prob).max(axis=(1, 2))
    assert found.residual == pytest.approx(gap, abs=1e-12)
    assert found.residual.max() > 1e-6


def test_newton_leaves_a_draw_alone_once_it_has_settled(game: MakeGame) -> None:
    made = game(3, powers=3, acts=6, draws=30, family="threshold")
    both = polish(prepare(made, modes=48), quiet_start(made), tolerance=1e-6).prob
    alone = take_draws(made, slice(4, 5))
    one = polish(prepare(alone, modes=48), quiet_start(alone), tolerance=1e-6).prob
    assert one[0] == pytest.approx(both[4], abs=1e-13)

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice.certificate import contraction_radius
from sidelines.choice.game import Game, take_draws
from sidelines.choice.solve import prepare, solve

MakeGame = Callable[..., Game]

STARTS = 20


def gap_between_starts(game: Game, *, seed: int) -> np.ndarray:
    """Return, per draw, how far the solutions from many random starts lie apart."""
    rng = np.random.default_rng(seed)
    prepared = prepare(game)
    starts = [
        rng.dirichlet(np.full(game.shape[2], 0.2), size=game.shape[:2]) for _ in range(STARTS)
    ]
    found = np.stack([solve(prepared, start, tolerance=1e-9).prob for start in starts])
    return np.ptp(found, axis=0).max(axis=(1, 2))


@pytest.mark.parametrize(("powers", "acts"), [(2, 3), (3, 5), (5, 6)])
@pytest.mark.parametrize("steep", [False, True], ids=["mild", "steep"])
def test_no_start_contradicts_a_certificate(
    game: MakeGame, steep: bool, powers: int, acts: int
) -> None:
    made = game(powers, powers=powers, acts=acts, draws=100, steep=steep)
    certified = take_draws(made, contraction_radius(made) < 1)
    assert gap_between_starts(certified, seed=1).max(initial=0) < 1e-7


def test_mild_games_are_mostly_certified(game: MakeGame) -> None:
    radius = contraction_radius(game(1, powers=3, acts=6, draws=100))
    assert (radius < 1).mean() > 0.8


def test_a_game_with_two_equilibria_is_not_certified(bandwagon: Game) -> None:
    assert contraction_radius(bandwagon) > 1


def test_a_power_alone_is_always_certified(game: MakeGame) -> None:
    assert contraction_radius(game(2, powers=1, acts=6, draws=20, steep=True)).max() == 0


def test_powers_that_only_talk_cannot_move_each_other(game: MakeGame) -> None:
    made = game(4, powers=3, acts=4, draws=5)
    nothing = np.zeros_like(made.own)
    talk = replace(made, strength=np.zeros_like(made.strength), dread=nothing, heat=nothing)
    assert contraction_radius(talk).max() == pytest.approx(0, abs=1e-12)


def test_the_order_of_powers_does_not_move_the_radius(game: MakeGame) -> None:
    made = game(6, powers=4, acts=5, draws=10)
    names = ("own", "strength", "gain", "dread", "heat")
    turned = replace(made, **{name: getattr(made, name)[:, ::-1] for name in names})
    assert contraction_radius(turned) == pytest.approx(contraction_radius(made), rel=1e-9)

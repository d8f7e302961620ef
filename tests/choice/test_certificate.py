from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice.game import Game, take_draws
from sidelines.choice.kernel import contraction_bound, solve

MakeGame = Callable[..., Game]

STARTS = 64
FAMILIES = ["mild", "threshold", "bandwagon"]


def gap_between_starts(game: Game, *, seed: int) -> float:
    """Return how far the solutions from many random starts lie apart at most."""
    rng = np.random.default_rng(seed)
    draws, powers, _ = game.shape
    starts = rng.dirichlet(np.full(game.levels, 0.2), size=(STARTS, draws, powers))
    return float(np.ptp(solve(game, starts).prob, axis=0).max(initial=0.0))


@pytest.mark.parametrize(("powers", "acts"), [(2, 3), (3, 7), (5, 6)])
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.usefixtures("kernel")
def test_no_start_contradicts_a_certificate(
    game: MakeGame, family: str, powers: int, acts: int
) -> None:
    made = [
        game(seed, powers=powers, acts=acts, draws=50, family=family, scale=scale)
        for seed in range(7)
        for scale in (0.1, 0.3, 1.0)
    ]
    certified = [take_draws(one, contraction_bound(one) < 1) for one in made]
    assert sum(one.shape[0] for one in certified) > 10
    assert max(gap_between_starts(one, seed=1) for one in certified) < 1e-7


@pytest.mark.usefixtures("either_engine")
def test_mild_games_are_mostly_certified(game: MakeGame) -> None:
    assert (contraction_bound(game(1, powers=3, acts=6, draws=100)) < 1).mean() > 0.6


@pytest.mark.usefixtures("either_engine")
def test_a_game_with_two_equilibria_is_not_certified(bandwagon: Game) -> None:
    assert contraction_bound(bandwagon) > 1


@pytest.mark.usefixtures("either_engine")
def test_a_power_alone_is_always_certified(game: MakeGame) -> None:
    made = game(2, powers=1, acts=6, draws=20, family="threshold")
    assert contraction_bound(made).max() == 0


@pytest.mark.usefixtures("either_engine")
def test_powers_that_only_talk_cannot_move_each_other(game: MakeGame) -> None:
    made = game(4, powers=3, acts=4, draws=5)
    nothing = np.zeros_like(made.strength)
    talk = replace(made, strength=nothing, dread=nothing, heat=nothing, joining=nothing)
    assert contraction_bound(talk).max() == pytest.approx(0, abs=1e-12)


@pytest.mark.usefixtures("either_engine")
def test_the_order_of_powers_does_not_move_the_bound(game: MakeGame) -> None:
    made = game(6, powers=4, acts=5, draws=10)
    names = ("own", "strength", "gain", "dread", "heat", "joining")
    moved = {name: getattr(made, name)[:, ::-1] for name in names}
    turned = replace(made, side=made.side[::-1], **moved)
    assert contraction_bound(turned) == pytest.approx(contraction_bound(made), rel=1e-9)


@pytest.mark.usefixtures("either_engine")
def test_sharper_choices_are_harder_to_certify(game: MakeGame) -> None:
    bounds = [
        np.median(contraction_bound(game(6, powers=4, acts=5, draws=50, scale=scale)))
        for scale in (0.3, 1.0, 3.0)
    ]
    assert bounds == sorted(bounds)

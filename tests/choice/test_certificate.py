from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice.game import Game, take_draws
from sidelines.choice.kernel import contraction_bound, solve
from sidelines.choice.replies import Exchange, save_prob

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


@pytest.fixture
def torn() -> Game:
    """Two powers that can help or hurt the target, and each does as the other does."""
    one, nothing = np.ones(1), np.zeros((1, 2, 3))
    exchange = Exchange(
        standing=-1.5 * one,
        spread=0.0 * one,
        attacker_resolve=one,
        target_resolve=one,
        attacker_cost=0.3 * one,
        target_cost=0.5 * one,
        attacker_precision=4.0 * one,
        target_precision=4.0 * one,
    )
    strength = np.array([[[0.0, -0.2, 0.2]] * 2])
    total = strength[:, 0, 1:, None] + strength[:, 1, None, 1:]
    saved = save_prob(total.reshape(1, 4), exchange).reshape(2, 2).mean(axis=1)
    evened = -340.0 * (saved[1] - saved[0])
    return Game(
        own=np.array([[[-20.0, 0.0, evened]] * 2]),
        level=np.arange(3),
        side=np.ones(2, dtype=int),
        strength=strength,
        gain=np.full((1, 2), 340.0),
        dread=nothing,
        heat=nothing,
        joining=nothing,
        entrapment=0.0 * one,
        complementarity=0.0 * one,
        exchange=exchange,
    )


@pytest.mark.usefixtures("either_engine")
def test_levels_on_both_sides_of_the_first_count_twice(torn: Game) -> None:
    assert gap_between_starts(torn, seed=1) > 0.1
    assert contraction_bound(torn) > 1


@pytest.mark.usefixtures("either_engine")
def test_an_act_beyond_all_measure_does_not_hide_the_others(bandwagon: Game) -> None:
    """Power 0 gets an act whose company could be worth 800, but never comes."""

    def beside(name: str, value: float) -> np.ndarray:
        return np.pad(getattr(bandwagon, name), ((0, 0), (0, 0), (0, 1)), constant_values=value)

    names = ("strength", "dread", "heat", "joining")
    wider = replace(
        bandwagon,
        own=beside("own", -30.0),
        level=np.arange(3),
        complementarity=np.array([-800.0]),
        **{name: beside(name, 0.0) for name in names},
    )
    wider.joining[0, 0, 2] = 1.0
    assert gap_between_starts(wider, seed=1) > 0.1
    assert contraction_bound(wider) > 1

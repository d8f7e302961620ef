"""Small made-up games, and their solution by listing every profile of acts."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from sidelines.choice.game import Game
from sidelines.choice.kernel import compiled
from sidelines.choice.levels import level_totals
from sidelines.choice.replies import Exchange, save_prob, war_prob

MakeGame = Callable[..., Game]
Reply = Callable[[Game, np.ndarray], np.ndarray]


FAMILIES = ["mild", "threshold", "bandwagon"]


def made_up_game(
    seed: int,
    *,
    powers: int,
    acts: int,
    draws: int = 1,
    family: str = "mild",
    one_sided: bool = False,
    scale: float = 1.0,
) -> Game:
    """Return random games, with backers of both sides unless told otherwise.

    `threshold`: help saves the target only past a point, and the parties decide sharply.
    `bandwagon`: the upper half of acts is worth more in company. `scale` multiplies payoffs.
    """
    rng = np.random.default_rng(seed)
    side = np.ones(powers, dtype=int) if one_sided else rng.choice([-1, 1], size=powers)
    levels = (acts + 1) // 2
    amount = np.sort(rng.uniform(0.1, 1.5, (draws, powers, levels)), axis=2)
    own = rng.normal(-1.0, 1.0, (draws, powers, acts))
    heat = np.sort(rng.uniform(0, 1, (draws, powers, levels)), axis=2)
    own[:, :, 0] = amount[:, :, 0] = heat[:, :, 0] = 0.0
    sharp = rng.uniform(2, 6, (2, draws)) * (4.0 if family == "threshold" else 1.0)
    stake = rng.uniform(0, 3, (draws, powers)) * (4.0 if family == "threshold" else 1.0)
    standing = rng.uniform(-2, 1, draws) - (2.0 if family == "threshold" else 0.0)
    upper = (np.arange(levels) >= levels // 2).astype(float)
    return Game(
        own=scale * own,
        level=np.arange(acts) * levels // acts,
        side=side,
        strength=side[:, None] * amount * (2.0 if family == "threshold" else 1.0),
        gain=scale * side * stake,
        dread=scale * heat * rng.uniform(0, 2, (draws, powers, 1)),
        heat=heat,
        joining=np.broadcast_to(upper, heat.shape).copy(),
        entrapment=rng.uniform(0, 1, draws),
        complementarity=scale
        * (rng.uniform(3, 9, draws) if family == "bandwagon" else np.zeros(draws)),
        exchange=Exchange(
            standing=standing,
            spread=np.zeros(draws),
            attacker_resolve=rng.uniform(0.3, 1, draws),
            target_resolve=rng.uniform(0.3, 1, draws),
            attacker_cost=rng.uniform(0.1, 0.5, draws),
            target_cost=np.full(draws, 0.5),
            attacker_precision=sharp[0],
            target_precision=sharp[1],
        ),
    )


def utility_by_listing(game: Game, prob: np.ndarray) -> np.ndarray:
    """Return every act's expected utility by listing every profile of the others' levels."""
    draws, powers, _ = game.shape
    utility = np.array(game.own)
    for i in range(powers):
        others = [j for j in range(powers) if j != i]
        fellows = [j for j in others if game.side[j] == game.side[i]]
        for profile in product(range(game.levels), repeat=len(others)):
            chance = np.ones(draws)
            delivered, heat, joined = np.zeros(draws), np.zeros(draws), np.zeros(draws)
            for j, level in zip(others, profile, strict=True):
                chance = chance * prob[:, j, level]
                delivered = delivered + game.strength[:, j, level]
                heat = heat + game.heat[:, j, level]
                if j in fellows:
                    joined = joined + game.joining[:, j, level] / len(fellows)
            total = delivered[:, None] + game.strength[:, i]
            risk = war_prob(total, game.exchange) * (1 + game.entrapment * heat)[:, None]
            worth = game.gain[:, i, None] * save_prob(total, game.exchange)
            worth = worth - game.dread[:, i] * risk
            worth = worth + (game.complementarity * joined)[:, None] * game.joining[:, i]
            utility[:, i] += chance[:, None] * worth[:, game.level]
    return utility


def reply_by_listing(game: Game, prob: np.ndarray) -> np.ndarray:
    """Return everybody's reply, in chances of levels, by listing every profile."""
    utility = utility_by_listing(game, prob)
    weight = np.exp(utility - utility.max(axis=2, keepdims=True))
    return level_totals(game, weight / weight.sum(axis=2, keepdims=True))


@pytest.fixture(scope="session")
def game() -> MakeGame:
    return made_up_game


@pytest.fixture(scope="session")
def listed_reply() -> Reply:
    return reply_by_listing


def _beside(game: Game, name: str, row: list[float]) -> np.ndarray:
    return np.concatenate([getattr(game, name), np.array([[row]])], axis=1)


@pytest.fixture
def lopsided(bandwagon: Game) -> Game:
    """The same beside a third power that could undo the help of both, but hardly ever cares to.

    Of four starts (all quiet, most and least for the target, hottest) only one leads to joining.
    """
    return replace(
        bandwagon,
        own=_beside(bandwagon, "own", [0.0, -9.0]),
        side=np.array([1, 1, -1]),
        strength=_beside(bandwagon, "strength", [0.0, -6.0]),
        gain=np.array([[12.0, 12.0, 0.0]]),
        dread=_beside(bandwagon, "dread", [0.0, 0.0]),
        heat=_beside(bandwagon, "heat", [0.0, 0.0]),
        joining=_beside(bandwagon, "joining", [0.0, 0.0]),
    )


@pytest.fixture
def bandwagon() -> Game:
    """Two powers whose help saves the target only if both give it: stay out or join together."""
    one = np.ones(1)
    return Game(
        own=np.array([[[0.0, -5.5], [0.0, -5.5]]]),
        level=np.array([0, 1]),
        side=np.array([1, 1]),
        strength=np.array([[[0.0, 3.0], [0.0, 3.0]]]),
        gain=np.array([[12.0, 12.0]]),
        dread=np.zeros((1, 2, 2)),
        heat=np.zeros((1, 2, 2)),
        joining=np.zeros((1, 2, 2)),
        entrapment=0.0 * one,
        complementarity=0.0 * one,
        exchange=Exchange(
            standing=-5.0 * one,
            spread=0.0 * one,
            attacker_resolve=one,
            target_resolve=0.6 * one,
            attacker_cost=0.4 * one,
            target_cost=0.5 * one,
            attacker_precision=20.0 * one,
            target_precision=20.0 * one,
        ),
    )


@pytest.fixture(params=["compiled", "numpy"])
def either_engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test by the compiled kernel and by its twin."""
    if request.param == "numpy":
        monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    elif compiled() is None:
        pytest.skip("no compiled kernel here: there was no compiler when this was installed")
    return str(request.param)


@pytest.fixture
def kernel() -> None:
    """Skip a test that needs the compiled kernel."""
    if compiled() is None:
        pytest.skip("no compiled kernel here: there was no compiler when this was installed")

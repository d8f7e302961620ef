"""Small made-up games, and their solution by listing every profile of acts."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from sidelines.choice.game import Game
from sidelines.choice.replies import Exchange, save_prob, war_prob

MakeGame = Callable[..., Game]
Reply = Callable[[Game, np.ndarray], np.ndarray]


def made_up_game(seed: int, *, powers: int, acts: int, draws: int = 1, steep: bool = False) -> Game:
    """Return random games with backers of both sides; steep ones reward joining others."""
    rng = np.random.default_rng(seed)
    signs = rng.choice([-1.0, 1.0], size=(1, powers))
    levels = (acts + 1) // 2
    amount = np.sort(rng.uniform(0.1, 1.5, (draws, powers, levels)), axis=2)
    amount[:, :, 0] = 0.0
    own = rng.normal(-1.0, 1.0, (draws, powers, acts))
    own[:, :, 0] = 0.0
    heat = np.sort(rng.uniform(0, 1, (draws, powers, acts)), axis=2)
    heat[:, :, 0] = 0.0
    sharp = rng.uniform(2, 6, (2, draws)) * (4.0 if steep else 1.0)
    gain = signs * rng.uniform(0, 3, (draws, powers)) * (4.0 if steep else 1.0)
    return Game(
        own=own,
        strength=signs[:, :, None] * amount,
        level=np.arange(acts) * levels // acts,
        gain=gain,
        dread=heat * rng.uniform(0, 2, (draws, powers, 1)),
        heat=heat,
        entrapment=rng.uniform(0, 1, draws),
        exchange=Exchange(
            log_odds=rng.uniform(-2, 1, draws),
            attacker_resolve=rng.uniform(0.3, 1, draws),
            target_resolve=rng.uniform(0.3, 1, draws),
            attacker_cost=rng.uniform(0.1, 0.5, draws),
            target_cost=np.full(draws, 0.5),
            attacker_precision=sharp[0],
            target_precision=sharp[1],
        ),
    )


def reply_by_listing(game: Game, prob: np.ndarray) -> np.ndarray:
    """Return everybody's reply to the others' probabilities by listing every profile."""
    draws, powers, acts = game.shape
    utility = np.array(game.own)
    for i in range(powers):
        others = [j for j in range(powers) if j != i]
        for profile in product(range(acts), repeat=len(others)):
            chance = np.ones(draws)
            delivered, heat = np.zeros(draws), np.zeros(draws)
            for j, act in zip(others, profile, strict=True):
                chance = chance * prob[:, j, act]
                delivered = delivered + game.strength[:, j, game.level[act]]
                heat = heat + game.heat[:, j, act]
            total = delivered[:, None] + game.strength[:, i][:, game.level]
            risk = war_prob(total, game.exchange) * (1 + game.entrapment * heat)[:, None]
            saved = game.gain[:, i, None] * save_prob(total, game.exchange)
            utility[:, i] += chance[:, None] * (saved - game.dread[:, i] * risk)
    weight = np.exp(utility - utility.max(axis=2, keepdims=True))
    return weight / weight.sum(axis=2, keepdims=True)


@pytest.fixture(scope="session")
def game() -> MakeGame:
    return made_up_game


@pytest.fixture(scope="session")
def listed_reply() -> Reply:
    return reply_by_listing


@pytest.fixture
def lopsided(bandwagon: Game) -> Game:
    """The same beside a third power that could undo the help of both, but hardly ever cares to.

    Of four starts (all quiet, most and least for the target, hottest) only one leads to joining.
    """
    third = np.zeros((1, 1, 2))
    return replace(
        bandwagon,
        own=np.concatenate([bandwagon.own, np.array([[[0.0, -9.0]]])], axis=1),
        strength=np.concatenate([bandwagon.strength, np.array([[[0.0, -6.0]]])], axis=1),
        gain=np.array([[12.0, 12.0, 0.0]]),
        dread=np.concatenate([bandwagon.dread, third], axis=1),
        heat=np.concatenate([bandwagon.heat, third], axis=1),
    )


@pytest.fixture
def bandwagon() -> Game:
    """Two powers whose help saves the target only if both give it: stay out or join together."""
    one = np.ones(1)
    return Game(
        own=np.array([[[0.0, -5.5], [0.0, -5.5]]]),
        strength=np.array([[[0.0, 3.0], [0.0, 3.0]]]),
        level=np.array([0, 1]),
        gain=np.array([[12.0, 12.0]]),
        dread=np.zeros((1, 2, 2)),
        heat=np.zeros((1, 2, 2)),
        entrapment=0.0 * one,
        exchange=Exchange(
            log_odds=-5.0 * one,
            attacker_resolve=one,
            target_resolve=0.6 * one,
            attacker_cost=0.4 * one,
            target_cost=0.5 * one,
            attacker_precision=20.0 * one,
            target_precision=20.0 * one,
        ),
    )

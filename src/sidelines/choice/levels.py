"""Between acts and levels: acts that are alike to everybody else are solved as one."""

from dataclasses import replace

import numpy as np

from sidelines.choice.game import Game
from sidelines.terms.arrays import Float, Int

__all__ = ["act_chances", "level_totals", "merged", "project"]


def level_totals(
    game: Game, prob: Float[np.ndarray, "draw power act"]
) -> Float[np.ndarray, "draw power level"]:
    """Return the chance of each level.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    prob
        Chances of acts [1].

    Returns
    -------
    numpy.ndarray
        Sums over the acts of a level [1].

    Notes
    -----
    Source: definition.
    """
    members = (game.level[:, None] == np.arange(game.levels)).astype(float)
    return prob @ members


def act_chances(
    game: Game,
    levels: Float[np.ndarray, "draw power level"],
    shares: Float[np.ndarray, "draw power act"],
) -> Float[np.ndarray, "draw power act"]:
    """Return the chance of each act.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    levels
        Chances of levels [1].
    shares
        Chance of an act given its level [1].

    Returns
    -------
    numpy.ndarray
        Products; they sum to one over acts [1].

    Notes
    -----
    Source: definition.
    """
    chances = levels.take(game.level, axis=2)
    chances *= shares
    return chances


def merged(game: Game, worth: Float[np.ndarray, "draw power level"]) -> Game:
    """Return the game in which every level is one act: the same to everybody, and smaller.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    worth
        Worth of each level, as solving the game tells it [log-odds].

    Returns
    -------
    Game
        One act to a level [payoffs in log-odds].

    Notes
    -----
    Source: McFadden (1978), the inclusive value of a nest; exact.
    """
    return replace(game, own=worth, level=np.arange(game.levels))


def project(game: Game, groups: Int[np.ndarray, " act"]) -> Game:
    """Return the smaller game in which acts of one group count as one act.

    What a group delivers and risks is the mean over its acts, by how likely they are at their own
    worth. Where they do not differ, the projection is exact; else it is close, and the larger game
    is the one to trust.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    groups
        Group of each act, from zero on without gaps; rungs, for instance [1].

    Returns
    -------
    Game
        One act and one level to a group [payoffs in log-odds].

    Raises
    ------
    ValueError
        If a group between zero and the highest has no act.

    Notes
    -----
    Source: McFadden (1978), the inclusive value of a nest.
    """
    count = int(groups.max()) + 1
    missing = sorted(set(range(count)) - {int(n) for n in groups})
    if missing:
        raise ValueError(f"group {missing[0]} has no act; groups must run from 0 without gaps.")
    top = game.own.max(axis=2, keepdims=True)
    weight = np.exp(game.own - top)
    members = (groups[:, None] == np.arange(count)).astype(float)
    total = weight @ members
    some = np.where(total > 0, total, 1.0)
    within = weight / some[:, :, groups]

    def mean(values: np.ndarray) -> np.ndarray:
        return (within * values[:, :, game.level]) @ members

    return Game(
        own=np.where(total > 0, top + np.log(some), -np.inf),
        level=np.arange(count),
        side=game.side,
        strength=mean(game.strength),
        gain=game.gain,
        dread=mean(game.dread),
        heat=mean(game.heat),
        joining=mean(game.joining),
        entrapment=game.entrapment,
        complementarity=game.complementarity,
        exchange=game.exchange,
    )

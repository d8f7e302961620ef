"""The game among outside powers: what each act is worth, delivers and risks."""

from dataclasses import dataclass, replace

import numpy as np

from sidelines.choice.replies import Exchange
from sidelines.terms.arrays import Float, Int

__all__ = ["Game", "take_draws"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A batch of games, one per draw, all with the same powers and acts.

    The utility of act k to power i, given the acts of the others, is

        own[i, k] + gain[i] * E[save(M)]
          - dread[i, k] * (E[war(M)] + entrapment * E[war(M) * sum of others' heat])

    where `M` is the net strength delivered, power i's own part included. An act that a power
    cannot take has `own` of minus infinity. Acts share few levels of strength: act k delivers
    `strength[:, i, level[k]]`.

    - `own` (draw, power, act): worth of the act whatever others do [log-odds]
    - `strength` (draw, power, level): net strength delivered to the target [log-odds]
    - `level` (act): which level of strength an act delivers
    - `gain` (draw, power): worth of the target being saved; below zero for the attacker's
      backers [log-odds]
    - `dread` (draw, power, act): worth lost in a war that the act draws the power into [log-odds]
    - `heat` (draw, power, act): how far the act widens the war for everybody, 0 to 1 [1]
    - `entrapment` (draw): how much others' heat raises one's own risk [1]
    - `exchange`: the parties' side of the crisis
    """

    own: Float[np.ndarray, "draw power act"]
    strength: Float[np.ndarray, "draw power level"]
    level: Int[np.ndarray, " act"]
    gain: Float[np.ndarray, "draw power"]
    dread: Float[np.ndarray, "draw power act"]
    heat: Float[np.ndarray, "draw power act"]
    entrapment: Float[np.ndarray, " draw"]
    exchange: Exchange

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of draws, powers and acts."""
        draws, powers, acts = self.own.shape
        return draws, powers, acts


def take_draws(game: Game, keep: slice | np.ndarray) -> Game:
    """Return the game of some draws.

    Parameters
    ----------
    game
        A batch of games.
    keep
        Which draws, by slice or mask [1].

    Returns
    -------
    Game
        The same game with fewer draws.

    Notes
    -----
    Source: definition.
    """
    part = game.exchange
    return replace(
        game,
        own=game.own[keep],
        strength=game.strength[keep],
        gain=game.gain[keep],
        dread=game.dread[keep],
        heat=game.heat[keep],
        entrapment=game.entrapment[keep],
        exchange=Exchange(**{name: getattr(part, name)[keep] for name in part.__slots__}),
    )

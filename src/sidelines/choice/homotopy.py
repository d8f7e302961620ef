"""The principal branch: the equilibrium that is reached when everybody grows sure of itself slowly.

With precision zero everybody chooses at random and there is one equilibrium. Raised in small steps
to the game's own precision, and solved anew from the last solution each time, it leads to one of
the game's equilibria, the same for everybody who does so.
"""

from dataclasses import replace

import numpy as np

from sidelines.choice.game import Game
from sidelines.choice.kernel import Solved, solve
from sidelines.choice.levels import level_totals
from sidelines.terms.arrays import Float

__all__ = ["follow_principal_branch"]

_STEPS = 40
_LOOSE = 1e-6


def _at_precision(game: Game, precision: float) -> Game:
    """Return the game with all payoffs scaled; what is impossible stays so."""
    return replace(
        game,
        own=np.where(np.isfinite(game.own), precision * game.own, game.own),
        gain=precision * game.gain,
        dread=precision * game.dread,
        complementarity=precision * game.complementarity,
    )


def follow_principal_branch(game: Game, *, tolerance: float = 1e-9, steps: int = _STEPS) -> Solved:
    """Return the equilibrium at the end of the principal branch, per draw.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    tolerance
        Largest change in the last round of replies that counts as none [1].
    steps
        In how many equal steps precision grows [1].

    Returns
    -------
    Solved
        One start's chances, residuals and rounds [1].

    Notes
    -----
    Source: McKelvey and Palfrey (1995), Games Econ. Behav. 10; Turocy (2005), Games Econ. Behav.
    51(2), who follow the branch; here in equal steps of precision, each solved from the last.
    """
    possible = np.isfinite(game.own).astype(float)
    uniform = possible / possible.sum(axis=2, keepdims=True)
    start: Float[np.ndarray, "start draw power level"] = level_totals(game, uniform)[None]
    for step in range(1, steps):
        start = solve(_at_precision(game, step / steps), start, tolerance=_LOOSE).prob
    return solve(game, start, tolerance=tolerance)

"""The solver behind the nested fixed point: equilibria from the kernel, gradients by adjoint."""

import numpy as np

from sidelines.choice.equilibria import quiet_start
from sidelines.choice.expectations import prepare
from sidelines.choice.fourier import MODES
from sidelines.choice.game import Game
from sidelines.choice.kernel import contraction_bound, pull_back, solve
from sidelines.choice.levels import act_chances, level_totals
from sidelines.history.game_likelihood import Answer, Solver

__all__ = ["modes_for", "nested_solver", "uncertified"]

_FIT_TOLERANCE = 1e-9  # gradients must belong to the very likelihood that is climbed
_TOLERANCE = 1e-12


def nested_solver(base: Game) -> Solver:
    """Return a solver of games that differ from the given ones in payoffs alone.

    The outcome functions do not move with the slopes, so their Fourier modes are counted once.
    """
    modes = modes_for(base)

    def answer(game: Game) -> Answer:
        start = quiet_start(game)[None]
        solved = solve(game, start, tolerance=_TOLERANCE, fit_tolerance=_FIT_TOLERANCE)
        levels, shares = solved.prob[0], solved.shares

        def pulled(bar: np.ndarray) -> dict[str, np.ndarray]:
            by_level = level_totals(game, bar * shares)
            gradient = pull_back(game, levels, by_level, modes=modes)
            within = levels[:, :, game.level] * (bar - by_level[:, :, game.level])
            return {
                "own": shares * (gradient.worth[:, :, game.level] + within),
                "gain": gradient.gain,
                "dread": gradient.dread,
                "entrapment": gradient.entrapment,
                "complementarity": gradient.complementarity,
            }

        return Answer(prob=act_chances(game, levels, shares), pull_back=pulled)

    return answer


def modes_for(base: Game) -> int:
    """Return how many Fourier modes the outcome functions of all games need, or the most."""
    enough = (m for m in MODES if prepare(base, modes=m).fit_error.max() < _FIT_TOLERANCE)
    return next(enough, MODES[-1])


def uncertified(game: Game) -> np.ndarray:
    """Return the crises in which more than one equilibrium cannot be ruled out, by number."""
    return np.flatnonzero(contraction_bound(game) >= 1.0)

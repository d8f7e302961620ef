"""A certificate that a game has one equilibrium: the joint reply is a contraction.

Write `TV` for total variation distance. The logit reply to utilities that differ by `v` moves by at
most `osc(v) / 4` in TV, where `osc` is maximum minus minimum over acts. When power j changes its
mixture by `TV_j`, the expected utility differences of power i move by at most `TV_j * osc_ij`, the
largest change that one act of j can make to one difference between two acts of i. So
`TV_i' <= sum_j L_ij TV_j` with `L_ij = osc_ij / 4`; where the spectral radius of `L` is below one,
the equilibrium is unique and plain iteration converges to it.
"""

import numpy as np

from sidelines.choice.game import Game
from sidelines.choice.replies import save_prob, war_prob
from sidelines.terms.arrays import Float

__all__ = ["contraction_radius"]

_GRID = 257


def contraction_radius(game: Game) -> Float[np.ndarray, " draw"]:
    """Return the spectral radius of the bound on how replies move with beliefs.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Radius per draw; below one there is exactly one equilibrium [1].

    Notes
    -----
    Source: Dobrushin-type argument, written out at the top of this module; slopes of the outcome
    functions are bounded on a grid of 257 points, with ten per cent added for what lies between.
    """
    lowest, highest = game.strength.min(axis=2), game.strength.max(axis=2)
    reach = highest - lowest
    low, span = lowest.sum(axis=1), np.maximum(reach.sum(axis=1), 1e-6)
    grid = low[:, None] + span[:, None] * np.linspace(0.0, 1.0, _GRID)
    step = span / (_GRID - 1)
    save_osc, save_slope, save_bend = _bounds(save_prob(grid, game.exchange), step)
    war_osc, war_slope, _ = _bounds(war_prob(grid, game.exchange), step)
    war_top = war_prob(grid, game.exchange).max(axis=1)

    i, j = reach[:, :, None], reach[:, None, :]
    bend = np.minimum(i * j * save_bend, np.minimum(2 * np.minimum(i, j) * save_slope, 2 * save_osc))
    stakes = np.abs(game.gain)[:, :, None] * bend
    heat = game.heat.max(axis=2) - game.heat.min(axis=2)
    total_heat = game.heat.max(axis=2).sum(axis=1)[:, None, None]
    drag = np.minimum(j * war_slope, war_osc) * (1 + game.entrapment[:, None, None] * total_heat)
    drag = drag + (game.entrapment * war_top)[:, None, None] * heat[:, None, :]
    possible = np.isfinite(game.own)
    dread = np.where(possible, game.dread, 0.0)
    fear = (dread.max(axis=2) + np.sort(dread, axis=2)[:, :, -2])[:, :, None] * drag
    bound = 0.25 * (stakes + fear)
    bound[:, np.arange(bound.shape[1]), np.arange(bound.shape[1])] = 0.0
    return np.abs(np.linalg.eigvals(bound)).max(axis=1, initial=0.0)


def _bounds(values: np.ndarray, step: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return oscillation, largest slope and largest bend of functions on a grid, per draw."""
    margin = 1.1
    slope = np.abs(np.diff(values, axis=1)).max(axis=1) / step * margin
    bend = np.abs(np.diff(values, n=2, axis=1)).max(axis=1) / step**2 * margin
    osc = np.ptp(values, axis=1)
    return osc[:, None, None], slope[:, None, None], bend[:, None, None]

"""A certificate that a game has one equilibrium: the joint reply is a contraction.

Write `TV` for total variation distance, and call an act *material* if it delivers strength or risks
a war; the others are talk. Whatever power i believes of the others, a talk act is worth the same to
it as doing nothing, and a material act k is worth at most `own[k] + best[k]`, where `best` bounds
what beliefs can add. So in every equilibrium its material acts have at most a mass `pi_i`.

When utilities change by `v`, the logit reply moves by at most `max_S P(S) (1 - P(S)) osc(v)` in TV;
as `v` is constant on talk, `P(S)` or its complement is at most `pi_i`, so the factor is
`k_i = p (1 - p)` with `p = min(pi_i, 1/2)`. When power j changes its mixture by `TV_j`, a utility
difference of power i moves by at most `TV_j osc_ij`, the largest change that one act of j can make
to one difference between two acts of i. Hence, between any two equilibria,
`TV_i <= sum_j L_ij TV_j` with `L_ij = k_i osc_ij`; where the spectral radius of `L` is below one,
both are the same.
"""

from dataclasses import dataclass

import numpy as np

from sidelines.choice.game import Game
from sidelines.choice.replies import save_prob, war_prob
from sidelines.terms.arrays import Float

__all__ = ["contraction_radius"]

_GRID = 257
_MARGIN = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    """Extremes of an outcome function on a grid of strengths, per draw."""

    low: np.ndarray
    high: np.ndarray
    slope: np.ndarray
    bend: np.ndarray

    @property
    def osc(self) -> np.ndarray:
        return self.high - self.low


def _bounds(values: np.ndarray, step: np.ndarray) -> _Bounds:
    slope = np.abs(np.diff(values, axis=1)).max(axis=1) / step * _MARGIN
    bend = np.abs(np.diff(values, n=2, axis=1)).max(axis=1) / step**2 * _MARGIN
    extremes = (values.min(axis=1), values.max(axis=1))
    low, high, slope, bend = (part[:, None, None] for part in (*extremes, slope, bend))
    return _Bounds(low=low, high=high, slope=slope, bend=bend)


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
    low = lowest.sum(axis=1)
    span = np.maximum((highest - lowest).sum(axis=1), 1e-6)
    grid = low[:, None] + span[:, None] * np.linspace(0.0, 1.0, _GRID)
    save = _bounds(save_prob(grid, game.exchange), span / (_GRID - 1))
    war = _bounds(war_prob(grid, game.exchange), span / (_GRID - 1))
    mass, heat = _material_mass(game, save, war)
    bound = (mass * (1.0 - mass))[:, :, None] * _swing(game, save, war, heat)
    diagonal = np.arange(bound.shape[1])
    bound[:, diagonal, diagonal] = 0.0
    return np.abs(np.linalg.eigvals(bound)).max(axis=1, initial=0.0)


def _material_mass(game: Game, save: _Bounds, war: _Bounds) -> tuple[np.ndarray, np.ndarray]:
    """Return the largest mass of material acts, at most one half, and the largest mean heat."""
    delivered = np.abs(game.strength)[:, :, game.level]
    helped = np.abs(game.gain)[:, :, None] * np.minimum(delivered * save.slope, save.osc)
    best = np.where(np.isfinite(game.own), game.own + helped - game.dread * war.low, -np.inf)
    talk = (delivered == 0) & (game.dread == 0) & (game.heat == 0)
    shift = best.max(axis=2, keepdims=True)
    weight = np.exp(best - shift)
    talked = (weight * talk).sum(axis=2)
    material = (weight * ~talk).sum(axis=2)
    alone = weight * ~talk / (talked[:, :, None] + weight * ~talk + 1e-300)
    heat = np.minimum((alone * game.heat).sum(axis=2), game.heat.max(axis=2))
    return np.minimum(material / (talked + material), 0.5), heat


def _swing(game: Game, save: _Bounds, war: _Bounds, heat: np.ndarray) -> np.ndarray:
    """Return how far one act of power j moves a utility difference of power i (draw, i, j)."""
    reach = game.strength.max(axis=2) - game.strength.min(axis=2)
    i, j = reach[:, :, None], reach[:, None, :]
    bend = np.minimum(i * j * save.bend, 2 * np.minimum(i, j) * save.slope)
    stakes = np.abs(game.gain)[:, :, None] * np.minimum(bend, 2 * save.osc)
    entrapment = game.entrapment[:, None, None]
    others = heat.sum(axis=1)[:, None, None]
    dread = np.sort(np.where(np.isfinite(game.own), game.dread, 0.0), axis=2)[:, :, -2:]
    shifted = np.minimum(j * war.slope, war.osc) * (1 + entrapment * others)
    entrapped = entrapment * war.high * np.ptp(game.heat, axis=2)[:, None, :]
    return stakes + dread.sum(axis=2)[:, :, None] * shifted + dread[:, :, 1:] * entrapped

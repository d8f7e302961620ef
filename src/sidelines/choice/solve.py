"""The belief fixed point: everybody's choice probabilities, each a reply to the others'.

Private logit shocks make every act possible, so the Bayesian Nash equilibrium is a fixed point in
probabilities, the agent quantal response equilibrium (McKelvey and Palfrey 1995, 1998; Seim 2006).
"""

from dataclasses import dataclass

import numpy as np

from sidelines.choice.fourier import fit, nodes, phases
from sidelines.choice.game import Game, take_draws
from sidelines.choice.replies import save_prob, war_prob
from sidelines.terms.arrays import Complex, Float, Int

__all__ = ["Prepared", "Solution", "fitting_modes", "prepare", "reply", "solve"]

_UNDAMPED_STEPS = 50
_DAMPING = 0.3
_MODES = (16, 24, 32, 48, 64, 96, 128)
_FIT_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A game with its outcome functions fitted: save, war as Fourier sums over total strength."""

    game: Game
    phase: Complex[np.ndarray, "draw power level mode"]
    save: Complex[np.ndarray, "draw mode"]
    war: Complex[np.ndarray, "draw mode"]
    members: Float[np.ndarray, "act level"]
    fit_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Choice probabilities (draw, power, act) [1], how many steps they took, and what is left.

    `residual` is the largest change a further reply would make, per draw [1].
    """

    prob: Float[np.ndarray, "draw power act"]
    steps: int
    residual: Float[np.ndarray, " draw"]


def fitting_modes(game: Game) -> Int[np.ndarray, " draw"]:
    """Return how many Fourier modes each draw needs for its outcome functions.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Modes per draw: the fewest with an error below 1e-6 between the nodes, else the most [1].

    Notes
    -----
    Source: Boyd (2002), J. Comput. Phys. 178, Fourier continuation; the error falls geometrically.
    """
    modes = np.full(game.shape[0], _MODES[-1])
    open_ = np.arange(game.shape[0])
    for count in _MODES[:-1]:
        if not open_.size:
            break
        errors = _fitted(take_draws(game, open_), count)[2]
        modes[open_[errors < _FIT_TOLERANCE]] = count
        open_ = open_[errors >= _FIT_TOLERANCE]
    return modes


def prepare(game: Game, *, modes: int | None = None) -> Prepared:
    """Return the game with its outcome functions fitted over the strengths that can occur.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    modes
        Fourier modes for all draws; as many as the worst draw needs where not given [1].

    Returns
    -------
    Prepared
        Ready for `solve`; `fit_error` is the largest error of the fit between nodes [1].

    Notes
    -----
    Source: Boyd (2002), J. Comput. Phys. 178, Fourier continuation by least squares.
    """
    if modes is None:
        modes = int(fitting_modes(game).max(initial=_MODES[0]))
    low, span = _range(game)
    save, war, errors = _fitted(game, modes)
    shift = phases(low[:, None], span, modes)[:, 0, :].conj()
    members = (game.level[:, None] == np.arange(game.strength.shape[2])).astype(float)
    return Prepared(
        game=game,
        phase=phases(game.strength, span, modes),
        save=save * shift,
        war=war * shift,
        members=members,
        fit_error=float(errors.max(initial=0.0)),
    )


def _range(game: Game) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower end and the length of the strengths that can occur, per draw."""
    low = game.strength.min(axis=2).sum(axis=1)
    high = game.strength.max(axis=2).sum(axis=1)
    return low, np.maximum(high - low, 1e-6)


def _fitted(game: Game, modes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the coefficients of save and war, and the largest error between nodes per draw."""
    low, span = _range(game)
    points = nodes(modes)
    between = 0.5 * (points[1:] + points[:-1])
    at = low[:, None] + span[:, None] * points
    midway = low[:, None] + span[:, None] * between
    check = phases(between[None, :], np.ones(1), modes)[0]
    coefficients, errors = [], []
    for outcome in (save_prob, war_prob):
        coefficient = fit(outcome(at, game.exchange), modes)
        fitted = (coefficient @ check.T).real
        errors.append(np.abs(fitted - outcome(midway, game.exchange)).max(axis=1, initial=0.0))
        coefficients.append(coefficient)
    return coefficients[0], coefficients[1], np.maximum(*errors)


def _others(parts: np.ndarray) -> np.ndarray:
    """Return, per power, the product over all other powers (prefix times suffix products)."""
    before = np.ones_like(parts)
    after = np.ones_like(parts)
    powers = parts.shape[1]
    for power in range(1, powers):
        np.multiply(before[:, power - 1], parts[:, power - 1], out=before[:, power])
        np.multiply(after[:, -power], parts[:, -power], out=after[:, -power - 1])
    return np.multiply(before, after, out=before)


def reply(
    prepared: Prepared, prob: Float[np.ndarray, "draw power act"]
) -> Float[np.ndarray, "draw power act"]:
    """Return everybody's logit reply to the others' choice probabilities.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    prob
        Choice probabilities of all powers [1].

    Returns
    -------
    numpy.ndarray
        Replies; each sums to one over acts [1].

    Notes
    -----
    Source: Bajari, Hong, Krainer and Nekipelov (2010), J. Bus. Econ. Stat. 28(4), for the belief
    fixed point; expectations by characteristic functions (see `sidelines.choice.fourier`).
    """
    game = prepared.game
    weights = np.stack([prob, prob * game.heat], axis=2) @ prepared.members
    plain, heated = np.moveaxis(weights @ prepared.phase, 2, 0)
    product = _others(plain)
    ratio = heated / np.where(np.abs(plain) > 1e-12, plain, 1e-12)
    others_heat = ratio.sum(axis=1, keepdims=True) - ratio
    war = prepared.war[:, None, :] * product
    entrapped = war * (1.0 + game.entrapment[:, None, None] * others_heat)
    sums = np.stack([prepared.save[:, None, :] * product, entrapped], axis=3)
    save, risk = np.moveaxis((prepared.phase @ sums).real, 3, 0)
    utility = (
        game.own
        + (game.gain[:, :, None] * save)[:, :, game.level]
        - game.dread * risk[:, :, game.level]
    )
    utility -= utility.max(axis=2, keepdims=True)
    np.exp(utility, out=utility)
    return utility / utility.sum(axis=2, keepdims=True)


def solve(
    prepared: Prepared,
    start: Float[np.ndarray, "draw power act"],
    *,
    tolerance: float = 1e-10,
    max_steps: int = 2000,
) -> Solution:
    """Return the fixed point reached from a start by replying again and again.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    start
        Choice probabilities to start from [1].
    tolerance
        Largest change per step that counts as none [1].
    max_steps
        Steps after which the search stops; `residual` then tells how far it is off [1].

    Returns
    -------
    Solution
        Probabilities, steps and residual [1].

    Notes
    -----
    Source: successive approximation, undamped for 50 steps, then damped by 0.3; converges where
    the certificate of `sidelines.choice.certificate` holds.
    """
    prob = start
    residual = np.full(len(start), np.inf)
    for step in range(1, max_steps + 1):
        answer = reply(prepared, prob)
        residual = np.abs(answer - prob).max(axis=(1, 2), initial=0.0)
        prob = answer if step <= _UNDAMPED_STEPS else prob + _DAMPING * (answer - prob)
        if residual.max(initial=0.0) < tolerance:
            return Solution(prob=prob, steps=step, residual=residual)
    return Solution(prob=prob, steps=max_steps, residual=residual)

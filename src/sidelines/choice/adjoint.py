"""Gradients through the fixed point: what a change of payoffs does once everybody has answered.

With mixtures `p = sigma(U(p, b))`, a statistic's gradient in payoffs b needs one linear solve and
no further equilibrium: `(I - F_p)' mu = dL/dp`, then `mu' F_b` (implicit function theorem).
"""

from dataclasses import dataclass

import numpy as np

from sidelines.choice.expectations import (
    Prepared,
    company,
    expected_outcomes,
    mixture,
    products_after,
)
from sidelines.terms.arrays import Float

__all__ = ["Gradient", "jacobian", "pull_back", "solve_each"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradient:
    """Derivatives of a statistic with respect to payoffs, the equilibrium following.

    `worth` and `dread` (draw, power, level), `gain` (draw, power), `entrapment` and
    `complementarity` (draw) [the statistic's unit per log-odds].
    """

    worth: Float[np.ndarray, "draw power level"]
    dread: Float[np.ndarray, "draw power level"]
    gain: Float[np.ndarray, "draw power"]
    entrapment: Float[np.ndarray, " draw"]
    complementarity: Float[np.ndarray, " draw"]


def _without(
    prepared: Prepared, mixtures: list[tuple[np.ndarray, np.ndarray]], left_out: set[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the dual product over all powers but some."""
    kept = [dual for j, dual in enumerate(mixtures) if j not in left_out]
    return products_after(prepared, kept)[0]


def jacobian(
    prepared: Prepared, prob: Float[np.ndarray, "draw power level"]
) -> Float[np.ndarray, "draw power level power level"]:
    """Return how everybody's reply moves with everybody's mixture.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    prob
        Chances of levels; the replies to them must be themselves [1].

    Returns
    -------
    numpy.ndarray
        Derivative of the reply of (power, level) in the chance of (power, level) [1].

    Notes
    -----
    Source: derivative of `sidelines.choice.solve.reply`.
    """
    game = prepared.game
    draws, powers, levels = prob.shape
    mixtures = [mixture(prepared, prob[:, j], j) for j in range(powers)]
    result = np.zeros((draws, powers, levels, powers, levels))
    theta = game.entrapment[:, None]
    for i in range(powers):
        fellows = max(int((game.side == game.side[i]).sum()) - 1, 1)
        for j in range(powers):
            if j == i:
                continue
            value, heated = _without(prepared, mixtures, {i, j})
            entrapped = value + theta * heated
            hot = entrapped[:, None] + (theta * value)[:, None] * game.heat[:, j, :, None]
            saves = (prepared.save * value)[:, None] * prepared.phase[:, j]
            risks = prepared.war[:, None] * hot * prepared.phase[:, j]
            own = prepared.phase[:, i]
            slope = game.gain[:, i, None, None] * (own @ saves.swapaxes(1, 2)).real
            slope -= game.dread[:, i, :, None] * (own @ risks.swapaxes(1, 2)).real
            if game.side[i] == game.side[j]:
                pull = game.complementarity[:, None, None] / fellows
                slope += pull * game.joining[:, i, :, None] * game.joining[:, j, None, :]
            mean = (prob[:, i, :, None] * slope).sum(axis=1, keepdims=True)
            result[:, i, :, j] = prob[:, i, :, None] * (slope - mean)
    return result


def pull_back(
    prepared: Prepared,
    prob: Float[np.ndarray, "draw power level"],
    bar: Float[np.ndarray, "draw power level"],
) -> Gradient:
    """Return a statistic's gradient in payoffs, from its gradient in the equilibrium's chances.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    prob
        An equilibrium [1].
    bar
        Derivatives of the statistic in the chances of levels [its unit].

    Returns
    -------
    Gradient
        Derivatives in payoffs, everybody's answers included; no numbers in a draw that stands at a
        fold, where there are none [the statistic's unit per log-odds].

    Notes
    -----
    Source: implicit function theorem; Rust (1987), Econometrica 55(5), nested fixed point.
    """
    game = prepared.game
    draws, powers, levels = prob.shape
    moves = jacobian(prepared, prob).reshape(draws, powers * levels, powers * levels)
    system = np.eye(powers * levels) - moves.swapaxes(1, 2)
    mu = solve_each(system, bar.reshape(draws, -1)).reshape(prob.shape)
    worth = prob * (mu - (prob * mu).sum(axis=2, keepdims=True))
    mixtures = [mixture(prepared, prob[:, j], j) for j in range(powers)]
    joined = (prob * game.joining).sum(axis=2)
    gain, dread = np.zeros((draws, powers)), np.zeros_like(prob)
    entrapment, complementarity = np.zeros(draws), np.zeros(draws)
    for i in range(powers):
        others = _without(prepared, mixtures, {i})
        save, risk = expected_outcomes(prepared, others, i)
        gain[:, i] = (worth[:, i] * save).sum(axis=1)
        dread[:, i] = -worth[:, i] * risk
        spread = ((prepared.war * others[1])[:, None] * prepared.phase[:, i]).sum(axis=2).real
        entrapment -= (worth[:, i] * game.dread[:, i] * spread).sum(axis=1)
        pull = (worth[:, i] * game.joining[:, i]).sum(axis=1)
        complementarity += pull * company(game, joined, i)
    return Gradient(
        worth=worth,
        dread=dread,
        gain=gain,
        entrapment=entrapment,
        complementarity=complementarity,
    )


def solve_each(
    systems: Float[np.ndarray, "draw n n"], given: Float[np.ndarray, "draw n"]
) -> Float[np.ndarray, "draw n"]:
    """Return the solutions of linear systems.

    Parameters
    ----------
    systems
        Square matrices [any unit].
    given
        Right-hand sides [any unit].

    Returns
    -------
    numpy.ndarray
        Solutions; not a number where a matrix is singular, which troubles no other draw [1].

    Notes
    -----
    Source: elimination with pivoting.
    """
    try:
        return np.linalg.solve(systems, given[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        if len(systems) == 1:
            return np.full_like(given, np.nan)
    each = [slice(n, n + 1) for n in range(len(systems))]
    return np.concatenate([solve_each(systems[n], given[n]) for n in each])

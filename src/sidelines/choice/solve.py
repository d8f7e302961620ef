"""The belief fixed point: everybody's choice probabilities, each a reply to the others'.

Private logit shocks make every act possible, so the Bayesian Nash equilibrium is a fixed point in
probabilities, the agent quantal response equilibrium (McKelvey and Palfrey 1995, 1998; Seim 2006).
This numpy twin is the definition; `sidelines.choice.kernel` runs the same steps in C.
"""

from dataclasses import dataclass

import numpy as np

from sidelines.choice.expectations import (
    Dual,
    Prepared,
    company,
    expected_outcomes,
    mixture,
    products_after,
    times,
)
from sidelines.terms.arrays import Float, Int

__all__ = ["Solution", "reply", "settle"]

# From which round on a reply is followed how far: the more it swings, the less.
_STEP_FROM = ((0, 1.0), (50, 0.3), (200, 0.1), (600, 0.02))


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Chances of levels (draw, power, level) [1], and how each draw got there.

    `residual` is the largest change that the last round of replies made [1]; `steps` counts rounds.
    """

    prob: Float[np.ndarray, "draw power level"]
    residual: Float[np.ndarray, " draw"]
    steps: Int[np.ndarray, " draw"]


def _answer(prepared: Prepared, others: Dual, joined: np.ndarray, i: int) -> np.ndarray:
    """Return power i's logit reply, (draw, level)."""
    game = prepared.game
    save, risk = expected_outcomes(prepared, others, i)
    pull = game.complementarity * company(game, joined, i)
    utility = (
        prepared.worth[:, i]
        + game.gain[:, i, None] * save
        - game.dread[:, i] * risk
        + pull[:, None] * game.joining[:, i]
    )
    weight = np.exp(utility - utility.max(axis=1, keepdims=True))
    return weight / weight.sum(axis=1, keepdims=True)


def _round(prepared: Prepared, prob: np.ndarray, *, step: float, in_turn: bool) -> np.ndarray:
    """Return mixtures moved towards the replies: to the others as they were, or as they stand."""
    powers = range(prob.shape[1])
    new = prob.copy()
    mixtures = [mixture(prepared, prob[:, i], i) for i in powers]
    joined = (prob * prepared.game.joining).sum(axis=2)
    after = products_after(prepared, mixtures)
    before = after[-1]
    for i in powers:
        answer = _answer(prepared, times(before, after[i + 1]), joined, i)
        new[:, i] += step * (answer - new[:, i])
        if in_turn:
            mixtures[i] = mixture(prepared, new[:, i], i)
            joined[:, i] = (new[:, i] * prepared.game.joining[:, i]).sum(axis=1)
        before = times(before, mixtures[i])
    return new


def reply(
    prepared: Prepared, prob: Float[np.ndarray, "draw power level"]
) -> Float[np.ndarray, "draw power level"]:
    """Return everybody's logit reply to the others' choice probabilities.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    prob
        Chances of levels, of all powers [1].

    Returns
    -------
    numpy.ndarray
        Replies; each sums to one over levels [1].

    Notes
    -----
    Source: Bajari, Hong, Krainer and Nekipelov (2010), J. Bus. Econ. Stat. 28(4), for the belief
    fixed point; expectations by characteristic functions (see `sidelines.choice.fourier`).
    """
    return _round(prepared, prob, step=1.0, in_turn=False)


def settle(
    prepared: Prepared,
    start: Float[np.ndarray, "draw power level"],
    *,
    tolerance: float = 1e-10,
    max_steps: int = 3000,
) -> Solution:
    """Return the fixed point reached from a start by replying in turn, again and again.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    start
        Chances of levels to start from [1].
    tolerance
        Largest change in a round that counts as none [1].
    max_steps
        Rounds after which the search stops; `residual` then tells how far it is off [1].

    Returns
    -------
    Solution
        Probabilities, residuals and rounds; a draw that has settled is left alone [1].

    Notes
    -----
    Source: Gauss-Seidel successive approximation, undamped for 50 rounds, then by steps of 0.3,
    after 200 of 0.1, after 600 of 0.02; converges undamped where the certificate of
    `sidelines.choice.certificate` holds (Stein-Rosenberg).
    """
    prob = start.copy()
    residual = np.full(len(start), np.inf)
    steps = np.full(len(start), max_steps)
    for number in range(1, max_steps + 1):
        step = next(step for past, step in reversed(_STEP_FROM) if number > past)
        moving = residual >= tolerance
        new = _round(prepared, prob, step=step, in_turn=True)
        change = np.abs(new - prob).max(axis=(1, 2), initial=0.0) / step
        residual = np.where(moving, change, residual)
        prob = np.where(moving[:, None, None], new, prob)
        steps[moving & (residual < tolerance)] = number
        if (residual < tolerance).all():
            break
    return Solution(prob=prob, residual=residual, steps=steps)

"""Newton's method on the belief fixed point, for the few games where replying only circles."""

import numpy as np

from sidelines.choice.adjoint import jacobian, solve_each
from sidelines.choice.expectations import Prepared
from sidelines.choice.solve import Solution, reply
from sidelines.terms.arrays import Float

__all__ = ["polish"]

_ROUNDS = 40
_HALVINGS = 8


def polish(
    prepared: Prepared,
    start: Float[np.ndarray, "draw power level"],
    *,
    tolerance: float = 1e-10,
) -> Solution:
    """Return the fixed point that Newton's method reaches from a start.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    start
        Chances of levels to start from [1].
    tolerance
        Largest difference of a mixture from the reply to it that counts as none [1].

    Returns
    -------
    Solution
        Probabilities, residuals and rounds; a draw in which no step helps is left where it is [1].

    Notes
    -----
    Source: Newton-Raphson on `p - reply(p)`, with steps halved until the residual falls.
    """
    prob, size = start.copy(), start.shape[1] * start.shape[2]
    gap = reply(prepared, prob) - prob
    residual = _largest(gap)
    steps = np.zeros(len(start), dtype=int)
    for _ in range(_ROUNDS):
        if (residual < tolerance).all():
            break
        moves = jacobian(prepared, prob).reshape(-1, size, size)
        step = solve_each(np.eye(size) - moves, gap.reshape(-1, size)).reshape(prob.shape)
        moving = residual >= tolerance  # what has settled is left alone, whoever else has not
        steps += moving
        for halving in range(_HALVINGS):
            trial = np.maximum(prob + step / 2**halving, 0.0)
            trial /= trial.sum(axis=2, keepdims=True)
            answer = reply(prepared, trial)
            left = _largest(answer - trial)
            better = moving & (left < residual)
            prob[better], gap[better] = trial[better], (answer - trial)[better]
            residual = np.where(better, left, residual)
            step[better] = 0.0  # these have taken theirs
    return Solution(prob=prob, residual=residual, steps=steps)


def _largest(gap: np.ndarray) -> np.ndarray:
    return np.abs(gap).max(axis=(1, 2), initial=0.0)

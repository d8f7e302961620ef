"""Log-probability of a symmetric shock, and its derivatives, exact far into both tails."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sidelines.history.extra import scipy_part
from sidelines.terms.arrays import Float

__all__ = ["Link", "LogProb", "logit", "probit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProb:
    """`log F(x)` with its first and second derivative, all shaped like `x`.

    With h the first and h' the second, F itself has derivatives F h and F (h^2 + h').
    """

    value: Float[np.ndarray, "*shape"]
    first: Float[np.ndarray, "*shape"]
    second: Float[np.ndarray, "*shape"]


Link = Callable[[np.ndarray], LogProb]


def probit(x: Float[np.ndarray, "*shape"]) -> LogProb:
    """Return log Phi(x) and its derivatives: h = phi/Phi and -h (x + h).

    `h` comes from the scaled complementary error function, so it neither overflows nor cancels;
    the second derivative lies between -1 and 0 and is kept there where rounding would leave it.

    >>> probit(np.array([-40.0, 0.0])).first.round(4)
    array([40.025 ,  0.7979])
    """
    special = scipy_part("special")
    first = np.sqrt(2.0 / np.pi) / special.erfcx(-x / np.sqrt(2.0))
    second = np.clip(-first * (x + first), -1.0, 0.0)
    return LogProb(value=special.log_ndtr(x), first=first, second=second)


def logit(x: Float[np.ndarray, "*shape"]) -> LogProb:
    """Return log L(x) and its derivatives: 1 - L and -L (1 - L), L the logistic function.

    >>> logit(np.array([-800.0, 0.0])).value.round(4)
    array([-8.000e+02, -6.931e-01])
    """
    value = -np.logaddexp(0.0, -x)
    first = np.exp(-np.logaddexp(0.0, x))
    return LogProb(value=value, first=first, second=-first * np.exp(value))

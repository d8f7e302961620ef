"""How heavy is the tail of importance weights, and what can be made of it."""

import math
from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["Smoothed", "fit_pareto", "smooth_tail", "trusted_shape"]

_FEWEST_IN_TAIL = 5
_GRID = 30
_PRIOR_SHAPE, _PRIOR_ROWS = 0.5, 10
_SHAPE_CAP = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoothed:
    """Normalised log-weights with a smoothed tail, and the tail's shape (k-hat).

    The shape is infinite where there are too few draws to tell, minus infinite where all weights
    are equal.
    """

    log_weights: Float[np.ndarray, " draw"]
    shape: float


def fit_pareto(exceedances: Float[np.ndarray, " draw"]) -> tuple[float, float]:
    """Return shape and scale of the generalised Pareto distribution of values above zero.

    The quasi-Bayesian estimator of Zhang and Stephens (2009): b = -shape/scale averaged over a
    grid by its profile likelihood; the shape then drawn to 0.5 with the weight of ten values
    (Vehtari, Simpson, Gelman, Yao and Gabry 2024). At shape k, moments up to 1/k exist.

    >>> chance = (np.arange(2000) + 0.5) / 2000
    >>> shape, scale = fit_pareto(3.0 * ((1.0 - chance) ** -0.4 - 1.0) / 0.4)
    >>> round(shape, 2), round(scale, 1)
    (0.4, 3.0)
    """
    x = np.sort(exceedances)
    count, points = len(x), _GRID + int(np.sqrt(len(x)))
    quartile = x[int(count / 4 + 0.5) - 1]
    grid = 1.0 - np.sqrt(points / (np.arange(points) + 0.5))
    b = 1.0 / x[-1] + grid / (3.0 * quartile)
    shapes = np.log1p(-b[:, None] * x).mean(axis=1)
    profile = count * (np.log(-b / shapes) - shapes - 1.0)
    weight = np.exp(profile - profile.max())
    mean_b = float(b @ weight / weight.sum())
    shape = float(np.log1p(-mean_b * x).mean())
    drawn = (count * shape + _PRIOR_ROWS * _PRIOR_SHAPE) / (count + _PRIOR_ROWS)
    return drawn, -shape / mean_b


def smooth_tail(log_ratios: Float[np.ndarray, " draw"]) -> Smoothed:
    """Return Pareto-smoothed weights (Vehtari et al. 2024, JMLR 25(72)) of independent draws.

    The largest weights, min(0.2 S, 3 sqrt(S)) of S, give way to the expected order statistics of
    the generalised Pareto distribution fitted to them, none above the largest raw weight.
    """
    log_weights = log_ratios - log_ratios.max()
    count = len(log_weights)
    tail = int(np.ceil(min(0.2 * count, 3.0 * np.sqrt(count))))
    if tail < _FEWEST_IN_TAIL:
        return Smoothed(log_weights=_normalised(log_weights), shape=np.inf)
    order = np.argsort(log_weights, kind="stable")
    cutoff = max(log_weights[order[-tail - 1]], np.log(np.finfo(float).tiny))
    above = order[-tail:][log_weights[order[-tail:]] > cutoff]
    if len(above) < _FEWEST_IN_TAIL:
        spread = log_weights.max() > log_weights.min()
        return Smoothed(log_weights=_normalised(log_weights), shape=np.inf if spread else -np.inf)
    shape, scale = fit_pareto(np.exp(log_weights[above]) - np.exp(cutoff))
    chance = (np.arange(len(above)) + 0.5) / len(above)
    excess = scale * np.expm1(-shape * np.log1p(-chance)) / shape
    log_weights[above] = np.minimum(np.log(np.exp(cutoff) + excess), 0.0)
    return Smoothed(log_weights=_normalised(log_weights), shape=shape)


def trusted_shape(draws: int) -> float:
    """Return the largest k-hat at which this many draws may be trusted (same source, eq. 13).

    >>> trusted_shape(100), trusted_shape(4000)
    (0.5, 0.7)
    """
    return min(1.0 - 1.0 / math.log10(draws), _SHAPE_CAP)


def _normalised(log_weights: np.ndarray) -> np.ndarray:
    top = log_weights.max()
    return log_weights - (top + np.log(np.exp(log_weights - top).sum()))

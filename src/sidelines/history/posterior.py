"""What the data leave open: draws from the posterior, and whether they may be trusted."""

import math
from dataclasses import dataclass

import numpy as np

from sidelines.history.belief import Space, log_prior, slopes_at
from sidelines.history.estimate import Fit, Likelihood
from sidelines.history.pareto import smooth_tail, trusted_shape
from sidelines.terms.arrays import Float
from sidelines.terms.errors import UsageError

__all__ = [
    "Learned",
    "Posterior",
    "draw_posterior",
    "laplace_log_evidence",
    "learned",
    "resample",
]

_QUANTILES = (0.1, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """Weighted draws from a posterior.

    - `free` (draw, slope): the draws on the free scale; `slopes` the same as slopes
    - `weight` (draw): sums to one
    - `shape`: k-hat, how heavy the tail of the weights is
    - `effective`: how many independent draws these are worth, 1 / sum(weight^2)
    - `log_evidence`: log of the marginal likelihood; NaN under a prior that is flat somewhere
    - `status`: "good", or why the draws are not to be trusted
    """

    space: Space
    free: Float[np.ndarray, "draw slope"]
    slopes: Float[np.ndarray, "draw slope"]
    weight: Float[np.ndarray, " draw"]
    shape: float
    effective: float
    log_evidence: float
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is known of one slope after the data.

    `low` and `high` hold the middle 80 %. `sd_ratio` is posterior sd over prior sd on the free
    scale: near one, the slope was assumed and not learned; zero under a flat prior. `sign_prob` is
    the probability of the likelier sign.
    """

    mean: float
    sd: float
    low: float
    high: float
    sd_ratio: float
    sign_prob: float


def draw_posterior(
    likelihood: Likelihood,
    fit: Fit,
    *,
    rng: np.random.Generator,
    draws: int = 2000,
    freedom: float = 5.0,
) -> Posterior:
    """Return draws from the posterior around a fit, by importance sampling.

    Proposals come from the multivariate t distribution with the fit's mode and covariance (the
    Laplace approximation with heavier tails); their weights are Pareto-smoothed. A k-hat above
    0.7, or above what so few draws can carry, means that the posterior is not near enough to that
    shape: the status says so.
    """
    if not np.isfinite(fit.covariance).all():
        raise UsageError(
            f"There is nothing to draw from: {fit.status}.", hint="Give every slope a prior."
        )
    lower = np.linalg.cholesky(fit.covariance)
    normal = rng.normal(size=(draws, len(fit.free)))
    steps = normal / np.sqrt(rng.chisquare(freedom, size=(draws, 1)) / freedom)
    free = fit.free + steps @ lower.T
    with np.errstate(over="ignore", invalid="ignore"):
        slopes = slopes_at(free, fit.space)
        reached = log_prior(free, fit.space)[0] + [likelihood.log_prob(one) for one in slopes]
    log_ratios = np.where(np.isfinite(reached), reached, -np.inf) - _log_t(steps, lower, freedom)
    smoothed = smooth_tail(log_ratios)
    weight = np.exp(smoothed.log_weights)
    proper = np.isfinite(fit.space.sd).all()
    top = log_ratios.max()
    return Posterior(
        space=fit.space,
        free=free,
        slopes=slopes,
        weight=weight,
        shape=smoothed.shape,
        effective=float(1.0 / (weight @ weight)),
        log_evidence=float(top + np.log(np.exp(log_ratios - top).mean())) if proper else np.nan,
        status=_status(smoothed.shape, draws),
    )


def _log_t(steps: np.ndarray, lower: np.ndarray, freedom: float) -> np.ndarray:
    """Return the log-density of the multivariate t distribution at standardised steps."""
    size = steps.shape[1]
    height = (
        math.lgamma((freedom + size) / 2.0)
        - math.lgamma(freedom / 2.0)
        - 0.5 * size * math.log(freedom * math.pi)
        - np.log(np.diag(lower)).sum()
    )
    return height - 0.5 * (freedom + size) * np.log1p((steps**2).sum(axis=1) / freedom)


def _status(shape: float, draws: int) -> str:
    most = trusted_shape(draws)
    if shape <= most:
        return "good"
    return f"not to be trusted: k-hat {shape:.2f} is above {most:.2f} for {draws:,} draws"


def laplace_log_evidence(fit: Fit) -> float:
    """Return the log marginal likelihood by Laplace's method (Tierney and Kadane 1986).

    NaN under a prior that is flat somewhere, and where there is no proper top.
    """
    if not np.isfinite(fit.space.sd).all():
        return math.nan
    log_volume = 0.5 * float(np.linalg.slogdet(2.0 * np.pi * fit.covariance)[1])
    return fit.log_likelihood + fit.log_prior + log_volume


def resample(
    posterior: Posterior, *, rng: np.random.Generator, draws: int
) -> Float[np.ndarray, "draw slope"]:
    """Return slopes drawn with equal weight: systematic resampling (Kitagawa 1996)."""
    at = (np.arange(draws) + rng.uniform()) / draws
    chosen = np.searchsorted(np.cumsum(posterior.weight), at)
    return posterior.slopes[rng.permutation(np.minimum(chosen, len(posterior.weight) - 1))]


def learned(posterior: Posterior) -> dict[str, Learned]:
    """Return what is known of each slope after the data, by name."""
    weight = posterior.weight
    mean, sd = _moments(posterior.slopes, weight)
    ratio = _moments(posterior.free, weight)[1] / posterior.space.sd
    above = np.minimum(weight @ (posterior.slopes > 0.0), 1.0)
    return {
        name: Learned(
            mean=float(mean[which]),
            sd=float(sd[which]),
            low=_quantile(posterior.slopes[:, which], weight, _QUANTILES[0]),
            high=_quantile(posterior.slopes[:, which], weight, _QUANTILES[1]),
            sd_ratio=float(ratio[which]),
            sign_prob=float(max(above[which], 1.0 - above[which])),
        )
        for which, name in enumerate(posterior.space.names)
    }


def _moments(values: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = weight @ values
    return mean, np.sqrt(weight @ (values - mean) ** 2)


def _quantile(values: np.ndarray, weight: np.ndarray, level: float) -> float:
    order = np.argsort(values)
    ranks = np.cumsum(weight[order]) - 0.5 * weight[order]
    return float(np.interp(level, ranks, values[order]))

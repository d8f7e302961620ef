"""Estimates of slopes: the most likely ones, or with a prior the most probable ones."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from sidelines.history.ascent import Hessian, Objective, Optimum, climb
from sidelines.history.belief import Belief, Space, free_at, log_prior, rate_at, slopes_at, space_of
from sidelines.terms.arrays import Float

__all__ = ["Fit", "Likelihood", "estimate", "log_posterior"]

_CONVERGED = 1e-8  # squared distance to the top in standard errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """A model of observed rows: whatever gives a log-likelihood and its gradient in named slopes.

    - `log_prob`: slopes to log-likelihood
    - `gradient`: slopes to log-likelihood and its gradient (slope)
    - `scores`: slopes to the gradient of every row (row, slope), for clusters
    - `hessian`: slopes to second derivatives (slope, slope); by differences where None
    """

    names: tuple[str, ...]
    rows: int
    log_prob: Callable[[np.ndarray], float]
    gradient: Objective
    scores: Callable[[np.ndarray], np.ndarray]
    hessian: Hessian | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Estimated slopes and how they were reached.

    `free` and its `covariance` are on the free scale of `space`, where signed slopes are
    logarithms. `clusters` counts the clusters behind the covariance; None means that it is the
    inverse curvature. `status` is "converged", or says what went wrong. `seconds` are of CPU time
    and no part of the answer.
    """

    space: Space
    free: Float[np.ndarray, " slope"]
    covariance: Float[np.ndarray, "slope slope"]
    log_likelihood: float
    log_prior: float
    gradient_norm: float
    rows: int
    evaluations: int
    status: str
    clusters: int | None = None
    seconds: float = field(compare=False)

    @property
    def slopes(self) -> dict[str, float]:
        """Estimates by name."""
        return dict(zip(self.space.names, slopes_at(self.free, self.space).tolist(), strict=True))

    @property
    def standard_errors(self) -> dict[str, float]:
        """Standard errors by name; those of signed slopes by the delta method."""
        errors = np.abs(rate_at(self.free, self.space)) * np.sqrt(np.diag(self.covariance))
        return dict(zip(self.space.names, errors.tolist(), strict=True))

    @property
    def converged(self) -> bool:
        """Whether the estimates may be read at all."""
        return self.status == "converged"


def estimate(
    likelihood: Likelihood,
    *,
    prior: Mapping[str, Belief] | None = None,
    start: Float[np.ndarray, " slope"] | None = None,
) -> Fit:
    """Return the slopes at the top of the likelihood, or of the posterior where a prior is given.

    The posterior is climbed on the free scale (see `Space`). The climb starts at `start`, given as
    slopes, else where the prior is centred.
    """
    began = time.process_time()
    space = space_of(likelihood.names, prior)
    first = space.mean if start is None else free_at(start, space)
    top = climb(
        log_posterior(likelihood, space), first, hessian=_posterior_hessian(likelihood, space)
    )
    held = float(log_prior(top.at, space)[0])
    return Fit(
        space=space,
        free=top.at,
        covariance=_covariance(top),
        log_likelihood=top.value - held,
        log_prior=held,
        gradient_norm=float(np.abs(top.gradient).max(initial=0.0)),
        rows=likelihood.rows,
        evaluations=top.evaluations,
        status=_status(top, space),
        seconds=time.process_time() - began,
    )


def log_posterior(likelihood: Likelihood, space: Space) -> Objective:
    """Return log-likelihood plus log-prior as a function on the free scale."""

    def posterior(free: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = likelihood.gradient(slopes_at(free, space))
        held, pull = log_prior(free, space)
        return value + float(held), gradient * rate_at(free, space) + pull

    return posterior


def _posterior_hessian(likelihood: Likelihood, space: Space) -> Hessian | None:
    inner = likelihood.hessian
    if inner is None:
        return None

    def hessian(free: np.ndarray) -> np.ndarray:
        slopes, rate = slopes_at(free, space), rate_at(free, space)
        bend = np.where(space.sign != 0, slopes, 0.0) * likelihood.gradient(slopes)[1]
        return inner(slopes) * np.outer(rate, rate) + np.diag(bend - space.sd**-2)

    return hessian


def _covariance(top: Optimum) -> np.ndarray:
    """Return the inverse curvature; unknown where there is no proper top."""
    if top.flat is not None:
        return np.full_like(top.curvature, np.nan)
    scale = np.sqrt(np.diag(top.curvature))
    inverse = np.linalg.inv(top.curvature / np.outer(scale, scale)) / np.outer(scale, scale)
    return 0.5 * (inverse + inverse.T)


def _status(top: Optimum, space: Space) -> str:
    if not np.isfinite(top.value):
        return "never begun: the likelihood is not finite at the start"
    if top.flat is not None:
        share = np.abs(top.flat) / np.abs(top.flat).max()
        along = [name for name, part in zip(space.names, share, strict=True) if part > 0.01]
        if top.rising:
            return f"no top: the likelihood jumps or bends up along {', '.join(along)}"
        return f"not identified: nothing pins down {', '.join(along)}"
    if top.decrement > _CONVERGED:
        return f"stopped early, {np.sqrt(top.decrement):.2g} standard errors from the top"
    return "converged"

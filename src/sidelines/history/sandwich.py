"""Standard errors that hold when the rows of one crisis, or of one power, go together."""

from dataclasses import replace

import numpy as np

from sidelines.history.belief import rate_at, slopes_at
from sidelines.history.estimate import Fit, Likelihood
from sidelines.terms.errors import UsageError

__all__ = ["clustered"]


def clustered(fit: Fit, likelihood: Likelihood, *, labels: np.ndarray) -> Fit:
    """Return the fit with a covariance that is robust to dependence inside clusters.

    The sandwich of Huber (1967) and White (1982) with scores summed by cluster (Liang and Zeger
    1986), times G/(G - 1). Scores are centred first: with a prior they do not sum to zero. With few
    clusters (below about 30) the errors come out too small.
    """
    found, cluster = np.unique(labels, return_inverse=True)
    if len(labels) != likelihood.rows or len(found) < 2:
        raise UsageError(
            f"{len(labels)} labels of {len(found)} clusters for {likelihood.rows} rows.",
            hint="Give one label per row, and at least two clusters.",
        )
    scores = likelihood.scores(slopes_at(fit.free, fit.space)) * rate_at(fit.free, fit.space)
    sums = np.zeros((len(found), scores.shape[1]))
    np.add.at(sums, cluster, scores)
    sums -= sums.mean(axis=0)
    half = sums @ fit.covariance
    count = len(found)
    return replace(fit, covariance=half.T @ half * (count / (count - 1.0)), clusters=count)

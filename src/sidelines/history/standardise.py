"""Covariates on one scale: what is unknown filled from the training rows and flagged."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Bool, Float

__all__ = ["Scaled", "standardise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled:
    """Covariates of all cases, scaled by the training rows, and flags of what is unknown.

    - `flags` has a column for each covariate that is unknown in some training row; `flagged` says
      which ones
    - `fill`, `mean`, `sd`: what an unknown one is taken for, and the scale
    """

    values: Float[np.ndarray, "case covariate"]
    flags: Float[np.ndarray, "case flag"]
    flagged: Bool[np.ndarray, " covariate"]
    fill: Float[np.ndarray, " covariate"]
    mean: Float[np.ndarray, " covariate"]
    sd: Float[np.ndarray, " covariate"]


def standardise(
    values: Float[np.ndarray, "case covariate"], *, train: Bool[np.ndarray, " case"]
) -> Scaled:
    """Return covariates less the training mean over the training sd; unknown ones at the median.

    A covariate that is unknown in every training row stays at zero, one that never varies is only
    centred.
    """
    learned = values[train]
    unknown = np.isnan(learned)
    never = unknown.all(axis=0)
    median = np.zeros(values.shape[1])
    median[~never] = np.nanmedian(learned[:, ~never], axis=0)
    filled = np.where(np.isnan(values), median, values)
    mean, sd = filled[train].mean(axis=0), filled[train].std(axis=0)
    sd = np.where(sd < 1e-8, 1.0, sd)
    flagged = unknown.any(axis=0)
    return Scaled(
        values=(filled - mean) / sd,
        flags=np.isnan(values[:, flagged]).astype(float),
        flagged=flagged,
        fill=median,
        mean=mean,
        sd=sd,
    )

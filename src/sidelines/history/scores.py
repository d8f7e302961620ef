"""Scores of forecasts: how far the chances lay from what happened."""

from dataclasses import dataclass

import numpy as np

from sidelines.history.extra import sklearn_part
from sidelines.terms.arrays import Bool, Float, Int
from sidelines.terms.errors import UsageError

__all__ = [
    "CLIP",
    "Bin",
    "Scores",
    "briers",
    "calibration",
    "calibration_bins",
    "log_losses",
    "log_odds",
    "monotone",
    "ranked_scores",
    "reached",
    "score",
]

CLIP = 1e-4  # no chance is scored as nearer to 0 or 1: one miss would outweigh all the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Scores of one threshold over some cases. Ranks and slopes are NaN where undefined."""

    n: int
    positives: int
    log_loss: float
    brier: float
    roc_auc: float
    pr_auc: float
    slope: float
    intercept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Cases of like chances: their number, mean chance and the share that happened."""

    n: int
    forecast: float
    observed: float


def log_odds(prob: np.ndarray) -> np.ndarray:
    """Return ln(p / (1 - p)) of chances, none nearer to 0 or 1 than `CLIP`."""
    held = np.clip(prob, CLIP, 1.0 - CLIP)
    return np.log(held / (1.0 - held))


def monotone(prob: Float[np.ndarray, "case threshold"]) -> Float[np.ndarray, "case threshold"]:
    """Return chances of which none exceeds the one of the threshold below.

    >>> monotone(np.array([[0.4, 0.5, 0.1]]))
    array([[0.4, 0.4, 0.1]])
    """
    return np.minimum.accumulate(prob, axis=1)


def reached(
    ladder: Int[np.ndarray, " case"], *, thresholds: int
) -> Bool[np.ndarray, "case threshold"]:
    """Return whether each case reached step 1, 2, ... of its ladder."""
    return ladder[:, None] >= np.arange(1, thresholds + 1)


def log_losses(happened: np.ndarray, prob: np.ndarray) -> np.ndarray:
    """Return the log loss of every forecast [nat]."""
    held = np.clip(prob, CLIP, 1.0 - CLIP)
    return -np.log(np.where(happened, held, 1.0 - held))


def briers(happened: np.ndarray, prob: np.ndarray) -> np.ndarray:
    """Return the squared distance of every forecast from what happened."""
    return (prob - happened) ** 2


def ranked_scores(
    ladder: Int[np.ndarray, " case"], prob: Float[np.ndarray, "case threshold"]
) -> Float[np.ndarray, " case"]:
    """Return the ranked probability score of every case: the mean Brier score over thresholds.

    Chances are made monotone first. Source: Epstein (1969), J. Appl. Meteorol. 8, divided by the
    number of thresholds.
    """
    held = monotone(prob)
    return briers(reached(ladder, thresholds=prob.shape[1]), held).mean(axis=1)


def calibration(
    happened: Bool[np.ndarray, " case"], prob: Float[np.ndarray, " case"]
) -> tuple[float, float]:
    """Return slope and intercept of what happened on the forecast log-odds.

    A slope above 1 says that forecasts were too timid, below 1 too bold. Source: Cox (1958),
    Biometrika 45, 562. NaN where the outcome or the forecast never varies.
    """
    odds = log_odds(prob)
    if happened.all() or not happened.any() or np.ptp(odds) == 0.0:
        return np.nan, np.nan
    design = np.stack([np.ones_like(odds), odds], axis=1)
    line = np.zeros(2)
    for _ in range(50):
        mean = 1.0 / (1.0 + np.exp(-np.clip(design @ line, -30.0, 30.0)))
        weight = mean * (1.0 - mean) + 1e-9
        curvature = (design.T * weight) @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(curvature, design.T @ (happened - mean))
        line += step / max(1.0, np.abs(step).max())
        if np.abs(step).max() < 1e-9:
            break
    return float(line[1]), float(line[0])


def calibration_bins(
    happened: Bool[np.ndarray, " case"], prob: Float[np.ndarray, " case"], *, bins: int
) -> tuple[Bin, ...]:
    """Return bins of equally many cases, from the smallest chances to the largest."""
    order = np.argsort(prob, kind="stable")
    return tuple(
        Bin(n=len(part), forecast=float(prob[part].mean()), observed=float(happened[part].mean()))
        for part in np.array_split(order, bins)
        if len(part)
    )


def score(happened: Bool[np.ndarray, " case"], prob: Float[np.ndarray, " case"]) -> Scores:
    """Return all scores of one threshold."""
    if not len(prob) or not np.isfinite(prob).all():
        raise UsageError(
            f"{np.count_nonzero(~np.isfinite(prob))} of {len(prob)} forecasts are no number.",
            hint="Score only cases that stand in a test block.",
        )
    metrics = sklearn_part("metrics")
    varies = bool(happened.any()) and not bool(happened.all())
    slope, intercept = calibration(happened, prob)
    return Scores(
        n=len(prob),
        positives=int(happened.sum()),
        log_loss=float(log_losses(happened, prob).mean()),
        brier=float(briers(happened, prob).mean()),
        roc_auc=float(metrics.roc_auc_score(happened, prob)) if varies else np.nan,
        pr_auc=float(metrics.average_precision_score(happened, prob)) if varies else np.nan,
        slope=slope,
        intercept=intercept,
    )

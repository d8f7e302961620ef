"""A logit whose slopes are held to zero by a normal prior: Newton's way to the top."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Float, Int

__all__ = ["PriorDesign", "Slopes", "log_odds_at", "logistic", "penalised_logit", "rows_of"]

_LONGEST_STEP, _ENOUGH, _STEPS = 3.0, 1e-7, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorDesign:
    """A design with the prior sd of each of its slopes, and one effect of many groups.

    `group` numbers each case's group below `groups`; a case of no group carries `groups` itself.
    Such an effect could be written as one column a group; apart, it costs next to nothing.
    """

    matrix: Float[np.ndarray, "case slope"]
    prior_sd: Float[np.ndarray, " slope"]
    group: Int[np.ndarray, " case"]
    groups: int = 0
    group_sd: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slopes:
    """Slopes of a design and the effects of its groups."""

    slope: Float[np.ndarray, " slope"]
    effect: Float[np.ndarray, " group"]


def logistic(odds: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-odds)), without overflow.

    >>> logistic(np.array([0.0, 900.0]))
    array([0.5, 1. ])
    """
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))


def rows_of(design: PriorDesign, which: np.ndarray) -> PriorDesign:
    """Return a design at some of its cases."""
    return PriorDesign(
        matrix=design.matrix[which],
        prior_sd=design.prior_sd,
        group=design.group[which],
        groups=design.groups,
        group_sd=design.group_sd,
    )


def log_odds_at(design: PriorDesign, slopes: Slopes) -> Float[np.ndarray, " case"]:
    """Return the log-odds of every case."""
    return design.matrix @ slopes.slope + np.append(slopes.effect, 0.0)[design.group]


def penalised_logit(
    design: PriorDesign,
    happened: np.ndarray,
    *,
    weight: Float[np.ndarray, " case"] | None = None,
    offset: Float[np.ndarray, " case"] | None = None,
) -> Slopes:
    """Return the most probable slopes of a logit under independent normal priors at zero.

    `weight` says how much each case counts, `offset` its log-odds at zero slopes. The posterior is
    concave, so there is one top; steps are held to 3 on the log-odds scale. Source: le Cessie and
    van Houwelingen (1992), Applied Statistics 41, 191; group effects are eliminated first, after
    Bates et al. (2015), Journal of Statistical Software 67(1), section 3.
    """
    counts = np.ones(len(happened)) if weight is None else weight
    begin = np.zeros(len(happened)) if offset is None else offset
    held, group_held = design.prior_sd**-2.0, design.group_sd**-2.0
    slopes = Slopes(slope=np.zeros(len(held)), effect=np.zeros(design.groups))
    order = np.argsort(design.group, kind="stable")
    for _ in range(_STEPS):
        mean = logistic(begin + log_odds_at(design, slopes))
        off, bend = counts * (happened - mean), counts * mean * (1.0 - mean)
        pull = design.matrix.T @ off - held * slopes.slope
        root = np.sqrt(bend)[:, None] * design.matrix
        curve = root.T @ root + np.diag(held + 1e-9)
        of_group = _sums(off, design, order) - group_held * slopes.effect
        group_curve = _sums(bend, design, order) + group_held
        across = _sums(bend[:, None] * design.matrix, design, order)
        shrunk = across / group_curve[:, None]
        step = np.linalg.solve(curve - across.T @ shrunk, pull - shrunk.T @ of_group)
        effect = (of_group - across @ step) / group_curve
        longest = max(np.abs(step).max(initial=0.0), np.abs(effect).max(initial=0.0))
        share = min(1.0, _LONGEST_STEP / max(longest, 1e-12))
        slopes = Slopes(slope=slopes.slope + share * step, effect=slopes.effect + share * effect)
        if longest < _ENOUGH:
            break
    return slopes


def _sums(values: np.ndarray, design: PriorDesign, order: np.ndarray) -> np.ndarray:
    """Return the sum of some values over the cases of each group."""
    sums = np.zeros((design.groups + 1, *values.shape[1:]))
    if design.groups:
        found, first = np.unique(design.group[order], return_index=True)
        sums[found] = np.add.reduceat(values[order], first, axis=0)
    return sums[:-1]

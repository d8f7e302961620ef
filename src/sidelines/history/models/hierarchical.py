"""A logit a threshold with shrunk slopes and effects of power, pair, region and time."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.assess.forecast import Grouping, Logits
from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import Effect, case_weight
from sidelines.history.models.linear import build_score, learned
from sidelines.history.penalised import penalised_logit, rows_of
from sidelines.history.scores import reached
from sidelines.terms.arrays import Bool

__all__ = ["Hierarchical", "fit_hierarchical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchical:
    """Settings: covariates, the prior sd of their slopes, further effects, and forgetting."""

    thresholds: int
    covariates: tuple[str, ...]
    slope_sd: float
    effects: tuple[Effect, ...]
    groupings: Mapping[str, Grouping]
    flags: bool = True
    half_life_years: float | None = None


def fit_hierarchical(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    origin: int,
    settings: Hierarchical,
) -> Logits:
    """Return one logit a threshold at the most probable slopes.

    Source: Gelman and Hill (2007), Data Analysis Using Regression and Multilevel Models, ch. 14.
    """
    score = build_score(
        cases,
        settings.covariates,
        settings.effects,
        groupings=settings.groupings,
        slope_sd=settings.slope_sd,
        flags=settings.flags,
        train=train,
        origin=origin,
    )
    weight = case_weight(
        column(cases, "crisis_year"), origin=origin, half_life_years=settings.half_life_years
    )
    happened = reached(column(cases, "ladder"), thresholds=settings.thresholds)
    rows = rows_of(score.design, train)
    return Logits(
        steps=tuple(
            learned(score, penalised_logit(rows, step, weight=weight[train]))
            for step in happened[train].T
        )
    )

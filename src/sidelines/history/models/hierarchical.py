"""A logit a threshold with shrunk slopes and effects of power, pair, region and time."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import Effect, Grouping, build_prior_design, case_weight
from sidelines.history.penalised import log_odds_at, logistic, penalised_logit, rows_of
from sidelines.history.scores import reached
from sidelines.terms.arrays import Bool, Float

__all__ = ["Hierarchical", "hierarchical"]


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


def hierarchical(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,
    settings: Hierarchical,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances under the most probable slopes.

    Source: Gelman and Hill (2007), Data Analysis Using Regression and Multilevel Models, ch. 14.
    """
    design = build_prior_design(
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
    learned, asked = rows_of(design, train), rows_of(design, test)
    answers = []
    for step in happened[train].T:
        slopes = penalised_logit(learned, step, weight=weight[train])
        answers.append(logistic(log_odds_at(asked, slopes)))
    return np.stack(answers, axis=1)

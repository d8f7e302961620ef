"""Does the power act in this crisis, and if so for this side? The product of two logits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import (
    Effect,
    Grouping,
    build_prior_design,
    case_weight,
)
from sidelines.history.penalised import (
    PriorDesign,
    log_odds_at,
    logistic,
    penalised_logit,
    rows_of,
)
from sidelines.history.scores import reached
from sidelines.terms.arrays import Bool, Float

__all__ = ["Stage", "TwoStage", "two_stage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Settings of one stage: covariates, the prior sd of their slopes, and further effects."""

    covariates: tuple[str, ...]
    slope_sd: float
    effects: tuple[Effect, ...] = ()
    flags: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoStage:
    """Settings of both stages.

    - `index`: prefix of columns, one a threshold in the order of `index_steps`, that enter the act
      stage with a slope not below zero, prior sd `index_sd`: a structural model's log-odds
    - `favour_from`: who favours whom is learned where the power went at least so far, per threshold
    """

    thresholds: int
    act: Stage
    favour: Stage
    favour_from: tuple[int, ...]
    groupings: Mapping[str, Grouping]
    half_life_years: float | None = None
    index: tuple[str, ...] = ()
    index_sd: float = 1.0


def two_stage(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,
    settings: TwoStage,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chance of acting so far at all times the chance of favouring this side."""
    act = _design(cases, settings.act, settings, train=train, origin=origin)
    favour = _design(cases, settings.favour, settings, train=train, origin=origin)
    acted = column(cases, "activity")
    favoured = column(cases, "favourable") == 1
    happened = reached(acted, thresholds=settings.thresholds)
    weight = case_weight(
        column(cases, "crisis_year"), origin=origin, half_life_years=settings.half_life_years
    )
    answers = []
    for number, step in enumerate(happened.T):
        chance = _fitted(
            _with_index(cases, act, settings, number=number, train=train),
            step,
            weight=weight,
            train=train,
            test=test,
            positive=bool(settings.index),
        )
        active = train & (acted >= settings.favour_from[number])
        side = _fitted(favour, favoured, weight=weight, train=active, test=test)
        answers.append(chance * side)
    return np.stack(answers, axis=1)


def _design(
    cases: Columns, stage: Stage, settings: TwoStage, *, train: np.ndarray, origin: int
) -> PriorDesign:
    return build_prior_design(
        cases,
        stage.covariates,
        stage.effects,
        groupings=settings.groupings,
        slope_sd=stage.slope_sd,
        flags=stage.flags,
        train=train,
        origin=origin,
    )


def _with_index(
    cases: Columns, design: PriorDesign, settings: TwoStage, *, number: int, train: np.ndarray
) -> PriorDesign:
    """Return the design with the structural index of a threshold as its last column, if any."""
    if not settings.index:
        return design
    raw = column(cases, settings.index[number]).astype(float)
    known = ~np.isnan(raw)
    level = raw[train & known].mean() if (train & known).any() else 0.0
    index = np.where(known, raw - level, 0.0)
    return replace(
        design,
        matrix=np.concatenate([design.matrix, index[:, None]], axis=1),
        prior_sd=np.append(design.prior_sd, settings.index_sd),
    )


def _fitted(
    design: PriorDesign,
    happened: np.ndarray,
    *,
    weight: np.ndarray,
    train: np.ndarray,
    test: np.ndarray,
    positive: bool = False,
) -> Float[np.ndarray, " answer"]:
    """Return the chances of the test rows; a last slope below zero is taken out if `positive`."""
    slopes = penalised_logit(rows_of(design, train), happened[train], weight=weight[train])
    if positive and slopes.slope[-1] < 0.0:
        design = replace(design, matrix=design.matrix[:, :-1], prior_sd=design.prior_sd[:-1])
        slopes = penalised_logit(rows_of(design, train), happened[train], weight=weight[train])
    return logistic(log_odds_at(rows_of(design, test), slopes))

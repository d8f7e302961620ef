"""Does the power act in this crisis, and if so for this side? The product of two logits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sidelines.assess.forecast import Grouping, Linear, Term, TwoStages
from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import Effect, case_weight
from sidelines.history.models.linear import Score, build_score, learned
from sidelines.history.penalised import penalised_logit, rows_of
from sidelines.history.scores import reached
from sidelines.terms.arrays import Bool, Float

__all__ = ["Stage", "TwoStage", "fit_two_stage"]


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

    - `index`: columns, one a threshold, that enter the act stage with a slope not below zero, prior
      sd `index_sd`: a structural model's log-odds
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


def fit_two_stage(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    origin: int,
    settings: TwoStage,
) -> TwoStages:
    """Return the logits of acting so far at all, and those of favouring this side."""
    act, favour = (
        build_score(
            cases,
            stage.covariates,
            stage.effects,
            groupings=settings.groupings,
            slope_sd=stage.slope_sd,
            flags=stage.flags,
            train=train,
            origin=origin,
        )
        for stage in (settings.act, settings.favour)
    )
    weight = case_weight(
        column(cases, "crisis_year"), origin=origin, half_life_years=settings.half_life_years
    )
    acted, favoured = column(cases, "activity"), column(cases, "favourable") == 1
    happened = reached(acted, thresholds=settings.thresholds)
    acting, favouring = [], []
    for number in range(settings.thresholds):
        went = happened[:, number]
        if settings.index:
            index = column(cases, settings.index[number])
            name = settings.index[number]
            acting.append(
                _with_index(
                    act, went, index, weight=weight, train=train, name=name, sd=settings.index_sd
                )
            )
        else:
            acting.append(_fitted(act, went, weight=weight, rows=train))
        active = train & (acted >= settings.favour_from[number])
        favouring.append(_fitted(favour, favoured, weight=weight, rows=active))
    return TwoStages(act=tuple(acting), favour=tuple(favouring))


def _fitted(score: Score, happened: np.ndarray, *, weight: np.ndarray, rows: np.ndarray) -> Linear:
    slopes = penalised_logit(rows_of(score.design, rows), happened[rows], weight=weight[rows])
    return learned(score, slopes)


def _with_index(
    score: Score,
    happened: np.ndarray,
    index: Float[np.ndarray, " case"],
    *,
    weight: np.ndarray,
    train: np.ndarray,
    name: str,
    sd: float,
) -> Linear:
    """Return the logit with an index; without it where its slope would be below zero."""
    known = ~np.isnan(index)
    level = float(index[train & known].mean()) if (train & known).any() else 0.0
    centred = np.where(known, index - level, 0.0)
    wider = replace(
        score.design,
        matrix=np.concatenate([score.design.matrix, centred[:, None]], axis=1),
        prior_sd=np.append(score.design.prior_sd, sd),
    )
    slopes = penalised_logit(rows_of(wider, train), happened[train], weight=weight[train])
    if slopes.slope[-1] < 0.0:
        return _fitted(score, happened, weight=weight, rows=train)
    rest = learned(score, replace(slopes, slope=slopes.slope[:-1]))
    term = Term(name=name, fill=level, mean=level, sd=1.0, slope=float(slopes.slope[-1]))
    return replace(rest, terms=(*rest.terms, term))

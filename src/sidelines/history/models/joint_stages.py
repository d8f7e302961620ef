"""Two stages as in `two_stage`, all steps of the ladder learned at once with slopes in common."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sidelines.assess.forecast import Effect as LearnedEffect
from sidelines.assess.forecast import Grouping, Linear, TwoStages
from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import case_weight
from sidelines.history.models.linear import build_score, learned
from sidelines.history.models.two_stage import Stage
from sidelines.history.penalised import penalised_logit, rows_of
from sidelines.terms.arrays import Bool

__all__ = ["JointStages", "fit_joint_stages"]

_STEP = "step"


@dataclass(frozen=True, slots=True, kw_only=True)
class JointStages:
    """Settings of both stages; their effects may go by `step` (1 any, 2 material, 3 forces).

    A case is asked once a step whether it went so far, and counts for `case_share` each time.
    """

    thresholds: int
    act: Stage
    favour: Stage
    favour_from: tuple[int, ...]
    groupings: Mapping[str, Grouping]
    case_share: float = 1.0
    half_life_years: float | None = None


def fit_joint_stages(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    origin: int,
    settings: JointStages,
) -> TwoStages:
    """Return the logits of acting so far at all, and those of favouring this side.

    Source: McCullagh (1980), J. Roy. Statist. Soc. B 42, 109, for slopes that steps have in common;
    here each step may deviate, and steps are told apart as if they were cases.
    """
    steps = range(1, settings.thresholds + 1)
    tall = {name: np.tile(values, settings.thresholds) for name, values in cases.items()}
    tall[_STEP] = np.repeat(np.array(steps), len(train))
    weight = settings.case_share * case_weight(
        column(tall, "crisis_year"), origin=origin, half_life_years=settings.half_life_years
    )
    acted, step = tall["activity"], tall[_STEP]
    learn = np.tile(train, settings.thresholds)
    active = learn & (acted >= np.array(settings.favour_from)[step - 1])
    act, favour = (
        _fitted(tall, stage, happened, settings, rows=rows, weight=weight, origin=origin)
        for stage, happened, rows in (
            (settings.act, acted >= step, learn),
            (settings.favour, tall["favourable"] == 1, active),
        )
    )
    return TwoStages(
        act=tuple(_at_step(act, each) for each in steps),
        favour=tuple(_at_step(favour, each) for each in steps),
    )


def _fitted(
    cases: Columns,
    stage: Stage,
    happened: np.ndarray,
    settings: JointStages,
    *,
    rows: np.ndarray,
    weight: np.ndarray,
    origin: int,
) -> Linear:
    score = build_score(
        cases,
        stage.covariates,
        stage.effects,
        groupings=settings.groupings,
        slope_sd=stage.slope_sd,
        flags=stage.flags,
        train=rows,
        origin=origin,
    )
    slopes = penalised_logit(rows_of(score.design, rows), happened[rows], weight=weight[rows])
    return learned(score, slopes)


def _at_step(linear: Linear, step: int) -> Linear:
    """Return a score of one step: of effects by step, those of this one."""
    constant, effects = linear.constant, []
    slopes = {term.name: term.slope for term in linear.terms}
    for effect in linear.effects:
        kept = _of_step(effect, step)
        if kept.by:
            effects.append(kept)
        elif kept.moves is None:
            constant += sum(kept.values)
        else:
            slopes[kept.moves] += sum(kept.values)
    terms = tuple(replace(term, slope=slopes[term.name]) for term in linear.terms)
    return Linear(constant=constant, terms=terms, effects=tuple(effects))


def _of_step(effect: LearnedEffect, step: int) -> LearnedEffect:
    """Return the part of an effect that is of one step, or the effect if it goes by no step."""
    places = [place for place, grouping in enumerate(effect.by) if grouping.of != _STEP]
    if len(places) == len(effect.by):
        return effect
    at = next(place for place, grouping in enumerate(effect.by) if grouping.of == _STEP)
    mine = [
        (group, value)
        for group, value in zip(effect.groups, effect.values, strict=True)
        if group[at] == step
    ]
    return replace(
        effect,
        by=tuple(effect.by[place] for place in places),
        groups=tuple(tuple(group[place] for place in places) for group, _ in mine),
        values=tuple(value for _, value in mine),
    )

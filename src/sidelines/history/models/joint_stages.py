"""Two stages as in `two_stage`, all steps of the ladder learned at once with slopes in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import Grouping, build_prior_design, case_weight
from sidelines.history.models.two_stage import Stage
from sidelines.history.penalised import log_odds_at, logistic, penalised_logit, rows_of
from sidelines.terms.arrays import Bool, Float

__all__ = ["JointStages", "joint_stages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JointStages:
    """Settings of both stages; their effects may go by `step` (1 any, 2 material, 3 forces).

    - `way`: "sequential" asks of those who went to a step whether they went on to the next, which
      splits the likelihood exactly; "cumulative" asks for each step whether it was reached, which
      counts a case once a step, so `case_share` says how much of a case each counts for
    """

    thresholds: int
    act: Stage
    favour: Stage
    way: Literal["sequential", "cumulative"]
    groupings: Mapping[str, Grouping]
    case_share: float = 1.0
    half_life_years: float | None = None


def joint_stages(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,
    settings: JointStages,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chance of acting so far at all times the chance of favouring this side.

    Source: Tutz (1991), Computational Statistics and Data Analysis 11, 275, on sequential logits.
    """
    steps = settings.thresholds
    weight = case_weight(
        column(cases, "crisis_year"), origin=origin, half_life_years=settings.half_life_years
    )
    tall = {name: np.tile(values, steps) for name, values in cases.items()}
    step = np.repeat(np.arange(1, steps + 1), len(train))
    tall["step"] = step
    acted, favoured = tall["activity"], tall["favourable"] == 1
    learn = np.tile(train, steps)
    ask = np.tile(test, steps)
    sequential = settings.way == "sequential"
    at_stake = learn & (acted >= step - 1) if sequential else learn
    chance = _fitted(
        tall,
        settings.act,
        acted >= step,
        groupings=settings.groupings,
        learn=at_stake,
        ask=ask,
        origin=origin,
        weight=np.tile(weight, steps) * settings.case_share,
    ).reshape(steps, -1)
    side = _fitted(
        tall,
        settings.favour,
        favoured,
        groupings=settings.groupings,
        learn=learn & (acted == step if sequential else (acted >= np.minimum(step, 2))),
        ask=ask,
        origin=origin,
        weight=np.tile(weight, steps) * (1.0 if sequential else settings.case_share),
    ).reshape(steps, -1)
    if not sequential:
        return (chance * side).T
    up_to = np.cumprod(chance, axis=0)
    exactly = np.concatenate([up_to[:-1] - up_to[1:], up_to[-1:]])
    return np.cumsum((exactly * side)[::-1], axis=0)[::-1].T


def _fitted(
    cases: Columns,
    stage: Stage,
    happened: np.ndarray,
    *,
    groupings: Mapping[str, Grouping],
    learn: np.ndarray,
    ask: np.ndarray,
    origin: int,
    weight: np.ndarray,
) -> Float[np.ndarray, " answer"]:
    design = build_prior_design(
        cases,
        stage.covariates,
        stage.effects,
        groupings=groupings,
        slope_sd=stage.slope_sd,
        flags=stage.flags,
        train=learn,
        origin=origin,
    )
    slopes = penalised_logit(rows_of(design, learn), happened[learn], weight=weight[learn])
    return logistic(log_odds_at(rows_of(design, ask), slopes))

"""Step by step up the ladder: of those who went so far, who went on, and for which side."""

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import case_weight
from sidelines.history.models.joint_stages import JointStages
from sidelines.history.models.linear import build_score
from sidelines.history.models.two_stage import Stage
from sidelines.history.penalised import log_odds_at, logistic, penalised_logit, rows_of
from sidelines.terms.arrays import Bool, Float

__all__ = ["sequential_stages"]


def sequential_stages(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,
    settings: JointStages,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances that each step was the last one and favoured this side, added up.

    Unlike cumulative steps, those of a sequence split the likelihood exactly. Source: Tutz (1991),
    Computational Statistics and Data Analysis 11, 275.
    """
    steps = settings.thresholds
    tall = {name: np.tile(values, steps) for name, values in cases.items()}
    tall["step"] = np.repeat(np.arange(1, steps + 1), len(train))
    weight = case_weight(
        column(tall, "crisis_year"), origin=origin, half_life_years=settings.half_life_years
    )
    acted, learn, ask = tall["activity"], np.tile(train, steps), np.tile(test, steps)

    def chances(stage: Stage, happened: np.ndarray, rows: np.ndarray) -> np.ndarray:
        design = build_score(
            tall,
            stage.covariates,
            stage.effects,
            groupings=settings.groupings,
            slope_sd=stage.slope_sd,
            flags=stage.flags,
            train=rows,
            origin=origin,
        ).design
        slopes = penalised_logit(rows_of(design, rows), happened[rows], weight=weight[rows])
        return logistic(log_odds_at(rows_of(design, ask), slopes)).reshape(steps, -1)

    on = chances(settings.act, acted >= tall["step"], learn & (acted >= tall["step"] - 1))
    side = chances(settings.favour, tall["favourable"] == 1, learn & (acted == tall["step"]))
    reaching = np.cumprod(on, axis=0)
    last = np.concatenate([reaching[:-1] - reaching[1:], reaching[-1:]])
    return np.cumsum((last * side)[::-1], axis=0)[::-1].T

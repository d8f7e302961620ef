"""Does it help to learn from all sources at once? One willingness, with and without them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from sidelines.history.backtest import backtest
from sidelines.history.columns import Columns, column
from sidelines.history.models.forecast import SAID
from sidelines.history.origins import spanned
from sidelines.history.scoreboard import span_scores
from sidelines.history.specifications import Specifications
from sidelines.history.tasks import Task

__all__ = ["JOINT", "ONE_SOURCE", "joint_measurement_document", "measured_columns"]

JOINT, ONE_SOURCE = "joint-measurement", "icb-measurement"
_PERIODS = ((1955, 2017), (1990, 2017))


def measured_columns(cases: Columns, labels: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return cases with what sources say of them, in columns that no forecast sees of its own case.

    `rung_low` and `rung_high` are ICB's.
    """
    rungs = {name: column(cases, name) for name in ("rung_low", "rung_high")}
    said = {f"{SAID}{name}": values for name, values in {**rungs, **labels}.items()}
    return {**cases, **said}


def joint_measurement_document(task: Task, models: Specifications) -> dict[str, Any]:
    """Return log losses with all sources and with ICB alone, and their paired 90 % range.

    The cases of the task are those of `measured_columns`.
    """
    answers = backtest(task, [JOINT, ONE_SOURCE], models)
    year, asked = task.cases["crisis_year"], spanned(task.origins)
    spans = [
        span_scores(
            task,
            answers,
            rows=asked & (year >= first) & (year <= last),
            references=[ONE_SOURCE],
            span=(first, last),
        )
        for first, last in _PERIODS
    ]
    return {
        f"{span.first}-{span.last}": {
            "n": span.n,
            **{
                name: {
                    "positives": step.scores[JOINT].positives,
                    "joint": step.scores[JOINT].log_loss,
                    "icb_alone": step.scores[ONE_SOURCE].log_loss,
                    "difference": asdict(step.difference[JOINT][ONE_SOURCE]),
                }
                for name, step in span.steps.items()
            },
        }
        for span in spans
    }

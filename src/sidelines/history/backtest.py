"""Forecasts of every block from what came before it, as they would have been made then."""

from collections.abc import Iterable

import numpy as np

from sidelines.history.models.forecast import Forecast
from sidelines.history.models.registry import build_forecast
from sidelines.history.scores import monotone
from sidelines.history.specifications import Specifications, named
from sidelines.history.tasks import Task, blinded
from sidelines.terms.arrays import Float

__all__ = ["backtest", "roll"]


def roll(task: Task, forecast: Forecast) -> Float[np.ndarray, "case threshold"]:
    """Return the chances that a model gave each case of a test block; NaN for all other cases.

    The model sees neither later crises nor the outcomes it is asked for. Chances are made monotone
    over thresholds.
    """
    answers = np.full((len(task.cases["ladder"]), len(task.steps)), np.nan)
    for origin in task.origins:
        cases, view = blinded(task.cases, origin)
        prob = forecast(cases, train=view.train, test=view.test, origin=view.year)
        answers[origin.test] = monotone(prob)
    return answers


def backtest(
    task: Task, names: Iterable[str], specifications: Specifications
) -> dict[str, Float[np.ndarray, "case threshold"]]:
    """Return the rolling forecasts of some models by name."""
    answers: dict[str, np.ndarray] = {}
    for name in names:
        model = build_forecast(
            named(specifications, name), specifications, thresholds=len(task.steps)
        )
        answers[name] = roll(task, model)
    return answers

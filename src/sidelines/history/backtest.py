"""Forecasts of every block from what came before it, as they would have been made then."""

from collections.abc import Iterable, Sequence

import numpy as np

from sidelines.history.models.combinations import Combination, past_of
from sidelines.history.models.forecast import Forecast
from sidelines.history.models.registry import build_combination, build_forecast, members
from sidelines.history.scores import monotone
from sidelines.history.specifications import Specifications, named
from sidelines.history.tasks import Task, blinded
from sidelines.terms.arrays import Float

__all__ = ["Answers", "backtest", "combine", "roll"]

Answers = dict[str, np.ndarray]  # name of a model to chances (case, threshold)


def roll(task: Task, forecast: Forecast) -> Float[np.ndarray, "case threshold"]:
    """Return the chances that a model gave each case of a test block; NaN for all other cases.

    The model sees neither later crises nor the outcomes it is asked for. Chances are made monotone
    over thresholds.
    """
    answers = np.full((len(task.cases["ladder"]), len(task.steps)), np.nan)
    for origin in task.origins:
        cases, view = blinded({**task.cases, **task.by_origin.get(origin.year, {})}, origin)
        prob = forecast(cases, train=view.train, test=view.test, origin=view.year)
        answers[origin.test] = monotone(prob)
    return answers


def combine(
    task: Task, parts: Sequence[np.ndarray], combination: Combination
) -> Float[np.ndarray, "case threshold"]:
    """Return the chances of a combination, which sees its members' earlier blocks only."""
    prob = np.array(parts)
    answers = np.full(prob.shape[1:], np.nan)
    scored = np.zeros(len(task.cases["ladder"]), dtype=bool)
    for blocks, origin in enumerate(task.origins):
        past = past_of(prob, task.cases, scored=scored, blocks=blocks, origin=origin.year)
        power = task.cases["power"][origin.test]
        now = combination(prob[:, origin.test], power=power, past=past)
        answers[origin.test] = monotone(now)
        scored |= origin.test
    return answers


def backtest(
    task: Task,
    names: Iterable[str],
    specifications: Specifications,
    *,
    known: Answers | None = None,
) -> Answers:
    """Return the rolling forecasts of some models by name, and of whatever they combine.

    `known` are forecasts of this task that were made before.
    """
    answers = dict(known or {})
    for name in names:
        if name in answers:
            continue
        model = named(specifications, name)
        parts = members(model)
        if parts:
            answers = backtest(task, parts, specifications, known=answers)
            answers[name] = combine(
                task, [answers[part] for part in parts], build_combination(model)
            )
        else:
            answers[name] = roll(
                task, build_forecast(model, specifications, thresholds=len(task.steps))
            )
    return answers

"""What history teaches as data that an answer can read: a named model, learned before a year."""

from dataclasses import replace

import numpy as np

from sidelines.assess.forecast import Forecast, Mean
from sidelines.history.backtest import Answers, backtest
from sidelines.history.models.combinations import Average, past_of, weights
from sidelines.history.models.registry import build_combination_settings, build_fit, members
from sidelines.history.origins import spanned
from sidelines.history.specifications import Specifications, named
from sidelines.history.tasks import Task
from sidelines.terms.errors import UsageError

__all__ = ["fit_model"]


def fit_model(
    task: Task,
    name: str,
    specifications: Specifications,
    *,
    before: int,
    known: Answers | None = None,
) -> Forecast:
    """Return a model learned from all crises of a task that began before a year.

    It holds for cases that begin in that year or later. An average's weights are learned from its
    members' rolling forecasts of earlier blocks; `known` are such forecasts that were made already.
    """
    model = named(specifications, name)
    parts = members(model)
    train = task.cases["crisis_year"] + task.told_after < before
    if not parts:
        fit = build_fit(model, specifications, thresholds=len(task.steps))
        return fit(task.cases, train=train, origin=before)
    settings = build_combination_settings(model)
    if not isinstance(settings, Average):
        raise UsageError(
            f"{name!r} is a {model.kind}, which cannot be written down as data.",
            hint="Name an average, or a model that combines no others.",
        )
    earlier = replace(
        task, origins=tuple(origin for origin in task.origins if origin.until < before)
    )
    answers = backtest(earlier, parts, specifications, known=known)
    past = past_of(
        np.array([answers[part] for part in parts]),
        task.cases,
        scored=spanned(earlier.origins) if earlier.origins else np.zeros_like(train),
        blocks=len(earlier.origins),
        origin=before,
    )
    learned = [fit_model(task, part, specifications, before=before) for part in parts]
    return Mean(
        members=tuple(one for one in learned if not isinstance(one, Mean)),
        weights=tuple(tuple(row) for row in weights(past, settings=settings).T.tolist()),
    )

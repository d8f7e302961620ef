"""The years that no choice has seen: 2018 to 2025, scored once by what was registered before.

Everything is learned from crises and conflicts before 2018 and then answers for all that began
later: no block is learned from on the way.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import numpy as np

from sidelines.assess.estimates import Task as FittedTask
from sidelines.assess.forecast import chances
from sidelines.history.backtest import Answers, backtest
from sidelines.history.comparison import crisis_draws, mean_range, skill_range
from sidelines.history.fits import fit_model
from sidelines.history.running import (
    STRUCTURAL,
    cases_of,
    specifications_of,
    structural_of,
    tables_once,
)
from sidelines.history.scores import log_losses, log_odds, reached, score
from sidelines.history.tasks import Task, build_task
from sidelines.terms.errors import CheckFailedError

__all__ = ["Registered", "held_out_scores", "load_registered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What was written down before the held-out years were looked at.

    `models` and `references` by task; `last` is the last onset whose outcome the data can tell.
    """

    date: str
    before: int
    specifications_sha256: str
    models: Mapping[str, str]
    references: Mapping[str, tuple[str, ...]]
    last: Mapping[str, int]


def load_registered() -> Registered:
    """Return the registration, or say that the specifications have changed since."""
    folder = resources.files("sidelines.history")
    said = tomllib.loads(folder.joinpath("registered.toml").read_text(encoding="utf-8"))
    now = hashlib.sha256(folder.joinpath("specifications.toml").read_bytes()).hexdigest()
    if said["specifications_sha256"] != now:
        raise CheckFailedError(
            "The specifications are not those that were registered.",
            hint="Register the new ones; the held-out years were scored with the old.",
        )
    tasks = said["tasks"]
    return Registered(
        date=str(said["date"]),
        before=said["before"],
        specifications_sha256=now,
        models={name: task["model"] for name, task in tasks.items()},
        references={name: tuple(task["references"]) for name, task in tasks.items()},
        last={name: task["last"] for name, task in tasks.items()},
    )


def held_out_scores(
    registered: Registered,
    *,
    fitted: Mapping[str, FittedTask],
    slopes: Mapping[str, float],
) -> dict[str, Any]:
    """Return the scores of what was registered, task by task, against its references.

    `fitted` are the forecasts of the fit before the held-out years, `slopes` its game's.
    """
    found = {}
    for name, model in registered.models.items():
        task = _task(name, registered)
        answers = _answers(name, task, registered, fitted=fitted, slopes=slopes)
        found[name] = _scores(task, answers, model=model)
    return found


def _task(name: str, registered: Registered) -> Task:
    """Return a task whose only block is the held-out years."""
    settings = specifications_of(arms=True).tasks[name]
    alone = replace(
        settings,
        start=registered.before,
        step=registered.last[name] - registered.before + 1,
        last=registered.last[name],
    )
    return build_task(name, cases_of(tables_once(), name, arms=True), alone)


def _answers(
    name: str,
    task: Task,
    registered: Registered,
    *,
    fitted: Mapping[str, FittedTask],
    slopes: Mapping[str, float],
) -> Answers:
    specifications = specifications_of(arms=True)
    answers = backtest(task, registered.references[name], specifications)
    if name not in fitted:
        model = fit_model(task, registered.models[name], specifications, before=registered.before)
        return answers | {registered.models[name]: chances(model, task.cases)}
    game = structural_of(task, {registered.before: slopes})[registered.before]
    forecast = chances(fitted[name].forecast, task.cases)
    weight = np.array(fitted[name].weights)
    blended = weight * log_odds(forecast) + (1.0 - weight) * log_odds(game)
    return answers | {STRUCTURAL: game, registered.models[name]: 1.0 / (1.0 + np.exp(-blended))}


def _scores(task: Task, answers: Answers, *, model: str) -> dict[str, Any]:
    rows = task.origins[0].test
    happened = reached(task.cases["ladder"], thresholds=1)[rows, 0]
    drawn = crisis_draws(task.cases["crisis"][rows])
    losses = {name: log_losses(happened, prob[rows, 0]) for name, prob in answers.items()}
    figures = {name: score(happened, prob[rows, 0]) for name, prob in answers.items()}
    ours = losses[model]
    return {
        "model": model,
        "first": int(task.cases["crisis_year"][rows].min()),
        "last": int(task.cases["crisis_year"][rows].max()),
        "n": int(rows.sum()),
        "crises": len(np.unique(task.cases["crisis"][rows])),
        "positives": int(happened.sum()),
        "scores": {
            name: {
                "log_loss": one.log_loss,
                "brier": one.brier,
                "roc_auc": _finite(one.roc_auc),
                "pr_auc": _finite(one.pr_auc),
                "slope": _finite(one.slope),
            }
            for name, one in figures.items()
        },
        "against": {
            name: {
                "difference": _plain(mean_range(ours - loss, drawn)),
                "skill": _plain(skill_range(ours, loss, drawn)),
            }
            for name, loss in losses.items()
            if name != model
        },
    }


def _plain(found: Any) -> dict[str, float]:
    return {"value": found.value, "low": found.low, "high": found.high}


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

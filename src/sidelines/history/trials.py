"""Every specification ever scored, in order, nulls included, so that nobody counts luck as skill."""

import csv
import io
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np

from sidelines.history.backtest import Answers, backtest
from sidelines.history.scores import log_losses, ranked_scores, reached, score
from sidelines.history.specifications import extended, load_specifications
from sidelines.history.tasks import Task
from sidelines.terms.errors import DataError

__all__ = ["PERIODS", "Trial", "load_trials", "score_trials", "trial_table"]

PERIODS = ((1955, 2017), (1990, 2017))
_HEADER = (
    "order",
    "date",
    "task",
    "specification",
    "years",
    "n",
    "log_losses",
    "rps",
    "slopes",
    "note",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One specification that was scored: its settings (none: a named model), when and why."""

    name: str
    task: str
    date: str
    note: str
    settings: Mapping[str, Any]


def load_trials() -> tuple[Trial, ...]:
    """Return all trials in the order in which they were made."""
    file = resources.files("sidelines.history").joinpath("trials.toml")
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    trials = []
    for entry in raw["trials"]:
        settings = dict(entry)
        about = {key: settings.pop(key) for key in ("name", "task", "note")}
        date = str(settings.pop("date", raw["date"]))
        trials.append(Trial(**about, date=date, settings=settings))
    names = [(trial.task, trial.name) for trial in trials]
    if len(set(names)) < len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise DataError(f"Trial {double[1]!r} stands twice.", hint="Give each a name of its own.")
    return tuple(trials)


def score_trials(
    tasks: Mapping[str, Task],
    trials: tuple[Trial, ...],
    *,
    say: Callable[[str], None] = lambda line: None,
) -> tuple[list[dict[str, str]], dict[str, Answers]]:
    """Return one line per trial and period, and the forecasts themselves by task and name."""
    models = extended(
        load_specifications(),
        {
            trial.name: {"label": "", "what": trial.note, "source": "trial", **trial.settings}
            for trial in trials
            if trial.settings
        },
    )
    lines: list[dict[str, str]] = []
    answers: dict[str, Answers] = {}
    for order, trial in enumerate(trials, start=1):
        task = tasks[trial.task]
        known = backtest(task, [trial.name], models, known=answers.get(trial.task))
        answers[trial.task] = known
        for first, last in PERIODS:
            line = _line(task, known[trial.name], first=first, last=last)
            lines.append(
                {
                    **line,
                    "order": str(order),
                    "specification": trial.name,
                    "date": trial.date,
                    "task": trial.task,
                    "note": trial.note,
                }
            )
        say(f"{order:4d} {trial.name}: {lines[-2]['log_losses']} | {lines[-1]['log_losses']}")
    return lines, answers


def trial_table(lines: list[dict[str, str]]) -> str:
    """Return the lines as comma-separated text."""
    file = io.StringIO()
    writer = csv.DictWriter(file, _HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue()


def _line(task: Task, prob: np.ndarray, *, first: int, last: int) -> dict[str, str]:
    year = task.cases["crisis_year"]
    rows = (year >= first) & (year <= last) & np.isfinite(prob).all(axis=1)
    ladder = task.cases["ladder"][rows].astype(int)
    happened = reached(ladder, thresholds=len(task.steps))
    losses = log_losses(happened, prob[rows]).mean(axis=0)
    slopes = [score(happened[:, step], prob[rows, step]).slope for step in range(len(task.steps))]
    return {
        "years": f"{first}-{last}",
        "n": str(len(ladder)),
        "log_losses": " ".join(f"{loss:.4f}" for loss in losses),
        "rps": f"{ranked_scores(ladder, prob[rows]).mean():.4f}",
        "slopes": " ".join(f"{slope:.2f}" for slope in slopes),
    }

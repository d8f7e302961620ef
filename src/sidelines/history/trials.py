"""Every specification ever scored, in order, nulls included: luck is not to pass for skill."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np

from sidelines.history.backtest import Answers, backtest
from sidelines.history.scores import calibration, log_losses, ranked_scores, reached
from sidelines.history.specifications import Specifications, extended, load_specifications
from sidelines.history.tasks import Task
from sidelines.terms.errors import UsageError

__all__ = ["Trial", "load_trials", "score_trials", "trial_models", "trial_table"]

_SINCE = 1990  # the second span of every trial: the years that the study scored once
_HEADER = (
    "order",
    "date",
    "task",
    "specification",
    "years",
    "n",
    "log_loss",
    "rps",
    "slope",
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
    raw = _file()
    about = ("name", "task", "note", "date")
    trials = tuple(
        Trial(
            name=entry["name"],
            task=entry["task"],
            note=entry["note"],
            date=str(entry.get("date", raw["date"])),
            settings={key: value for key, value in entry.items() if key not in about},
        )
        for entry in raw["trials"]
    )
    names = [(trial.task, trial.name) for trial in trials]
    if len(set(names)) < len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise UsageError(f"Trial {double[1]!r} stands twice.", hint="Give each a name of its own.")
    return trials


def trial_models(trials: Sequence[Trial]) -> Specifications:
    """Return the named models and with them those that trials describe."""
    described = {
        trial.name: {"label": "", "what": trial.note, "source": "trial", **trial.settings}
        for trial in trials
        if trial.settings
    }
    return extended(load_specifications(), described, groupings=_file()["groupings"])


def score_trials(
    tasks: Mapping[str, Task],
    trials: Sequence[Trial],
    *,
    known: Mapping[str, Answers] | None = None,
) -> Iterator[tuple[Trial, list[dict[str, str]]]]:
    """Yield every trial with its lines of the table, one a span of years, as it is scored.

    `known` are forecasts, by task and model, that are made elsewhere.
    """
    models = trial_models(trials)
    answers: dict[str, Answers] = {name: dict((known or {}).get(name, {})) for name in tasks}
    for order, trial in enumerate(trials, start=1):
        task = tasks[trial.task]
        answers[trial.task] = backtest(task, [trial.name], models, known=answers[trial.task])
        prob = answers[trial.task][trial.name]
        about = {
            "order": str(order),
            "date": trial.date,
            "task": trial.task,
            "specification": trial.name,
            "note": trial.note,
        }
        first, last = task.origins[0].year, task.origins[-1].until
        yield (
            trial,
            [
                {**about, **_figures(task, prob, first=start, last=last)}
                for start in (first, _SINCE)
            ],
        )


def trial_table(lines: Sequence[Mapping[str, str]]) -> str:
    """Return the lines as comma-separated text; figures of several steps stand side by side."""
    file = io.StringIO()
    writer = csv.DictWriter(file, _HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue()


def _figures(task: Task, prob: np.ndarray, *, first: int, last: int) -> dict[str, str]:
    year = task.cases["crisis_year"]
    rows = (year >= first) & (year <= last)
    ladder, forecast = task.cases["ladder"][rows], prob[rows]
    happened = reached(ladder, thresholds=len(task.steps))
    slopes = [
        calibration(happened[:, step], forecast[:, step])[0] for step in range(len(task.steps))
    ]
    return {
        "years": f"{first}-{last}",
        "n": str(len(ladder)),
        "log_loss": " ".join(f"{loss:.4f}" for loss in log_losses(happened, forecast).mean(axis=0)),
        "rps": f"{ranked_scores(ladder, forecast).mean():.4f}",
        "slope": " ".join(f"{slope:.2f}" for slope in slopes),
    }


def _file() -> dict[str, Any]:
    file = resources.files("sidelines.history").joinpath("trials.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))

"""The document of `backtest`: how every model did, out of time, with what it is compared to."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import numpy as np

from sidelines.history.running import Record, specifications_of, tables_once
from sidelines.history.scoreboard import scoreboard, scoreboard_document, span_scores
from sidelines.history.scores import reached
from sidelines.history.trials import load_trials
from sidelines.terms.errors import DataError, UsageError
from sidelines.terms.version import VERSION

__all__ = [
    "FITTED",
    "TASKS",
    "forecasts_csv",
    "held_out_document",
    "record_document",
    "shipped_document",
]

TASKS = ("icb", "acd-forces", "acd-bilateral", "sipri-surge", "mid-join")
FITTED = ("icb", "acd-forces")  # tasks whose forecasts answers read
_HEADLINES = {
    "icb": "blend",
    "acd-forces": "wide-blend",
    "acd-bilateral": "wide-levels",
    "sipri-surge": "wide-levels",
    "mid-join": "mid-ties",
}


def record_document(
    records: Mapping[str, Record],
    *,
    arms: bool,
    power: int | None = None,
    years: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """Return the scores of all models of some tasks, of one power or some years if given."""
    specifications = specifications_of(arms=arms)
    tables = tables_once()
    found: dict[str, Any] = {}
    for name, record in records.items():
        settings = specifications.tasks[name]
        if power is None and years is None:
            spans = scoreboard(record.task, record.answers, settings)
        else:
            spans = (_chosen(record, settings.references, power=power, years=years),)
        part = scoreboard_document(record.task, spans, settings)
        for task in part.values():
            task["headline"] = _HEADLINES[name]
        found |= part
    return {
        "meta": {
            "version": VERSION,
            "seed": 0,
            "as_of": None,
            "vintages": dict(tables.vintages),
        },
        "arms": arms,
        "cases_sha256": tables.sha256,
        "development": "1955-2017: models and settings were chosen on these years",
        "filters": {"power": power, "years": None if years is None else list(years)},
        "trials": len(load_trials()),
        "labels": {name: model.label for name, model in specifications.models.items()},
        "held_out": held_out_document(),
        "tasks": found,
    }


def _chosen(
    record: Record,
    references: Sequence[str],
    *,
    power: int | None,
    years: tuple[int, int] | None,
) -> Any:
    cases = record.task.cases
    year = cases["crisis_year"]
    rows = np.isfinite(next(iter(record.answers.values()))).all(axis=1)
    first, last = years or (int(year[rows].min()), int(year[rows].max()))
    rows &= (year >= first) & (year <= last)
    if power is not None:
        rows &= cases["power"] == power
    if not rows.any():
        raise UsageError(
            f"No case of {record.task.name} is of that power and of {first}-{last}.",
            hint="Ask for other years, or leave the filters out.",
        )
    return span_scores(
        record.task, record.answers, rows=rows, references=references, span=(first, last)
    )


def shipped_document() -> dict[str, Any]:
    """Return the record that ships with this version, and the held-out years beside it."""
    return {**_result("record.json"), "held_out": held_out_document()}


def held_out_document() -> dict[str, Any]:
    """Return how the held-out years were scored, once, with a sentence a task."""
    found = _result("held_out.json")
    sentences = [_held_out_sentence(name, task) for name, task in found["tasks"].items()]
    for word, one in found["kiel"].items():
        sentences.append(
            f"Ukraine, {word} by the end of 2024 (Kiel): {one['positives']} of {one['n']} powers, "
            f"expected {one['mean_chance'] * one['n']:.1f}; log loss {one['log_loss']:.2f}."
        )
    return {**found, "years": f"{found['before']} and later", "sentences": sentences}


def _held_out_sentence(name: str, task: dict[str, Any]) -> str:
    model = task["model"]
    parts = []
    for reference, one in task["against"].items():
        gap = one["difference"]
        parts.append(
            f"{gap['value']:+.4f} [{gap['low']:+.4f}, {gap['high']:+.4f}] against {reference} "
            f"({task['scores'][reference]['log_loss']:.4f})"
        )
    return (
        f"{name}, {task['first']}-{task['last']}: {task['n']:,} cases, {task['positives']} "
        f"positive; {model} has log loss {task['scores'][model]['log_loss']:.4f}, "
        f"{'; '.join(parts)}."
    )


def _result(name: str) -> dict[str, Any]:
    file = resources.files("sidelines.history").joinpath("results", name)
    if not file.is_file():
        raise DataError("This copy has no record of past crises.", hint="Install it anew.")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def forecasts_csv(records: Mapping[str, Record]) -> str:
    """Return every forecast, one line per case, step and model."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["task", "crisis", "crisis_year", "power", "backed", "step", "happened", "model", "chance"]
    )
    for name, record in records.items():
        cases, steps = record.task.cases, record.task.steps
        happened = reached(cases["ladder"], thresholds=len(steps))
        keys = [cases[key].astype(int) for key in ("crisis", "crisis_year", "power", "backed")]
        for model, prob in record.answers.items():
            for row in np.flatnonzero(np.isfinite(prob).all(axis=1)):
                where = [int(key[row]) for key in keys]
                for number, step in enumerate(steps):
                    said = f"{prob[row, number]:.6f}"
                    writer.writerow([name, *where, step, int(happened[row, number]), model, said])
    return out.getvalue()

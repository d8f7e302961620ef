"""What the package's own data files hold, as tables for docs/; cog writes them in place."""

import csv
import json
import tomllib
from collections.abc import Sequence
from importlib import resources
from typing import Any

from sidelines.terms.ladder import INSTRUMENTS

__all__ = [
    "data",
    "errors",
    "facts",
    "forecasts",
    "parameters",
    "public_names",
    "record",
    "table",
    "trials",
]


def parameters() -> str:
    """Return a section per group of parameters, each as a table: numbers by row, scales by rung."""
    text = resources.files("sidelines.assess").joinpath("parameters.toml").read_text("utf-8")
    groups = {key: value for key, value in tomllib.loads(text).items() if isinstance(value, dict)}
    return "\n" + "".join(f"## {name}\n{_group(entries)}" for name, entries in groups.items())


def forecasts(task: str) -> str:
    """Return a table of the named models of a task with their scores, old years beside recent."""
    from sidelines.history.specifications import load_specifications

    models = load_specifications().models
    scored = _scored(task)
    spans = list(next(iter(scored.values())))
    rows = [
        (
            models[name].label,
            f"`{name}`",
            models[name].what,
            *(figure for span in spans for figure in (spans_of[span]["log_loss"],)),
            spans_of[spans[0]]["rps"],
            spans_of[spans[0]]["slope"],
        )
        for name, spans_of in scored.items()
        if name in models
    ]
    losses = (f"log loss {span}" for span in spans)
    return table(("label", "name", "what it is", *losses, "RPS", "slope"), rows)


_BASE = ("base-rate", "wide-intercepts", "wide-base", "wide-persistence", "mid-base")


def record() -> str:
    """Return the headline of every task, the best base rate, and skill to its first reference."""
    text = resources.files("sidelines.history").joinpath("results/record.json").read_text("utf-8")
    rows = []
    for name, task in json.loads(text)["tasks"].items():
        model = task["headline"]
        scores = task["scores"]
        reference = next(iter(task["skill"][model]))
        rates = [name for name in scores if name.startswith(_BASE)]
        best = min(rates, key=lambda name: float(scores[name]["log_loss"]))
        skill = task["skill"][model][reference]
        span = task["spans"][0]
        rows.append(
            (
                f"`{name}`",
                f"{span['first']}-{span['last']}",
                f"{task['n']:,} ({task['positives']:,})",
                f"`{model}` {scores[model]['log_loss']:.4f}",
                f"`{best}` {scores[best]['log_loss']:.4f}",
                f"`{reference}` {skill['value']:.3f} [{skill['low']:.3f}, {skill['high']:.3f}]",
                f"{scores[model]['slope']:.2f}",
            )
        )
    heads = (
        "task",
        "years",
        "cases (positive)",
        "log loss",
        "best base rate",
        "skill to [90 %]",
        "slope",
    )
    return table(heads, rows)


def trials() -> str:
    """Return how many specifications were scored for each task."""
    text = resources.files("sidelines.history").joinpath("trials.csv").read_text("utf-8")
    counts: dict[str, set[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        counts.setdefault(row["task"], set()).add(row["specification"])
    return table(
        ("task", "specifications scored"),
        [(f"`{task}`", str(len(names))) for task, names in counts.items()],
    )


def _scored(task: str) -> dict[str, dict[str, dict[str, str]]]:
    """Return the lines of the trials of a task, by specification and span of years."""
    text = resources.files("sidelines.history").joinpath("trials.csv").read_text("utf-8")
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["task"] == task:
            found.setdefault(row["specification"], {})[row["years"]] = row
    return found


def facts() -> str:
    """Return a table of the tables of facts: columns, rows, how many are assumed, which days."""
    folder = resources.files("sidelines.facts").joinpath("tables")
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".csv"))
    rows = [_summary(name, folder.joinpath(name).read_text("utf-8")) for name in files]
    return table(("table", "what it says of whom", "rows", "of these assumed", "days"), rows)


def data() -> str:
    """Return a table of the research data that loaders read: years, vintage, terms, files."""
    from sidelines.facts.official.catalogue import catalogue

    rows = [
        (
            f"`{one.key}`",
            one.citation.title,
            f"{one.first_year} to {one.last_year}",
            one.vintage.isoformat(),
            one.terms_kind,
            ", ".join(f"`{name}`" for file in one.files for name in file.names),
        )
        for one in catalogue().values()
    ]
    return table(("data set", "what", "years", "vintage", "terms", "files"), rows)


def errors() -> str:
    """Return a section per error code: its rule, and an example that breaks and one that keeps."""
    text = resources.files("sidelines.report").joinpath("codes.toml").read_text("utf-8")
    return "".join(_error(code, entry) for code, entry in tomllib.loads(text).items())


def _error(code: str, entry: dict[str, str]) -> str:
    shown = [(word, entry[key]) for word, key in (("Wrong", "wrong"), ("Right", "right"))]
    examples = [f"\n{word}:\n\n```text\n{text}\n```\n" for word, text in shown if text]
    return f"\n## {code}\n\n{entry['rule']}\n" + "".join(examples)


def public_names() -> str:
    """Return one entry of the Python reference per public name."""
    import sidelines

    return "".join(_entry(name, getattr(sidelines, name)) for name in sidelines.__all__)


def _entry(name: str, value: object) -> str:
    if isinstance(value, type):
        return f"\n```{{eval-rst}}\n.. autoclass:: sidelines.{name}\n   :members:\n```\n"
    if callable(value):
        return f"\n```{{eval-rst}}\n.. autofunction:: sidelines.{name}\n```\n"
    return f"\n`sidelines.{name}`\n: The text `{value}`.\n"


def _group(entries: dict[str, dict[str, Any]]) -> str:
    spread = [key for key in INSTRUMENTS if any(key in entry for entry in entries.values())]
    values = spread or [key for key in ("value", "range") if _in_any(key, entries)]
    said = [key for key in ("unit", "what", "date", "source") if _in_any(key, entries)]
    rows = [
        (f"`{name}`", *(_plain(entry.get(key, "")) for key in values + said))
        for name, entry in entries.items()
    ]
    return table(("name", *values, *said), rows)


def _in_any(key: str, entries: dict[str, dict[str, Any]]) -> bool:
    return any(key in entry for entry in entries.values())


def _summary(name: str, text: str) -> tuple[str, ...]:
    rows = list(csv.DictReader(text.splitlines()))
    meta = {"date", "until", "published", "source", "note"}
    columns = [column for column in rows[0] if column not in meta]
    assumed = sum(row["source"].startswith("assumed") for row in rows)
    days = sorted(row["date"] for row in rows)
    span = f"{days[0]} to {days[-1]}"
    return f"`{name}`", ", ".join(columns), str(len(rows)), str(assumed), span


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " to ".join(map(_plain, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows under a header as a Markdown table."""
    lines = [header, tuple("---" for _ in header), *rows]
    escaped = (" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines)
    return "\n" + "".join(f"| {line} |\n" for line in escaped) + "\n"

"""Compare what sources say of past cases, and write history/results/sources.toml and signals.toml.

Needs the research data (SIDELINES_DATA). Takes some minutes: the structural game is fitted at every
origin.
"""

import sys
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from sidelines.assess.parameters import load_parameters
from sidelines.facts.official.signals import load_signals
from sidelines.history.agreement import agreement
from sidelines.history.case_tables import load_case_tables
from sidelines.history.columns import Columns
from sidelines.history.joint_measurement import joint_measurement_document, measured_columns
from sidelines.history.labels import crisis_labels, labels, official_label_sources
from sidelines.history.running import slopes_before
from sidelines.history.signal_check import signal_check_document
from sidelines.history.specifications import load_specifications
from sidelines.history.tasks import build_task

FOLDER = Path(__file__).parents[1] / "src/sidelines/history/results"
COMPARED = (
    *("icb_material", "icb_forces", "acd_forces", "sipri_surge", "sipri_ordered"),
    *("esd_named", "mid_join", "war_join"),
)
STEPS = ("nothing", "words", "material", "forces")
RELATION = ("power", "unit", "modelled", "observed", "n")
SIGNAL_ORIGINS = range(1955, 2011, 5)

Rows = list[dict[str, Any]]


def sources(cases: Columns) -> dict[str, Rows]:
    """Return coverage, agreement, deliveries by ICB's step, and the joint measurement."""
    said = {**crisis_labels(cases), **labels(cases, official_label_sources())}
    return {
        "label": [coverage(name, values, cases) for name, values in said.items()],
        "agreement": agreements(said),
        "deliveries": deliveries(said, cases["ladder"]),
        "joint": joint(cases, said),
    }


def coverage(name: str, values: np.ndarray, cases: Columns) -> dict[str, Any]:
    """Return what years a label covers, in how many cases, and in how many it says yes."""
    known = ~np.isnan(values)
    years = cases["year"][known].astype(int)
    return {
        "label": name,
        "first": int(years.min()),
        "last": int(years.max()),
        "n": int(known.sum()),
        "yes": int((values[known] > 0).sum()),
    }


def agreements(said: Mapping[str, np.ndarray]) -> Rows:
    """Return the agreement of labels of different sources."""
    found = [
        agreement(said, first, second)
        for first, second in combinations(COMPARED, 2)
        if first.split("_")[0] != second.split("_")[0]
    ]
    names = ("first", "second", "n", "both", "only_first", "only_second", "neither", "kappa")
    return [{name: getattr(one, name) for name in names} for one in found]


def deliveries(said: Mapping[str, np.ndarray], ladder: np.ndarray) -> Rows:
    """Return how often arms came, by ICB's step, where the years before and after are known."""
    known = ~np.isnan(said["sipri_surge"])
    names = ("delivered", "surge", "stop", "continued", "none", "ordered", "old_orders")
    found = []
    for number, step in enumerate(STEPS):
        rows = known & (ladder == number)
        shares = {name: float(said[f"sipri_{name}"][rows].mean()) for name in names}
        found.append({"step": step, "n": int(rows.sum()), **shares})
    return found


def joint(cases: Columns, said: Mapping[str, np.ndarray]) -> Rows:
    """Return log losses learned from all sources and from ICB alone, one row a span and step."""
    models = load_specifications()
    task = build_task("icb", measured_columns(cases, said), models.tasks["icb"])
    return [
        {
            "years": years,
            "step": step,
            "n": span["n"],
            "positives": figures["positives"],
            "joint": figures["joint"],
            "icb_alone": figures["icb_alone"],
            **figures["difference"],
        }
        for years, span in joint_measurement_document(task, models).items()
        for step, figures in span.items()
        if step != "n"
    ]


def signals(cases: Columns) -> tuple[str, dict[str, Rows]]:
    """Return the sentence about words and deeds, and the relations behind it."""
    with TemporaryDirectory() as folder:
        fits = slopes_before([*SIGNAL_ORIGINS], Path(folder))
    document = signal_check_document(cases, fits, load_parameters(), load_signals())
    relations = [
        {**{name: one[name] for name in RELATION}, **one["rho"]} for one in document["relations"]
    ]
    return document["sentence"], {"relation": relations}


def written(tables: Mapping[str, Rows], *, sentence: str | None = None) -> str:
    """Return tables as TOML."""
    lines = ["# Written by tools/compare_sources.py."]
    if sentence is not None:
        lines += ["", f'sentence = "{sentence}"']
    for name, rows in tables.items():
        for row in rows:
            lines += ["", f"[[{name}]]", *(f"{key} = {_value(row[key])}" for key in row)]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def main(what: Iterable[str]) -> None:
    wanted = [*what] or ["sources", "signals"]
    FOLDER.mkdir(exist_ok=True)
    cases = load_case_tables().crises
    if "sources" in wanted:
        (FOLDER / "sources.toml").write_text(written(sources(cases)), encoding="utf-8")
    if "signals" in wanted:
        sentence, tables = signals(cases)
        text = written(tables, sentence=sentence)
        (FOLDER / "signals.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The record of past crises: its document, its page, its table and its picture."""

import csv
import importlib.util
import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sidelines.history.case_tables import CaseTables
from sidelines.history.origins import rolling_origins
from sidelines.history.running import Record
from sidelines.history.specifications import Specifications, TaskSettings, extended
from sidelines.history.tasks import Task
from sidelines.report import record_documents
from sidelines.report.record_documents import (
    forecasts_csv,
    held_out_document,  # before a fixture replaces it
    record_document,
    shipped_document,
)
from sidelines.report.record_page import draw_reliability, print_record
from sidelines.report.terminal import captured
from sidelines.terms.errors import DataError, UsageError

ABOUT = {"what": "a test.", "source": "made up", "kind": "base-rate"}
SETTINGS = TaskSettings(
    what="Whether a power joined.",
    source="made up",
    steps=("join",),
    outcome="joined",
    start=1960,
    step=10,
    last=1999,
    models=("mid-base-rate", "mid-ties"),
    references=("mid-base-rate",),
    periods=((1960, 1999), (1990, 1999)),
)
MODELS = extended(
    Specifications(models={}, groupings={}, tasks={"mid-join": SETTINGS}),
    {"mid-base-rate": {**ABOUT, "label": "m0"}, "mid-ties": {**ABOUT, "label": "m1"}},
)
HELD_OUT = {"years": "2018 and later", "scored_on": "2026-11-23", "sentences": ["Troops: well."]}
COMPARED = {"value": -0.01, "low": -0.02, "high": -0.005}
SCORED = {
    "before": 2018,
    "scored_on": "2026-11-23",
    "tasks": {
        "acd-forces": {
            "model": "ours",
            "first": 2018,
            "last": 2024,
            "n": 4032,
            "positives": 50,
            "scores": {"ours": {"log_loss": 0.0635}, "rate": {"log_loss": 0.077}},
            "against": {"rate": {"difference": COMPARED, "skill": COMPARED}},
        }
    },
    "kiel": {"weapons": {"n": 20, "positives": 15, "mean_chance": 0.1, "log_loss": 1.5}},
}


def record() -> Record:
    """Return a record of 100 cases in which one model knows who joined, and one does not."""
    crisis = np.repeat(np.arange(50), 2)
    year = 1950 + crisis
    joined = (crisis % 5 == 0).astype(int)
    cases = {
        "crisis": crisis,
        "crisis_year": year,
        "power": np.tile([2, 365], 50),
        "backed": np.full(100, 651),
        "ladder": joined,
    }
    task = Task(
        name="mid-join",
        cases=cases,
        rows=np.arange(100),
        steps=("join",),
        origins=rolling_origins(year, crisis, start=1960, step=10, last=1999),
    )
    scored = (year >= 1960)[:, None]
    knows = np.where(joined == 1, 0.7, 0.1)[:, None]
    answers = {"mid-base-rate": np.full((100, 1), 0.2), "mid-ties": knows}
    return Record(
        task=task,
        answers={name: np.where(scored, prob, np.nan) for name, prob in answers.items()},
    )


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put small tables, two models and an empty folder of results in the place of the real ones."""
    tables = CaseTables(crises={}, conflicts={}, disputes={}, vintages={"mid": "2020-01-01"})
    monkeypatch.setattr(record_documents, "tables_once", lambda: tables)
    monkeypatch.setattr(record_documents, "specifications_of", lambda **_: MODELS)
    monkeypatch.setattr(record_documents, "held_out_document", lambda: HELD_OUT)
    (tmp_path / "results").mkdir()
    monkeypatch.setattr(record_documents, "resources", SimpleNamespace(files=lambda _: tmp_path))


def document(**filters: Any) -> dict[str, Any]:
    return record_document({"mid-join": record()}, arms=True, **filters)


def page(shown: dict[str, Any], *, models: tuple[str, ...] = (), width: int = 150) -> str:
    return captured(lambda out: print_record(out, shown, models=models), width=width)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


# --- the document ------------------------------------------------------------------------------


def test_a_document_scores_every_block_over_every_span() -> None:
    task = json.loads(json.dumps(document(), allow_nan=False))["tasks"]["mid-join"]
    assert (task["n"], task["positives"], task["headline"]) == (80, 16, "mid-ties")
    assert [span["first"] for span in task["spans"]] == [1960, 1990]


def test_a_document_says_what_it_stands_on() -> None:
    shown = document()
    assert shown["meta"]["vintages"] == {"mid": "2020-01-01"}
    assert len(shown["cases_sha256"]) == 64
    assert shown["trials"] > 0


def test_one_power_in_some_years_can_be_asked_for() -> None:
    shown = document(power=2, years=(1970, 1979))
    assert shown["filters"] == {"power": 2, "years": [1970, 1979]}
    assert shown["tasks"]["mid-join"]["n"] == 10


def test_filters_that_leave_no_case_are_refused() -> None:
    with pytest.raises(UsageError, match="No case of mid-join is of that power and of 1960-1999"):
        document(power=710)


def test_years_before_the_first_block_have_no_case() -> None:
    with pytest.raises(UsageError, match="1950-1959"):
        document(years=(1950, 1959))


def test_the_table_has_a_line_for_every_case_that_was_forecast_and_every_model() -> None:
    lines = list(csv.DictReader(io.StringIO(forecasts_csv({"mid-join": record()}))))
    assert len(lines) == 2 * 80
    assert lines[-2]["happened"] == "0"
    assert {line["chance"] for line in lines if line["model"] == "mid-ties"} == {
        "0.100000",
        "0.700000",
    }


def test_a_copy_without_a_record_says_so() -> None:
    with pytest.raises(DataError, match="no record of past crises"):
        shipped_document()


def test_the_record_that_ships_has_the_held_out_years_beside_it(tmp_path: Path) -> None:
    (tmp_path / "results" / "record.json").write_text('{"trials": 3}', encoding="utf-8")
    assert shipped_document() == {"trials": 3, "held_out": HELD_OUT}


def test_every_held_out_task_has_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "results" / "held_out.json").write_text(json.dumps(SCORED), encoding="utf-8")
    first, second = held_out_document()["sentences"]
    assert first == (
        "acd-forces, 2018-2024: 4,032 cases, 50 positive; ours has log loss 0.0635, "
        "-0.0100 [-0.0200, -0.0050] against rate (0.0770)."
    )
    assert "15 of 20 powers, expected 2.0" in second


# --- the page ----------------------------------------------------------------------------------


def test_a_page_tells_the_headline_first() -> None:
    said = unwrapped(page(document()))
    assert "80 cases, 16 positive, 1960-1999. mid-ties is better than mid-base-rate: skill" in said


def test_a_page_names_every_model_with_its_label() -> None:
    shown = page(document())
    assert "m0  mid-base-rate" in shown
    assert "m1  mid-ties" in shown


def test_a_page_may_hold_some_models_only() -> None:
    assert "m0  mid-base-rate" not in page(document(), models=("mid-ties",))


def test_a_page_says_how_often_what_was_said_came_true() -> None:
    said = unwrapped(page(document()))
    assert "What mid-ties said, and how often it happened" in said


def test_a_page_ends_with_the_held_out_years() -> None:
    said = unwrapped(page(document()))
    assert "Held out, 2018 and later, scored once on 2026-11-23: Troops: well." in said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.1, 0.3, "is better than"),
        (-0.3, -0.1, "is worse than"),
        (-0.1, 0.3, "is not shown to be better than"),
    ],
)
def test_a_range_over_zero_is_no_skill(low: float, high: float, said: str) -> None:
    shown = document()
    skill = shown["tasks"]["mid-join"]["skill"]["mid-ties"]["mid-base-rate"]
    skill.update(low=low, high=high)
    assert f"mid-ties {said} mid-base-rate" in unwrapped(page(shown))


# --- the picture -------------------------------------------------------------------------------


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is not None, reason="it is installed")
def test_without_matplotlib_a_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs matplotlib") as refused:
        draw_reliability(document(), tmp_path / "curve.svg")
    assert ".[plot]" in str(refused.value.hint)
    assert not (tmp_path / "curve.svg").exists()

"""What the user is told of the research data, as documents and as pages."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from sidelines.facts.official.catalogue import catalogue
from sidelines.report.data_documents import ACTIONS, data_document
from sidelines.report.data_page import print_data
from sidelines.report.terminal import captured
from sidelines.terms.errors import NotFoundError

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder of research data."""
    monkeypatch.setenv("SIDELINES_DATA", str(tmp_path))
    return tmp_path


def asked(action: str, *datasets: str) -> dict[str, Any]:
    return data_document(action, datasets, today=TODAY)


def page(action: str, *datasets: str, width: int = 100) -> str:
    document = asked(action, *datasets)
    return captured(lambda out: print_data(out, document, action=action), width=width)


@pytest.mark.parametrize("action", list(ACTIONS))
def test_every_document_names_every_data_set(action: str) -> None:
    named = [one["dataset"] for one in asked(action)["datasets"]]
    assert named == list(catalogue())


@pytest.mark.parametrize("action", list(ACTIONS))
def test_every_page_names_every_data_set(action: str) -> None:
    shown = page(action)
    assert not [name for name in catalogue() if name not in shown]


@pytest.mark.parametrize("width", [60, 100, 200])
@pytest.mark.parametrize("action", ["list", "verify", "stale"])
def test_no_line_of_a_table_is_wider_than_the_terminal(action: str, width: int) -> None:
    table = page(action, width=width).splitlines()[2:]  # below the folder, which may be long
    assert max(map(len, table)) <= width


def test_a_data_set_may_be_asked_for_by_name() -> None:
    assert [one["dataset"] for one in asked("where", "nmc", "icb")["datasets"]] == ["nmc", "icb"]


def test_a_data_set_that_is_not_known_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Did you mean 'nmc'"):
        asked("list", "nmcc")


def test_half_a_data_set_is_said_to_be_half_there(own_folder: Path) -> None:
    (own_folder / "icb").mkdir()
    (own_folder / "icb" / "icb1v14.csv").write_text("crisno\n", encoding="utf-8")
    assert "1 of 2" in page("list", "icb")
    assert asked("list", "icb")["datasets"][0]["found"] is False


def test_where_names_the_home_and_every_name_of_a_file() -> None:
    shown = page("where", "icb")
    assert "https://sites.duke.edu/icbdata" in shown
    assert "icb/actors_v14.csv or icb2v14.csv: missing" in shown


def test_an_unreadable_file_outweighs_the_rest(own_folder: Path) -> None:
    pytest.importorskip("polars")
    (own_folder / "icb").mkdir()
    (own_folder / "icb" / "icb1v14.csv").write_text("crisno\n", encoding="utf-8")
    one = asked("verify", "icb")["datasets"][0]
    assert one["status"] == "unreadable"
    assert one["files"][1]["missing_columns"] == ["crisname", "yrterm"]


def test_stale_says_why() -> None:
    one = asked("stale", "trade")["datasets"][0]
    assert one["stale"] is True
    assert one["reasons"] == ["its vintage is 106 months old", "it ends in 2014"]


def test_without_a_folder_it_is_said_where_one_is_looked_for(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIDELINES_DATA", str(own_folder / "nowhere"))
    document = asked("list")
    assert document["folder"] is None
    assert document["usual_folder"] in page("list").replace("\n", "")

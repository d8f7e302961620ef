"""The figures of docs/theory/access.md are those of the decisions and the research data."""

from pathlib import Path

import pytest

import check_access
from check_access import Case


@pytest.fixture(scope="module")
def lethal(research_data: Path) -> list[Case]:
    return check_access.cases("lethal")


def test_the_decisions_by_kind_are_those_of_the_page(lethal: list[Case]) -> None:
    found = {kind: row[:3] for kind, row in check_access.tallies(lethal).items()}
    assert found == {
        "rival": (22, 15, 6),
        "host": (98, 27, 58),
        "ally": (23, 13, 18),
        "other_side": (16, 7, 8),
        "near": (13, 10, 8),
        "neutral": (80, 34, 35),
    }


def test_kinds_gain_nothing_on_a_base_rate_that_could_be_told_from_luck(lethal: list[Case]) -> None:
    found = check_access.scores(lethal)
    assert found["operations"] == 66
    assert found["set"] == pytest.approx(0.679, abs=2e-3)
    assert found["base"] == pytest.approx(0.685, abs=2e-3)
    assert abs(found["gain"]) < found["range"]


def test_decisions_of_one_operation_lean_together(lethal: list[Case]) -> None:
    pull, pairs = check_access.pull(lethal)
    assert pairs == 1102
    assert pull == pytest.approx(0.41, abs=0.01)

"""The figures of docs/theory/access.md are those of the decisions and the research data."""

from pathlib import Path

import numpy as np
import pytest

import check_access
from check_access import Case
from sidelines.assess.parameters import load_parameters


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


@pytest.mark.parametrize(
    ("same_group", "pairs", "middle", "low", "high"),
    [(False, 796, 0.53, 0.37, 0.66), (True, 306, 0.81, 0.67, 0.91)],
)
def test_decisions_lean_together_across_groups_and_more_within_one(
    lethal: list[Case], same_group: bool, pairs: int, middle: float, low: float, high: float
) -> None:
    found = check_access.leaning(lethal, same_group=same_group)
    assert found.pairs == pairs
    assert (found.correlation, found.low, found.high) == pytest.approx(
        (middle, low, high), abs=0.02
    )


def test_the_weight_of_the_common_factor_is_the_root_of_how_decisions_correlate(
    lethal: list[Case],
) -> None:
    found = check_access.leaning(lethal, same_group=False)
    set_ = load_parameters().numbers["access_common_loading"]
    roots = [one**0.5 for one in (found.correlation, found.low, found.high)]
    assert [set_.value, set_.low, set_.high] == pytest.approx(roots, abs=0.01)


def test_leaning_is_found_again_where_it_was_put_in() -> None:
    rng, shared = np.random.default_rng(5), 0.5**0.5
    cases = []
    for operation in range(300):
        mood = shared * rng.normal() + (1 - shared**2) ** 0.5 * rng.normal(size=5)
        cases += [
            Case(
                kind=check_access.KINDS[operation % 6],
                granted=bool(one < 0.0),
                grantor=str(at),
                group="",
                operation=("A", "B", operation),
            )
            for at, one in enumerate(mood)
        ]
    found = check_access.leaning(cases, same_group=False)
    assert found.low < 0.5 < found.high
    assert found.correlation == pytest.approx(0.5, abs=0.08)

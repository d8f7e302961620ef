from collections.abc import Mapping

import numpy as np
import pytest

from sidelines.history.backtest import roll
from sidelines.history.columns import Columns
from sidelines.history.specifications import load_specifications
from sidelines.history.tasks import Task, blinded, build_task
from sidelines.terms.errors import DataError, NotFoundError

RAW = {
    "crisno": np.array([1.0, 1.0, 2.0, 3.0, 4.0]),
    "crisis_year": np.array([1950.0, 1950.0, 1956.0, 1973.0, 2018.0]),
    "patron": np.array([2.0, 365.0, 200.0, 2.0, 2.0]),
    "client": np.array([732.0, 731.0, 651.0, 666.0, 652.0]),
    "level": np.array([4.0, 0.0, 4.0, 1.0, 3.0]),
    "inv": np.array([8.0, 7.0, 8.0, 3.0, 6.0]),
    "favr": np.array([1.0, 3.0, 1.0, 1.0, np.nan]),
    "y_any": np.array([1.0, 0.0, 1.0, 1.0, 1.0]),
    "arms5_client": np.array([0.0, 1.0, 2.0, 3.0, 4.0]),
}

WIDE = {
    "conflict": np.array([7.0, 7.0, 9.0, 9.0]),
    "ep": np.array([1.0, 2.0, 1.0, 1.0]),
    "y0": np.array([1955.0, 1965.0, 1991.0, 1991.0]),
    "power": np.array(["USA", "RUS", "USA", "FRA"]),
    "client": np.array([700.0, 700.0, 432.0, 432.0]),
    "type": np.array(["interstate", "intrastate", "internationalised", "extrasystemic"]),
    "forces": np.array([1.0, 0.0, 0.0, 1.0]),
    "post3": np.array([90.0, 20.0, 60.0, np.nan]),
    "pre5": np.array([np.nan, 0.0, 60.0, 10.0]),
    "cinc_patron": np.full(4, 0.1),
    "cinc_client": np.full(4, 0.01),
    "maxint": np.ones(4),
}


def build(name: str, columns: Mapping[str, np.ndarray]) -> Task:
    return build_task(name, columns, load_specifications().tasks[name])


def test_other_powers_and_held_out_years_are_no_cases_of_the_task() -> None:
    task = build("icb", RAW)
    assert task.cases["arms5_client"].tolist() == [0.0, 1.0, 3.0]


def test_the_ladder_counts_what_was_done_for_this_side() -> None:
    task = build("icb", RAW)
    assert task.cases["ladder"].tolist() == [3, 0, 1]
    assert task.cases["act_ladder"].tolist() == [3, 2, 1]
    assert task.cases["favour"].tolist() == [1, 0, 1]


def test_raw_outcomes_are_no_columns_of_the_task() -> None:
    assert not set(build("icb", RAW).cases) & {"level", "inv", "favr", "y_any"}


def test_a_table_without_the_two_powers_is_refused() -> None:
    with pytest.raises(DataError, match="No case is left"):
        build("icb", {**RAW, "patron": np.full(5, 220.0)})


def test_a_forecast_never_sees_later_rows_or_the_outcomes_it_is_asked_for(task: Task) -> None:
    seen: list[Columns] = []

    def spy(cases: Columns, *, train: np.ndarray, test: np.ndarray, origin: int) -> np.ndarray:
        assert (cases["crisis_year"] < origin + 5).all()
        assert not set(cases["crisno"][train]) & set(cases["crisno"][test])
        for outcome in ("ladder", "act_ladder", "favour"):
            assert (cases[outcome][test] == -1).all()
            assert (cases[outcome][train] >= 0).all()
        seen.append(cases)
        return np.full((int(test.sum()), 3), 0.5)

    roll(task, spy)
    assert len(seen) == len(task.origins)


def test_blinding_leaves_the_task_as_it_was(task: Task) -> None:
    before = task.cases["ladder"].copy()
    blinded(task.cases, task.origins[0])
    assert (task.cases["ladder"] == before).all()


def test_episodes_of_one_conflict_are_crises_of_their_own() -> None:
    assert len(np.unique(build("acd-forces", WIDE).cases["crisno"])) == 3


def test_troops_sent_are_an_outcome_and_no_column() -> None:
    task = build("acd-forces", WIDE)
    assert task.cases["ladder"].tolist() == [1, 0, 0, 1]
    assert not set(task.cases) & {"forces", "post3", "maxint", "type"}


def test_deliveries_surge_when_they_are_large_and_larger_than_before() -> None:
    assert build("sipri-surge", WIDE).cases["ladder"].tolist() == [1, 0, 1, 0]


def test_whether_others_joined_later_is_no_input() -> None:
    """An episode that is called internationalised had troops of others in it."""
    cases = build("acd-forces", WIDE).cases
    assert cases["interstate"].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert cases["extrasystemic"].tolist() == [0.0, 0.0, 0.0, 1.0]


def test_an_unknown_task_names_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match="Known: icb, acd-forces"):
        build_task("icb-all", RAW, load_specifications().tasks["icb"])

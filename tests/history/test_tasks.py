from collections.abc import Mapping

import numpy as np
import pytest

from sidelines.history.backtest import roll
from sidelines.history.columns import Columns
from sidelines.history.specifications import load_specifications
from sidelines.history.tasks import Task, blinded, build_task
from sidelines.terms.errors import DataError

RAW = {
    "crisis": np.array([1.0, 1.0, 1.0, 2.0, 3.0, 4.0]),
    "crisis_year": np.array([1950.0, 1950.0, 1950.0, 1956.0, 1973.0, 2018.0]),
    "power": np.array([2.0, 2.0, 365.0, 200.0, 2.0, 2.0]),
    "ladder": np.array([3.0, np.nan, 0.0, 3.0, 1.0, 2.0]),
    "activity": np.array([3.0, np.nan, 2.0, 3.0, 1.0, 2.0]),
    "favourable": np.array([1.0, np.nan, 0.0, 1.0, 1.0, 1.0]),
    "rung_high": np.array([6.0, np.nan, 0.0, 6.0, 2.0, 5.0]),
    "y_any": np.array([1.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
    "arms_backed": np.array([0.0, 9.0, 1.0, 2.0, 3.0, 4.0]),
}
EPISODES = {
    "crisis": np.array([701.0, 702.0, 901.0, 901.0]),
    "crisis_year": np.array([1955.0, 1965.0, 1991.0, 1991.0]),
    "power": np.array([2.0, 365.0, 2.0, 220.0]),
    "forces": np.array([1.0, 0.0, 0.0, 1.0]),
    "surge": np.array([np.nan, 0.0, 1.0, 0.0]),
    "delivered_before": np.array([np.nan, 0.0, 60.0, 10.0]),
}


def build(name: str, columns: Mapping[str, np.ndarray]) -> Task:
    return build_task(name, columns, load_specifications().tasks[name])


def test_other_powers_held_out_years_and_unknown_outcomes_are_no_cases() -> None:
    assert build("icb", RAW).cases["arms_backed"].tolist() == [0.0, 1.0, 3.0]


def test_the_outcome_of_the_task_is_its_ladder() -> None:
    assert build("icb", RAW).cases["ladder"].tolist() == [3, 0, 1]
    assert build("acd-forces", EPISODES).cases["ladder"].tolist() == [1, 0, 0, 1]
    assert build("sipri-surge", EPISODES).cases["ladder"].tolist() == [0, 1, 0]


def test_no_other_outcome_is_a_column_of_the_task() -> None:
    assert not set(build("icb", RAW).cases) & {"rung_high", "y_any"}
    assert not set(build("sipri-surge", EPISODES).cases) & {"forces", "surge"}


def test_a_delivery_that_is_unknown_stays_unknown() -> None:
    cases = build("acd-forces", EPISODES).cases
    assert np.isnan(cases["log_delivered_before"][0])
    assert np.isnan(cases["any_delivered_before"][0])
    assert cases["any_delivered_before"][1:].tolist() == [0.0, 1.0, 1.0]


def test_a_table_without_the_two_powers_is_refused() -> None:
    with pytest.raises(DataError, match="No case is left"):
        build("icb", {**RAW, "power": np.full(6, 220.0)})


def test_a_forecast_never_sees_later_rows_or_the_outcomes_it_is_asked_for(task: Task) -> None:
    seen: list[Columns] = []

    def spy(cases: Columns, *, train: np.ndarray, test: np.ndarray, origin: int) -> np.ndarray:
        assert (cases["crisis_year"] < origin + 5).all()
        assert not set(cases["crisis"][train]) & set(cases["crisis"][test])
        for outcome in ("ladder", "activity", "favourable"):
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

import numpy as np
import pytest

from sidelines.history.backtest import roll
from sidelines.history.columns import Columns
from sidelines.history.tasks import Task, blinded, icb_task
from sidelines.terms.errors import DataError

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


def test_other_powers_and_held_out_years_are_no_cases_of_the_task() -> None:
    task = icb_task(RAW)
    assert task.cases["arms5_client"].tolist() == [0.0, 1.0, 3.0]


def test_the_ladder_counts_what_was_done_for_this_side() -> None:
    task = icb_task(RAW)
    assert task.cases["ladder"].tolist() == [3, 0, 1]
    assert task.cases["act_ladder"].tolist() == [3, 2, 1]
    assert task.cases["favour"].tolist() == [1, 0, 1]


def test_raw_outcomes_are_no_columns_of_the_task() -> None:
    assert not set(icb_task(RAW).cases) & {"level", "inv", "favr", "y_any"}


def test_a_table_without_the_two_powers_is_refused() -> None:
    with pytest.raises(DataError, match="No case is left"):
        icb_task({**RAW, "patron": np.full(5, 220.0)})


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

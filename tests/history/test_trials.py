from dataclasses import replace
from importlib import resources

import pytest

from sidelines.history import trials as module
from sidelines.history.tasks import Task
from sidelines.history.trials import Trial, load_trials, score_trials, trial_models, trial_table
from sidelines.terms.errors import UsageError

NULL = Trial(
    name="rate of 20",
    task="made-up",
    date="2026-11-23",
    note="a null",
    settings={"like": "base-rate", "held_by": 20},
)
NAMED = replace(NULL, name="base-rate", settings={})


def test_every_trial_can_be_built() -> None:
    models = trial_models(load_trials()).models
    assert all(trial.name in models for trial in load_trials())


def test_the_table_has_a_line_for_every_trial_in_their_order() -> None:
    file = resources.files("sidelines.history").joinpath("trials.csv")
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    scored = [row[0] for row in rows]
    assert scored == [str(order) for order in range(1, len(load_trials()) + 1) for _ in range(2)]


def test_a_trial_that_stands_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    double = {"name": "a", "task": "icb", "note": "n"}
    monkeypatch.setattr(module, "_file", lambda: {"date": "d", "trials": [double, double]})
    with pytest.raises(UsageError, match="Trial 'a' stands twice"):
        load_trials()


def test_a_scored_trial_has_a_line_for_all_years_and_one_for_the_recent_ones(task: Task) -> None:
    late = replace(task, cases={**task.cases, "crisis_year": task.cases["crisis_year"] + 30})
    moved = tuple(
        replace(origin, year=origin.year + 30, until=origin.until + 30) for origin in task.origins
    )
    _, (_, lines) = score_trials({"made-up": replace(late, origins=moved)}, [NAMED, NULL])
    assert [line["years"] for line in lines] == ["1985-2009", "1990-2009"]
    assert len(lines[0]["log_loss"].split()) == 3
    assert trial_table(lines).splitlines()[1].startswith("2,2026-11-23,made-up,rate of 20,")

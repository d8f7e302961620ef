from dataclasses import replace

import numpy as np
import pytest

from sidelines.history.columns import Columns
from sidelines.history.leaks import (
    check_no_leak,
    moved_by_outcomes,
    moved_by_rows,
    permuted_gain,
    telling_columns,
)
from sidelines.history.specifications import Specifications, extended
from sidelines.history.tasks import Task
from sidelines.terms.errors import CheckFailedError

ABOUT = {"label": "t", "what": "a test.", "source": "made up"}
EMPTY = Specifications(models={}, groupings={}, tasks={})
MODELS = extended(
    EMPTY,
    {
        "rate": {**ABOUT, "kind": "base-rate", "held_by": 5},
        "plain": {**ABOUT, "kind": "plain-logit", "covariates": ["arms"], "inverse_penalty": 1.0},
        "told": {"like": "plain", "covariates": ["arms", "answer"]},
    },
)


def honest(rows: Columns) -> Columns:
    return {**rows, "arms_squared": rows["arms"] ** 2}


def company(rows: Columns) -> Columns:
    """Count the cases of the same crisis: a case more says that somebody acted."""
    return {**rows, "company": (rows["crisis"][:, None] == rows["crisis"]).sum(axis=1)}


def habit(rows: Columns) -> Columns:
    """Take the mean of all outcomes of a power, its own case among them."""
    same = rows["power"][:, None] == rows["power"]
    return {**rows, "habit": (same @ rows["ladder"]) / same.sum(axis=1)}


def first_of_each_crisis(task: Task) -> np.ndarray:
    return task.cases["power"] == 2.0


def test_a_covariate_of_its_own_case_stays_when_other_rows_go(task: Task) -> None:
    keep = first_of_each_crisis(task)
    assert moved_by_rows(task.cases, honest, keep=keep, names=["arms_squared"]) == ()


def test_a_feature_that_depends_on_the_existence_of_a_row_is_caught(task: Task) -> None:
    keep = first_of_each_crisis(task)
    found = moved_by_rows(task.cases, company, keep=keep, names=["arms", "company"])
    assert found == ("company",)


def test_a_feature_that_is_made_of_outcomes_is_caught(task: Task) -> None:
    found = moved_by_outcomes(task.cases, habit, outcomes=["ladder"], names=["arms", "habit"])
    assert found == ("habit",)


@pytest.mark.parametrize("unknown", [False, True], ids=["by its value", "by being unknown"])
def test_a_column_that_encodes_the_outcome_is_caught(unknown: bool, task: Task) -> None:
    happened = task.cases["ladder"] >= 2
    answer = np.where(happened, np.nan, 1.0) if unknown else happened + 0.0
    planted = replace(task, cases={**task.cases, "answer": answer})
    assert list(telling_columns(planted, ["arms", "noise", "answer"], limit=0.95)) == ["answer"]


def test_a_column_of_words_that_encodes_the_outcome_is_caught(task: Task) -> None:
    words = np.where(task.cases["ladder"] >= 2, "joined", "absent")
    planted = replace(task, cases={**task.cases, "answer": words})
    assert list(telling_columns(planted, ["answer"], limit=0.95)) == ["answer"]


def test_an_honest_model_gains_nothing_when_outcomes_are_dealt_at_random(task: Task) -> None:
    assert permuted_gain(task, "plain", MODELS, reference="rate") < 0.01


def test_a_model_that_is_told_the_answer_gains_even_then(task: Task) -> None:
    """The planted column follows the outcomes wherever they are dealt."""
    rng = np.random.default_rng(0)
    order = np.arange(len(task.cases["ladder"]))
    for block in (task.origins[0].train, *(origin.test for origin in task.origins)):
        order[block] = rng.permutation(order[block])
    answer = task.cases["ladder"][order].astype(float)
    planted = replace(task, cases={**task.cases, "answer": answer})
    assert permuted_gain(planted, "told", MODELS, reference="rate") > 0.2


def test_a_check_that_found_a_leak_fails_and_names_it() -> None:
    with pytest.raises(CheckFailedError, match="know their outcome: company"):
        check_no_leak(["company"], of="Covariates that know their outcome")
    check_no_leak([], of="nothing")

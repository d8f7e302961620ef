"""What the headline must hold on the past: rows of 1955 to 2017, which are development.

Gate and targets: feasibility study of 2026, section 7.
"""

import numpy as np
import pytest

from sidelines.history.backtest import Answers, backtest
from sidelines.history.leaks import permuted_gain, telling_columns
from sidelines.history.models.forecast import OUTCOMES
from sidelines.history.scoreboard import Span, scoreboard
from sidelines.history.specifications import load_specifications
from sidelines.history.tasks import Task, build_task

KEYS = {"crisis", "cracno", *OUTCOMES}


@pytest.fixture(scope="module")
def task(past_cases: dict[str, np.ndarray]) -> Task:
    return build_task("icb", past_cases, load_specifications().tasks["icb"])


@pytest.fixture(scope="module")
def answers(task: Task) -> Answers:
    return backtest(task, ["headline", "six", "six-shrunk", "base-rate-era"], load_specifications())


@pytest.fixture(scope="module")
def spans(task: Task, answers: Answers) -> dict[int, Span]:
    board = scoreboard(task, answers, load_specifications().tasks["icb"])
    return {span.first if span.last == 2017 else -span.first: span for span in board}


@pytest.mark.parametrize("reference", ["six", "six-shrunk", "base-rate-era"])
@pytest.mark.parametrize("step", ["material", "force"])
def test_the_headline_is_better_clear_of_zero(
    step: str, reference: str, spans: dict[int, Span]
) -> None:
    assert spans[1955].steps[step].difference["headline"][reference].high < 0.0


def test_it_is_not_worse_than_the_shrunk_six_since_1990(spans: dict[int, Span]) -> None:
    material = spans[1990].steps["material"]
    assert material.difference["headline"]["six-shrunk"].value < 0.005


def test_it_reaches_the_targets(spans: dict[int, Span]) -> None:
    whole, recent = spans[1955], spans[1990]
    assert whole.steps["material"].scores["headline"].log_loss <= 0.340
    assert whole.steps["force"].scores["headline"].log_loss <= 0.138
    assert whole.rps["headline"] <= 0.104
    assert 0.8 <= whole.steps["material"].scores["headline"].slope <= 1.3
    assert recent.steps["material"].scores["headline"].log_loss <= 0.305


def test_no_covariate_tells_the_outcome_by_itself(task: Task) -> None:
    names = [name for name in task.cases if name not in KEYS]
    assert telling_columns(task, names, limit=0.95) == {}


@pytest.mark.parametrize("model", ["two-stage-regional", "ladder-signals", "six-shrunk"])
def test_no_model_gains_when_outcomes_are_dealt_at_random(model: str, task: Task) -> None:
    assert permuted_gain(task, model, load_specifications(), reference="base-rate-era") < 0.005

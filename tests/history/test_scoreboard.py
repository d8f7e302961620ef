import json

import pytest

from sidelines.history.backtest import Answers, backtest
from sidelines.history.scoreboard import scoreboard, scoreboard_document
from sidelines.history.specifications import Specifications, TaskSettings, extended
from sidelines.history.tasks import Task

ABOUT = {"label": "t", "what": "a test.", "source": "made up"}
MODELS = extended(
    Specifications(models={}, groupings={}, tasks={}),
    {
        "rate": {**ABOUT, "kind": "base-rate", "held_by": 5},
        "plain": {**ABOUT, "kind": "plain-logit", "covariates": ["arms"], "inverse_penalty": 1.0},
    },
)
SETTINGS = TaskSettings(
    what="made up",
    source="made up",
    steps=("any", "material", "force"),
    outcome="ladder",
    start=1955,
    step=5,
    last=1979,
    models=("rate", "plain"),
    references=("rate",),
    periods=((1955, 1979), (1970, 1979)),
)


@pytest.fixture(scope="module")
def answers(task: Task) -> Answers:
    return backtest(task, SETTINGS.models, MODELS)


def test_every_model_is_scored_over_every_span(task: Task, answers: Answers) -> None:
    whole, late = scoreboard(task, answers, SETTINGS)
    assert (whole.first, whole.last, late.first) == (1955, 1979, 1970)
    assert late.n < whole.n == 2 * whole.crises
    assert set(whole.steps["material"].scores) == {"rate", "plain"}


def test_skill_and_difference_are_against_the_reference(task: Task, answers: Answers) -> None:
    step = scoreboard(task, answers, SETTINGS)[0].steps["material"]
    plain, rate = step.scores["plain"].log_loss, step.scores["rate"].log_loss
    assert step.skill["plain"]["rate"].value == pytest.approx(1 - plain / rate)
    assert step.difference["plain"]["rate"].value == pytest.approx(plain - rate)
    assert step.skill["rate"]["rate"].value == 0.0


def test_the_document_has_one_task_a_step_and_is_plain_data(task: Task, answers: Answers) -> None:
    document = scoreboard_document(task, scoreboard(task, answers, SETTINGS), SETTINGS)
    assert list(document) == ["made-up-any", "made-up-material", "made-up-force"]
    entry = json.loads(json.dumps(document, allow_nan=False))["made-up-material"]
    assert {"log_loss", "brier", "roc_auc", "pr_auc", "rps"} <= set(entry["scores"]["plain"])
    assert set(entry["skill"]["plain"]["rate"]) == {"value", "low", "high"}
    assert sum(each["model"] == "plain" for each in entry["calibration"]) == 10
    assert len(entry["spans"]) == 2

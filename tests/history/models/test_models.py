"""What holds for every kind of model."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sidelines.history.backtest import backtest, roll
from sidelines.history.models.registry import build_forecast
from sidelines.history.origins import spanned
from sidelines.history.scores import log_losses, reached
from sidelines.history.specifications import Specifications, extended, named
from sidelines.history.tasks import Task
from sidelines.terms.errors import UsageError

EMPTY = Specifications(models={}, groupings={}, tasks={})
ABOUT = {"label": "t", "what": "a test", "source": "made up"}
STAGE = {"covariates": ["arms", "noise"], "slope_sd": 1.0}
MEASURED = {"source_slope_sd": 0.5, "gap": 0.5, "gap_sd": 1.0, "residual_sd": 1.0, "nodes": 5}
MODELS: dict[str, dict[str, Any]] = {
    "rate": {"kind": "base-rate", "held_by": 5, "cuts": [1946]},
    "plain": {"kind": "plain-logit", "covariates": ["arms", "noise"], "inverse_penalty": 1.0},
    "levels": {"kind": "hierarchical", **STAGE, "effects": [{"by": ["backed"], "sd": 0.3}]},
    "stages": {"kind": "two-stage", "act": STAGE, "favour": STAGE, "favour_from": [1, 2, 2]},
    "joint": {
        "kind": "joint-stages",
        "act": {**STAGE, "effects": [{"by": ["step"], "sd": 3.0}]},
        "favour": {**STAGE, "effects": [{"by": ["step"], "sd": 1.0}]},
        "favour_from": [1, 2, 2],
    },
    "measured": {
        "kind": "joint-measurement",
        **STAGE,
        "steps": [1, 3, 6],
        "effects": [{"by": ["power"], "sd": 1.0}],
        "sources": [{"label": "troops", "reach_years": 1}],
        **MEASURED,
    },
    "theory": {
        "kind": "ladder",
        "mechanisms": {"commitment": {"loads": [0.6, 1.0, 1.1], "signs": {"arms": 1, "noise": 1}}},
        "slope_sd": 1.0,
        "deviation_sd": 0.1,
        "effects": [{"by": ["power"], "sd": 0.3}],
        "effect_loads": [0.6, 1.0, 1.1],
        "flagged": ["arms"],
        "power_sd": 1.0,
        "flag_sd": 1.0,
    },
    "one-after-another": {
        "kind": "sequential-stages",
        "act": {**STAGE, "effects": [{"by": ["step"], "sd": 3.0}]},
        "favour": {**STAGE, "effects": [{"by": ["step"], "sd": 1.0}]},
        "favour_from": [1, 2, 2],
    },
    "trees": {
        "kind": "boosting",
        "signs": {"arms": 1, "noise": 0},
        "rounds": 40,
        "learning_rate": 0.1,
        "depth": 2,
        "smallest_leaf": 10,
        "l2": 1.0,
    },
}
LEARNERS = [name for name in MODELS if name != "rate"]


@pytest.fixture(scope="module")
def models() -> Specifications:
    tables = {name: {**ABOUT, **table} for name, table in MODELS.items()}
    return extended(EMPTY, tables)


def answers(task: Task, models: Specifications, name: str) -> np.ndarray:
    return backtest(task, [name], models)[name]


def shuffled(task: Task, order: np.ndarray) -> Task:
    return replace(
        task,
        cases={name: values[order] for name, values in task.cases.items()},
        origins=tuple(
            replace(origin, train=origin.train[order], test=origin.test[order])
            for origin in task.origins
        ),
    )


@pytest.mark.parametrize("name", MODELS)
def test_every_test_row_and_no_other_has_chances_that_never_rise(
    name: str, task: Task, models: Specifications
) -> None:
    prob = answers(task, models, name)
    assert (np.isfinite(prob).all(axis=1) == spanned(task.origins)).all()
    asked = prob[spanned(task.origins)]
    assert (asked >= 0.0).all()
    assert (asked <= 1.0).all()
    assert (np.diff(asked, axis=1) <= 0.0).all()


@pytest.mark.parametrize("name", MODELS)
def test_the_order_of_rows_changes_nothing(name: str, task: Task, models: Specifications) -> None:
    order = np.random.default_rng(1).permutation(len(task.cases["ladder"]))
    straight = answers(task, models, name)[order]
    assert answers(shuffled(task, order), models, name) == pytest.approx(
        straight, abs=1e-4, nan_ok=True
    )


@pytest.mark.parametrize("name", MODELS)
def test_what_happens_later_changes_nothing(name: str, task: Task, models: Specifications) -> None:
    first = task.origins[0]
    later = ~first.train
    other = {
        **task.cases,
        "ladder": np.where(later, 3 - task.cases["ladder"], task.cases["ladder"]),
    }
    changed = answers(replace(task, cases=other), models, name)
    assert (changed[first.test] == answers(task, models, name)[first.test]).all()


@pytest.mark.parametrize("name", LEARNERS)
def test_a_model_that_is_told_what_matters_beats_the_base_rate(
    name: str, task: Task, models: Specifications
) -> None:
    asked = spanned(task.origins)
    happened = reached(task.cases["ladder"], thresholds=3)[asked]
    learned = log_losses(happened, answers(task, models, name)[asked]).mean()
    assert learned < 0.9 * log_losses(happened, answers(task, models, "rate")[asked]).mean()


def test_a_mechanism_of_the_wrong_sign_is_not_learned(task: Task, models: Specifications) -> None:
    against = {"like": "theory", "mechanisms": {"commitment": {"signs": {"arms": -1}}}}
    wrong = extended(models, {"wrong": against})
    happened = reached(task.cases["ladder"], thresholds=3)[spanned(task.origins)]
    losses = [
        log_losses(happened, answers(task, wrong, name)[spanned(task.origins)]).mean()
        for name in ("theory", "wrong")
    ]
    assert losses[0] < losses[1]


def test_a_structural_index_is_used_upwards_only(task: Task, models: Specifications) -> None:
    arms = np.nan_to_num(task.cases["arms"])
    guided = extended(
        models,
        {"guided": {"like": "stages", "act": {"covariates": ["noise"]}, "index": ["game"] * 3}},
    )
    forecast = build_forecast(named(guided, "guided"), guided, thresholds=3)
    happened = reached(task.cases["ladder"], thresholds=3)[spanned(task.origins)]

    def loss(index: np.ndarray) -> float:
        prob = roll(replace(task, cases={**task.cases, "game": index}), forecast)
        return float(log_losses(happened, prob[spanned(task.origins)]).mean())

    assert loss(arms) < loss(-arms) == pytest.approx(loss(np.zeros_like(arms)), abs=1e-9)


def test_an_unknown_kind_of_model_names_the_known_ones() -> None:
    odd = extended(EMPTY, {"odd": {**ABOUT, "kind": "oracle"}})
    with pytest.raises(UsageError, match=r"Model 'odd' is of the kind 'oracle'.*base-rate"):
        build_forecast(named(odd, "odd"), odd, thresholds=3)

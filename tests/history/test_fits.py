from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sidelines.assess.forecast import Mean, chances
from sidelines.history.backtest import Answers, backtest
from sidelines.history.fits import fit_model
from sidelines.history.specifications import Specifications, extended
from sidelines.history.tasks import Task
from sidelines.terms.errors import UsageError

ABOUT = {"label": "t", "what": "a test.", "source": "made up"}
STAGE: dict[str, Any] = {
    "covariates": ["arms", "noise"],
    "slope_sd": 1.0,
    "effects": [{"by": ["power"], "sd": 1.0}, {"by": ["backed"], "sd": 0.3}],
}
BY_STEP = [{"by": ["step"], "sd": 3.0}, {"by": ["step", "power"], "sd": 0.5}]
MODELS = extended(
    Specifications(models={}, groupings={}, tasks={}),
    {
        "plain": {**ABOUT, "kind": "plain-logit", "covariates": ["arms"], "inverse_penalty": 1.0},
        "levels": {**ABOUT, "kind": "hierarchical", **STAGE},
        "stages": {
            **ABOUT,
            "kind": "two-stage",
            "act": STAGE,
            "favour": STAGE,
            "favour_from": [1, 2, 2],
        },
        "joint": {
            "like": "stages",
            "kind": "joint-stages",
            "act": {"+effects": [*BY_STEP, {"by": ["step"], "slopes": ["arms"], "sd": 0.3}]},
        },
        "theory": {
            **ABOUT,
            "kind": "ladder",
            "mechanisms": {"commitment": {"loads": [0.6, 1.0, 1.1], "signs": {"arms": 1}}},
            "slope_sd": 1.0,
            "deviation_sd": 0.1,
            "effects": [{"by": ["backed"], "sd": 0.3}, {"since": [1930], "each": 10, "sd": 0.2}],
            "effect_loads": [0.6, 1.0, 1.1],
            "flagged": ["arms"],
            "power_sd": 1.0,
            "flag_sd": 1.0,
        },
        "mean": {
            **ABOUT,
            "kind": "average",
            "members": ["stages", "theory", "levels"],
            "sharpness": 0.25,
        },
        "pool": {**ABOUT, "kind": "pool", "members": ["stages", "theory"]},
    },
)


@pytest.fixture(scope="module")
def answers(task: Task) -> Answers:
    return backtest(task, [name for name in MODELS.models if name != "pool"], MODELS)


@pytest.mark.parametrize("name", [name for name in MODELS.models if name != "pool"])
def test_a_fit_gives_the_cases_of_a_block_what_the_back_test_gave_them(
    name: str, task: Task, answers: Answers
) -> None:
    block = task.origins[2]
    fitted = fit_model(task, name, MODELS, before=block.year)
    cases = {column: values[block.test] for column, values in task.cases.items()}
    assert chances(fitted, cases) == pytest.approx(answers[name][block.test], abs=1e-6)


def test_a_fit_learns_nothing_from_its_year_on(task: Task) -> None:
    block = task.origins[2]
    early = task.cases["crisis_year"] < block.year
    other = np.where(early, task.cases["ladder"], 3 - task.cases["ladder"])
    changed = replace(task, cases={**task.cases, "ladder": other})
    assert fit_model(changed, "mean", MODELS, before=block.year) == fit_model(
        task, "mean", MODELS, before=block.year
    )


def test_the_weights_of_a_mean_add_up_to_one(task: Task, answers: Answers) -> None:
    fitted = fit_model(task, "mean", MODELS, before=1980, known=answers)
    assert isinstance(fitted, Mean)
    assert np.array(fitted.weights).sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])


def test_a_pool_is_not_written_down(task: Task) -> None:
    with pytest.raises(UsageError, match="'pool' is a pool, which cannot be written"):
        fit_model(task, "pool", MODELS, before=1980)

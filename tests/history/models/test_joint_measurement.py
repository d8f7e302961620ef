from dataclasses import replace

import numpy as np
import pytest

from sidelines.history.backtest import backtest
from sidelines.history.models.joint_measurement import Measures, measured_log_posterior
from sidelines.history.specifications import Specifications, extended
from sidelines.history.tasks import Task

CODED = [(0, 0), (1, 2), (1, 1), (3, 3), (4, 5), (6, 6), (0, 6)]
STEP = 1e-6
MEASURED = {"source_slope_sd": 0.5, "gap": 0.5, "gap_sd": 1.0, "residual_sd": 1.0, "nodes": 5}
TABLE = {
    "label": "t",
    "what": "a test.",
    "source": "made up",
    "kind": "joint-measurement",
    "covariates": ["arms"],
    "slope_sd": 1.0,
    "steps": [1, 3, 6],
    "effects": [],
    "sources": [{"label": "troops", "reach_years": 1}],
    **MEASURED,
}


def measures(cases: int = 60) -> Measures:
    """Return made-up cases: two covariates, two sources that are silent on every fourth case."""
    rng = np.random.default_rng(0)
    low, high = np.array([CODED[which] for which in rng.integers(0, len(CODED), cases)]).T
    said = rng.integers(0, 2, (2, cases)).astype(float)
    said[:, ::4] = np.nan
    node, weight = np.polynomial.hermite_e.hermegauss(5)
    return Measures(
        design=rng.normal(size=(cases, 2)),
        low=low,
        high=high,
        said=said,
        node=1.5 * node,
        log_weight=np.log(weight / weight.sum()),
        prior_mean=np.zeros(12),
        prior_sd=np.full(12, 2.0),
    )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_gradient_is_that_of_finite_differences(seed: int) -> None:
    numbers = np.random.default_rng(seed).normal(size=12)
    steps = np.eye(12) * STEP
    differences = [
        (
            measured_log_posterior(numbers + step, measures())[0]
            - measured_log_posterior(numbers - step, measures())[0]
        )
        / (2 * STEP)
        for step in steps
    ]
    found = measured_log_posterior(numbers, measures())[1]
    np.testing.assert_allclose(found, differences, rtol=1e-6, atol=1e-6)


def test_chances_of_all_that_could_be_coded_sum_to_one() -> None:
    numbers = np.random.default_rng(3).normal(size=8)
    one = measures(1)
    silent = replace(one, said=np.empty((0, 1)), prior_mean=np.zeros(8), prior_sd=np.full(8, 1e9))
    chances = [
        np.exp(measured_log_posterior(numbers, replace(silent, low=rung, high=rung))[0])
        for rung in np.arange(7)[:, None]
    ]
    assert sum(chances) == pytest.approx(1)


def test_a_set_of_rungs_is_as_likely_as_its_members_together() -> None:
    numbers = np.random.default_rng(4).normal(size=8)
    one = measures(1)
    silent = replace(one, said=np.empty((0, 1)), prior_mean=np.zeros(8), prior_sd=np.full(8, 1e9))

    def chance(low: int, high: int) -> float:
        coded = replace(silent, low=np.array([low]), high=np.array([high]))
        return float(np.exp(measured_log_posterior(numbers, coded)[0]))

    assert chance(4, 5) == pytest.approx(chance(4, 4) + chance(5, 5))
    assert chance(0, 6) == pytest.approx(1)


def test_a_source_that_knows_more_moves_the_forecast(task: Task) -> None:
    models = made_up({"joint": {}, "alone": {"sources": []}})
    answers = backtest(task, ["joint", "alone"], models)
    last = task.origins[-1].test
    assert np.abs(answers["joint"] - answers["alone"])[last].max() > 1e-3


def test_a_label_that_looks_past_the_origin_is_not_learned_from(task: Task) -> None:
    """With a reach of a century no label is known in time: it might as well not be there."""
    far = {"sources": [{"label": "troops", "reach_years": 100}]}
    answers = backtest(task, ["far", "alone"], made_up({"far": far, "alone": {"sources": []}}))
    np.testing.assert_allclose(answers["far"], answers["alone"], atol=1e-4)


def test_cases_that_a_source_cannot_see_are_not_learned_from(task: Task) -> None:
    blind = replace(task, cases={**task.cases, "said_seen": np.zeros(len(task.cases["year"]))})
    nowhere = {"sources": [{"label": "troops", "reach_years": 1, "where": "seen"}]}
    models = made_up({"nowhere": nowhere, "alone": {"sources": []}})
    answers = backtest(blind, ["nowhere", "alone"], models)
    np.testing.assert_allclose(answers["nowhere"], answers["alone"], atol=1e-4)


def made_up(models: dict[str, dict[str, object]]) -> Specifications:
    empty = Specifications(models={}, groupings={}, tasks={})
    return extended(empty, {name: {**TABLE, **said} for name, said in models.items()})

from dataclasses import replace

import numpy as np
import pytest

from sidelines.history.joint_measurement import joint_measurement_document, measured_columns
from sidelines.history.models.forecast import HIDDEN
from sidelines.history.specifications import Specifications, extended, load_specifications
from sidelines.history.tasks import Task, blinded

SMALL = {"covariates": ["arms"], "effects": []}
SOURCES = {"sources": [{"label": "troops", "reach_years": 1}]}


def small_models() -> Specifications:
    """Return the two models that ship, on the covariate and the source of made-up crises."""
    return extended(
        load_specifications(),
        {
            "icb-measurement": {"like": "icb-measurement", **SMALL},
            "joint-measurement": {"like": "joint-measurement", **SMALL, **SOURCES},
        },
    )


def later(task: Task, years: int) -> Task:
    moved = {name: task.cases[name] + years for name in ("year", "crisis_year")}
    origins = tuple(
        replace(one, year=one.year + years, until=one.until + years) for one in task.origins
    )
    return replace(task, cases={**task.cases, **moved}, origins=origins)


def test_what_sources_say_of_a_case_is_hidden_from_its_forecast(task: Task) -> None:
    coded = {"rung_low": task.cases["ladder"], "rung_high": task.cases["ladder"]}
    cases = measured_columns({**task.cases, **coded}, {"acd_forces": np.ones(300)})
    rows, view = blinded(cases, task.origins[0])
    for name in ("said_acd_forces", "said_rung_low", "said_rung_high"):
        assert (rows[name][view.test] == HIDDEN).all()
        assert (rows[name][view.train] != HIDDEN).all()


def test_the_document_tells_the_paired_difference_of_every_step_and_span(task: Task) -> None:
    found = joint_measurement_document(later(task, 35), small_models())
    assert set(found) == {"1955-2017", "1990-2017"}
    material = found["1955-2017"]["material"]
    difference = material["difference"]
    assert difference["value"] == pytest.approx(material["joint"] - material["icb_alone"])
    assert difference["low"] < difference["value"] < difference["high"]

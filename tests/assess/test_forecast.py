import math
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from sidelines.assess.forecast import (
    Effect,
    Forecast,
    Grouping,
    Ladder,
    Linear,
    Logits,
    Mean,
    Term,
    TwoStages,
    chances,
    log_odds,
)

ARMS = Term(name="arms", fill=2.0, mean=1.0, sd=2.0, slope=0.8, unknown=-0.3)
CASES = {
    "arms": np.array([5.0, np.nan, -1.0]),
    "power": np.array([2.0, 365.0, 365.0]),
    "year": np.array([1950.0, 1985.0, 1995.0]),
}


def level(constant: float) -> Linear:
    """Return a score that is the same for every case but for its arms."""
    return Linear(constant=constant, terms=(Term(name="arms", fill=0, mean=0, sd=1, slope=0.0),))


def logistic(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-score))


def scored(*effects: Effect) -> Any:
    return log_odds(Linear(constant=0.5, terms=(ARMS,), effects=effects), CASES)


def test_a_covariate_counts_on_the_scale_of_the_training_rows() -> None:
    assert scored()[0] == pytest.approx(0.5 + 0.8 * (5.0 - 1.0) / 2.0)


def test_an_unknown_covariate_is_filled_and_flagged() -> None:
    assert scored()[1] == pytest.approx(0.5 + 0.8 * (2.0 - 1.0) / 2.0 - 0.3)


def test_terms_add_up() -> None:
    year = Term(name="year", fill=0, mean=1950, sd=10, slope=0.1)
    found = log_odds(Linear(constant=0.0, terms=(ARMS, year)), CASES)
    assert found[2] == pytest.approx(0.8 * -1.0 + 0.1 * 4.5)


def test_a_group_adds_to_the_level() -> None:
    effect = Effect(by=(Grouping(of="power"),), groups=((2.0,), (365.0,)), values=(0.2, -0.7))
    assert scored(effect) - scored() == pytest.approx([0.2, -0.7, -0.7])


def test_a_group_that_is_not_listed_adds_nothing() -> None:
    effect = Effect(by=(Grouping(of="power"),), groups=((2.0,),), values=(0.2,))
    assert scored(effect) - scored() == pytest.approx([0.2, 0.0, 0.0])


def test_a_group_may_be_an_interval() -> None:
    eras = Grouping(of="year", cuts=(1970.0, 1990.0))
    effect = Effect(by=(eras,), groups=((0.0,), (1.0,), (2.0,)), values=(1.0, 2.0, 3.0))
    assert scored(effect) - scored() == pytest.approx([1.0, 2.0, 3.0])


def test_an_interval_begins_at_its_cut() -> None:
    effect = Effect(by=(Grouping(of="year", cuts=(1950.0,)),), groups=((1.0,),), values=(1.0,))
    assert (scored(effect) - scored())[0] == pytest.approx(1.0)


def test_groups_may_be_crossed() -> None:
    by = (Grouping(of="power"), Grouping(of="year", cuts=(1990.0,)))
    effect = Effect(by=by, groups=((365.0, 1.0),), values=(4.0,))
    assert scored(effect) - scored() == pytest.approx([0.0, 0.0, 4.0])


def test_a_group_may_move_the_slope_of_a_covariate() -> None:
    effect = Effect(by=(Grouping(of="power"),), groups=((2.0,),), values=(0.5,), moves="arms")
    assert scored(effect) - scored() == pytest.approx([0.5 * (5.0 - 1.0) / 2.0, 0.0, 0.0])


def test_logits_are_one_logistic_a_step() -> None:
    found = chances(Logits(steps=(level(1.0), level(-2.0))), CASES)
    assert found == pytest.approx(np.tile([logistic(1.0), logistic(-2.0)], (3, 1)))


def test_two_stages_multiply() -> None:
    stages = TwoStages(act=(level(1.0), level(-1.0)), favour=(level(0.5), level(2.0)))
    wanted = [logistic(1.0) * logistic(0.5), logistic(-1.0) * logistic(2.0)]
    assert chances(stages, CASES) == pytest.approx(np.tile(wanted, (3, 1)))


def test_a_ladder_is_a_choice_among_its_steps() -> None:
    found = chances(Ladder(utilities=(level(0.3), level(-1.2))), CASES)
    parts = [1.0, math.exp(0.3), math.exp(-1.2)]
    wanted = [sum(parts[1:]) / sum(parts), parts[2] / sum(parts)]
    assert found == pytest.approx(np.tile(wanted, (3, 1)))


def test_a_step_of_a_ladder_is_never_likelier_than_the_one_below() -> None:
    utilities = tuple(level(constant) for constant in (-3.0, 4.0, 9.0))
    assert (np.diff(chances(Ladder(utilities=utilities), CASES), axis=1) <= 0).all()


def test_a_mean_weighs_chances_step_by_step() -> None:
    low, high = (Logits(steps=(level(one), level(one))) for one in (-1.0, 2.0))
    mean = Mean(members=(low, high), weights=((0.25, 0.75), (1.0, 0.0)))
    wanted = [0.25 * logistic(-1.0) + 0.75 * logistic(2.0), logistic(-1.0)]
    assert chances(mean, CASES) == pytest.approx(np.tile(wanted, (3, 1)))


@pytest.mark.parametrize("score", [-1e5, 1e5])
def test_no_score_is_too_large(score: float) -> None:
    found = chances(Ladder(utilities=(level(score),)), CASES)
    assert found == pytest.approx(np.full((3, 1), float(score > 0)))


@pytest.mark.parametrize(
    "forecast",
    [
        Logits(steps=(level(1.0),)),
        TwoStages(act=(level(1.0),), favour=(level(0.5),)),
        Ladder(utilities=(level(1.0),)),
        Mean(members=(Logits(steps=(level(1.0),)),), weights=((1.0,),)),
    ],
    ids=lambda one: one.kind,
)
def test_a_forecast_survives_being_written_and_read(forecast: Forecast) -> None:
    adapter: TypeAdapter[Forecast] = TypeAdapter(Forecast)
    assert adapter.validate_json(adapter.dump_json(forecast)) == forecast


@pytest.mark.parametrize("raw", [{"kind": "oracle"}, {"kind": "logits", "steps": [], "more": 1}])
def test_a_forecast_of_another_shape_is_refused(raw: dict[str, Any]) -> None:
    adapter: TypeAdapter[Forecast] = TypeAdapter(Forecast)
    with pytest.raises(ValidationError):
        adapter.validate_python(raw)

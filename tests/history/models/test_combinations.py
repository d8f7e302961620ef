import numpy as np
import pytest

from sidelines.history.models.combinations import Average, Past, Pool, Stack, average, pool, stack
from sidelines.history.models.recalibration import Recalibration, recalibration

RNG = np.random.default_rng(0)
ODDS = RNG.normal(-1.0, 1.5, size=(4000, 1))
TRUE = 1.0 / (1.0 + np.exp(-ODDS))
HAPPENED = RNG.random((4000, 1)) < TRUE
TIMID, NOISE = 1.0 / (1.0 + np.exp(-ODDS / 2)), RNG.random((4000, 1))
NOW = np.array([[[0.2]], [[0.5]]])
POWER = np.array([2.0])


def past(*members: np.ndarray, blocks: int = 5) -> Past:
    return Past(
        prob=np.array(members),
        happened=HAPPENED,
        year=np.repeat(np.arange(1950.0, 1990.0), 100),
        power=np.tile([2.0, 365.0], 2000),
        blocks=blocks,
        origin=1990,
    )


def test_a_pool_stands_at_the_mean_log_odds() -> None:
    found = pool(NOW, power=POWER, past=past(TRUE, NOISE), settings=Pool(members=("a", "b")))
    assert found[0, 0] == pytest.approx(1 / 3)


def stacked(*members: np.ndarray, blocks: int) -> float:
    settings = Stack(members=("a", "b"), parts=10, held_by=2.0, blocks=2)
    found = stack(NOW, power=POWER, past=past(*members, blocks=blocks), settings=settings)
    return float(found[0, 0])


def test_a_stack_learns_from_the_past_whom_to_trust() -> None:
    assert stacked(TRUE, NOISE, blocks=5) == pytest.approx(0.2)
    assert stacked(NOISE, TRUE, blocks=5) == pytest.approx(0.5)


def test_a_stack_weighs_all_alike_while_the_past_is_short() -> None:
    assert stacked(TRUE, NOISE, blocks=1) == pytest.approx(1 / 3)


def test_an_average_trusts_whoever_did_better() -> None:
    sharp = Average(members=("a", "b"), sharpness=1.0)
    flat = Average(members=("a", "b"), sharpness=0.0)
    found = average(NOW, power=POWER, past=past(TRUE, NOISE), settings=sharp)
    even = average(NOW, power=POWER, past=past(TRUE, NOISE), settings=flat)
    assert found[0, 0] == pytest.approx(0.2)
    assert even[0, 0] == pytest.approx(0.35)


def recalibrated(
    member: np.ndarray, now: float, *, slope_sd: float = 1.0, blocks: int = 5
) -> float:
    settings = Recalibration(
        members=("a",),
        slope_sd=slope_sd,
        level_sd=1.0,
        power_slope_sd=0.1,
        power_level_sd=0.1,
        blocks=2,
    )
    prob = np.array([[[now]]])
    found = recalibration(prob, power=POWER, past=past(member, blocks=blocks), settings=settings)
    return float(found[0, 0])


def test_timid_forecasts_are_made_bolder() -> None:
    there = 1.0 / (1.0 + np.exp(1.5))
    assert recalibrated(TIMID, there) == pytest.approx(1.0 / (1.0 + np.exp(3.0)), abs=0.01)


def test_good_forecasts_are_left_alone() -> None:
    assert recalibrated(TRUE, 0.2) == pytest.approx(0.2, abs=0.01)


def test_a_damped_recalibration_goes_part_of_the_way() -> None:
    far, near = (recalibrated(TIMID, 0.05, slope_sd=sd) for sd in (1.0, 0.02))
    assert far < near < 0.05


def test_nothing_is_recalibrated_while_the_past_is_short() -> None:
    assert recalibrated(TIMID, 0.05, blocks=1) == 0.05

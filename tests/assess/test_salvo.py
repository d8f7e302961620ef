import datetime as dt

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.salvo import Batteries, what_batteries_change
from sidelines.crisis.read import load_crisis, read_crisis

FIRED = (
    "salvo: {weapons: 80, hit_prob: 0.8, batteries: 8, shots_per_battery: 6, "
    "intercept_prob: 0.6, loss_per_hit: 0.01}"
)


def answered(*, salvo: str = FIRED, russian: str = "4", chinese: str = "0") -> Assessment:
    """Return the answer to a crisis in which two powers may have sent batteries."""
    sent = "{{date: 2026-03-01, title: A, instrument: weapons, flow: 0.2, batteries: {}}}"
    text = f"""\
id: a
title: A
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
{salvo}
powers:
  - {{power: RUS, side: target, stake: 0.4, delivered: [{sent.format(russian)}]}}
  - {{power: CHN, side: target, stake: 0.4, delivered: [{sent.format(chinese)}]}}
"""
    return assess_crisis(read_crisis(text), draws=20, seed=1)


def changed(answer: Assessment, row: int = 0) -> Batteries:
    assert answer.salvo is not None
    return what_batteries_change(answer.salvo, row)


def test_transfers_cut_losses_in_proportion_and_leave_the_outcome_below_the_threshold() -> None:
    found = changed(answered())
    assert found.loss_with / found.loss_without == pytest.approx(2.08 / 3.52, abs=0.003)
    assert (found.stops_all_with < 0.001).all()
    assert found.threshold == pytest.approx(np.full(20, 63.5 / 3.6))


def test_the_same_transfer_decides_near_the_threshold() -> None:
    found = changed(answered(russian="10", chinese="4"))
    assert (found.stops_all_without < 0.001).all()
    assert (found.stops_all_with > 0.9).all()


def test_the_batteries_of_the_others_stand_already() -> None:
    assert changed(answered(chinese="3"), row=0).standing == pytest.approx(np.full(20, 11.0))
    assert changed(answered(chinese="3"), row=1).standing == pytest.approx(np.full(20, 12.0))


def test_uncertain_numbers_give_a_range() -> None:
    found = changed(answered(salvo=FIRED.replace("hit_prob: 0.8", "hit_prob: [0.5, 0.9]")))
    assert np.ptp(found.threshold) > 4


def test_a_number_of_zero_leaves_every_figure_finite() -> None:
    none = FIRED.replace("shots_per_battery: 6", "shots_per_battery: 0")
    found = changed(answered(salvo=none.replace("intercept_prob: 0.6", "intercept_prob: 0")))
    assert np.isfinite(found.threshold).all()
    assert found.loss_with == pytest.approx(found.loss_without)


def test_the_salvo_leaves_the_forecast_alone() -> None:
    without = answered(salvo="summary: none", russian="null", chinese="null")
    assert without.salvo is None
    assert (answered().prob == without.prob).all()


def test_numbers_of_the_salvo_are_noted_like_all_others() -> None:
    assert {"salvo.weapons", "RUS.target.delivered[A].batteries"} <= set(answered().notes.assumed)


def test_a_salvo_that_rests_on_a_later_source_is_not_known_yet() -> None:
    before = assess_crisis(load_crisis("iran-2026"), draws=5, as_of=dt.date(2026, 2, 27))
    assert before.salvo is None
    assert "salvo" in before.dropped

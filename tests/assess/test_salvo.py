import datetime as dt

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.outcomes import at_least
from sidelines.assess.path import trace
from sidelines.assess.payoffs import bundle_levels
from sidelines.assess.resolving import part_of, resolve
from sidelines.assess.salvo import Batteries, what_batteries_change
from sidelines.assess.settings import parse_setting
from sidelines.assess.what_if import what_if
from sidelines.choice.replies import Link, hold_prob
from sidelines.crisis.read import load_crisis, read_crisis
from sidelines.terms.errors import UsageError
from sidelines.terms.ladder import BUNDLE_COUNT, CARRIED, Rung, bundle_of
from sidelines.terms.roles import Side

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


# --- where the salvo decides -------------------------------------------------------------------

DECIDES = FIRED.replace("}", ", decides: true}")


def decided(
    *, sent: str = "4", more: str = "batteries: 4", salvo: str = DECIDES, side: str = "target"
) -> Assessment:
    """Return the answer to a crisis in which a power has sent batteries and could send more."""
    text = f"""\
id: a
title: A
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
{salvo}
sources: {{late: {{title: Late, date: 2026-03-03}}}}
powers:
  - power: RUS
    side: target
    stake: 0.4
    {more}
    delivered: [{{date: 2026-03-02, title: A, instrument: weapons, flow: 0, batteries: {sent}}}]
  - {{power: CHN, side: {side}, stake: 0.4}}
"""
    return assess_crisis(read_crisis(text), draws=20, seed=1)


def again(answer: Assessment, power: str, *changes: str) -> Assessment:
    return what_if(answer, power, tuple(map(parse_setting, changes))).after


def holds(answer: Assessment, *, row: int = 0, bundle: int = 0) -> np.ndarray:
    """Return the chance that the target holds if one power takes a bundle and the other nothing."""
    strength = answer.game.strength[:, row, bundle_levels()[bundle]]
    return hold_prob(strength[:, None], answer.game.exchange)[:, 0]


@pytest.mark.parametrize("salvo", [FIRED, FIRED.replace("}", ", decides: false}")])
def test_unless_the_file_says_so_the_ratio_of_strengths_decides(salvo: str) -> None:
    answer = decided(salvo=salvo)
    assert answer.game.exchange.link is Link.LOGIT
    assert (answer.prob == decided(salvo=salvo, more="note: none").prob).all()


def test_the_target_holds_with_the_chance_that_all_is_stopped() -> None:
    answer = decided(sent="10")
    assert answer.game.exchange.link is Link.PROBIT
    assert holds(answer) == pytest.approx(changed(answer).stops_all_with)


def test_what_is_sent_counts_as_if_it_stood_there_already() -> None:
    sending = decided(sent="4", more="open_way_prob: 1\n    batteries: 6")
    arrived = 6 * sending.inputs.arrival[:, 0, CARRIED.index("weapons")]
    for place, number in enumerate(arrived[:3]):
        there = decided(sent=f"{4 + number}")
        chance = holds(sending, bundle=bundle_of("weapons"))[place]
        assert chance == pytest.approx(holds(there)[place], abs=1e-9)


def test_below_the_threshold_batteries_change_losses_and_leave_the_outcome() -> None:
    few, more, enough = (decided(sent=number) for number in ("0", "4", "12"))
    assert (changed(more).loss_with < 0.65 * changed(few).loss_with).all()
    assert (holds(more) - holds(few) < 0.001).all()
    assert (holds(enough) > 0.8).all()


def test_only_weapons_and_forces_bring_batteries() -> None:
    answer = decided()
    brings = [bool((holds(answer, bundle=n) > holds(answer)).all()) for n in range(BUNDLE_COUNT)]
    armed = bundle_of("weapons") | bundle_of("forces")
    assert brings == [bool(number & armed) for number in range(BUNDLE_COUNT)]


def test_the_attackers_backers_add_nothing() -> None:
    answer = decided(side="attacker")
    assert (answer.game.strength[:, 1] == 0).all()
    assert "CHN.attacker.batteries" not in answer.notes.missing


def test_what_a_power_could_send_is_unknown_unless_somebody_says_so() -> None:
    assert "CHN.target.batteries" in decided().notes.missing
    assert "RUS.target.batteries" in decided(more="note: none").notes.missing
    assert np.ptp(decided().inputs.batteries[:, 1]) > 1
    assert "CHN.target.batteries" not in answered().notes.missing


@pytest.mark.parametrize("more", ["2", "+2", "-50%"])
def test_a_what_if_answers_as_if_the_file_had_said_so(more: str) -> None:
    said = again(decided(sent="6", more="batteries: 8"), "RUS", f"batteries={more}")
    number = {"2": 2, "+2": 10, "-50%": 4}[more]
    asked = decided(sent="6", more=f"batteries: {number}")
    assert said.prob == pytest.approx(asked.prob, abs=1e-5)


def test_a_what_if_of_the_parties_keeps_the_batteries() -> None:
    answer = decided(sent="9")
    assert holds(again(answer, "RUS", "attack.resolve=0.1")) == pytest.approx(holds(answer))


@pytest.mark.parametrize("side", ["target", "attacker"])
def test_batteries_that_decide_nothing_cannot_be_set(side: str) -> None:
    with pytest.raises(UsageError, match="enters no role of a, so it can change nothing"):
        again(
            decided(salvo=FIRED if side == "target" else DECIDES, side=side), "CHN", "batteries=3"
        )


def test_more_to_send_makes_sending_likelier_only_near_the_threshold() -> None:
    far, near = decided(sent="0", more="batteries: 1"), decided(sent="8", more="batteries: 1")
    gained = [
        at_least(again(one, "RUS", "batteries=4").prob, 0, Rung.WEAPONS)
        - at_least(one.prob, 0, Rung.WEAPONS)
        for one in (far, near)
    ]
    assert abs(gained[0].mean()) < 0.001
    assert gained[1].mean() > 0.005


def test_a_split_starts_from_the_answer() -> None:
    answer = decided(sent="8")
    part = part_of(answer, answer.crisis.powers[0], draws=20)
    row = answer.inputs.row("RUS", Side.TARGET)
    assert resolve(part, part.inputs) == pytest.approx(answer.equilibria.prob[:, row], abs=1e-6)


def test_before_a_delivery_its_batteries_do_not_stand_there() -> None:
    answer = decided(sent="9")
    path = trace(answer, since=dt.date(2026, 3, 1), draws=20)
    earlier = decided(sent="0")
    step = path.steps[0]
    assert step.before[:, 1] == pytest.approx(
        np.stack([at_least(earlier.prob, 1, rung) for rung in list(Rung)[1:]], axis=1), abs=1e-5
    )
    assert (np.abs(step.moved[:, 1]) > 1e-6).any()


def test_a_later_source_takes_away_what_could_be_sent() -> None:
    late = decided(more="batteries: {value: 4, source: late}")
    before = assess_crisis(late.known, draws=5, as_of=dt.date(2026, 3, 2))
    assert "RUS.target.batteries" in before.dropped
    assert "RUS.target.batteries" in before.notes.missing


def test_a_salvo_that_is_not_known_yet_does_not_decide() -> None:
    late = decided(salvo=DECIDES.replace("}", ", source: late}"))
    before = assess_crisis(late.known, draws=5, as_of=dt.date(2026, 3, 2))
    assert before.game.exchange.link is Link.LOGIT
    assert not before.inputs.batteries.any()


def test_kernel_and_twin_decide_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = decided(sent="8")
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    assert decided(sent="8").prob == pytest.approx(answer.prob, abs=1e-12)


@pytest.mark.parametrize("number", ["0", "1000000"])
def test_numbers_at_their_bounds_are_answered(number: str) -> None:
    bounds = "batteries: 0, shots_per_battery: 1000000, hit_prob: 1"
    salvo = DECIDES.replace("batteries: 8, shots_per_battery: 6", bounds).replace(
        "hit_prob: 0.8, ", ""
    )
    for weapons in ("0", "1000000"):
        text = salvo.replace("weapons: 80", f"weapons: {weapons}")
        assert np.isfinite(decided(sent=number, more=f"batteries: {number}", salvo=text).prob).all()

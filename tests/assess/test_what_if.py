import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.settings import Setting, parse_setting
from sidelines.assess.what_if import WhatIf, what_if
from sidelines.crisis.shocks import with_setting
from sidelines.terms.errors import NotFoundError, UsageError
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side

VALUES = np.array([0.2, 0.5, 0.9])


def changed(answer: Assessment, power: str, *changes: str) -> WhatIf:
    return what_if(answer, power, tuple(parse_setting(change) for change in changes))


# --- reading a change --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("stake=0.8", "set", 0.8),
        ("stake=1", "set", 1.0),
        ("commitment=+0.2", "add", 0.2),
        ("danger=-0.25", "add", -0.25),
        ("overstretch=-50%", "scale", -50.0),
        ("stake=+10%", "scale", 10.0),
        ("distance_km=1200", "set", 1200.0),
        ("attack.resolve=0.3", "set", 0.3),
    ],
)
def test_a_change_is_a_value_a_step_or_a_percentage(text: str, kind: str, amount: float) -> None:
    assert parse_setting(text) == Setting(name=text.partition("=")[0], kind=kind, amount=amount)


@pytest.mark.parametrize("end", [0.0, 1.0])
def test_a_change_may_go_part_of_the_way_to_a_value(end: float) -> None:
    setting = parse_setting(f"stake=60%to{end:g}")
    assert setting == Setting(name="stake", kind="towards", amount=60.0, end=end)
    assert setting.apply(VALUES) == pytest.approx(VALUES + 0.6 * (end - VALUES))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("stake=120%to1", "beyond its end. Write stake=100%to1"),
        ("stake=60%to2", "between 0 and 1, not at 2. Write stake=60%to1"),
    ],
)
def test_no_way_leads_beyond_its_end(text: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        parse_setting(text)


@pytest.mark.parametrize(("name", "input_"), [("arrival", "arrival"), ("caution", "danger")])
def test_what_is_worked_out_from_the_file_may_be_set_too(
    answer: Assessment, name: str, input_: str
) -> None:
    after = changed(answer, "RUS", f"{name}=0.25").after
    row = after.inputs.row("RUS", Side.TARGET)
    assert set(getattr(after.inputs, input_)[:, row].ravel()) == {0.25}


@pytest.mark.parametrize("text", ["stake", "stake=", "stake=high", "stake=0.5.1", "stake=nan"])
def test_what_is_no_change_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match=r"Write stake=0\.5"):
        parse_setting(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("stak=0.5", "Did you mean 'stake'"), ("overstreching=1", "Did you mean 'overstretch'")],
)
def test_an_unknown_input_is_answered_with_the_nearest(text: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        parse_setting(text)


def test_an_input_like_no_other_is_answered_with_all_there_are() -> None:
    with pytest.raises(UsageError, match=r"Known: stake, exposure"):
        parse_setting("zzz=1")


def test_a_distance_round_the_world_is_refused() -> None:
    with pytest.raises(UsageError, match="between 0 and 20,037"):
        parse_setting("distance_km=30000")


def test_a_share_above_one_is_refused_with_what_was_meant() -> None:
    with pytest.raises(UsageError, match=r"stake=0.4 or stake=\+40%"):
        parse_setting("stake=40")


# --- applying it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("stake=0.8", [0.8, 0.8, 0.8]),
        ("stake=+0.3", [0.5, 0.8, 1.0]),
        ("stake=-0.3", [0.0, 0.2, 0.6]),
        ("stake=-50%", [0.1, 0.25, 0.45]),
        ("stake=+100%", [0.4, 1.0, 1.0]),
    ],
)
def test_a_change_moves_every_draw_inside_its_bounds(text: str, after: list[float]) -> None:
    assert parse_setting(text).apply(VALUES) == pytest.approx(after)


@given(st.floats(0, 20_000))
def test_kilometres_may_be_above_one(km: float) -> None:
    moved = Setting(name="distance_km", kind="set", amount=km).apply(VALUES)
    assert moved.tolist() == [km] * 3


def test_kilometres_never_fall_below_zero() -> None:
    assert parse_setting("distance_km=-500").apply(np.array([300.0, 900.0])).tolist() == [0, 400]


# --- the answer after it -----------------------------------------------------------------------


def test_a_change_that_changes_no_input_says_so(answer: Assessment) -> None:
    same = changed(answer, "RUS", "stake=+0%")
    assert [change.changes_something for change in same.changes] == [False]


@pytest.mark.parametrize("rung", list(Rung))
def test_a_change_that_changes_no_input_changes_no_answer(answer: Assessment, rung: Rung) -> None:
    assert not changed(answer, "RUS", "stake=+0%").difference(rung).any()


def test_a_change_says_the_means_before_and_after(answer: Assessment) -> None:
    change = changed(answer, "RUS", "commitment=0.75").changes[0]
    assert change.changes_something
    assert change.before == pytest.approx(answer.inputs.commitment[:, 0].mean())
    assert change.after == 0.75


def test_a_change_leaves_the_first_answer_alone(answer: Assessment) -> None:
    stake = answer.inputs.stake.copy()
    changed(answer, "RUS", "stake=1")
    assert (answer.inputs.stake == stake).all()


def test_a_change_moves_no_input_of_another_role(answer: Assessment) -> None:
    after = changed(answer, "RUS", "stake=1").after.inputs
    assert (after.stake[:, 1:] == answer.inputs.stake[:, 1:]).all()


def test_several_changes_hold_together(answer: Assessment) -> None:
    after = changed(answer, "RUS", "stake=0.9", "danger=0", "strength=0.1").after.inputs
    assert set(after.stake[:, 0]) == {0.9}
    assert set(after.danger[:, 0]) == {0.0}
    assert set(after.strength[:, 0]) == {0.1}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("attack.resolve=0.5", "attack_resolve"),
        ("defence.resolve=0.5", "target_resolve"),
    ],
)
def test_the_resolve_of_a_party_can_be_changed(answer: Assessment, text: str, name: str) -> None:
    assert set(getattr(changed(answer, "RUS", text).after.inputs, name)) == {0.5}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("attack.strength", 0.05),
        ("control.air", 0.1),
        ("RUS.danger", 0.1),
        ("RUS.distance_km", 9000.0),
        ("RUS.strength", 0.1),
    ],
)
def test_a_change_means_what_the_same_input_means_in_a_file(
    answer: Assessment, name: str, value: float
) -> None:
    in_file = with_setting(answer.crisis, name, value)
    written = assess_crisis(in_file, draws=answer.draws, seed=answer.seed, as_of=answer.as_of)
    asked = changed(answer, "RUS", f"{name.removeprefix('RUS.')}={value}").after
    # two ways to one equilibrium, each to the tolerance of a solution
    assert asked.prob == pytest.approx(written.prob, abs=3e-6)


@pytest.mark.parametrize("text", ["distance_km=+3000", "lift_t_per_day=-90%", "open_way_prob=-50%"])
def test_harder_ways_lower_what_arrives(answer: Assessment, text: str) -> None:
    after = changed(answer, "CHN", text).after.inputs.arrival[:, 1]
    assert (after <= answer.inputs.arrival[:, 1]).all()
    assert after.mean() < answer.inputs.arrival[:, 1].mean()


def test_a_closed_way_lets_nothing_arrive(answer: Assessment) -> None:
    assert not changed(answer, "CHN", "open_way_prob=0").after.inputs.arrival[:, 1].any()


def test_the_reach_of_the_answer_follows_the_change(answer: Assessment) -> None:
    after = changed(answer, "CHN", "distance_km=9000").after
    found = after.arrivals[after.inputs.roles[1]]
    assert set(found.distance_km) == {9000.0}
    assert (found.shares == after.inputs.arrival[:, 1]).all()


def test_a_full_pact_raises_the_chance_of_forces_in_every_draw(answer: Assessment) -> None:
    assert (changed(answer, "RUS", "commitment=1").difference(Rung.FORCES) > 0).all()


def test_a_power_is_changed_on_the_side_it_may_back(answer: Assessment) -> None:
    assert changed(answer, "GBR", "stake=1").side is Side.ATTACKER


def test_an_unknown_power_is_not_found(answer: Assessment) -> None:
    with pytest.raises(NotFoundError):
        changed(answer, "Atlantis", "stake=1")

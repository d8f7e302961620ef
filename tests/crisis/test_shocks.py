import pytest

from sidelines.crisis.levers import Address, parse_address
from sidelines.crisis.model import Crisis
from sidelines.crisis.read import read_crisis
from sidelines.crisis.shocks import after_events, with_setting
from sidelines.terms.errors import UsageError
from sidelines.terms.roles import Side

BOTH = "  - {power: RUS, side: attacker, stake: 0.1}\n"


def event(date: str, sets: str, *, source: str = "") -> str:
    return f"  - {{date: {date}, title: X, sets: {{{sets}}}{source}}}\n"


def stakes(crisis: Crisis) -> list[float | None]:
    return [power.stake and power.stake.centre for power in crisis.powers]


def after(base: str, *events: str) -> Crisis:
    return after_events(read_crisis(f"{base}events:\n{''.join(events)}"))


def test_an_event_sets_an_input_of_a_power(base: str) -> None:
    assert stakes(after(base, event("2026-03-01", "RUS.stake: 0.9"))) == [0.9]


def test_an_event_sets_an_input_of_the_crisis(base: str) -> None:
    crisis = after(base, event("2026-03-01", "attack.resolve: 0.9, control.air: 0.2"))
    assert crisis.attack.resolve is not None
    assert crisis.control.air is not None
    assert (crisis.attack.resolve.centre, crisis.control.air.centre) == (0.9, 0.2)


def test_a_later_event_overrules_an_earlier_one_wherever_it_stands(base: str) -> None:
    late, early = event("2026-03-03", "RUS.stake: 0.9"), event("2026-03-01", "RUS.stake: 0.6")
    assert stakes(after(base, late, early)) == [0.9]


def test_of_two_events_of_a_day_the_one_written_last_holds(base: str) -> None:
    first, second = event("2026-03-01", "RUS.stake: 0.9"), event("2026-03-01", "RUS.stake: 0.6")
    assert stakes(after(base, first, second)) == [0.6]


def test_a_power_without_a_side_is_meant_on_both(base: str) -> None:
    assert stakes(after(base + BOTH, event("2026-03-01", "RUS.stake: 0.9"))) == [0.9, 0.9]


def test_a_power_with_a_side_is_meant_there_alone(base: str) -> None:
    crisis = after(base + BOTH, event("2026-03-01", "RUS.attacker.stake: 0.9"))
    assert stakes(crisis) == [0.4, 0.9]


def test_an_event_hands_its_source_to_what_it_sets(base: str) -> None:
    crisis = after(base, event("2026-03-01", "RUS.stake: [0.2, 0.6]", source=", source: assumed"))
    assert crisis.powers[0].stake is not None
    assert crisis.powers[0].stake.source == "assumed"


def test_what_an_event_sets_may_carry_its_own_source(base: str) -> None:
    sets = "RUS.stake: {value: 0.5, source: 'nmc:row'}"
    crisis = after(base, event("2026-03-01", sets, source=", source: assumed"))
    assert crisis.powers[0].stake is not None
    assert crisis.powers[0].stake.source == "nmc:row"


def test_a_shock_leaves_the_crisis_it_came_from_alone(base: str) -> None:
    crisis = read_crisis(base)
    with_setting(crisis, "RUS.stake", 0.9)
    assert stakes(crisis) == [0.4]


def test_a_setting_that_names_no_input_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="Did you mean 'stake'"):
        with_setting(read_crisis(base), "RUS.stak", 0.9)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("attack.resolve", Address(input="attack.resolve")),
        ("RUS.stake", Address(input="stake", power="RUS")),
        ("Russia.stake", Address(input="stake", power="RUS")),
        ("TUR.attacker.stake", Address(input="stake", power="TUR", side=Side.ATTACKER)),
    ],
)
def test_an_input_is_named_by_crisis_power_and_side(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("stake", "Allowed: attack.resolve"),
        ("RUS.stak", "Did you mean 'stake'"),
        ("attackk.resolve.x", "Did you mean 'attack.resolve'"),
        ("RUS.middle.stake", "Allowed: attack.resolve"),
        ("RUS.target.stake.now", "Allowed: attack.resolve"),
        ("RUS.zzz", "Allowed: attack.resolve"),
        ("Rusia.stake", "Did you mean Russia"),
    ],
)
def test_a_name_of_no_input_is_answered_with_what_is_allowed(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_address(text)
    assert hint in caught.value.hint

import datetime as dt

import pytest

from sidelines.crisis.model import Crisis
from sidelines.crisis.read import load_crisis, read_crisis
from sidelines.crisis.timeline import Entry, crisis_with, timeline, touched

DATED = """\
    ties: [{kind: alignment, with: IRN, since: 2026-02-02}]
    commitments: [{title: A war, share: 0.5, since: 2026-02-03}]
    access: [{means: air, grantor: AZE, right: overflight, state: granted, since: 2026-02-04}]
    bases: [{place: Yerevan, host: ARM, lat: 40, lon: 44, since: 2026-02-05}]
    signals: [{date: 2026-02-06, title: Condemns}]
    delivered: [{date: 2026-02-07, title: Rifles, instrument: weapons, flow: 0.5}]
    stance: {kind: neutral, date: 2026-02-08}
  - {power: CHN, side: target}
  - {power: CHN, side: attacker, signals: [{date: 2026-02-06, title: Condemns}]}
threats: [{date: 2026-02-01, by: USA, against: [RUS], strength: 0.5}]
events:
  - {date: 2026-02-09, title: Later, sets: {RUS.stake: 0.9}}
  - {date: 2026-02-01, title: Earlier}
"""


@pytest.fixture
def crisis(base: str) -> Crisis:
    return read_crisis(base + DATED)


def on(crisis: Crisis, day: int) -> list[Entry]:
    return [entry for entry in timeline(crisis) if entry.date == dt.date(2026, 2, day)]


def before(crisis: Crisis, day: int) -> Crisis:
    gone = dt.date(2026, 2, day)
    return crisis_with(crisis, {entry for entry in timeline(crisis) if entry.date < gone})


def test_everything_that_carries_a_day_stands_in_the_order_of_days(crisis: Crisis) -> None:
    kinds = [entry.kind for entry in timeline(crisis)]
    owned = ["tie", "commitment", "access", "base", "signal", "signal", "delivery", "stance"]
    assert kinds == ["event", "threat", *owned, "event"]


def test_a_day_is_told_in_the_order_of_the_file(crisis: Crisis) -> None:
    assert [(one.power, one.side) for one in on(crisis, 6)] == [
        ("RUS", "target"),
        ("CHN", "attacker"),
    ]


def test_what_carries_no_day_is_no_part_of_it(base: str) -> None:
    ties = "    ties: [{kind: alignment, with: IRN}]\n    stance: {kind: neutral}\n"
    assert timeline(read_crisis(base + ties)) == ()


def test_with_everything_that_happened_a_crisis_is_itself(crisis: Crisis) -> None:
    assert crisis_with(crisis, set(timeline(crisis))) == crisis


@pytest.mark.parametrize(
    ("day", "group"),
    [
        (2, "ties"),
        (3, "commitments"),
        (4, "access"),
        (5, "bases"),
        (6, "signals"),
        (7, "delivered"),
    ],
)
def test_before_its_day_an_entry_is_not_there(crisis: Crisis, day: int, group: str) -> None:
    assert getattr(before(crisis, day).powers[0], group) == ()
    assert len(getattr(before(crisis, day + 1).powers[0], group)) == 1


def test_before_its_day_there_is_no_stance(crisis: Crisis) -> None:
    assert before(crisis, 8).powers[0].stance is None
    assert before(crisis, 9).powers[0].stance is not None


def test_an_entry_of_one_side_leaves_the_other_alone(crisis: Crisis) -> None:
    mine = next(entry for entry in on(crisis, 6) if entry.power == "RUS")
    left = crisis_with(crisis, set(timeline(crisis)) - {mine})
    assert [len(power.signals) for power in left.powers] == [0, 0, 1]


def test_of_several_entries_only_those_named_go(crisis: Crisis) -> None:
    early, late = (entry for entry in timeline(crisis) if entry.kind == "event")
    assert [one.title for one in crisis_with(crisis, {late}).events] == ["Later"]
    assert [one.title for one in crisis_with(crisis, {early}).events] == ["Earlier"]


@pytest.mark.parametrize(
    ("event", "powers"),
    [
        ("{RUS.stake: 0.9}", {"RUS"}),
        ("{RUS.stake: 0.9, RUS.target.danger: 0.1}", {"RUS"}),
        ("{}", set()),
        ("{RUS.stake: 0.9, attack.resolve: 0.5}", None),
    ],
)
def test_an_event_touches_those_whose_inputs_it_sets(
    base: str, event: str, powers: set[str] | None
) -> None:
    crisis = read_crisis(f"{base}events: [{{date: 2026-02-01, title: X, sets: {event}}}]\n")
    assert touched(timeline(crisis)[0]) == powers


def test_a_threat_touches_those_it_is_against_and_a_deed_its_own_power(crisis: Crisis) -> None:
    threat, signal = (next(e for e in timeline(crisis) if e.kind == k) for k in ("threat", "tie"))
    assert (touched(threat), touched(signal)) == ({"RUS"}, {"RUS"})


@pytest.mark.parametrize("name", ["iran-2026", "ukraine-2022", "kuwait-1990"])
def test_a_bundled_crisis_with_everything_is_itself(name: str) -> None:
    crisis = load_crisis(name)
    assert crisis_with(crisis, set(timeline(crisis))) == crisis

import datetime as dt

import pytest

from sidelines.crisis.as_of import as_known_on
from sidelines.crisis.model import Crisis
from sidelines.crisis.read import load_crisis, read_crisis

DAY = dt.date(2026, 3, 2)
TEXT = """\
id: a
title: A
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
control: {air: {value: 0.9, source: late}, sea: {value: 0.8, source: early}}
events:
  - {date: 2026-03-01, title: First, sets: {RUS.stake: 0.5}}
  - {date: 2026-03-03, title: Second, sets: {RUS.stake: 0.9}}
  - {date: 2026-03-01, title: Heard later, source: late}
threats:
  - {date: 2026-03-03, by: USA, against: [RUS], strength: 0.3, title: Warning}
sources:
  early: {title: Early, date: 2026-03-01}
  late: {title: Late, date: 2026-03-03}
powers:
  - power: RUS
    side: target
    stake: {value: 0.4, source: late}
    exposure: {value: 0.2, source: assumed}
    ties: [{kind: alignment, since: 2026-03-03}, {kind: consultation, since: 2001-01-01}]
    commitments: [{title: New war, share: 0.5, since: 2026-03-03}]
    access: [{means: air, grantor: AZE, right: overflight, state: granted, since: 2026-03-03}]
    signals: [{date: 2026-03-03, title: Loud}, {date: 2026-03-01, title: Low}]
    delivered: [{date: 2026-03-03, title: Arms, instrument: weapons, flow: 0.3}]
    stance: {kind: mediator, date: 2026-03-03}
"""


@pytest.fixture(scope="module")
def known() -> Crisis:
    return as_known_on(read_crisis(TEXT), DAY)[0]


@pytest.fixture(scope="module")
def dropped() -> tuple[str, ...]:
    return as_known_on(read_crisis(TEXT), DAY)[1]


def test_the_crisis_takes_the_day(known: Crisis) -> None:
    assert known.as_of == DAY


def test_later_events_fall_away(known: Crisis) -> None:
    assert [event.title for event in known.events] == ["First"]


def test_later_threats_signals_and_deliveries_fall_away(known: Crisis) -> None:
    power = known.powers[0]
    assert known.threats == ()
    assert [signal.title for signal in power.signals] == ["Low"]
    assert power.delivered == ()


def test_later_ties_commitments_and_rights_fall_away(known: Crisis) -> None:
    power = known.powers[0]
    assert [tie.kind for tie in power.ties or ()] == ["consultation"]
    assert power.access == ()


def test_a_later_stance_falls_away(known: Crisis) -> None:
    assert known.powers[0].stance is None


def test_a_number_with_a_later_source_is_unknown(known: Crisis) -> None:
    assert known.powers[0].stake is None
    assert known.control.air is None


def test_numbers_with_an_earlier_or_no_source_stay(known: Crisis) -> None:
    assert known.control.sea is not None
    assert known.powers[0].exposure is not None


def test_later_sources_fall_away(known: Crisis) -> None:
    assert set(known.sources) == {"early"}


@pytest.mark.parametrize(
    "name",
    [
        "events[Second]",
        "events[Heard later]",
        "threats[Warning]",
        "control.air",
        "RUS.target.stake",
        "RUS.target.ties[0]",
        "RUS.target.commitments[New war]",
        "RUS.target.access[0]",
        "RUS.target.signals[Loud]",
        "RUS.target.delivered[Arms]",
        "RUS.target.stance",
    ],
)
def test_everything_that_falls_away_is_named(dropped: tuple[str, ...], name: str) -> None:
    assert name in dropped


def test_nothing_else_is_named(dropped: tuple[str, ...]) -> None:
    assert len(dropped) == 11


def test_on_its_own_day_a_crisis_loses_nothing() -> None:
    crisis = read_crisis(TEXT)
    assert as_known_on(crisis, crisis.as_of) == (crisis, ())


def test_the_day_of_an_event_counts() -> None:
    known, _ = as_known_on(read_crisis(TEXT), dt.date(2026, 3, 3))
    assert [event.title for event in known.events] == ["First", "Second", "Heard later"]


def test_a_number_that_an_event_sets_from_a_later_source_is_not_known_earlier() -> None:
    numbers = "sets: {RUS.exposure: {value: 0.5, source: late}}"
    text = TEXT.replace("sets: {RUS.stake: 0.5}", numbers)
    known, dropped = as_known_on(read_crisis(text), DAY)
    assert "RUS.exposure" not in known.events[0].sets
    assert "events[First].sets.RUS.exposure" in dropped


def test_a_list_that_loses_all_its_entries_is_unknown_again(known: Crisis) -> None:
    assert known.powers[0].commitments is None


def test_a_list_that_was_written_empty_stays_empty() -> None:
    text = TEXT.replace("[{title: New war, share: 0.5, since: 2026-03-03}]", "[]")
    assert as_known_on(read_crisis(text), DAY)[0].powers[0].commitments == ()


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("share: 0.5, since: 2026-03-03", "share: {value: 0.5, source: late}", "commitments"),
        (
            "date: 2026-03-03, title: Arms, instrument: weapons, flow: 0.3",
            "date: 2026-03-01, title: Arms, instrument: weapons, flow: {value: 0.3, source: late}",
            "delivered",
        ),
    ],
)
def test_an_entry_falls_away_with_the_number_it_needs(old: str, new: str, name: str) -> None:
    known, dropped = as_known_on(read_crisis(TEXT.replace(old, new)), DAY)
    assert not getattr(known.powers[0], name)
    assert any(f"RUS.target.{name}[" in one for one in dropped)


def test_a_threat_falls_away_with_its_strength() -> None:
    text = TEXT.replace(
        "date: 2026-03-03, by: USA, against: [RUS], strength: 0.3",
        "date: 2026-03-01, by: USA, against: [RUS], strength: {value: 0.3, source: late}",
    )
    known, dropped = as_known_on(read_crisis(text), DAY)
    assert known.threats == ()
    assert "threats[Warning]" in dropped


@pytest.mark.parametrize(
    ("row", "day", "stays"),
    [
        ("ucdp_acd:conflict_id=1,year=2024", dt.date(2024, 1, 1), True),
        ("ucdp_acd:conflict_id=1,year=2024", dt.date(2023, 12, 31), False),
        ("ucdp_acd:year<=2024", dt.date(2023, 12, 31), False),
        ("sipri_transfers:recipient=Iran, delivery_years=2005-2007", dt.date(2006, 6, 1), False),
        ("sipri_transfers:recipient=Iran, order_year=2007", dt.date(2007, 6, 1), True),
        ("kiel_ukraine:announcement_date=2022-02-01", dt.date(2022, 1, 31), False),
        ("kiel_ukraine:announcement_date=2022-02-01", dt.date(2022, 2, 1), True),
        ("assumed: recalled of year=2024", dt.date(2020, 1, 1), True),
        ("A report of 2024, p. 3", dt.date(2020, 1, 1), True),
    ],
)
def test_a_row_of_a_data_set_is_known_from_the_year_it_names(
    row: str, day: dt.date, stays: bool
) -> None:
    text = TEXT.replace("{value: 0.2, source: assumed}", f"{{value: 0.2, source: '{row}'}}")
    known, _ = as_known_on(read_crisis(text), day)
    assert (known.powers[0].exposure is not None) is stays


def test_an_unknown_right_stays_unknown_without_its_chance() -> None:
    old = "state: granted, since: 2026-03-03"
    text = TEXT.replace(old, "state: unknown, prob: {value: 0.3, source: late}")
    known, dropped = as_known_on(read_crisis(text), DAY)
    assert known.powers[0].access[0].prob is None
    assert "RUS.target.access[0].prob" in dropped


def test_a_war_that_had_not_begun_ties_nobody_down() -> None:
    known, dropped = as_known_on(load_crisis("iran-2026"), dt.date(2022, 2, 23))
    assert next(p for p in known.powers if p.power == "RUS").commitments is None
    assert "RUS.target.commitments[War in Ukraine]" in dropped

import datetime as dt

import pytest

from sidelines.assess.covariates import Records
from sidelines.assess.world_records import world_records
from sidelines.facts.official.transfers import Transfers
from sidelines.facts.world import load_world


def records(day: str, transfers: Transfers | None = None) -> Records[str]:
    world = load_world(dt.date.fromisoformat(day), retrospective=True)
    return world_records(world, transfers=transfers)


def delivered(*triples: tuple[int, int, int]) -> Transfers:
    """Return a register with one delivery of 10 million for each supplier, client and year."""
    return Transfers(
        delivered=dict.fromkeys(triples, 10.0),
        received={triple[1:]: 10.0 for triple in triples},
        orders={},
        of_orders={},
    )


OCTOBER = records("1973-10-06")
GEORGIA = records("2008-08-08")
TODAY = records("2026-03-04")


def test_figures_are_those_of_our_tables() -> None:
    assert TODAY.distance_km("RUS", "IRN", 2025) == 165
    assert TODAY.contiguity("TUR", "IRN", 2025) == 1
    assert OCTOBER.votes_apart("USA", "ISR", 1972) == 1.105


@pytest.mark.parametrize(("one", "other", "owed"), [("USA", "GBR", True), ("RUS", "IRN", False)])
def test_a_pact_obliges_to_defence(one: str, other: str, owed: bool) -> None:
    assert TODAY.pact(one, other, 2025) is owed


def test_an_alliance_of_another_kind_is_no_pact() -> None:
    assert records("1990-08-02").pact("SUN", "IRQ", 1989) is False
    assert records("1990-08-02").allied("SUN", "IRQ", 1989) is True


def test_nobody_has_a_pact_with_itself() -> None:
    assert GEORGIA.pact("RUS", "RUS", 2007) is False


def test_a_pact_that_was_never_asked_for_is_unknown() -> None:
    assert OCTOBER.pact("SUN", "CHL", 1972) is None


def test_what_began_in_the_year_of_the_crisis_does_not_count() -> None:
    assert records("2011-03-19").rivals("QAT", "LBY", 2011) is True
    assert records("2011-03-19").rivals("QAT", "LBY", 2010) is False


@pytest.mark.parametrize("year", [2021, 2022, 2025])
def test_the_newest_figure_counts_whatever_year_is_asked(year: int) -> None:
    assert TODAY.strength("RUS", year) == TODAY.strength("RUS", 2025)


def test_a_figure_too_old_is_unknown() -> None:
    assert GEORGIA.strength("RUS", 2007) is not None
    assert records("2014-02-27").trade("USA", "RUS", 2013) is None


def test_trade_that_nobody_recorded_is_unknown() -> None:
    assert OCTOBER.trade("SUN", "ISR", 1972) is None


def test_only_wars_with_a_thousand_deaths_count() -> None:
    assert records("1999-03-24").wars("SRB", 1998) == 1
    assert records("1999-03-24").wars("FRA", 1998) == 0


def test_wars_of_who_is_no_state_are_unknown() -> None:
    assert TODAY.wars("HZB", 2025) is None


@pytest.mark.parametrize(("id_", "has"), [("USA", True), ("IRN", False), ("HZB", None)])
def test_who_has_nuclear_weapons_is_known_of_states(id_: str, has: bool | None) -> None:
    assert TODAY.nuclear(id_, 2025) is has


def test_without_a_register_no_delivery_is_known() -> None:
    assert OCTOBER.arms("USA", "ISR", 1972) is None
    assert OCTOBER.received("ISR", 1972) is None


def test_with_a_register_what_is_not_in_it_is_nothing() -> None:
    found = records("1973-10-06", delivered((2, 666, 1972)))
    assert (found.arms("USA", "ISR", 1972), found.arms("SUN", "ISR", 1972)) == (10.0, 0.0)
    assert (found.received("ISR", 1972), found.received("EGY", 1972)) == (10.0, 0.0)


def test_deliveries_before_the_register_begins_are_unknown() -> None:
    assert records("1950-06-25", delivered()).arms("USA", "KOR", 1949) is None


def test_deliveries_of_a_forerunner_count_as_its_own() -> None:
    found = records("1993-02-01", delivered((365, 652, 1990)))
    assert found.arms("RUS", "SYR", 1990) == 10.0


def test_german_deliveries_are_found_through_the_unification() -> None:
    found = records("1993-02-01", delivered((260, 640, 1990)))
    assert found.arms("DEU", "TUR", 1990) == 10.0


def test_deliveries_of_who_has_no_number_are_unknown() -> None:
    assert records("2024-01-01", delivered()).arms("HZB", "IRN", 2023) is None


@pytest.mark.parametrize("what", ["disputes", "democracy"])
def test_what_no_table_holds_is_unknown(what: str) -> None:
    assert getattr(TODAY, what)("USA", 2025) is None


def test_troops_are_those_of_the_last_year() -> None:
    assert records("2011-03-19").troops("USA", "LBY", 2010) == 0
    assert TODAY.troops("USA", "ISR", 2025) is None

"""What the user's copies know, asked the way covariates ask it."""

import math
from pathlib import Path

import pytest

from sidelines.assess.covariates import Case, Records, covariates
from sidelines.history import records as module
from sidelines.history.records import official_records

USA, UK, EGYPT, ISRAEL, RUSSIA, KOREA, ANGOLA = 2, 200, 651, 666, 365, 732, 540


@pytest.fixture(scope="module")
def records(research_data: Path) -> Records[int]:
    return official_records()


def test_a_pact_obliges_to_defence(records: Records[int]) -> None:
    assert records.pact(USA, UK, 1972) is True
    assert records.pact(USA, ISRAEL, 1972) is False


def test_pacts_after_the_last_year_of_the_file_are_unknown(records: Records[int]) -> None:
    assert records.pact(USA, UK, 2018) is True
    assert records.pact(USA, UK, 2019) is None
    assert records.allied(USA, UK, 2019) is None


def test_votes_of_three_years_ago_still_count(records: Records[int]) -> None:
    now, then = (records.votes_apart(USA, UK, year) for year in (2025, 2023))
    assert now == then
    assert records.votes_apart(USA, UK, 2030) is None


def test_rivalries_that_hold_in_the_last_year_go_on(records: Records[int]) -> None:
    assert records.rivals(USA, RUSSIA, 2025) == records.rivals(USA, RUSSIA, 2020)
    assert records.rivals(USA, RUSSIA, 1972) is True


def test_borders_and_distances_go_on(records: Records[int]) -> None:
    assert records.contiguity(EGYPT, ISRAEL, 2025) == 1
    assert records.distance_km(EGYPT, ISRAEL, 2025) == 0


@pytest.mark.parametrize(("state", "year"), [(KOREA, 1949), (ANGOLA, 1974)])
def test_a_new_state_lies_where_it_lies(state: int, year: int, records: Records[int]) -> None:
    later = records.distance_km(USA, state, year + 3)
    assert later is not None
    assert records.distance_km(USA, state, year) == later


def test_a_state_that_never_was_lies_nowhere(records: Records[int]) -> None:
    assert records.distance_km(USA, ANGOLA, 1960) is None


def test_trade_that_nobody_recorded_is_unknown(records: Records[int]) -> None:
    assert records.trade(RUSSIA, ISRAEL, 1972) is None
    assert records.trade(USA, ISRAEL, 1972) == pytest.approx(0.0056, abs=1e-4)


def test_trade_after_the_last_year_of_the_file_is_unknown(records: Records[int]) -> None:
    assert records.trade(USA, ISRAEL, 2015) is None


def test_disputes_and_regimes_are_known_here(records: Records[int]) -> None:
    assert records.disputes(ISRAEL, 1967) is not None
    assert records.democracy(UK, 1972) == pytest.approx(0.8, abs=0.15)


def test_troops_of_two_years_ago_still_count(records: Records[int]) -> None:
    assert records.troops(USA, UK, 2014) == records.troops(USA, UK, 2012)
    assert records.troops(USA, UK, 2015) is None


def test_deliveries_before_the_register_begins_are_unknown(records: Records[int]) -> None:
    assert records.arms(USA, ISRAEL, 1949) is None
    assert records.arms(USA, ISRAEL, 1950) is not None


def test_without_a_register_deliveries_alone_are_unknown(
    research_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "holds", lambda dataset: dataset != "sipri_transfers")
    case = Case(power=USA, rival=RUSSIA, backed=ISRAEL, opposed=EGYPT, year=1973, trigger=9)
    found = covariates(official_records(), case)
    assert {name for name, value in found.items() if math.isnan(value)} == {
        name for name in found if "arms_" in name
    }

"""Cases from armed conflicts: made-up episodes, and the user's copy against the study's counts."""

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sidelines.assess.covariates import Records
from sidelines.facts.official.conflicts import Conflicts, ConflictYear, Episode, load_conflicts
from sidelines.facts.official.transfers import Transfers, load_transfers
from sidelines.history.conflict_cases import COALITION, conflict_cases, powers_since
from sidelines.history.records import official_records
from sidelines.terms.states import actors

Cases = Mapping[str, np.ndarray]

NOTHING_KNOWN: Records[int] = Records(**{one.name: lambda *_: None for one in fields(Records)})
NOBODY: Any = frozenset()
USA, RUSSIA, GERMANY = 2, 365, 255


def year_of(year: int, **changes: Any) -> ConflictYear:
    """Return a year of a war between Ethiopia and Somalia."""
    made = ConflictYear(
        conflict=267,
        year=year,
        kind="interstate",
        intensity=2,
        primary={"A": (530,), "B": (520,)},
        troops={"A": NOBODY, "B": NOBODY},
    )
    return replace(made, **changes)


def cases(
    *years: ConflictYear,
    records: Records[int] = NOTHING_KNOWN,
    transfers: Transfers | None = None,
) -> Cases:
    episode = Episode(conflict=267, number=1, years=years, primary=years[0].primary)
    made = Conflicts(years={}, episodes=(episode,))
    return conflict_cases(made, records, transfers=transfers)


def row(of: Cases, power: int, side: int = 1) -> dict[str, float]:
    (place,) = np.flatnonzero((of["power"] == power) & (of["side"] == side))
    return {name: float(values[place]) for name, values in of.items()}


# --- made-up episodes --------------------------------------------------------------------------


def test_every_power_of_the_list_has_a_row_for_either_side() -> None:
    made = cases(year_of(1977))
    listed = {power for power, since in powers_since().items() if since <= 1977}
    assert {*zip(made["power"], made["side"], strict=True)} == {
        (power, side) for power in listed for side in (1, -1)
    }


def test_a_power_is_followed_from_its_year_on() -> None:
    assert powers_since()[696] == 1972  # the Emirates
    assert 696 not in cases(year_of(1971))["power"]
    assert 696 in cases(year_of(1972))["power"]


def test_who_is_a_party_is_no_outside_power() -> None:
    made = cases(year_of(1977, primary={"A": (651,), "B": (620,)}))
    assert not {651, 620} & set(made["power"])


def test_rebels_have_no_rows_and_are_nobodys_opponent() -> None:
    made = cases(year_of(1977, kind="intrastate", primary={"A": (530,), "B": ()}))
    assert set(made["side"]) == {1}
    assert np.isnan(made["opposed"]).all()


def test_a_side_stands_for_the_state_that_is_named_first() -> None:
    made = cases(year_of(1977, primary={"A": (530, 522), "B": (520,)}))
    assert row(made, USA)["backed"] == 530
    assert row(made, USA, -1)["opposed"] == 530


def test_troops_count_for_the_side_they_were_sent_to() -> None:
    later = year_of(1978, troops={"A": frozenset({RUSSIA}), "B": NOBODY})
    made = cases(year_of(1977), later)
    assert (row(made, RUSSIA)["forces"], row(made, RUSSIA, -1)["forces"]) == (1, 0)
    assert row(made, USA)["forces"] == 0


@pytest.mark.parametrize(("senders", "bilateral"), [(COALITION - 1, 1), (COALITION, 0)])
def test_many_senders_are_a_mission(senders: int, bilateral: float) -> None:
    sent = frozenset([RUSSIA, *range(900, 900 + senders - 1)])
    made = cases(year_of(1977, troops={"A": sent, "B": NOBODY}))
    assert (row(made, RUSSIA)["forces"], row(made, RUSSIA)["bilateral"]) == (1, bilateral)


def test_nothing_of_later_years_is_among_the_covariates() -> None:
    asked: list[int] = []
    spy: Any = {one.name: lambda *said: asked.append(said[-1]) for one in fields(Records)}
    cases(year_of(1977), year_of(1978), records=Records(**spy))
    assert max(asked) == 1976


def test_how_it_began_is_not_coded() -> None:
    assert np.isnan(cases(year_of(1977))["trigger"]).all()


@pytest.mark.parametrize(("kind", "found"), [("interstate", (1, 0)), ("extrasystemic", (0, 1))])
def test_the_kind_is_that_of_the_first_year(kind: str, found: tuple[float, float]) -> None:
    made = row(cases(year_of(1977, kind=kind), year_of(1978, kind="internationalised")), USA)
    assert (made["interstate"], made["extrasystemic"]) == found


@pytest.mark.parametrize(("year", "number"), [(1977, 260), (1995, 255)])
def test_germany_is_asked_for_by_the_number_it_had(year: int, number: int) -> None:
    strength: Any = lambda who, _: {number: 0.04}.get(who)  # noqa: E731
    made = cases(year_of(year), records=replace(NOTHING_KNOWN, strength=strength))
    assert row(made, GERMANY)["strength"] == 0.04


def test_without_a_register_nobody_knows_of_a_surge() -> None:
    made = cases(year_of(1977))
    assert np.isnan(made["surge"]).all()
    assert np.isnan(made["stop"]).all()


def test_a_surge_is_deliveries_to_the_backed_side() -> None:
    register = Transfers(
        delivered={(RUSSIA, 530, 1979): 300.0}, received={}, orders={}, of_orders={}
    )
    made = cases(year_of(1977), transfers=register)
    assert (row(made, RUSSIA)["surge"], row(made, RUSSIA, -1)["surge"]) == (1, 0)


# --- the user's copy of UCDP/PRIO --------------------------------------------------------------

FORCES = {  # episodes joined with forces; source: feasibility study of 2026, section 6
    "USA": 27, "FRA": 22, "GBR": 14, "TUR": 12, "RUS": 9, "CHN": 5, "IRN": 5, "SAU": 3, "IND": 0,
    "DEU": 5, "ISR": 0, "PAK": 10, "EGY": 9, "NGA": 10, "ZAF": 12, "AUS": 11, "ARE": 3, "KOR": 3,
    "CUB": 5, "PRK": 2, "SYR": 2,
}  # fmt: skip
SINCE_1990 = {"USA": 18, "FRA": 15, "GBR": 7, "TUR": 10, "RUS": 7, "CHN": 5, "IRN": 4, "SAU": 3}


@pytest.fixture(scope="module")
def past(research_data: Path) -> Cases:
    return conflict_cases(load_conflicts(), official_records(), transfers=load_transfers())


def test_there_are_514_episodes(past: Cases) -> None:
    assert len(np.unique(past["crisis"])) == 514


def test_rows_are_those_of_the_study_but_for_parties_of_the_conflict(past: Cases) -> None:
    assert len(past["crisis"]) == 13_608 - 16
    assert past["forces"].sum() == 177


@pytest.mark.parametrize(("power", "episodes"), FORCES.items())
def test_forces_are_those_of_the_study(power: str, episodes: int, past: Cases) -> None:
    joined = (past["power"] == actors()[power].cow) & (past["forces"] == 1)
    assert len(np.unique(past["crisis"][joined])) == episodes
    if power in SINCE_1990:
        assert (past["year"][joined] >= 1990).sum() == SINCE_1990[power]


def test_bilateral_help_is_a_part_of_what_was_sent(past: Cases) -> None:
    assert (past["bilateral"] <= past["forces"]).all()
    assert 0 < past["bilateral"].sum() < past["forces"].sum()


def test_hardly_any_case_lacks_strength_and_distance(past: Cases) -> None:
    assert np.isnan(past["strength"]).mean() < 0.01
    assert np.isnan(past["log_distance"]).mean() < 0.01


def test_a_surge_is_unknown_where_its_years_are_not_over(past: Cases) -> None:
    assert np.isnan(past["surge"][past["year"] >= 2023]).all()
    assert not np.isnan(past["surge"][(past["year"] >= 1955) & (past["year"] <= 2022)]).any()

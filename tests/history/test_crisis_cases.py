"""Cases from ICB: made-up crises, and the user's copy against the study's rows."""

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sidelines.assess.covariates import Records
from sidelines.facts.official.crises import Activity, CrisisActor, IcbCrisis, load_crises
from sidelines.history.crisis_cases import crisis_cases, rungs_of
from sidelines.history.records import official_records
from sidelines.terms.ladder import Rung

Cases = Mapping[str, np.ndarray]

NOTHING_KNOWN: Records[int] = Records(**{one.name: lambda *_: None for one in fields(Records)})
USA, USSR = 2, 365


def activity(word: str | None = "military", favour: str | None = "favourable") -> Activity:
    return Activity(power=USA, code=8, word=word, favour_code=1, favour=favour)


def actor(cow: int = 750, **changes: Any) -> CrisisActor:
    """Return India, attacked by Pakistan, with forces of the United States for it."""
    made = CrisisActor(
        crisis=1,
        number=cow,
        cow=cow,
        name="made up",
        year=1962,
        month=10,
        day=20,
        trigger_code=9,
        trigger="violent",
        set_off_by=770,
        threat=710,
        activities={USA: activity()},
    )
    return replace(made, **changes)


def cases(*actors: CrisisActor) -> Cases:
    crisis = IcbCrisis(number=1, name="made up", year=1962, end_year=1963, actors=actors)
    return crisis_cases((crisis,), NOTHING_KNOWN)


def row(of: Cases, power: int = USA, side: int = 1) -> dict[str, float]:
    (place,) = np.flatnonzero((of["power"] == power) & (of["side"] == side))
    return {name: float(values[place]) for name, values in of.items()}


# --- made-up crises ----------------------------------------------------------------------------


def test_both_superpowers_have_a_row_for_either_side() -> None:
    made = cases(actor())
    rows = {*zip(made["power"], made["side"], made["backed"], made["opposed"], strict=True)}
    assert rows == {
        (power, side, *sides)
        for power in (USA, USSR)
        for side, sides in ((1, (750, 770)), (-1, (770, 750)))
    }


def test_the_attacker_is_who_set_it_off_else_who_threatens() -> None:
    assert row(cases(actor(set_off_by=None)))["opposed"] == 710
    assert row(cases(actor()))["opposed"] == 770


def test_without_a_state_that_attacks_only_the_attacked_side_has_a_row() -> None:
    made = cases(actor(set_off_by=None, threat=None))
    assert made["side"].tolist() == [1, 1]
    assert np.isnan(made["opposed"]).all()


@pytest.mark.parametrize("party", ["cow", "set_off_by"])
def test_a_superpower_has_no_row_in_its_own_crisis(party: str) -> None:
    assert set(cases(actor(**{party: USSR}))["power"]) == {USA}


def test_an_actor_without_a_year_has_no_row() -> None:
    assert set(cases(actor(), actor(cow=800, year=None))["contest"]) == {750}


def test_the_year_is_that_of_the_actor_the_crisis_year_that_of_the_crisis() -> None:
    found = row(cases(actor(year=1963)))
    assert (found["year"], found["crisis_year"]) == (1963, 1962)


def test_what_was_done_is_known_for_the_actor_alone() -> None:
    made = cases(actor())
    assert row(made)["ladder"] == 3
    assert math.isnan(row(made, side=-1)["ladder"])
    assert math.isnan(row(made, power=USSR)["ladder"])


@pytest.mark.parametrize(
    ("word", "ladder", "low", "high"),
    [
        ("none", 0, Rung.NOTHING, Rung.NOTHING),
        ("propaganda", 1, Rung.WORDS, Rung.WORDS),
        ("political", 1, Rung.WORDS, Rung.DIPLOMATIC),
        ("economic", 2, Rung.MONEY, Rung.MONEY),
        ("covert", 2, Rung.WEAPONS, Rung.ADVISERS),
        ("military", 3, Rung.FORCES, Rung.FORCES),
    ],
)
def test_a_word_of_icb_agrees_with_some_rungs(
    word: str, ladder: int, low: Rung, high: Rung
) -> None:
    found = row(cases(actor(activities={USA: activity(word)})))
    assert (found["ladder"], found["rung_low"], found["rung_high"]) == (ladder, low, high)
    assert rungs_of(activity(word)) == (low, high)


def test_what_the_actor_did_not_like_is_no_support() -> None:
    found = row(cases(actor(activities={USA: activity("military", "unfavourable")})))
    assert (found["activity"], found["favourable"], found["ladder"]) == (3, 0, 0)
    assert found["rung_high"] == Rung.NOTHING


def test_a_deed_without_a_known_welcome_is_not_coded() -> None:
    found = row(cases(actor(activities={USA: activity("military", None)})))
    assert math.isnan(found["ladder"])


def test_idleness_needs_no_welcome() -> None:
    assert row(cases(actor(activities={USA: activity("none", None)})))["ladder"] == 0


def test_a_power_in_a_crisis_of_its_own_is_not_coded() -> None:
    found = row(cases(actor(activities={USA: activity("own crisis")})))
    assert math.isnan(found["ladder"])


def test_violence_was_suffered_by_the_attacked_side_alone() -> None:
    made = cases(actor())
    assert (row(made)["violent"], row(made, side=-1)["violent"]) == (1, 0)


@pytest.mark.parametrize(("cow", "year", "number"), [(260, 1999, 255), (678, 1995, 679)])
def test_states_go_by_the_number_of_their_year(cow: int, year: int, number: int) -> None:
    made = cases(actor(cow=cow, year=year))
    assert set(made["backed"]) == {number, 770}


def test_no_row_depends_on_whether_the_attacker_is_an_actor_too() -> None:
    alone = cases(actor())
    attacker = actor(cow=770, set_off_by=750, threat=750, activities={})
    both = cases(actor(), attacker)
    mine = both["contest"] == 750
    for name, values in alone.items():
        np.testing.assert_array_equal(both[name][mine], values)


# --- the user's copy of ICB --------------------------------------------------------------------


@pytest.fixture(scope="module")
def crises(research_data: Path) -> tuple[IcbCrisis, ...]:
    return tuple(load_crises().crises.values())


@pytest.fixture(scope="module")
def past(crises: tuple[IcbCrisis, ...]) -> Cases:
    return crisis_cases(crises, official_records())


@pytest.fixture(scope="module")
def study(research_data: Path) -> dict[tuple[int, int], tuple[int, int, int]]:
    """Return the study's outcomes of the superpowers by crisis actor and power.

    Source: joiners:joiners.parquet; its README defines any, material support and force.
    """
    polars = pytest.importorskip("polars")
    rows = polars.read_parquet(research_data / "joiners" / "joiners.parquet").to_dicts()
    return {
        (one["cracno"], one["patron"]): (one["y_any"], one["y_material"], one["y_force"])
        for one in rows
        if one["patron"] in (USA, USSR)
    }


def labelled(cases: Cases) -> np.ndarray:
    return ~np.isnan(cases["ladder"])


def test_1855_rows_are_labelled(past: Cases) -> None:
    assert labelled(past).sum() == 1855
    assert (past["side"][labelled(past)] == 1).all()


def test_labels_are_those_of_the_study(
    past: Cases, study: dict[tuple[int, int], tuple[int, int, int]]
) -> None:
    keep = labelled(past)
    rows = zip(past["contest"][keep], past["power"][keep], past["ladder"][keep], strict=True)
    ours = {
        (int(contest), int(power)): (int(step > 0), int(step > 1), int(step > 2))
        for contest, power, step in rows
    }
    assert ours == study


@pytest.mark.parametrize(
    ("power", "counts"), [(USA, (918, 331, 166, 57)), (USSR, (937, 161, 60, 10))]
)
def test_counts_are_those_that_were_published(
    power: int, counts: tuple[int, ...], past: Cases
) -> None:
    steps = past["ladder"][labelled(past) & (past["power"] == power)]
    assert (len(steps), *((steps >= step).sum() for step in (1, 2, 3))) == counts


def test_every_attacker_that_is_a_state_has_its_rows(past: Cases) -> None:
    of_attacked = past["side"] == 1
    pairs = [
        {*zip(past["contest"][rows], past["power"][rows], strict=True)}
        for rows in (of_attacked & ~np.isnan(past["opposed"]), ~of_attacked)
    ]
    assert pairs[0] == pairs[1]


def test_attackers_that_icb_made_no_actor_have_rows_as_well(
    past: Cases, crises: tuple[IcbCrisis, ...]
) -> None:
    actors = {(crisis.number, one.cow) for crisis in crises for one in crisis.actors}
    attackers = past["side"] == -1
    held = [*zip(past["crisis"][attackers], past["backed"][attackers], strict=True)]
    assert any(pair in actors for pair in held)
    assert any(pair not in actors for pair in held)


def test_dropping_an_attackers_own_row_changes_nothing_about_the_others(
    past: Cases, crises: tuple[IcbCrisis, ...]
) -> None:
    attackers = {(crisis.number, one.set_off_by) for crisis in crises for one in crisis.actors}
    without = tuple(
        replace(
            crisis, actors=tuple(a for a in crisis.actors if (a.crisis, a.cow) not in attackers)
        )
        for crisis in crises
    )
    fewer = crisis_cases(without, official_records())
    kept = np.isin(past["contest"], fewer["contest"])
    assert 0 < kept.sum() < len(kept)
    for name, values in fewer.items():
        np.testing.assert_array_equal(past[name][kept], values, err_msg=name)


def test_no_case_is_told_twice(past: Cases) -> None:
    keys = [*zip(past["contest"], past["power"], past["side"], strict=True)]
    assert len(keys) == len(set(keys))

"""Cases from disputes: made-up ones, and the user's copy against the study's counts."""

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np
import pytest

from sidelines.assess.covariates import Records
from sidelines.facts.official.disputes import Dispute, Disputes, Participant, load_disputes
from sidelines.facts.official.powers import Powers, load_powers
from sidelines.history.dispute_cases import dispute_cases

Cases = Mapping[str, np.ndarray]

NOTHING_KNOWN: Records[int] = Records(**{one.name: lambda *_: None for one in fields(Records)})
ALWAYS = ((1816, 9999),)
POWERS = Powers(
    major={2: ALWAYS, 365: ALWAYS},
    powers={750: ALWAYS},
    members={2: ALWAYS, 365: ALWAYS, 750: ALWAYS},
)
USA, RUSSIA, INDIA, IRAQ, KUWAIT, BAHRAIN = 2, 365, 750, 645, 690, 692


def part(
    cow: int, *, began: bool = True, initiator: bool = False, hostility: int = 1
) -> Participant:
    return Participant(
        cow=cow,
        first_year=1990,
        initiator_side=initiator,
        originator=began,
        hostility=hostility,
    )


BEGAN = (part(IRAQ, initiator=True), part(KUWAIT))


def cases(*joined: Participant, records: Records[int] = NOTHING_KNOWN) -> Cases:
    made = Dispute(number=7, year=1990, participants=(*BEGAN, *joined))
    return dispute_cases(Disputes(disputes={7: made}, forceful_by_year={}), POWERS, records)


def of_power(found: Cases, name: str) -> dict[int, float]:
    return dict(zip(found["power"].astype(int).tolist(), found[name].tolist(), strict=True))


def test_every_power_that_did_not_begin_it_has_a_row() -> None:
    assert of_power(cases(), "major") == {USA: 1.0, RUSSIA: 1.0, INDIA: 0.0}
    assert set(of_power(cases(part(RUSSIA)), "joined")) == {USA, INDIA}


def test_who_stays_out_did_not_join() -> None:
    assert set(of_power(cases(), "joined").values()) == {0.0}


def test_only_who_joins_the_target_counts_as_joined() -> None:
    found = cases(part(USA, began=False), part(INDIA, began=False, initiator=True))
    assert of_power(found, "joined") == {USA: 1.0, RUSSIA: 0.0, INDIA: 0.0}


@pytest.mark.parametrize(("hostility", "forceful"), [(3, 0.0), (4, 1.0), (5, 1.0)])
def test_force_begins_with_its_use(hostility: int, forceful: float) -> None:
    found = cases(part(USA, began=False, hostility=hostility))
    assert of_power(found, "joined_with_force")[USA] == forceful


def test_the_strongest_of_those_who_began_stands_for_a_side() -> None:
    strong = replace(NOTHING_KNOWN, strength=lambda cow, _: {BAHRAIN: 0.2, KUWAIT: 0.1}.get(cow))
    found = cases(part(BAHRAIN), records=strong)
    assert set(found["backed"]) == {BAHRAIN}
    assert set(found["n_targets"]) == {2.0}


def test_the_initiator_is_the_opposed_side() -> None:
    assert (set(cases()["backed"]), set(cases()["opposed"])) == ({KUWAIT}, {IRAQ})


# --- the user's copy ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(research_data: object) -> Cases:
    """Return the real cases without covariates, which take longer and change no outcome."""
    return dispute_cases(load_disputes(), load_powers(), NOTHING_KNOWN)


def test_as_many_cases_joined_as_the_study_counted(real: Cases) -> None:
    assert len(real["joined"]) == 21_274
    assert (real["joined"].sum(), real["joined_with_force"].sum()) == (158, 44)


def test_as_many_cases_are_scored_as_the_study_scored(real: Cases) -> None:
    scored = (real["crisis_year"] >= 1955) & (real["crisis_year"] <= 2014)
    assert (scored.sum(), real["joined"][scored].sum()) == (16_563, 74)


def test_the_cases_span_the_years_of_the_data(real: Cases) -> None:
    assert (real["year"].min(), real["year"].max()) == (1816, 2014)


def test_who_began_a_dispute_is_no_case_of_it(real: Cases) -> None:
    disputes = load_disputes().disputes
    began = {
        (one.number, part.cow)
        for one in disputes.values()
        for part in one.participants
        if part.originator
    }
    assert not began & {*zip(real["crisis"], real["power"], strict=True)}

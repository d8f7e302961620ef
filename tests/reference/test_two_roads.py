"""A past crisis gets the same covariates by the road of today's crises as by that of past cases.

One road: the crisis file, our own tables and the user's copy of SIPRI's register. The other: the
research files, asked by COW number. Every crisis that data sets cover is sent down both.
"""

import math
from pathlib import Path

import pytest

from sidelines.assess.covariates import Case, Records, covariates
from sidelines.assess.inputs import Role
from sidelines.assess.present_case import present_case
from sidelines.assess.world_records import world_records
from sidelines.crisis.read import load_crisis
from sidelines.facts.official.codes import cow_number
from sidelines.facts.official.transfers import load_transfers
from sidelines.facts.world import load_world
from sidelines.history.records import official_records
from sidelines.terms.roles import Side

Values = dict[str, float]

# With the superpowers that are outside powers in it; after 2018 no file of pacts covers a crisis.
CRISES = {
    "korea-1950": "USA SUN",
    "suez-1956": "USA SUN",
    "hungary-1956": "USA",
    "vietnam-1965": "USA SUN",
    "yom-kippur-1973": "USA SUN",
    "angola-1975": "USA SUN",
    "afghanistan-1979": "USA",
    "falklands-1982": "USA SUN",
    "kuwait-1990": "USA SUN",
    "kosovo-1999": "RUS",
    "georgia-2008": "USA",
    "libya-2011": "RUS",
    "syria-2015": "USA RUS",
}
CASES = [
    (crisis, power, side)
    for crisis, powers in CRISES.items()
    for power in powers.split()
    for side in Side
    if (crisis, side) != ("syria-2015", Side.ATTACKER)  # rebels have no number
]

# No table of ours holds them. Angola was no state in the year before its crisis, so nobody asked
# for its pacts; the research files have none.
IN_NO_TABLE = {"disputes", "democracy_backed"}
OF_A_NEW_STATE = {
    "pact_backed", "pact_opposed", "rival_pact_backed", "rival_pact_opposed", "allied",
}  # fmt: skip
# The declaration on the neutrality of Laos: in force in ATOP's 1964, no more in 1965.
ENDED_BEFORE = {("vietnam-1965", "USA", "allied"), ("vietnam-1965", "SUN", "allied")}

VOTES = 0.0006  # our table is rounded to three decimals
STRENGTH = 0.08  # our shares are made to sum to one
KM = 0.501  # our distances are whole kilometres


@pytest.fixture(scope="module")
def past(research_data: Path) -> Records[int]:
    return official_records()


@pytest.fixture(scope="module")
def both(past: Records[int]) -> dict[tuple[str, str, Side], tuple[Values, Values]]:
    return {case: roads(*case, past) for case in CASES}


def roads(name: str, power: str, side: Side, past: Records[int]) -> tuple[Values, Values]:
    """Return the covariates of a role by our tables and by the research files."""
    crisis = load_crisis(name)
    world = load_world(crisis.as_of, retrospective=True)
    present = world_records(world, transfers=load_transfers())
    role = Role(power=power, side=side)
    case = present_case(crisis, role, as_of=crisis.as_of, records=present)
    rival, opposed = (
        None if one is None else cow_number(one, case.year) for one in (case.rival, case.opposed)
    )
    numbered = Case(
        power=cow_number(case.power, case.year) or 0,
        rival=rival,
        backed=cow_number(case.backed, case.year) or 0,
        opposed=opposed,
        year=case.year,
        trigger=case.trigger,
        attacked=case.attacked,
    )
    return covariates(present, case), covariates(past, numbered)


@pytest.mark.parametrize(("crisis", "power", "side"), CASES)
def test_what_both_roads_know_is_the_same(
    crisis: str, power: str, side: Side, both: dict[tuple[str, str, Side], tuple[Values, Values]]
) -> None:
    ours, theirs = both[crisis, power, side]
    known = {name for name in ours if not math.isnan(ours[name] + theirs[name])}
    for name in known - {name for *where, name in ENDED_BEFORE if where == [crisis, power]}:
        assert ours[name] == pytest.approx(theirs[name], **tolerance(name, theirs[name])), name


def tolerance(name: str, value: float) -> Values:
    if name.startswith("votes"):
        return {"abs": 2 * VOTES if name == "votes_closer" else VOTES, "rel": 0.0}
    if name.startswith("log_strength"):
        return {"abs": STRENGTH}
    if name.startswith("strength"):
        return {"rel": STRENGTH}
    if name.startswith("log_distance"):
        return {"abs": math.log1p(KM / math.exp(value)) + 1e-9}
    return {"abs": 1e-4, "rel": 1e-6}


@pytest.mark.parametrize(("crisis", "power", "side"), CASES)
def test_one_road_alone_knows_no_more_than_is_listed(
    crisis: str, power: str, side: Side, both: dict[tuple[str, str, Side], tuple[Values, Values]]
) -> None:
    ours, theirs = both[crisis, power, side]
    apart = {name for name in ours if math.isnan(ours[name]) != math.isnan(theirs[name])}
    allowed = IN_NO_TABLE | (OF_A_NEW_STATE if crisis == "angola-1975" else set())
    assert apart <= allowed
    assert not {name for name in apart if math.isnan(theirs[name])}


@pytest.mark.parametrize("name", sorted(IN_NO_TABLE))
def test_what_no_table_holds_is_unknown_on_our_road(
    name: str, both: dict[tuple[str, str, Side], tuple[Values, Values]]
) -> None:
    assert all(math.isnan(ours[name]) for ours, _ in both.values())
    assert any(not math.isnan(theirs[name]) for _, theirs in both.values())


@pytest.mark.parametrize("name", ["log_distance", "arms_backed", "rivalry_opposed", "strength"])
def test_both_roads_know_what_matters_in_nearly_all_cases(
    name: str, both: dict[tuple[str, str, Side], tuple[Values, Values]]
) -> None:
    known = [not math.isnan(ours[name]) for ours, _ in both.values()]
    assert sum(known) >= 0.7 * len(known)

import pytest

from sidelines.facts.official.disputes import load_disputes
from sidelines.facts.official.gml_disputes import load_gml_disputes

pytestmark = pytest.mark.usefixtures("research_data")


def test_the_falklands_have_the_same_sides_in_both_versions() -> None:
    ours, theirs = (load().disputes[3630] for load in (load_disputes, load_gml_disputes))
    sides = [
        {part.cow: (part.initiator_side, part.originator) for part in one.participants}
        for one in (ours, theirs)
    ]
    assert sides[0] == sides[1] == {160: (True, True), 200: (False, True)}


def test_the_first_world_war_is_war_for_britain_in_both_versions() -> None:
    for load in (load_disputes, load_gml_disputes):
        britain = next(part for part in load().disputes[257].participants if part.cow == 200)
        assert (britain.hostility, britain.originator) == (5, False)


def test_disputes_begin_between_1816_and_2010() -> None:
    years = {one.year for one in load_gml_disputes().disputes.values()}
    assert (min(years), max(years)) == (1816, 2010)


def test_most_disputes_that_are_in_both_versions_have_the_same_participants() -> None:
    cow, gml = load_disputes().disputes, load_gml_disputes().disputes
    both = set(cow) & set(gml)
    alike = [
        number
        for number in both
        if {part.cow for part in cow[number].participants}
        == {part.cow for part in gml[number].participants}
    ]
    assert len(alike) > 0.8 * len(both)


def test_hostility_lies_between_none_and_war() -> None:
    held = {
        part.hostility for one in load_gml_disputes().disputes.values() for part in one.participants
    }
    assert held == {1, 2, 3, 4, 5}

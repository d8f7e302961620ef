import pytest

from sidelines.facts.official.disputes import load_disputes

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("cow", "year"), [(2, 1950), (365, 1956), (645, 1990), (666, 1967), (365, 2014), (255, 1914)]
)
def test_who_used_force(cow: int, year: int) -> None:
    assert load_disputes().forceful(cow, year)


@pytest.mark.parametrize("year", [1815, 2015])
def test_force_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_disputes().forceful(2, year) is None


@pytest.mark.parametrize("year", [1816, 2014])
def test_no_force_is_known_at_both_bounds(year: int) -> None:
    assert load_disputes().forceful(225, year) == 0


def test_the_falklands_had_two_originators_on_two_sides() -> None:
    war = load_disputes().disputes[3630]
    assert war.year == 1982
    assert {part.cow: part.initiator_side for part in war.participants} == {160: True, 200: False}
    assert all(part.originator and part.hostility == 5 for part in war.participants)


def test_britain_joined_the_first_world_war_on_the_side_of_the_target() -> None:
    war = load_disputes().disputes[257]
    britain = next(part for part in war.participants if part.cow == 200)
    assert (britain.originator, britain.initiator_side, britain.hostility) == (False, False, 5)
    assert war.year == 1914


def test_every_dispute_has_somebody_on_both_sides() -> None:
    one_sided = [
        one.number
        for one in load_disputes().disputes.values()
        if len({part.initiator_side for part in one.participants}) < 2
    ]
    assert one_sided == []

import pytest

from sidelines.facts.official.interstate_wars import (
    Belligerent,
    InterstateWar,
    load_interstate_wars,
)

pytestmark = pytest.mark.usefixtures("research_data")


def named(name: str) -> InterstateWar:
    return next(one for one in load_interstate_wars().wars.values() if one.name == name)


def fighter(name: str, cow: int) -> Belligerent:
    return next(one for one in named(name).belligerents if one.cow == cow)


@pytest.mark.parametrize(
    ("cow", "began"),
    [
        (345, (1914, 7, 29)),
        (220, (1914, 8, 3)),
        (200, (1914, 8, 5)),
        (325, (1915, 5, 23)),
        (2, (1917, 4, 17)),  # most histories: 6 April
    ],
)
def test_states_entered_the_first_world_war_when_the_data_say(
    cow: int, began: tuple[int, int, int]
) -> None:
    assert fighter("World War I", cow).began == began


def test_the_first_world_war_had_fifteen_belligerents_on_two_sides() -> None:
    war = named("World War I")
    assert len(war.belligerents) == 15
    assert {one.cow for one in war.belligerents if one.side == 2} == {255, 300, 355, 640}


def test_france_left_the_second_world_war_and_came_back() -> None:
    france = fighter("World War II", 220)
    assert france.spells == ((1939, 1940), (1944, 1945))
    assert [france.fought_in(year) for year in (1940, 1942, 1944)] == [True, False, True]


def test_deaths_that_nobody_knows_are_unknown() -> None:
    deaths = [
        one.battle_deaths
        for war in load_interstate_wars().wars.values()
        for one in war.belligerents
    ]
    assert all(count is None or count >= 0 for count in deaths)
    assert fighter("Gulf War", 645).battle_deaths == 40000


def test_wars_begin_between_1823_and_2003() -> None:
    years = {war.first_year for war in load_interstate_wars().wars.values()}
    assert (min(years), max(years)) == (1823, 2003)

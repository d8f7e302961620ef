import pytest

from sidelines.facts.official.crises import CrisisActor, load_crises

pytestmark = pytest.mark.usefixtures("research_data")

SOVIET = 365


def actor(crisis: int, cow: int) -> CrisisActor:
    return next(one for one in load_crises().crises[crisis].actors if one.cow == cow)


def did(crisis: int, cow: int, power: int) -> tuple[str | None, str | None]:
    activity = actor(crisis, cow).activities[power]
    return activity.word, activity.favour


def test_all_crises_and_actors_of_version_14_are_there() -> None:
    assert len(load_crises().crises) == 487
    assert len(load_crises().actors()) == 1078


@pytest.mark.parametrize(
    ("crisis", "cow", "power", "what"),
    [
        (132, 732, 2, ("military", "favourable")),  # Korea, 1950
        (255, 666, 2, ("semi-military", "favourable")),  # October 1973
        (255, 652, SOVIET, ("semi-military", "favourable")),
        (303, 770, 2, ("semi-military", "favourable")),  # Pakistan over Afghanistan, 1979
        (393, 690, 2, ("military", "favourable")),  # Kuwait, 1990
        (471, 369, 2, ("semi-military", "favourable")),  # Crimea, 2014
    ],
)
def test_powers_did_what_is_recorded(
    crisis: int, cow: int, power: int, what: tuple[str, str]
) -> None:
    assert did(crisis, cow, power) == what


def test_a_power_in_its_own_crisis_is_told_apart() -> None:
    assert did(255, 2, 2) == ("own crisis", "own crisis")


def test_britain_is_coded_to_1945_and_not_after() -> None:
    coded = {one.year for one in load_crises().actors() if 200 in one.activities and one.year}
    assert max(coded) == 1945
    assert 200 not in actor(393, 690).activities


def test_a_code_that_nobody_explains_has_no_word() -> None:
    rare = [
        activity
        for one in load_crises().actors()
        for activity in one.activities.values()
        if activity.code == 2
    ]
    assert rare
    assert all(activity.word is None for activity in rare)


@pytest.mark.parametrize(("number", "year"), [(1, 1918), (487, 2017)])
def test_the_first_and_the_last_crisis_lie_at_the_bounds(number: int, year: int) -> None:
    assert load_crises().crises[number].year == year


def test_the_empty_row_of_the_file_is_unknown() -> None:
    empty = load_crises().crises[474]
    assert empty.year is None
    assert empty.actors[0].activities == {}
    assert empty.actors[0].trigger is None


def test_what_set_a_crisis_off_is_a_state_or_nobody() -> None:
    assert actor(393, 690).set_off_by == 645
    assert actor(434, 700).set_off_by is None
    assert actor(434, 700).threat == 2


def test_an_unknown_day_is_unknown() -> None:
    days = [one.day for one in load_crises().actors()]
    assert None in days
    assert all(day is None or 1 <= day <= 31 for day in days)


def test_germany_and_yemen_keep_their_old_numbers_here() -> None:
    late = {one.cow for one in load_crises().actors() if one.year and one.year > 1990}
    assert {260, 678} <= late
    assert not {255, 679} & late

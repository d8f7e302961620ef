import datetime as dt

import pytest

from sidelines.facts.official.leaders import Leader, load_leaders

pytestmark = pytest.mark.usefixtures("research_data")


def leader(cow: int, day: str) -> Leader:
    found = load_leaders().leader(cow, dt.date.fromisoformat(day))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("cow", "day", "name"),
    [
        (2, "1962-10-22", "Kennedy"),
        (365, "1962-10-22", "Khrushchev"),
        (200, "1982-04-02", "Thatcher"),
        (651, "1973-10-06", "Sadat"),
        (645, "1990-08-02", "Hussein"),
    ],
)
def test_who_led_a_state_on_a_day(cow: int, day: str, name: str) -> None:
    assert name in leader(cow, day).name


def test_a_leader_who_was_shot_lost_office_irregularly() -> None:
    found = leader(651, "1981-10-05")
    assert (found.exit, found.end) == ("Irregular", dt.date(1981, 10, 6))


def test_an_office_that_goes_on_has_no_end_yet() -> None:
    assert leader(365, "2015-12-31").exit is None


@pytest.mark.parametrize("day", ["1839-12-31", "2016-01-01"])
def test_a_leader_is_unknown_outside_the_years_covered(day: str) -> None:
    assert load_leaders().leader(2, dt.date.fromisoformat(day)) is None


def test_germany_is_found_under_either_number() -> None:
    assert leader(255, "1995-01-01") == leader(260, "1995-01-01")

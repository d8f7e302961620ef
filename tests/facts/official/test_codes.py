import datetime as dt

import pytest

from sidelines.facts.official.codes import (
    cow_number,
    cow_of_gw,
    cow_of_name,
    gw_of_cow,
    state_id,
)


@pytest.mark.parametrize(
    ("id_", "year", "number"),
    [
        ("USA", 1950, 2),
        ("SUN", 1991, 365),
        ("SUN", 1992, None),
        ("RUS", 1990, None),
        ("RUS", 1991, 365),
        ("DEU", 1989, 260),
        ("DEU", 1990, 255),
        ("DDR", 1990, 265),
        ("DDR", 1991, None),
        ("YAR", 1990, 678),
        ("YEM", 1990, 679),
        ("YMD", 1990, 680),
        ("YUG", 1992, 345),
        ("SRB", 2010, 345),
        ("VDR", 1976, None),
        ("HZB", 2010, None),
        ("XXX", 2010, None),
    ],
)
def test_a_state_has_its_number_while_it_exists(id_: str, year: int, number: int | None) -> None:
    assert cow_number(id_, year) == number


@pytest.mark.parametrize(
    ("number", "when", "id_"),
    [
        (365, dt.date(1991, 12, 25), "SUN"),
        (365, dt.date(1991, 12, 26), "RUS"),
        (365, 1990, "SUN"),
        (365, 1991, "RUS"),
        (260, 1970, "DEU"),
        (255, 1995, "DEU"),
        (265, 1989, "DDR"),
        (265, 1990, None),
        (678, 1989, "YAR"),
        (679, 1990, "YEM"),
        (345, 1991, "YUG"),
        (345, 1992, "SRB"),
        (998, 2000, None),
    ],
)
def test_a_number_is_a_state_on_a_day_or_at_the_end_of_a_year(
    number: int, when: int | dt.date, id_: str | None
) -> None:
    assert state_id(number, when) == id_


@pytest.mark.parametrize(
    ("cow", "gw", "year"),
    [
        (255, 260, 1995),
        (260, 260, 1985),
        (679, 678, 1995),
        (678, 678, 1985),
        (345, 340, 2010),
        (345, 345, 1995),
        (955, 972, 2005),
        (2, 2, 1900),
        (255, 255, 1914),
    ],
)
def test_the_two_systems_agree_on_who_is_who(cow: int, gw: int, year: int) -> None:
    assert gw_of_cow(cow, year) == gw
    assert cow_of_gw(gw, year) == cow


def test_serbia_is_found_under_either_number() -> None:
    assert cow_of_gw(340, 2010) == cow_of_gw(345, 1995) == cow_of_gw(345, 2015) == 345


def test_south_vietnam_is_unified_vietnam_in_exercises_alone() -> None:
    assert cow_of_gw(817, 2010, dataset="exercises") == 816
    assert cow_of_gw(817, 1970, dataset="exercises") == 817
    assert cow_of_gw(817, 2010) == 817


@pytest.mark.parametrize(
    ("name", "year", "number"),
    [
        ("Soviet Union", 1980, 365),
        ("Russia", 1980, 365),
        ("Germany", 1985, 260),
        ("Germany", 2005, 255),
        ("East Germany (GDR)", 1980, 265),
        ("Yemen Arab Republic (North Yemen)", 1980, 678),
        ("Turkiye", 2020, 640),
        ("Saint Vincent", 1990, 57),
        ("Democratic Republic of Congo", 2000, 490),
        ("Mujahedin (Afghanistan)*", 1985, None),
        ("NATO", 1990, None),
        ("unknown supplier(s)", 1990, None),
    ],
)
def test_names_in_files_are_states_or_nobody(name: str, year: int, number: int | None) -> None:
    assert cow_of_name(name, year) == number

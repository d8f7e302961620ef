import pytest

from sidelines.facts.official.wars import load_wars

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("cow", "year", "at_least"),
    [(2, 1968, 1), (365, 1985, 1), (645, 1982, 1), (369, 2022, 1), (200, 1916, 1), (2, 2005, 2)],
)
def test_who_was_at_war(cow: int, year: int, at_least: int) -> None:
    fought = load_wars().wars_of(cow, year)
    assert fought is not None
    assert fought >= at_least


@pytest.mark.parametrize(("cow", "year"), [(225, 1916), (380, 1943), (740, 1990), (20, 1960)])
def test_who_was_at_peace(cow: int, year: int) -> None:
    assert load_wars().wars_of(cow, year) == 0


@pytest.mark.parametrize("year", [1815, 2025])
def test_wars_are_unknown_outside_the_years_covered(year: int) -> None:
    assert load_wars().wars_of(2, year) is None


@pytest.mark.parametrize("year", [1816, 2024])
def test_wars_are_known_at_both_bounds(year: int) -> None:
    assert load_wars().wars_of(225, year) == 0


def test_a_sender_of_troops_is_at_war() -> None:
    assert load_wars().wars_of(731, 2024) == 1


def test_a_war_is_counted_once_however_many_rows_it_has() -> None:
    assert load_wars().wars_of(365, 2024) == 2  # in Ukraine and in Syria


def test_germany_and_yemen_are_found_under_either_number() -> None:
    wars_of = load_wars().wars_of
    assert wars_of(255, 2010) == wars_of(260, 2010) == 1
    assert wars_of(679, 2015) == wars_of(678, 2015) == 1


def test_wars_of_1945_are_those_of_the_correlates_of_war() -> None:
    assert load_wars().wars_of(365, 1945) == 1
    assert load_wars().wars_of(740, 1946) == 0

import pytest

from sidelines.facts.official.powers import Powers, load_powers

MADE_UP = Powers(
    major={2: ((1898, 9999),), 220: ((1816, 1940), (1945, 9999))},
    powers={2: ((1899, 9999),), 750: ((1974, 9999),), 999: ((1816, 9999),)},
    members={2: ((1816, 9999),), 220: ((1816, 1942), (1944, 9999)), 750: ((1947, 9999),)},
)


def test_a_regional_power_counts_and_is_not_major() -> None:
    assert MADE_UP.in_year(1980) == {2: True, 220: True, 750: False}


def test_a_power_counts_from_its_first_year_to_its_last() -> None:
    assert [220 in MADE_UP.in_year(year) for year in (1815, 1816, 1940, 1941)] == [
        False,
        True,
        True,
        False,
    ]


def test_who_is_no_member_of_the_system_is_no_power() -> None:
    assert 999 not in MADE_UP.in_year(1980)


@pytest.mark.usefixtures("research_data")
@pytest.mark.parametrize(
    ("cow", "year", "major"),
    [
        (200, 1816, True),  # Britain
        (300, 1914, True),  # Austria-Hungary
        (710, 1950, True),  # China
        (255, 1991, True),  # Germany
        (750, 1974, False),  # India
    ],
)
def test_five_known_powers_are_there(cow: int, year: int, major: bool) -> None:
    assert load_powers().in_year(year)[cow] is major


@pytest.mark.usefixtures("research_data")
@pytest.mark.parametrize(("cow", "year"), [(2, 1823), (710, 1949), (750, 1973), (300, 1919)])
def test_a_power_is_none_the_year_before_it_rose_or_after_it_fell(cow: int, year: int) -> None:
    assert cow not in load_powers().in_year(year)


@pytest.mark.usefixtures("research_data")
def test_nobody_is_known_before_the_first_year() -> None:
    assert load_powers().in_year(1815) == {}


@pytest.mark.usefixtures("research_data")
def test_powers_that_were_still_open_at_the_end_go_on() -> None:
    assert load_powers().in_year(2026) == load_powers().in_year(2016)

import pytest

from sidelines.facts.official.nuclear import load_nuclear_weapons

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("cow", "first"), [(2, 1945), (365, 1949), (200, 1952), (220, 1960), (710, 1964), (731, 2006)]
)
def test_a_state_has_weapons_from_its_first_year(cow: int, first: int) -> None:
    has_weapons = load_nuclear_weapons().has_weapons
    assert has_weapons(cow, first - 1) is False
    assert has_weapons(cow, first) is True


def test_south_africa_gave_them_up() -> None:
    has_weapons = load_nuclear_weapons().has_weapons
    assert [has_weapons(560, year) for year in (1978, 1985, 1992)] == [False, True, False]


def test_germany_never_had_any_under_either_number() -> None:
    assert load_nuclear_weapons().has_weapons(260, 1980) is False
    assert load_nuclear_weapons().has_weapons(255, 2010) is False


def test_nobody_had_any_before_the_data_begin() -> None:
    assert load_nuclear_weapons().has_weapons(2, 1914) is False


def test_weapons_are_unknown_after_the_last_year() -> None:
    assert load_nuclear_weapons().has_weapons(2, 2022) is True
    assert load_nuclear_weapons().has_weapons(2, 2023) is None

import pytest

from sidelines.facts.official.rivalries import load_rivalries

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("a", "b", "year"),
    [(2, 365, 1960), (200, 255, 1914), (666, 651, 1973), (750, 770, 2020), (2, 630, 2020)],
)
def test_rivals_are_rivals_whichever_comes_first(a: int, b: int, year: int) -> None:
    assert load_rivalries().rivals(a, b, year) is True
    assert load_rivalries().rivals(b, a, year) is True


@pytest.mark.parametrize(("a", "b", "year"), [(2, 20, 1990), (200, 220, 1950), (2, 365, 1995)])
def test_others_are_not(a: int, b: int, year: int) -> None:
    assert load_rivalries().rivals(a, b, year) is False


@pytest.mark.parametrize("year", [1815, 2021])
def test_a_rivalry_is_unknown_outside_the_years_coded(year: int) -> None:
    assert load_rivalries().rivals(750, 770, year) is None


def test_the_last_year_coded_is_known() -> None:
    known = load_rivalries()
    assert known.last_year == 2020
    assert known.rivals(750, 770, known.last_year) is True

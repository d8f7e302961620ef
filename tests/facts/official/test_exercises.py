import pytest

from sidelines.facts.official.exercises import load_exercises

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("a", "b", "year"),
    [(2, 732, 1990), (365, 710, 2005), (2, 260, 1985), (2, 255, 2005), (2, 816, 2010)],
)
def test_who_trained_with_whom_in_either_order(a: int, b: int, year: int) -> None:
    assert load_exercises().together(a, b, year)
    assert load_exercises().together(a, b, year) == load_exercises().together(b, a, year)


@pytest.mark.parametrize(("a", "b", "year"), [(2, 365, 1983), (2, 731, 2000), (666, 630, 2005)])
def test_who_did_not(a: int, b: int, year: int) -> None:
    assert load_exercises().together(a, b, year) == 0


@pytest.mark.parametrize("year", [1979, 2011])
def test_exercises_are_unknown_outside_the_years_covered(year: int) -> None:
    assert load_exercises().together(2, 200, year) is None


@pytest.mark.parametrize("year", [1980, 2010])
def test_exercises_are_known_at_both_bounds(year: int) -> None:
    assert load_exercises().together(2, 200, year)

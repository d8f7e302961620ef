import pytest

from sidelines.facts.official.deployments import load_deployments

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("host", "year", "persons"),
    [
        (260, 1985, 246901),
        (817, 1968, 537377),
        (645, 2008, 110790),
        (732, 1953, 980589),
        (700, 2011, 82176),
        (740, 2020, 55000),
    ],
)
def test_troops_were_where_the_data_have_them(host: int, year: int, persons: float) -> None:
    assert load_deployments().troops(host, year) == pytest.approx(persons, rel=0.05)


@pytest.mark.parametrize("year", [1949, 2026])
def test_troops_are_unknown_outside_the_years_covered(year: int) -> None:
    assert load_deployments().troops(732, year) is None


@pytest.mark.parametrize("year", [1950, 2025])
def test_troops_are_known_at_both_bounds(year: int) -> None:
    assert load_deployments().troops(732, year)


def test_what_is_no_longer_reported_is_unknown_and_not_zero() -> None:
    assert load_deployments().troops(645, 2017)
    assert load_deployments().troops(645, 2018) is None
    assert load_deployments().troops(652, 2020) is None


def test_germany_is_found_under_either_number_after_1990() -> None:
    troops = load_deployments().troops
    assert troops(255, 2010) == troops(260, 2010)
    assert troops(255, 1985) is None

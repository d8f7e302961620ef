import pytest

from sidelines.facts.official.regimes import load_regimes

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("cow", "year", "low", "high"),
    [
        (2, 2000, 0.8, 1),
        (731, 2000, 0, 0.15),
        (365, 1937, 0, 0.2),
        (255, 1938, 0, 0.2),
        (200, 1990, 0.75, 1),
        (710, 2020, 0, 0.15),
    ],
)
def test_democracies_and_autocracies_lie_where_they_should(
    cow: int, year: int, low: float, high: float
) -> None:
    found = load_regimes().polyarchy(cow, year)
    assert found is not None
    assert low <= found <= high


@pytest.mark.parametrize("year", [1815, 2026])
def test_a_regime_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_regimes().polyarchy(2, year) is None


@pytest.mark.parametrize("year", [1816, 2025])
def test_a_regime_is_known_at_both_bounds(year: int) -> None:
    assert load_regimes().polyarchy(2, year) is not None

import pytest

from sidelines.facts.official.distances import load_distances

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("a", "b", "year", "low", "high"),
    [
        (365, 369, 2000, 0, 0),
        (2, 40, 2000, 100, 400),
        (200, 220, 1950, 20, 60),
        (2, 365, 2000, 0, 100),
        (666, 630, 2000, 800, 1300),
    ],
)
def test_territories_lie_as_far_apart_as_on_the_map(
    a: int, b: int, year: int, low: float, high: float
) -> None:
    apart = load_distances().minimum_km(a, b, year)
    assert apart is not None
    assert low <= apart <= high
    assert load_distances().minimum_km(b, a, year) == apart


@pytest.mark.parametrize("year", [1885, 2020])
def test_a_distance_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_distances().minimum_km(2, 200, year) is None


@pytest.mark.parametrize("year", [1886, 2019])
def test_a_distance_is_known_at_both_bounds(year: int) -> None:
    assert load_distances().minimum_km(2, 200, year)


@pytest.mark.parametrize(
    ("a", "b", "km"), [(2, 365, 7820), (365, 630, 2470), (200, 220, 344), (666, 651, 425)]
)
def test_capitals_lie_a_great_circle_apart(a: int, b: int, km: float) -> None:
    assert load_distances().capitals_km(a, b, 2000) == pytest.approx(km, rel=0.02)


def test_a_capital_moves() -> None:
    before, after = (load_distances().capitals_km(2, 140, year) for year in (1950, 1970))
    assert before != after


def test_a_year_without_a_capital_takes_the_nearest_only_if_asked() -> None:
    known = load_distances()
    assert known.capitals_km(2, 365, 2026) is None
    assert known.capitals_km(2, 365, 2026, nearest=True) == known.capitals_km(2, 365, 2024)
    assert known.capitals_km(2, 998, 2000, nearest=True) is None

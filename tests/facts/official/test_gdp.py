import pytest

from sidelines.facts.official.gdp import load_products

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("cow", "year", "people"),
    [
        (2, 2019, 331),
        (710, 2017, 1400),
        (365, 1934, 157),
        (200, 1950, 50),
    ],
)
def test_populations_are_about_what_one_recalls(cow: int, year: int, people: float) -> None:
    assert load_products().population(cow, year) == pytest.approx(people, rel=0.05)


@pytest.mark.parametrize(("larger", "smaller"), [(2, 365), (200, 205), (710, 731), (750, 770)])
def test_large_economies_are_larger(larger: int, smaller: int) -> None:
    one, other = (load_products().real_gdp(cow, 2010) for cow in (larger, smaller))
    assert one is not None
    assert other is not None
    assert one > other


@pytest.mark.parametrize("year", [1815, 2020])
def test_a_product_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_products().real_gdp(2, year) is None
    assert load_products().population(2, year) is None


@pytest.mark.parametrize("year", [1816, 2019])
def test_a_product_is_known_at_both_bounds(year: int) -> None:
    assert load_products().real_gdp(2, year)

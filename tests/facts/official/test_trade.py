import pytest

from sidelines.facts.official.trade import load_trade

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("a", "b", "year", "low", "high"),
    [
        (20, 2, 2000, 0.6, 0.85),
        (2, 20, 2000, 0.15, 0.25),
        (40, 2, 1955, 0.6, 0.9),
        (220, 255, 2010, 0.1, 0.25),
        (2, 710, 2014, 0.1, 0.25),
    ],
)
def test_shares_of_trade_are_about_what_one_recalls(
    a: int, b: int, year: int, low: float, high: float
) -> None:
    share = load_trade().share(a, b, year)
    assert share is not None
    assert low <= share <= high


def test_a_small_partner_matters_less_to_a_large_one() -> None:
    canada, america = load_trade().share(20, 2, 2000), load_trade().share(2, 20, 2000)
    assert canada is not None
    assert america is not None
    assert canada > america


@pytest.mark.parametrize("year", [1869, 2015])
def test_a_share_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_trade().share(2, 200, year) is None


@pytest.mark.parametrize("year", [1870, 2014])
def test_a_share_is_known_at_both_bounds(year: int) -> None:
    assert load_trade().share(2, 200, year)


def test_a_pair_without_a_recorded_flow_is_told_from_one_that_traded() -> None:
    known = load_trade()
    assert (known.share(40, 365, 1985), known.recorded(40, 365, 1985)) == (0.0, False)
    assert known.recorded(20, 2, 2000)


def test_a_state_without_a_total_has_no_shares() -> None:
    assert load_trade().share(260, 2, 1995) is None

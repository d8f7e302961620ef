import pytest

from sidelines.facts.official.capabilities import load_capabilities

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("cow", "year", "share"),
    [(2, 1900, 0.188), (2, 1945, 0.384), (2, 1990, 0.141), (2, 2022, 0.124), (710, 2022, 0.234)],
)
def test_a_share_is_that_of_the_data(cow: int, year: int, share: float) -> None:
    assert load_capabilities().cinc(cow, year) == pytest.approx(share, abs=5e-4)


@pytest.mark.parametrize("year", [1815, 2023])
def test_a_share_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_capabilities().cinc(200, year) is None


@pytest.mark.parametrize("year", [1816, 2022])
def test_a_share_is_known_at_both_bounds(year: int) -> None:
    assert load_capabilities().cinc(200, year)


def test_germany_changes_its_number_with_its_division() -> None:
    known = load_capabilities().cinc
    assert known(255, 1950) is None
    assert known(260, 1950) is None
    assert known(260, 1970)
    assert known(255, 1995)
    assert known(260, 1995) is None


def test_a_state_that_is_gone_has_no_share() -> None:
    assert load_capabilities().cinc(300, 1919) is None

import pytest

from sidelines.facts.official.contiguity import load_contiguity

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("a", "b", "year", "kind"),
    [
        (2, 20, 1950, 1),
        (731, 732, 1960, 1),
        (666, 651, 1973, 1),
        (2, 365, 1990, 2),
        (2, 630, 1990, 6),
        (200, 220, 1990, 3),
    ],
)
def test_who_touches_whom_in_either_order(a: int, b: int, year: int, kind: int) -> None:
    assert load_contiguity().kind(a, b, year) == kind
    assert load_contiguity().kind(b, a, year) == kind


def test_a_pair_coded_as_apart_is_apart() -> None:
    assert load_contiguity().kind(2, 365, 1950) == 6
    assert load_contiguity().kind(200, 220, 1941) == 6
    assert load_contiguity().kind(200, 220, 1946) == 3


def test_the_two_germanies_touched_until_1990() -> None:
    assert load_contiguity().kind(260, 265, 1990) == 1
    assert load_contiguity().kind(260, 265, 1991) == 6


@pytest.mark.parametrize("year", [1815, 2017])
def test_contiguity_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_contiguity().kind(365, 369, year) is None


@pytest.mark.parametrize("year", [1816, 2016])
def test_contiguity_is_known_at_both_bounds(year: int) -> None:
    assert load_contiguity().kind(2, 365, year) is not None


def test_what_held_at_the_end_may_be_carried_on() -> None:
    assert load_contiguity().kind(365, 369, 2026, carry=True) == 1
    assert load_contiguity().kind(260, 265, 2026, carry=True) == 6

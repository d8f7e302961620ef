import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.terms.roles import Side
from sidelines.terms.sources import is_assumed
from sidelines.terms.units import (
    km_from_miles,
    km_from_nautical_miles,
    miles_from_km,
    tonnes_from_short_tons,
)


@given(st.floats(0, 1e6))
def test_miles_there_and_back_are_the_same(miles: float) -> None:
    assert miles_from_km(km_from_miles(miles)) == pytest.approx(miles)


@pytest.mark.parametrize(
    ("converted", "expected"),
    [
        (km_from_miles(1), 1.609344),
        (km_from_nautical_miles(1), 1.852),
        (tonnes_from_short_tons(1), 0.90718474),
    ],
)
def test_a_unit_is_worth_what_its_standard_says(converted: float, expected: float) -> None:
    assert converted == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("source", "assumed"),
    [(None, True), ("assumed", True), (" Assumed; a guess", True), ("nmc:ccode=2", False)],
)
def test_an_assumption_is_known_by_its_source(source: str | None, assumed: bool) -> None:
    assert is_assumed(source) is assumed


def test_each_side_has_its_other_and_its_sign() -> None:
    assert (Side.TARGET.other, Side.ATTACKER.other) == (Side.ATTACKER, Side.TARGET)
    assert (Side.TARGET.sign, Side.ATTACKER.sign) == (1, -1)

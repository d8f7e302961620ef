import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.terms.ladder import (
    BUNDLE_COUNT,
    BUNDLES,
    INSTRUMENTS,
    RUNG_OF_BUNDLE,
    RUNGS,
    Rung,
    bundle_of,
    instruments_of,
)

NUMBERS = st.integers(0, BUNDLE_COUNT - 1)


def test_there_are_seven_rungs_and_an_instrument_for_each_above_nothing() -> None:
    assert RUNGS == ("nothing", "words", "diplomatic", "money", "weapons", "advisers", "forces")
    assert RUNGS[1:] == INSTRUMENTS


def test_six_instruments_make_sixty_four_bundles() -> None:
    assert BUNDLE_COUNT == len(BUNDLES) == len(set(BUNDLES)) == 64


@given(NUMBERS)
def test_a_bundle_is_found_again_by_its_instruments(number: int) -> None:
    assert bundle_of(*instruments_of(number)) == number


@given(NUMBERS)
def test_the_rung_of_a_bundle_is_its_highest_instrument(number: int) -> None:
    highest = ("nothing", *BUNDLES[number])[-1]
    assert RUNG_OF_BUNDLE[number].word == highest


def test_an_instrument_named_twice_counts_once() -> None:
    assert bundle_of("words", "words") == bundle_of("words")


@pytest.mark.parametrize(("rung", "letter"), list(zip(Rung, "·wd$WAF", strict=True)))
def test_every_rung_has_its_letter(rung: Rung, letter: str) -> None:
    assert rung.letter == letter

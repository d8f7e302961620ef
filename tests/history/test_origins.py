import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.history.origins import rolling_origins, spanned
from sidelines.terms.errors import DataError, UsageError

YEARS = np.array([1950, 1956, 1956, 1958, 1961, 1967, 1970])
CRISES = np.array([1, 2, 2, 3, 4, 5, 6])


def test_training_rows_are_those_of_crises_that_began_before_the_block() -> None:
    first, second, third = rolling_origins(YEARS, CRISES, start=1955, step=5, last=1969)
    assert first.train.tolist() == [True] + 6 * [False]
    assert second.train.tolist() == 4 * [True] + 3 * [False]
    assert third.test.tolist() == 5 * [False] + [True, False]


def test_a_block_without_cases_is_left_out() -> None:
    origins = rolling_origins(YEARS, CRISES, start=1945, step=5, last=1969)
    assert [origin.year for origin in origins] == [1950, 1955, 1960, 1965]


def test_cases_after_the_last_year_are_in_no_block() -> None:
    origins = rolling_origins(YEARS, CRISES, start=1955, step=5, last=1968)
    assert not any(origin.train[-1] or origin.test[-1] for origin in origins)
    assert origins[-1].until == 1968


def test_a_crisis_of_two_years_is_refused() -> None:
    with pytest.raises(DataError, match="Crisis 2 has cases of more than one year"):
        rolling_origins(YEARS, np.array([1, 2, 3, 2, 4, 5, 6]), start=1955, step=5, last=1969)


def test_a_step_of_no_years_is_refused() -> None:
    with pytest.raises(UsageError, match="No block of 0 years"):
        rolling_origins(YEARS, CRISES, start=1955, step=0, last=1969)


@given(st.lists(st.integers(1900, 2030), min_size=1), st.integers(1, 30))
def test_no_crisis_is_learned_from_and_asked_for_at_once(years: list[int], step: int) -> None:
    year = np.array(years)
    origins = rolling_origins(year, year, start=1955, step=step, last=2017)
    for origin in origins:
        assert not set(year[origin.train]) & set(year[origin.test])
        assert (year[origin.train] < origin.year).all()
    if origins:
        assert (spanned(origins) == ((year >= 1955) & (year <= 2017))).all()

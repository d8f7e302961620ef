from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sidelines.assess.shapley import (
    PAIRS,
    SETS,
    Values,
    interaction_indices,
    minimal,
    shapley_values,
)
from sidelines.terms.roles import FACTORS, Factor

MEANS = arrays(float, 32, elements=st.floats(0, 1))
AMOUNTS = arrays(float, 5, elements=st.floats(-1, 1))


def worth(numbers: np.ndarray) -> Values:
    return {some: np.array([value]) for some, value in zip(SETS, numbers, strict=True)}


def together(*factors: Factor) -> Values:
    return {some: np.array([float(some >= set(factors))]) for some in SETS}


def mixed(numbers: np.ndarray, shares: dict[Factor, float]) -> float:
    """Return the multilinear extension: the mean value of a set drawn with these chances."""
    values = worth(numbers)
    chance = {
        some: np.prod([shares[f] if f in some else 1 - shares[f] for f in FACTORS]) for some in SETS
    }
    return float(sum(chance[some] * values[some][0] for some in SETS))


def along_the_diagonal(numbers: np.ndarray, *factors: Factor) -> float:
    """Return the derivative by some factors, averaged over equal shares of all of them."""
    points, weights = np.polynomial.legendre.leggauss(5)
    total = 0.0
    for point, weight in zip((points + 1) / 2, weights / 2, strict=True):
        even = dict.fromkeys(FACTORS, float(point))
        for size in range(len(factors) + 1):
            for ones in combinations(factors, size):
                ends = {f: float(f in ones) for f in factors}
                total += weight * (-1) ** (len(factors) - size) * mixed(numbers, even | ends)
    return total


def test_there_are_thirty_two_sets_and_ten_pairs() -> None:
    assert (len(set(SETS)), len(PAIRS)) == (32, 10)


# --- shares ------------------------------------------------------------------------------------


@given(numbers=MEANS)
def test_shares_sum_to_what_they_explain(numbers: np.ndarray) -> None:
    shares = shapley_values(worth(numbers), of=FACTORS)
    assert shares.sum() == pytest.approx(numbers[-1] - numbers[0], abs=1e-12)


@given(amounts=AMOUNTS)
def test_factors_that_only_add_up_get_what_they_add(amounts: np.ndarray) -> None:
    own = dict(zip(FACTORS, amounts, strict=True))
    values = {some: np.array([sum(own[factor] for factor in some)]) for some in SETS}
    assert shapley_values(values, of=FACTORS)[0] == pytest.approx(amounts, abs=1e-12)


@given(numbers=MEANS)
def test_a_factor_that_changes_nothing_gets_nothing(numbers: np.ndarray) -> None:
    values = worth(numbers)
    idle = {some: values[some - {Factor.ECONOMY}] for some in SETS}
    assert shapley_values(idle, of=FACTORS)[0, FACTORS.index(Factor.ECONOMY)] == pytest.approx(
        0, abs=1e-12
    )


def test_two_factors_that_only_work_together_share_alike() -> None:
    values = together(Factor.GEOGRAPHY, Factor.CAUTION)
    assert shapley_values(values, of=FACTORS)[0].tolist() == pytest.approx([0.5, 0, 0.5, 0, 0])


@given(numbers=MEANS)
def test_a_share_is_the_mean_slope_along_the_diagonal(numbers: np.ndarray) -> None:
    """Owen (1972), Management Science 18(5): another road to the same number."""
    share = shapley_values(worth(numbers), of=FACTORS)[0, 1]
    assert share == pytest.approx(along_the_diagonal(numbers, FACTORS[1]), abs=1e-12)


# --- interactions ------------------------------------------------------------------------------


@given(amounts=AMOUNTS)
def test_factors_that_only_add_up_do_not_interact(amounts: np.ndarray) -> None:
    own = dict(zip(FACTORS, amounts, strict=True))
    values = {some: np.array([sum(own[factor] for factor in some)]) for some in SETS}
    assert interaction_indices(values)[0] == pytest.approx(np.zeros(10), abs=1e-12)


def test_only_the_two_that_work_together_interact() -> None:
    pair = (Factor.GEOGRAPHY, Factor.CAUTION)
    indices = interaction_indices(together(*pair))[0]
    assert dict(zip(PAIRS, indices.tolist(), strict=True)) == pytest.approx(
        {one: float(one == pair) for one in PAIRS}
    )


def test_either_of_two_interact_the_other_way() -> None:
    pair = {Factor.GEOGRAPHY, Factor.CAUTION}
    values = {some: np.array([float(bool(some & pair))]) for some in SETS}
    assert interaction_indices(values)[0].sum() == pytest.approx(-1)


@given(numbers=MEANS)
def test_an_interaction_is_the_mean_cross_slope_along_the_diagonal(numbers: np.ndarray) -> None:
    """Grabisch and Roubens (1999): the index by the multilinear extension."""
    index = interaction_indices(worth(numbers))[0, 3]
    assert index == pytest.approx(along_the_diagonal(numbers, *PAIRS[3]), abs=1e-12)


# --- smallest sets -----------------------------------------------------------------------------


def test_the_smallest_sets_hold_no_other_and_the_shortest_stands_first() -> None:
    one, two, three = FACTORS[:3]
    sets = [frozenset(some) for some in ({one, two}, {one, two, three}, {three})]
    assert minimal(sets) == ((three,), (one, two))


def test_of_no_sets_there_is_no_smallest() -> None:
    assert minimal([]) == ()

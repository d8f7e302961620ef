"""Who brought about how much: Shapley values and interactions from the values of all sets."""

from collections.abc import Iterable
from itertools import combinations
from math import factorial

import numpy as np

from sidelines.terms.arrays import Float
from sidelines.terms.roles import FACTORS, Factor

__all__ = ["PAIRS", "SETS", "Values", "interaction_indices", "minimal", "shapley_values"]

Values = dict[frozenset[Factor], Float[np.ndarray, " draw"]]


def _sets_of(items: tuple[Factor, ...]) -> list[frozenset[Factor]]:
    """Return every set of some factors, the smaller ones first."""
    sizes = range(len(items) + 1)
    return [frozenset(chosen) for size in sizes for chosen in combinations(items, size)]


SETS = _sets_of(FACTORS)
PAIRS: list[tuple[Factor, Factor]] = list(combinations(FACTORS, 2))


def _without(*factors: Factor) -> list[frozenset[Factor]]:
    return _sets_of(tuple(one for one in FACTORS if one not in factors))


def shapley_values(values: Values) -> Float[np.ndarray, "draw factor"]:
    """Return the Shapley value of each factor, per draw, from the values of all sets.

    Source: Shapley (1953), A Value for n-Person Games.
    """
    count = len(FACTORS)
    weight = [factorial(n) * factorial(count - n - 1) / factorial(count) for n in range(count)]
    shares = [
        sum(
            weight[len(some)] * (values[some | {factor}] - values[some])
            for some in _without(factor)
        )
        for factor in FACTORS
    ]
    return np.stack(shares, axis=1)


def interaction_indices(values: Values) -> Float[np.ndarray, "draw pair"]:
    """Return the Shapley interaction index of each pair of factors, per draw, in order of `PAIRS`.

    Above zero: the two do more together than each for itself. Source: Grabisch and Roubens (1999),
    International Journal of Game Theory 28(4), definition 1.
    """
    count = len(FACTORS)
    weight = [
        factorial(n) * factorial(count - n - 2) / factorial(count - 1) for n in range(count - 1)
    ]
    indices = [
        sum(
            weight[len(some)]
            * (values[some | {a, b}] - values[some | {a}] - values[some | {b}] + values[some])
            for some in _without(a, b)
        )
        for a, b in PAIRS
    ]
    return np.stack(indices, axis=1)


def minimal(sets: Iterable[frozenset[Factor]]) -> tuple[tuple[Factor, ...], ...]:
    """Return those sets that hold no other of them, the smallest first."""
    known = list(sets)
    smallest = [one for one in known if not any(other < one for other in known)]
    ordered = [tuple(factor for factor in FACTORS if factor in one) for one in smallest]
    return tuple(sorted(ordered, key=lambda one: (len(one), one)))

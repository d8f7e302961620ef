"""Who brought about how much: Shapley values and interactions from the values of all sets."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import factorial
from typing import TypeVar

import numpy as np

from sidelines.terms.arrays import Float
from sidelines.terms.roles import FACTORS, Factor

__all__ = [
    "PAIRS",
    "SETS",
    "Values",
    "interaction_indices",
    "minimal",
    "sets_of",
    "shapley_values",
]

Player = TypeVar("Player")

Values = dict[frozenset[Factor], Float[np.ndarray, " draw"]]


def sets_of(items: tuple[Player, ...]) -> list[frozenset[Player]]:
    """Return every set of some players, the smaller ones first."""
    sizes = range(len(items) + 1)
    return [frozenset(chosen) for size in sizes for chosen in combinations(items, size)]


SETS = sets_of(FACTORS)
PAIRS: list[tuple[Factor, Factor]] = list(combinations(FACTORS, 2))


def _without(players: tuple[Player, ...], *some: Player) -> list[frozenset[Player]]:
    return sets_of(tuple(one for one in players if one not in some))


def shapley_values(
    values: Mapping[frozenset[Player], Float[np.ndarray, " draw"]], *, of: tuple[Player, ...]
) -> Float[np.ndarray, "draw player"]:
    """Return the Shapley value of each player, per draw, from the values of all sets.

    Source: Shapley (1953), A Value for n-Person Games.
    """
    count = len(of)
    weight = [factorial(n) * factorial(count - n - 1) / factorial(count) for n in range(count)]
    shares = [
        sum(
            weight[len(some)] * (values[some | {player}] - values[some])
            for some in _without(of, player)
        )
        for player in of
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
            for some in _without(FACTORS, a, b)
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

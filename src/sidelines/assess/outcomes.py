"""From choice probabilities to what people ask: rungs, instruments, words against deeds."""

from functools import cache

import numpy as np

from sidelines.assess.payoffs import bundle_matrix, top
from sidelines.terms.arrays import Float, Int
from sidelines.terms.ladder import RUNG_OF_BUNDLE, RUNGS, Rung

__all__ = [
    "at_least",
    "bundle_rungs",
    "expected_top",
    "instrument_probabilities",
    "rung_probabilities",
]


@cache
def bundle_rungs() -> Int[np.ndarray, " bundle"]:
    """Return the rung of each bundle."""
    return np.array(RUNG_OF_BUNDLE, dtype=int)


def rung_probabilities(
    prob: Float[np.ndarray, "draw role bundle"],
) -> Float[np.ndarray, "draw role rung"]:
    """Return the chance of each rung; they sum to one."""
    return prob @ (bundle_rungs()[:, None] == np.arange(len(RUNGS))).astype(float)


def instrument_probabilities(
    prob: Float[np.ndarray, "draw role bundle"],
) -> Float[np.ndarray, "draw role instrument"]:
    """Return the chance that each instrument is used."""
    return prob @ bundle_matrix()


def at_least(
    prob: Float[np.ndarray, "draw role bundle"], row: int, rung: Rung
) -> Float[np.ndarray, " draw"]:
    """Return the chance that a role reaches a rung; for 'nothing', that it stays there."""
    rungs = bundle_rungs()
    wanted = rungs == Rung.NOTHING if rung is Rung.NOTHING else rungs >= rung
    return prob[:, row, wanted].sum(axis=1)


def expected_top(
    prob: Float[np.ndarray, "draw role bundle"], scale: Float[np.ndarray, " instrument"]
) -> Float[np.ndarray, "draw role"]:
    """Return the expected value of the largest scale value among the instruments used."""
    return prob @ top(scale)

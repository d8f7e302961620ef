"""From choice probabilities to what people ask: rungs, instruments, words against deeds."""

from functools import cache

import numpy as np

from sidelines.assess.payoffs import ACT_COUNT, bundle_matrix, side_probabilities
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.ladder import BUNDLE_COUNT, RUNG_OF_BUNDLE, RUNGS, Rung

__all__ = [
    "acts_at_least",
    "at_least",
    "expected_scale",
    "instrument_probabilities",
    "rung_probabilities",
]


@cache
def _rungs() -> np.ndarray:
    return np.array(RUNG_OF_BUNDLE, dtype=int)


@cache
def acts_at_least(rung: Rung, side: int) -> Bool[np.ndarray, " act"]:
    """Return which acts reach a rung for a side."""
    reached = _rungs() >= rung
    acts = np.zeros(ACT_COUNT, dtype=bool)
    if side == 0:
        acts[1:BUNDLE_COUNT] = reached[1:]
    else:
        acts[BUNDLE_COUNT:] = reached[1:]
    return acts


def rung_probabilities(
    prob: Float[np.ndarray, "draw power act"], side: int
) -> Float[np.ndarray, "draw power rung"]:
    """Return the chance of each rung for one side; they sum to one."""
    bundles = side_probabilities(prob, side)
    members = (_rungs()[:, None] == np.arange(len(RUNGS))).astype(float)
    return bundles @ members


def instrument_probabilities(
    prob: Float[np.ndarray, "draw power act"], side: int
) -> Float[np.ndarray, "draw power instrument"]:
    """Return the chance that each instrument is used for one side."""
    return side_probabilities(prob, side) @ bundle_matrix()


def at_least(
    prob: Float[np.ndarray, "draw power act"], power: int, side: int, rung: Rung
) -> Float[np.ndarray, " draw"]:
    """Return the chance that a power reaches a rung for a side; 'nothing' means doing nothing."""
    if rung is Rung.NOTHING:
        return 1.0 - prob[:, power, acts_at_least(Rung.WORDS, side)].sum(axis=1)
    return prob[:, power, acts_at_least(rung, side)].sum(axis=1)


def expected_scale(
    prob: Float[np.ndarray, "draw power act"], side: int, scale: Float[np.ndarray, " instrument"]
) -> Float[np.ndarray, "draw power"]:
    """Return the expected value of the largest scale value among the instruments used."""
    return side_probabilities(prob, side) @ (bundle_matrix() * scale).max(axis=1)

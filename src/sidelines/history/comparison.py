"""Is one forecast better than another? Paired differences, drawn anew crisis by crisis."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Float, Int

__all__ = [
    "DRAWS",
    "LEVEL",
    "Comparison",
    "CrisisDraws",
    "crisis_draws",
    "drawn_range",
    "mean_range",
    "skill_range",
]

DRAWS, LEVEL = 2_000, 0.90


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A figure and its 90 % range over crises drawn anew."""

    value: float
    low: float
    high: float

    @property
    def clear_of_zero(self) -> bool:
        """Whether the range lies on one side of zero."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisDraws:
    """How often each crisis counts in each draw, and to which crisis each case belongs."""

    which: Int[np.ndarray, " case"]
    counts: Float[np.ndarray, "draw crisis"]


def crisis_draws(crisis: np.ndarray, *, draws: int = DRAWS, seed: int = 0) -> CrisisDraws:
    """Draw crises whole, with replacement, as many as there are.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, section 8.
    """
    found, which = np.unique(crisis, return_inverse=True)
    even = np.full(len(found), 1.0 / len(found))
    counts = np.random.default_rng(seed).multinomial(len(found), even, size=draws)
    return CrisisDraws(which=which, counts=counts.astype(float))


def mean_range(difference: Float[np.ndarray, " case"], drawn: CrisisDraws) -> Comparison:
    """Return the mean of a paired difference with its range; below zero the first is better."""
    cases = _sums(np.ones(len(difference)), drawn)
    return drawn_range(float(difference.mean()), _sums(difference, drawn) / cases)


def skill_range(
    loss: Float[np.ndarray, " case"], reference: Float[np.ndarray, " case"], drawn: CrisisDraws
) -> Comparison:
    """Return the skill 1 - loss / reference with its range; above zero the forecast is better."""
    drawn_skill = 1.0 - _sums(loss, drawn) / _sums(reference, drawn)
    return drawn_range(float(1.0 - loss.sum() / reference.sum()), drawn_skill)


def _sums(values: Float[np.ndarray, " case"], drawn: CrisisDraws) -> Float[np.ndarray, " draw"]:
    """Return the sum of some values over the cases of every draw."""
    by_crisis = np.bincount(drawn.which, weights=values, minlength=drawn.counts.shape[1])
    sums: np.ndarray = drawn.counts @ by_crisis
    return sums


def drawn_range(value: float, drawn: Float[np.ndarray, " draw"]) -> Comparison:
    """Return a figure with the range of what it came to in each draw."""
    low, high = np.quantile(drawn, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    return Comparison(value=value, low=float(low), high=float(high))

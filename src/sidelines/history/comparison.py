"""Is one forecast better than another? Paired differences, drawn anew crisis by crisis."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Float, Int

__all__ = [
    "DRAWS",
    "LEVEL",
    "Comparison",
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


def crisis_draws(
    crisis: np.ndarray, *, draws: int = DRAWS, seed: int = 0
) -> Int[np.ndarray, "draw case"]:
    """Return how often each case counts in each draw: crises are drawn whole, with replacement.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, section 8.
    """
    found, which = np.unique(crisis, return_inverse=True)
    even = np.full(len(found), 1.0 / len(found))
    counts = np.random.default_rng(seed).multinomial(len(found), even, size=draws)
    return counts[:, which]


def mean_range(
    difference: Float[np.ndarray, " case"], drawn: Int[np.ndarray, "draw case"]
) -> Comparison:
    """Return the mean of a paired difference with its range; below zero the first is better."""
    return drawn_range(float(difference.mean()), drawn @ difference / drawn.sum(axis=1))


def skill_range(
    loss: Float[np.ndarray, " case"],
    reference: Float[np.ndarray, " case"],
    drawn: Int[np.ndarray, "draw case"],
) -> Comparison:
    """Return the skill 1 - loss / reference with its range; above zero the forecast is better."""
    drawn_skill = 1.0 - (drawn @ loss) / (drawn @ reference)
    return drawn_range(float(1.0 - loss.sum() / reference.sum()), drawn_skill)


def drawn_range(value: float, drawn: Float[np.ndarray, " draw"]) -> Comparison:
    """Return a figure with the range of what it came to in each draw."""
    low, high = np.quantile(drawn, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    return Comparison(value=value, low=float(low), high=float(high))

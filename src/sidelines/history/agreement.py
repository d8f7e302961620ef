"""Do the sources agree? Pairs of labels on the cases that both of them cover."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sidelines.terms.arrays import Bool

__all__ = ["Agreement", "agreement", "agreements"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two labels on common cases: how often both say yes, only one does, neither does.

    `kappa` is agreement beyond chance, NaN where a label never varies.
    """

    first: str
    second: str
    n: int
    both: int
    only_first: int
    only_second: int
    neither: int
    kappa: float


def agreement(labels: Mapping[str, np.ndarray], first: str, second: str) -> Agreement:
    """Return how far two labels agree where neither is NaN.

    Source: Cohen (1960), Educational and Psychological Measurement 20, 37.

    >>> said = {"a": np.array([1.0, 1.0, 0.0, np.nan]), "b": np.array([1.0, 0.0, 0.0, 1.0])}
    >>> found = agreement(said, "a", "b")
    >>> found.n, found.both, found.only_first, round(found.kappa, 2)
    (3, 1, 1, 0.4)
    """
    one, other = labels[first], labels[second]
    common = ~(np.isnan(one) | np.isnan(other))
    yes, too = one[common] > 0.0, other[common] > 0.0
    cells = [int(np.count_nonzero(where)) for where in (yes & too, yes & ~too, ~yes & too)]
    return Agreement(
        first=first,
        second=second,
        n=len(yes),
        both=cells[0],
        only_first=cells[1],
        only_second=cells[2],
        neither=len(yes) - sum(cells),
        kappa=_kappa(yes, too),
    )


def agreements(labels: Mapping[str, np.ndarray]) -> tuple[Agreement, ...]:
    """Return the agreement of every pair of labels, in their order."""
    return tuple(agreement(labels, first, second) for first, second in combinations(labels, 2))


def _kappa(yes: Bool[np.ndarray, " case"], too: Bool[np.ndarray, " case"]) -> float:
    if len(yes) == 0 or yes.all() or too.all() or not yes.any() or not too.any():
        return np.nan
    share, other = yes.mean(), too.mean()
    chance = share * other + (1.0 - share) * (1.0 - other)
    return float(((yes == too).mean() - chance) / (1.0 - chance))

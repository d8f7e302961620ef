"""Rolling origins: fit on what came before a year, be scored on the years that follow."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Bool
from sidelines.terms.errors import DataError, UsageError

__all__ = ["Origin", "rolling_origins", "spanned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One split in time: `train` was known before `year`, `test` began from it to `until`."""

    year: int
    until: int
    train: Bool[np.ndarray, " case"]
    test: Bool[np.ndarray, " case"]


def rolling_origins(
    year: np.ndarray,
    crisis: np.ndarray,
    *,
    start: int,
    step: int,
    last: int,
    told_after: int = 0,
) -> tuple[Origin, ...]:
    """Return the splits of some cases, by the year in which the crisis of each began.

    The first block starts in `start`, each spans `step` years, the last one ends with `last`: cases
    after it are in no block, neither to learn from nor to be scored. A block without cases is left
    out. A crisis stands on one side whole, so all its cases must carry one year. Outcomes that are
    known only some years later (`told_after`) are learned from once they are.
    """
    if step < 1 or last < start:
        raise UsageError(
            f"No block of {step} years lies between {start} and {last}.",
            hint="Give a step of at least 1 and a last year that is not before the start.",
        )
    _refuse_split_crises(year, crisis)
    origins = []
    for first in range(start, last + 1, step):
        until = min(first + step - 1, last)
        test = (year >= first) & (year <= until)
        if test.any():
            origins.append(
                Origin(year=first, until=until, train=year + told_after < first, test=test)
            )
    return tuple(origins)


def spanned(origins: tuple[Origin, ...]) -> Bool[np.ndarray, " case"]:
    """Return which cases stand in the test block of any origin."""
    return np.any([origin.test for origin in origins], axis=0)


def _refuse_split_crises(year: np.ndarray, crisis: np.ndarray) -> None:
    _, first, which = np.unique(crisis, return_index=True, return_inverse=True)
    torn = np.flatnonzero(year != year[first][which])
    if len(torn):
        raise DataError(
            f"Crisis {crisis[torn[0]]} has cases of more than one year.",
            hint="Give every case the year in which its crisis began.",
        )

"""Design matrices from named regressors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.terms.arrays import Float
from sidelines.terms.errors import DataError, UsageError

__all__ = ["CONSTANT", "Design", "build_design"]

CONSTANT = "constant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Regressors (row, regressor), each with its name."""

    names: tuple[str, ...]
    matrix: Float[np.ndarray, "row regressor"]


def build_design(columns: Columns, terms: Sequence[str]) -> Design:
    """Return the design of some terms: columns by name, and `constant` for a column of ones.

    A column of words becomes one indicator per word but the first in alphabetical order, named
    after column and word. A missing value is refused, never filled in.

    >>> build_design({"regime": np.array(["autoc", "dem"])}, ["constant", "regime"]).names
    ('constant', 'regime=dem')
    """
    rows = len(next(iter(columns.values())))
    parts = [_part(columns, term, rows) for term in terms]
    names = tuple(name for part in parts for name in part)
    if len(set(names)) < len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise UsageError(f"The term {double!r} stands twice.", hint="Name each term once.")
    values = [vector for part in parts for vector in part.values()]
    return Design(names=names, matrix=np.stack(values, axis=1) if values else np.empty((rows, 0)))


def _part(columns: Columns, term: str, rows: int) -> dict[str, np.ndarray]:
    if term == CONSTANT:
        return {CONSTANT: np.ones(rows)}
    values = column(columns, term)
    words = values.dtype.kind == "U"
    missing = np.flatnonzero(values == "" if words else ~np.isfinite(values))
    if missing.size:
        raise DataError(
            f"Column {term!r} has {missing.size} missing values, first in row {missing[0]}.",
            hint="Drop them with complete_rows, and say so.",
        )
    if not words:
        return {term: values.astype(float)}
    return {f"{term}={word}": (values == word).astype(float) for word in np.unique(values)[1:]}

"""Tables of cases: one array per named column, read from a comma-separated file."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from sidelines.terms.errors import DataError, NotFoundError, nearest, shown

__all__ = ["Columns", "column", "complete_rows", "read_columns"]

Columns = Mapping[str, np.ndarray]

_MISSING = {"", "NA", "NaN", "nan"}


def read_columns(path: Path) -> dict[str, np.ndarray]:
    """Return the columns of a file with one header line: numbers where all are, else words.

    A missing number is NaN, a missing word the empty word: unknown is not zero.
    """
    if not path.is_file():
        raise DataError(f"There is no file {path}.", hint="See where your data folder points.")
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    if not lines:
        raise DataError(f"{path} is empty.", hint="Its first line names the columns.")
    header, *rows = lines
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise DataError(f"{path}:{number} has {len(row)} fields, the header {len(header)}.")
    cells = zip(*rows, strict=True) if rows else ((),) * len(header)
    return {name: _typed(values) for name, values in zip(header, cells, strict=True)}


def _typed(cells: tuple[str, ...]) -> np.ndarray:
    known = ["nan" if cell in _MISSING else cell for cell in cells]
    try:
        return np.array([float(cell) for cell in known])
    except ValueError:
        return np.array(["" if cell in _MISSING else cell for cell in cells])


def column(columns: Columns, name: str) -> np.ndarray:
    """Return a column by its name, or say which comes nearest."""
    if name not in columns:
        known = sorted(columns)
        near = nearest(name, known)
        hint = f"Did you mean {near!r}?" if near else f"Known: {', '.join(known)}."
        raise NotFoundError(f"There is no column {shown(name)}.", hint=hint)
    return columns[name]


def complete_rows(columns: Columns, names: Iterable[str]) -> dict[str, np.ndarray]:
    """Return all columns at the rows where none of the named ones is missing.

    >>> rows = complete_rows({"a": np.array([1.0, np.nan]), "b": np.array([3.0, 4.0])}, ["a"])
    >>> rows["b"]
    array([3.])
    """
    keep = np.all([~_missing(column(columns, name)) for name in names], axis=0)
    return {name: values[keep] for name, values in columns.items()}


def _missing(values: np.ndarray) -> np.ndarray:
    return values == "" if values.dtype.kind == "U" else np.isnan(values)

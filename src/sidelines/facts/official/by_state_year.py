"""Reading one figure per state and year."""

from collections.abc import Mapping

import numpy as np

from sidelines.facts.official.folder import read

__all__ = ["by_state_year"]


def by_state_year(
    dataset: str, file: str, *, value: str, state: str = "ccode", year: str = "year"
) -> Mapping[tuple[int, int], float]:
    """Return a column by state number and year; rows where any of the three is missing are not."""
    columns = read(dataset, file, [state, year, value])
    known = ~np.isnan(np.column_stack([columns[name].astype(float) for name in columns])).any(
        axis=1
    )
    keys = zip(
        columns[state][known].astype(int).tolist(),
        columns[year][known].astype(int).tolist(),
        strict=True,
    )
    return dict(zip(keys, columns[value][known].astype(float).tolist(), strict=True))

"""What is forecast: the cases of a task with their outcomes, under the names models rely on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.models.forecast import HIDDEN, OUTCOMES
from sidelines.history.origins import Origin, rolling_origins
from sidelines.terms.arrays import Bool
from sidelines.terms.errors import DataError

__all__ = ["Task", "blinded", "icb_task", "select_rows"]

_SUPERPOWERS = (2, 365)
_LAST_YEAR = 2017  # crises after it are held out
_RAW_OUTCOMES = {"inv", "favr", "level", "oppose_level"}  # and whatever begins with y_


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Cases with outcomes, the steps of their ladder, and the splits on which they are scored."""

    name: str
    cases: Columns
    steps: tuple[str, ...]
    origins: tuple[Origin, ...]


def icb_task(columns: Columns) -> Task:
    """Return how far the United States and Russia or the Soviet Union went for each crisis actor.

    Steps: any support, material support, forces. ICB's activity codes 3 and 5 are words, 4, 6 and 7
    material, 8 forces; its favour code 1 is this side's.
    """
    power, year = column(columns, "patron"), column(columns, "crisis_year")
    rows = select_rows(columns, np.isin(power, _SUPERPOWERS) & (year <= _LAST_YEAR))
    level, activity = column(rows, "level"), column(rows, "inv")
    outcomes = {
        "ladder": np.select([level == 4, level >= 2, level == 1], [3, 2, 1], 0),
        "act_ladder": np.select(
            [activity == 8, np.isin(activity, [4, 6, 7]), np.isin(activity, [3, 5])], [3, 2, 1], 0
        ),
        "favour": (column(rows, "favr") == 1).astype(int),
    }
    origins = rolling_origins(
        rows["crisis_year"], column(rows, "crisno"), start=1955, step=5, last=_LAST_YEAR
    )
    return Task(
        name="icb",
        cases={**_without_raw_outcomes(rows), **outcomes},
        steps=("any", "material", "force"),
        origins=origins,
    )


def select_rows(columns: Columns, keep: Bool[np.ndarray, " case"]) -> dict[str, np.ndarray]:
    """Return all columns at some rows."""
    if not keep.any():
        raise DataError("No case is left.", hint="See which powers and years the cases cover.")
    return {name: values[keep] for name, values in columns.items()}


def blinded(cases: Columns, origin: Origin) -> tuple[Columns, Origin]:
    """Return what a forecast may see: training and test rows, the latter without outcomes."""
    seen = origin.train | origin.test
    rows = select_rows(cases, seen)
    test = origin.test[seen]
    hidden = {name: np.where(test, HIDDEN, rows[name]) for name in OUTCOMES if name in rows}
    view = Origin(year=origin.year, until=origin.until, train=origin.train[seen], test=test)
    return {**rows, **hidden}, view


def _without_raw_outcomes(columns: Columns) -> Mapping[str, np.ndarray]:
    return {
        name: values
        for name, values in columns.items()
        if name not in _RAW_OUTCOMES and not name.startswith("y_")
    }

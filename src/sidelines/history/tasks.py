"""What is forecast: the cases of a task with their outcomes, under the names models rely on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.models.forecast import HIDDEN, OUTCOMES, SAID
from sidelines.history.origins import Origin, rolling_origins
from sidelines.history.specifications import TaskSettings
from sidelines.terms.arrays import Bool, Int
from sidelines.terms.errors import DataError

__all__ = ["Task", "blinded", "build_task", "select_rows"]

# Columns that hold what happened, of whichever task: none is an input.
_HAPPENED = {
    *("rung_low", "rung_high", "forces", "bilateral", "surge", "stop", "delivered_after"),
    *("inv", "favr", "level", "oppose_level", "forces3", "post3", "maxint", "type"),
    *("joined", "joined_with_force", "joiner_hostlev"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Cases with outcomes, the steps of their ladder, and the splits on which they are scored.

    What belongs to one crisis carries one number in `crisis`, whichever data set it comes from.
    `rows` are the places of the cases in the table that they were taken from; `by_origin` holds
    columns that differ from split to split, such as what another model says that was fitted before.
    """

    name: str
    cases: Columns
    rows: Int[np.ndarray, " case"]
    steps: tuple[str, ...]
    origins: tuple[Origin, ...]
    told_after: int = 0
    by_origin: Mapping[int, Columns] = field(default_factory=dict)


def build_task(name: str, columns: Columns, settings: TaskSettings) -> Task:
    """Return a task from the rows of its data set.

    Rows whose outcome is unknown are left out, and so are rows after the last year: held out.
    """
    outcome = column(columns, settings.outcome)
    keep = ~np.isnan(outcome) & (column(columns, "crisis_year") <= settings.last)
    if settings.powers:
        keep &= np.isin(column(columns, "power"), settings.powers)
    rows = select_rows(columns, keep)
    cases = {
        **{name: values for name, values in rows.items() if _is_input(name)},
        **_derived(rows),
        **{name: rows[name].astype(int) for name in OUTCOMES if name in rows},
        "ladder": rows[settings.outcome].astype(int),
    }
    origins = rolling_origins(
        cases["crisis_year"],
        column(cases, "crisis"),
        start=settings.start,
        step=settings.step,
        last=settings.last,
        told_after=settings.told_after,
    )
    return Task(
        name=name,
        cases=cases,
        rows=np.flatnonzero(keep),
        steps=settings.steps,
        origins=origins,
        told_after=settings.told_after,
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
    outcomes = [name for name in rows if name in OUTCOMES or name.startswith(SAID)]
    hidden = {name: np.where(test, HIDDEN, rows[name]) for name in outcomes}
    view = Origin(year=origin.year, until=origin.until, train=origin.train[seen], test=test)
    return {**rows, **hidden}, view


def _is_input(name: str) -> bool:
    return name not in _HAPPENED and not name.startswith("y_")


def _derived(rows: Columns) -> Mapping[str, np.ndarray]:
    """Return logarithms of what is too skewed to be used as it stands."""
    derived = {
        f"log_{name}": np.log(rows[name] + 1e-4)
        for name in ("strength", "strength_backed")
        if name in rows
    }
    if "delivered_before" in rows:
        before = rows["delivered_before"]
        derived["log_delivered_before"] = np.log1p(before)
        derived["any_delivered_before"] = np.where(np.isnan(before), np.nan, before > 0.0)
    return derived

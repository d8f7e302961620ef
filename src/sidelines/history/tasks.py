"""What is forecast: the cases of a task with their outcomes, under the names models rely on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.models.forecast import HIDDEN, OUTCOMES
from sidelines.history.origins import Origin, rolling_origins
from sidelines.history.specifications import TaskSettings
from sidelines.terms.arrays import Bool
from sidelines.terms.errors import DataError, NotFoundError, shown

__all__ = ["Task", "blinded", "build_task", "select_rows"]

_ICB_OUTCOMES = {"inv", "favr", "level", "oppose_level"}
_WIDE_OUTCOMES = {"forces", "forces3", "post3", "maxint", "type"}
_MID_OUTCOMES = {"joined", "joiner_hostlev"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Cases with outcomes, the steps of their ladder, and the splits on which they are scored.

    What belongs to one crisis carries one `crisno`, whichever data set it comes from.
    """

    name: str
    cases: Columns
    steps: tuple[str, ...]
    origins: tuple[Origin, ...]


def build_task(name: str, columns: Columns, settings: TaskSettings) -> Task:
    """Return the task of a name from the rows of its data set.

    Rows after the last year of the settings are held out: they are in no task.
    """
    if name not in _CASES:
        raise NotFoundError(f"There is no task {shown(name)}.", hint=f"Known: {', '.join(_CASES)}.")
    cases = _CASES[name](columns)
    keep = column(cases, "crisis_year") <= settings.last
    if settings.powers:
        keep &= np.isin(column(cases, "patron"), settings.powers)
    cases = select_rows(cases, keep)
    origins = rolling_origins(
        cases["crisis_year"],
        cases["crisno"],
        start=settings.start,
        step=settings.step,
        last=settings.last,
    )
    return Task(name=name, cases=cases, steps=settings.steps, origins=origins)


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


def _icb_cases(columns: Columns) -> Columns:
    """Return how far a power went for a crisis actor: nothing, words, material, forces.

    ICB's activity codes 3 and 5 are words, 4, 6 and 7 material, 8 forces; favour 1 is this side's.
    """
    level, activity = column(columns, "level"), column(columns, "inv")
    return {
        **_without(columns, _ICB_OUTCOMES),
        "ladder": np.select([level == 4, level >= 2, level == 1], [3, 2, 1], 0),
        "act_ladder": np.select(
            [activity == 8, np.isin(activity, [4, 6, 7]), np.isin(activity, [3, 5])], [3, 2, 1], 0
        ),
        "favour": (column(columns, "favr") == 1).astype(int),
    }


def _forces_cases(columns: Columns) -> Columns:
    """Return whether a power was named as sending troops for a side during a conflict episode."""
    sent = column(columns, "forces").astype(bool)
    return {**_wide_columns(columns), "ladder": sent.astype(int)}


def _surge_cases(columns: Columns) -> Columns:
    """Return whether deliveries surged: 25 TIV or more, above 1.5 times the yearly mean before."""
    after, before = column(columns, "post3"), np.nan_to_num(column(columns, "pre5"))
    surged = (after >= 25.0) & (after / 3.0 > 1.5 * before / 5.0)
    return {**_wide_columns(columns), "ladder": surged.astype(int)}


def _wide_columns(columns: Columns) -> Columns:
    kind, before = column(columns, "type"), np.nan_to_num(column(columns, "pre5"))
    logged = {
        f"log_{name}": np.log(column(columns, name) + 1e-4)
        for name in ("cinc_patron", "cinc_client")
    }
    return {
        **_without(columns, _WIDE_OUTCOMES),
        **logged,
        "crisno": column(columns, "conflict") * 100 + column(columns, "ep"),
        "crisis_year": column(columns, "y0"),
        "patron": column(columns, "power"),
        "interstate": (kind == "interstate").astype(float),
        "extrasystemic": (kind == "extrasystemic").astype(float),
        "log_arms_before": np.log1p(before),
        "arms_before": (before > 0.0).astype(float),
    }


def _mid_cases(columns: Columns) -> Columns:
    """Return whether a power joined the target's side of a militarised dispute."""
    return {
        **_without(columns, _MID_OUTCOMES),
        "crisno": column(columns, "dispnum"),
        "crisis_year": column(columns, "year"),
        "ladder": column(columns, "y_join_target").astype(int),
    }


def _without(columns: Columns, outcomes: set[str]) -> Mapping[str, np.ndarray]:
    """Return all columns but outcomes: those named and all that begin with y_."""
    return {
        name: values
        for name, values in columns.items()
        if name not in outcomes and not name.startswith("y_")
    }


_CASES: dict[str, Callable[[Columns], Columns]] = {
    "icb": _icb_cases,
    "acd-forces": _forces_cases,
    "sipri-surge": _surge_cases,
    "mid-join": _mid_cases,
}

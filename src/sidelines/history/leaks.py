"""Does anything in the cases know what it is asked? Checks that a planted leak must fail."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from sidelines.history.backtest import backtest
from sidelines.history.columns import Columns, column
from sidelines.history.extra import sklearn_part
from sidelines.history.models.forecast import OUTCOMES
from sidelines.history.origins import spanned
from sidelines.history.scores import log_losses, reached
from sidelines.history.specifications import Specifications
from sidelines.history.tasks import Task, select_rows
from sidelines.terms.errors import CheckFailedError

__all__ = [
    "Derive",
    "check_no_leak",
    "moved_by_outcomes",
    "moved_by_rows",
    "permuted_gain",
    "telling_columns",
]

Derive = Callable[[Columns], Columns]  # rows of a data set to cases with covariates


def moved_by_rows(
    columns: Columns, derive: Derive, *, keep: np.ndarray, names: Iterable[str]
) -> tuple[str, ...]:
    """Return the covariates that come out otherwise when the rows that are not kept are absent.

    A covariate is about its own case: that another case stands in the table is already an outcome
    (a state becomes a crisis actor because it acted).
    """
    whole, part = derive(columns), derive(select_rows(columns, keep))
    return tuple(name for name in names if not _same(column(whole, name)[keep], part[name]))


def moved_by_outcomes(
    columns: Columns,
    derive: Derive,
    *,
    outcomes: Sequence[str],
    names: Iterable[str],
    seed: int = 0,
) -> tuple[str, ...]:
    """Return the covariates that come out otherwise when outcomes are dealt to other cases."""
    order = np.random.default_rng(seed).permutation(len(column(columns, outcomes[0])))
    dealt = {name: column(columns, name)[order] for name in outcomes}
    whole, other = derive(columns), derive({**columns, **dealt})
    return tuple(name for name in names if not _same(column(whole, name), other[name]))


def telling_columns(task: Task, names: Iterable[str], *, limit: float) -> dict[str, float]:
    """Return the covariates that alone rank some outcome better than a limit, by their ROC-AUC.

    Real covariates of this field reach 0.8 at best; one that reaches more knows the answer. Whether
    a value is unknown is asked, too.
    """
    area = sklearn_part("metrics").roc_auc_score
    happened = reached(task.cases["ladder"], thresholds=len(task.steps))
    telling: dict[str, float] = {}
    for name in names:
        values = column(task.cases, name)
        ranks = [np.unique(values, return_inverse=True)[1]]
        if values.dtype.kind == "f":
            ranks = [np.nan_to_num(values, nan=np.nanmean(values)), np.isnan(values)]
        areas = [
            float(area(step, rank)) for rank in ranks for step in happened.T if 0 < step.mean() < 1
        ]
        best = max((max(found, 1.0 - found) for found in areas), default=0.5)
        if best > limit:
            telling[name] = best
    return telling


def permuted_gain(
    task: Task, model: str, specifications: Specifications, *, reference: str, seed: int = 0
) -> float:
    """Return by how much a model beats a reference [nat] when outcomes are dealt at random.

    Outcomes go to other crises of the same origin's block, whole cases together. Whatever is
    gained then was seen, not learned: an honest model gains nothing.
    """
    order = np.arange(len(task.cases["ladder"]))
    rng = np.random.default_rng(seed)
    first = task.origins[0].train
    for block in (first, *(origin.test for origin in task.origins)):
        order[block] = rng.permutation(order[block])
    dealt = {name: task.cases[name][order] for name in OUTCOMES if name in task.cases}
    blind = replace(task, cases={**task.cases, **dealt})
    asked = spanned(task.origins)
    happened = reached(dealt["ladder"], thresholds=len(task.steps))[asked]
    found = backtest(blind, [model, reference], specifications)
    losses = [log_losses(happened, found[name][asked]).mean() for name in (reference, model)]
    return float(losses[0] - losses[1])


def check_no_leak(found: Iterable[str], *, of: str) -> None:
    """Raise if a check found covariates that know what they are asked."""
    names = sorted(found)
    if names:
        raise CheckFailedError(
            f"{of}: {', '.join(names)}.",
            hint="Leave them out, or date them before the crisis began.",
        )


def _same(first: np.ndarray, second: np.ndarray) -> bool:
    return bool(np.array_equal(first, second, equal_nan=first.dtype.kind == "f"))

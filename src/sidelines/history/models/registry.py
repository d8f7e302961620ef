"""Which function makes the forecasts of which kind of model."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from sidelines.assess.forecast import chances
from sidelines.history.columns import Columns
from sidelines.history.models.base_rates import BaseRate, base_rates
from sidelines.history.models.boosting import Boosting, boosting
from sidelines.history.models.combinations import (
    Average,
    Combination,
    Pool,
    Stack,
    average,
    pool,
    stack,
)
from sidelines.history.models.forecast import Fit, Forecast
from sidelines.history.models.hierarchical import Hierarchical, fit_hierarchical
from sidelines.history.models.joint_measurement import JointMeasurement, joint_measurement
from sidelines.history.models.joint_stages import JointStages, fit_joint_stages
from sidelines.history.models.ladder import Ladder, fit_ladder
from sidelines.history.models.plain_logit import PlainLogit, fit_plain_logit
from sidelines.history.models.recalibration import Recalibration, recalibration
from sidelines.history.models.sequential_stages import sequential_stages
from sidelines.history.models.two_stage import TwoStage, fit_two_stage
from sidelines.history.specifications import Specification, Specifications
from sidelines.history.tasks import select_rows
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.errors import UsageError, shown

__all__ = [
    "build_combination",
    "build_combination_settings",
    "build_fit",
    "build_forecast",
    "members",
]

_Kind = tuple[type[Any], Callable[..., Any]]

_FITS: dict[str, _Kind] = {
    "plain-logit": (PlainLogit, fit_plain_logit),
    "hierarchical": (Hierarchical, fit_hierarchical),
    "two-stage": (TwoStage, fit_two_stage),
    "joint-stages": (JointStages, fit_joint_stages),
    "ladder": (Ladder, fit_ladder),
}
_FORECASTS: dict[str, _Kind] = {
    "base-rate": (BaseRate, base_rates),
    "boosting": (Boosting, boosting),
    "joint-measurement": (JointMeasurement, joint_measurement),
    "sequential-stages": (JointStages, sequential_stages),
}
_COMBINATIONS: dict[str, _Kind] = {
    "pool": (Pool, pool),
    "stack": (Stack, stack),
    "average": (Average, average),
    "recalibration": (Recalibration, recalibration),
}
_WITH_GROUPS = {Hierarchical, TwoStage, Ladder, JointStages, JointMeasurement}


def members(specification: Specification) -> tuple[str, ...]:
    """Return the models that a specification combines; none where it forecasts by itself."""
    combines = specification.kind in _COMBINATIONS
    return tuple(specification.settings["members"]) if combines else ()


def build_fit(
    specification: Specification, specifications: Specifications, *, thresholds: int
) -> Fit:
    """Return what learns a specification, for a ladder of so many steps."""
    return _built(specification, specifications, _FITS, thresholds=thresholds)


def build_forecast(
    specification: Specification, specifications: Specifications, *, thresholds: int
) -> Forecast:
    """Return the forecast of a specification for a ladder of so many steps."""
    if specification.kind in _FITS:
        fit = build_fit(specification, specifications, thresholds=thresholds)
        return partial(_fit_and_answer, fit=fit)
    return _built(specification, specifications, _FORECASTS, thresholds=thresholds)


def build_combination(specification: Specification) -> Combination:
    """Return the combination of a specification."""
    _, function = _kind(specification, _COMBINATIONS)
    return partial(function, settings=build_combination_settings(specification))


def build_combination_settings(
    specification: Specification,
) -> Pool | Stack | Average | Recalibration:
    """Return the settings of a combination."""
    settings_type, _ = _kind(specification, _COMBINATIONS)
    return TypeAdapter(settings_type).validate_python(dict(specification.settings))


def _fit_and_answer(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,
    fit: Fit,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances of the test rows, worked out as for a present case."""
    return chances(fit(cases, train=train, origin=origin), select_rows(cases, test))


def _built(
    specification: Specification,
    specifications: Specifications,
    kinds: dict[str, _Kind],
    *,
    thresholds: int,
) -> Any:
    settings_type, function = _kind(specification, kinds)
    raw: dict[str, Any] = {**specification.settings, "thresholds": thresholds}
    if settings_type in _WITH_GROUPS:
        raw["groupings"] = specifications.groupings
    return partial(function, settings=TypeAdapter(settings_type).validate_python(raw))


def _kind(specification: Specification, kinds: dict[str, _Kind]) -> _Kind:
    if specification.kind not in kinds:
        raise UsageError(
            f"Model {shown(specification.name)} is of the kind {shown(specification.kind)}.",
            hint=f"Here it must be one of: {', '.join(kinds)}.",
        )
    return kinds[specification.kind]

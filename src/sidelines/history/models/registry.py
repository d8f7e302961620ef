"""Which function makes the forecasts of which kind of model."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pydantic import TypeAdapter

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
from sidelines.history.models.forecast import Forecast
from sidelines.history.models.hierarchical import Hierarchical, hierarchical
from sidelines.history.models.joint_measurement import JointMeasurement, joint_measurement
from sidelines.history.models.joint_stages import JointStages, joint_stages
from sidelines.history.models.ladder import Ladder, ladder
from sidelines.history.models.plain_logit import PlainLogit, plain_logit
from sidelines.history.models.recalibration import Recalibration, recalibration
from sidelines.history.models.two_stage import TwoStage, two_stage
from sidelines.history.specifications import Specification, Specifications
from sidelines.terms.errors import NotFoundError, shown

__all__ = ["build_combination", "build_forecast", "members"]

_Kind = tuple[type[Any], Callable[..., Any]]

_FORECASTS: dict[str, _Kind] = {
    "base-rate": (BaseRate, base_rates),
    "plain-logit": (PlainLogit, plain_logit),
    "hierarchical": (Hierarchical, hierarchical),
    "two-stage": (TwoStage, two_stage),
    "joint-stages": (JointStages, joint_stages),
    "joint-measurement": (JointMeasurement, joint_measurement),
    "ladder": (Ladder, ladder),
    "boosting": (Boosting, boosting),
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


def build_forecast(
    specification: Specification, specifications: Specifications, *, thresholds: int
) -> Forecast:
    """Return the forecast of a specification for a ladder of so many steps."""
    settings_type, function = _kind(specification, _FORECASTS)
    raw: dict[str, Any] = {**specification.settings, "thresholds": thresholds}
    if settings_type in _WITH_GROUPS:
        raw["groupings"] = specifications.groupings
    return partial(function, settings=TypeAdapter(settings_type).validate_python(raw))


def build_combination(specification: Specification) -> Combination:
    """Return the combination of a specification."""
    settings_type, function = _kind(specification, _COMBINATIONS)
    settings = TypeAdapter(settings_type).validate_python(dict(specification.settings))
    return partial(function, settings=settings)


def _kind(specification: Specification, kinds: dict[str, _Kind]) -> _Kind:
    if specification.kind not in kinds:
        raise NotFoundError(
            f"There is no kind of model {shown(specification.kind)}.",
            hint=f"Known: {', '.join(_FORECASTS | _COMBINATIONS)}.",
        )
    return kinds[specification.kind]

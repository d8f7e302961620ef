"""Which function makes the forecasts of which kind of model."""

from collections.abc import Callable
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from sidelines.history.models.base_rates import BaseRate, base_rates
from sidelines.history.models.forecast import Forecast
from sidelines.history.models.hierarchical import Hierarchical, hierarchical
from sidelines.history.models.plain_logit import PlainLogit, plain_logit
from sidelines.history.models.two_stage import TwoStage, two_stage
from sidelines.history.specifications import Specification, Specifications
from sidelines.terms.errors import NotFoundError, shown

__all__ = ["FORECASTS", "build_forecast"]

FORECASTS: dict[str, tuple[type[Any], Callable[..., Any]]] = {
    "base-rate": (BaseRate, base_rates),
    "plain-logit": (PlainLogit, plain_logit),
    "hierarchical": (Hierarchical, hierarchical),
    "two-stage": (TwoStage, two_stage),
}
_WITH_GROUPS = {Hierarchical, TwoStage}


def build_forecast(
    specification: Specification, specifications: Specifications, *, thresholds: int
) -> Forecast:
    """Return the forecast of a specification for a ladder of so many steps."""
    if specification.kind not in FORECASTS:
        raise NotFoundError(
            f"There is no kind of model {shown(specification.kind)}.",
            hint=f"Known: {', '.join(FORECASTS)}.",
        )
    settings_type, function = FORECASTS[specification.kind]
    raw: dict[str, Any] = {**specification.settings, "thresholds": thresholds}
    if settings_type in _WITH_GROUPS:
        raw["groupings"] = specifications.groupings
    settings = TypeAdapter(settings_type).validate_python(raw)
    return partial(function, settings=settings)

"""How often did it go so far before? Rates per power, per era, or with forgetting."""

from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import case_weight
from sidelines.history.scores import reached
from sidelines.terms.arrays import Bool, Float

__all__ = ["BaseRate", "base_rates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """Settings: rates are pulled to the wider rate by as many made-up cases as `held_by`.

    - `cuts`: years at which a new era begins; none: one era
    - `half_life_years`: how fast cases are forgotten; none: never
    - `recent_years`: where given, the last so many years are an era of their own
    """

    thresholds: int
    held_by: float
    cuts: tuple[int, ...] = ()
    half_life_years: float | None = None
    recent_years: int | None = None


def base_rates(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,
    settings: BaseRate,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the rate of the power, held to that of all powers; then that of power and era."""
    year, power = column(cases, "crisis_year"), column(cases, "power")
    happened = reached(column(cases, "ladder"), thresholds=settings.thresholds)
    weight = train * case_weight(year, origin=origin, half_life_years=settings.half_life_years)
    of_power = power[test][:, None] == power
    overall = np.full((of_power.shape[0], settings.thresholds), weight @ happened / weight.sum())
    rate = _held_rate(of_power * weight, happened, to=overall, by=settings.held_by)
    if settings.cuts:
        era = np.digitize(year, settings.cuts)
        alike = of_power & (era[test][:, None] == era)
        rate = _held_rate(alike * weight, happened, to=rate, by=settings.held_by)
    if settings.recent_years is not None:
        recent = of_power & (year >= origin - settings.recent_years)
        rate = _held_rate(recent * weight, happened, to=rate, by=settings.held_by)
    return rate


def _held_rate(
    weight: Float[np.ndarray, "answer case"], happened: np.ndarray, *, to: np.ndarray, by: float
) -> Float[np.ndarray, "answer threshold"]:
    return (weight @ happened + by * to) / (weight.sum(axis=1, keepdims=True) + by)

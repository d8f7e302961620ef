"""Deliveries of arms after an onset against those before it: whether they surged or stopped."""

from collections.abc import Iterable

import numpy as np

from sidelines.facts.official.transfers import Transfers

__all__ = ["AFTER", "FLOOR_TIV", "delivered_in", "delivery_change"]

AFTER, BEFORE = 3, 5  # years of deliveries counted after and before the onset
FLOOR_TIV = 25.0
_SURGE, _STOP = 1.5, 0.25  # ratio of yearly means after and before


def delivered_in(
    transfers: Transfers | None, power: int, backed: int, years: Iterable[int]
) -> float:
    """Return deliveries of some years [million TIV], NaN where one of them is not covered."""
    if transfers is None:
        return np.nan
    found = [transfers.delivered_tiv(power, backed, year) for year in years]
    return np.nan if None in found else float(sum(one or 0.0 for one in found))


def delivery_change(
    transfers: Transfers | None, power: int, backed: int, *, onset: int
) -> dict[str, float]:
    """Return deliveries before and after an onset [million TIV], and whether they surge or stop.

    The year of the onset counts on neither side: data are annual. They surge where 25 or more came
    in the three years after and above one and a half times those of the five years before, by
    yearly means; they stop where 25 or more came before and less than a quarter after. Unknown
    where a year is.
    """
    after = delivered_in(transfers, power, backed, range(onset + 1, onset + 1 + AFTER))
    before = delivered_in(transfers, power, backed, range(onset - BEFORE, onset))
    known = not np.isnan(after + before)
    yearly, yearly_before = after / AFTER, before / BEFORE
    surge = after >= FLOOR_TIV and yearly > _SURGE * yearly_before
    stop = before >= FLOOR_TIV and yearly < _STOP * yearly_before
    return {
        "delivered_before": before,
        "delivered_after": after,
        "surge": float(surge) if known else np.nan,
        "stop": float(stop) if known else np.nan,
    }

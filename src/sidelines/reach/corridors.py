"""Corridors on land: how far, how long and how much, and who shuts them."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Bool, Float, Int

__all__ = ["Overland", "overland"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overland:
    """A corridor under refusals: length, days and tonnes a day, and who stands in its way.

    Where it is shut, days are infinite and nothing arrives; `blocking` marks the refusing areas
    that it crosses; `narrowest` is the part that carries least.
    """

    is_open: Bool[np.ndarray, " draw"]
    km: float
    days: Float[np.ndarray, " draw"]
    t_per_day: Float[np.ndarray, " draw"]
    narrowest: Int[np.ndarray, " draw"]
    blocking: Bool[np.ndarray, "draw area"]


def overland(
    part_km: Float[np.ndarray, " part"],
    *,
    part_t_per_day: Float[np.ndarray, "*#draw part"],
    gauge_breaks: Int[np.ndarray, " part"],
    km_per_day: Float[np.ndarray, "*#draw part"],
    break_days: Float[np.ndarray, "*#draw"],
    break_share: Float[np.ndarray, "*#draw"],
    crossed: Bool[np.ndarray, "part area"],
    refused: Bool[np.ndarray, "draw area"],
) -> Overland:
    """Return what a corridor of parts in a row carries, as its narrowest part does.

    Parameters
    ----------
    part_km
        Length of each part, at least zero [km].
    part_t_per_day
        What each part carries, without its gauge breaks, the same in all draws or not [t/day].
    gauge_breaks
        Changes of gauge, or between rail, road and ship, on each part [1].
    km_per_day
        How far freight gets in a day on each part, above zero [km/day].
    break_days
        Days lost at a break, at least zero [days].
    break_share
        Share of the flow that gets through a break, from 0 to 1 [1].
    crossed
        Areas that each part crosses.
    refused
        Areas that refuse, per draw.

    Returns
    -------
    Overland
        The corridor, per draw open or shut by the areas that refuse.

    Notes
    -----
    Source: definition; a line in series carries what its narrowest part does (Ford and Fulkerson
    1956, Maximal Flow through a Network).

    Examples
    --------
    >>> way = overland(
    ...     np.array([1000.0, 170.0]),
    ...     part_t_per_day=np.array([5000.0, 2500.0]),
    ...     gauge_breaks=np.array([0, 1]),
    ...     km_per_day=np.array([400.0, 340.0]),
    ...     break_days=np.array(2.0),
    ...     break_share=np.array(0.8),
    ...     crossed=np.array([[True, False], [False, True]]),
    ...     refused=np.array([[False, False], [False, True]]),
    ... )
    >>> way.days, way.t_per_day
    (array([ 5., inf]), array([2000.,    0.]))
    """
    carried = part_t_per_day * np.asarray(break_share)[..., None] ** gauge_breaks
    moving = (part_km / km_per_day).sum(axis=-1)
    days = moving + gauge_breaks.sum() * np.asarray(break_days)
    blocking = refused & crossed.any(axis=0)
    is_open = np.logical_not(blocking.any(axis=-1))
    narrowest = np.broadcast_to(carried.argmin(axis=-1), is_open.shape)
    return Overland(
        is_open=is_open,
        km=float(part_km.sum()),
        days=np.where(is_open, days, np.inf),
        t_per_day=np.where(is_open, carried.min(axis=-1), 0.0),
        narrowest=narrowest,
        blocking=blocking,
    )

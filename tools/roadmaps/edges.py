"""Which corners are joined: by lines that touch both without cutting into their regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from roadmaps.corners import Corners, bearing
from sidelines.reach.sight import areas_crossed, open_water

__all__ = ["Edges", "air_edges", "sea_edges", "tangents"]

SLACK = np.radians(1.5)  # a corner's sides are known to about a cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Pairs of corners, the lower first, and the areas each line crosses (edge, word)."""

    start: np.ndarray
    end: np.ndarray
    crossed: np.ndarray


def tangents(corners: Corners) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each corner and the later ones that a line touching both might join it to."""
    points, wedge = corners.points, corners.wedge
    count = len(points)
    touches = np.zeros((count, count), dtype=bool)
    for i in range(count):
        sides = np.radians(wedge[i] - bearing(points[i][None], points)[:, None])
        swing = np.arctan2(np.sin(sides), np.cos(sides))  # from -pi to pi, above zero: right of us
        right, left = swing > -SLACK, swing < SLACK
        touches[i] = right.all(axis=1) | left.all(axis=1) | np.isnan(wedge[i]).any()
    for i in range(count):  # a point without sides joins whatever it sees
        later = np.flatnonzero(touches[i, i + 1 :] & touches[i + 1 :, i]) + i + 1
        if len(later):
            yield i, later


def air_edges(
    grid: np.ndarray,
    corners: Corners,
    own: np.ndarray,
    *,
    areas: int,
    step_km: float,
    graze_km: float,
) -> Edges:
    """Return the lines between corners of areas, without those that cut into either's own area."""
    starts, ends, sets = [], [], []
    for i, later in tangents(corners):
        for step, graze in ((4 * step_km, 2 * graze_km), (step_km, graze_km)):  # coarse, then fine
            crossed = areas_crossed(
                grid, corners.points[i], corners.points[later],
                step_km=step, graze_km=graze, areas=areas,
            )
            clear = ~(_has(crossed, np.full(len(later), own[i])) | _has(crossed, own[later]))
            later, crossed = later[clear], crossed[clear]
        starts.append(np.full(len(later), i))
        ends.append(later)
        sets.append(crossed)
    return Edges(
        start=np.concatenate(starts), end=np.concatenate(ends), crossed=np.concatenate(sets)
    )


def sea_edges(
    land_bits: np.ndarray,
    corners: Corners,
    *,
    gates: np.ndarray,
    gate_areas: np.ndarray,
    areas: int,
    step_km: float,
    graze_km: float,
) -> Edges:
    """Return the lines between corners of the land that stay on the water."""
    starts, ends, sets = [], [], []
    for i, later in tangents(corners):
        water, crossed = open_water(
            land_bits, corners.points[i], corners.points[later],
            step_km=step_km, graze_km=graze_km, gates=gates, gate_areas=gate_areas, areas=areas,
        )
        starts.append(np.full(water.sum(), i))
        ends.append(later[water])
        sets.append(crossed[water])
    return Edges(
        start=np.concatenate(starts), end=np.concatenate(ends), crossed=np.concatenate(sets)
    )


def _has(crossed: np.ndarray, area: np.ndarray) -> np.ndarray:
    word = crossed[np.arange(len(crossed)), area // 64]
    return (word >> (area % 64).astype(np.uint64)) & np.uint64(1) > 0

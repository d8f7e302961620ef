"""Which corners are joined: by lines that touch both without cutting into their regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from roadmaps.corners import Corners, bearing
from roadmaps.grids import EARTH_RADIUS_KM, unit_vectors
from sidelines.reach.distance import great_circle_km
from sidelines.reach.harbour import coastal_km, harbour
from sidelines.reach.sight import areas_crossed, open_water

__all__ = ["NOBODYS", "Edges", "air_edges", "coast_edges", "sea_edges", "tangents"]

NOBODYS = -1  # area of a corner that belongs to none


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Pairs of corners, the lower first, and the areas each line crosses (edge, word)."""

    start: np.ndarray
    end: np.ndarray
    crossed: np.ndarray


def tangents(corners: Corners, *, slack_deg: float) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each corner and the later ones that a line touching both might join it to."""
    slack = np.radians(slack_deg)
    points, wedge = corners.points, corners.wedge
    count = len(points)
    touches = np.zeros((count, count), dtype=bool)
    for i in range(count):
        sides = np.radians(wedge[i] - bearing(points[i][None], points)[:, None])
        swing = np.arctan2(np.sin(sides), np.cos(sides))  # from -pi to pi, above zero: right of us
        right, left = swing > -slack, swing < slack
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
    slack_deg: float,
) -> Edges:
    """Return the lines between corners of areas, without those that cut into either's own area."""
    starts, ends, sets = [], [], []
    for i, touching in tangents(corners, slack_deg=slack_deg):
        later = touching
        for step, graze in ((4 * step_km, 2 * graze_km), (step_km, graze_km)):  # coarse, then fine
            crossed = areas_crossed(
                grid,
                corners.points[i],
                corners.points[later],
                step_km=step,
                graze_km=graze,
                areas=areas,
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
    slack_deg: float,
) -> Edges:
    """Return the lines between corners of the land that stay on the water."""
    starts, ends, sets = [], [], []
    for i, later in tangents(corners, slack_deg=slack_deg):
        water, crossed = open_water(
            land_bits,
            corners.points[i],
            corners.points[later],
            step_km=step_km,
            graze_km=graze_km,
            gates=gates,
            gate_areas=gate_areas,
            areas=areas,
        )
        starts.append(np.full(water.sum(), i))
        ends.append(later[water])
        sets.append(crossed[water])
    return Edges(
        start=np.concatenate(starts), end=np.concatenate(ends), crossed=np.concatenate(sets)
    )


def coast_edges(
    land_bits: np.ndarray,
    corners: Corners,
    *,
    gates: np.ndarray,
    known: Edges,
    within_km: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of near corners that do not see each other, and how far they are by water."""
    tree = cKDTree(unit_vectors(*corners.points.T))
    near = tree.query_pairs(2 * np.sin(within_km / EARTH_RADIUS_KM / 2), output_type="ndarray")
    count = len(corners.points)
    seen = known.start * count + known.end
    near = near[~np.isin(near[:, 0] * count + near[:, 1], seen)]
    near = near[np.argsort(near[:, 0], kind="stable")]
    pairs, lengths = [], []
    for i in np.unique(near[:, 0]):
        others = near[near[:, 0] == i, 1]
        around = harbour(land_bits, corners.points[i], within_km=within_km, gates=gates)
        km = coastal_km(around, corners.points[others])
        km = np.maximum(km, great_circle_km(corners.points[i], corners.points[others]))
        there = np.isfinite(km)
        pairs.append(np.column_stack([np.full(there.sum(), i), others[there]]))
        lengths.append(km[there])
    return np.concatenate(pairs), np.concatenate(lengths)


def _has(crossed: np.ndarray, area: np.ndarray) -> np.ndarray:
    word = crossed[np.arange(len(crossed)), area // 64]
    return ((word >> (area % 64).astype(np.uint64)) & np.uint64(1) > 0) & (area != NOBODYS)

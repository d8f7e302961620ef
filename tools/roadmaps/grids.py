"""Rasters: which area each cell belongs to, and which cells of the sea are dry land."""

from __future__ import annotations

import itertools

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

__all__ = [
    "EARTH_RADIUS_KM",
    "cell_areas_km2",
    "centres",
    "inside",
    "near_line",
    "painted",
    "unit_vectors",
    "within_reach",
    "without_small",
]

EARTH_RADIUS_KM = 6371.0088


def centres(rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the latitudes from north and the longitudes from 180 W of a grid's cells."""
    size = 180.0 / rows
    return 90.0 - size * (np.arange(rows) + 0.5), -180.0 + size * (np.arange(2 * rows) + 0.5)


def painted(rings: tuple[np.ndarray, ...], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of the cells whose centre lies inside the rings (even-odd)."""
    size = 180.0 / rows
    starts = np.concatenate([ring[:-1] for ring in rings])
    ends = np.concatenate([ring[1:] for ring in rings])
    up = (ends[:, 1] > starts[:, 1])[:, None]
    low, high = np.where(up, starts, ends), np.where(up, ends, starts)
    # rows are counted from the south here: row r has its centre at -90 + (r + 0.5) * size
    first = np.ceil((low[:, 1] + 90) / size - 0.5).astype(int)
    last = np.ceil((high[:, 1] + 90) / size - 0.5).astype(int)
    count = np.maximum(last - first, 0)
    edge = np.repeat(np.arange(len(low)), count)
    row = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[edge]
    share = (-90 + (row + 0.5) * size - low[edge, 1]) / (high[edge, 1] - low[edge, 1])
    lon = low[edge, 0] + share * (high[edge, 0] - low[edge, 0])
    column = np.ceil((lon + 180) / size - 0.5).astype(int)
    order = np.lexsort((column, row))
    row, column = row[order], column[order]
    enter, leave = column[0::2], column[1::2]  # each row is crossed an even number of times
    width = leave - enter
    cell = np.arange(width.sum()) - np.repeat(np.cumsum(width) - width, width)
    cell = (cell + np.repeat(enter, width)) % (2 * rows)
    return rows - 1 - np.repeat(row[0::2], width), cell


def cell_areas_km2(rows: int) -> np.ndarray:
    """Return the area of one cell per row [km2]."""
    edges = np.radians(np.linspace(90, -90, rows + 1))
    width = 2 * np.pi / (2 * rows)
    return EARTH_RADIUS_KM**2 * width * -np.diff(np.sin(edges))


def unit_vectors(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return points on the unit sphere."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def within_reach(
    grid: np.ndarray, points: np.ndarray, owner: np.ndarray, *, reach_km: np.ndarray
) -> np.ndarray:
    """Return the grid with each free cell given to the owner of the nearest point in reach.

    `points` (point, 2) are latitudes and longitudes, `reach_km` the breadth per owner.
    """
    lat, lon = centres(len(grid))
    row, column = np.nonzero(grid == 0)
    tree = cKDTree(unit_vectors(points[:, 0], points[:, 1]))
    chord = 2 * np.sin(reach_km.max() / EARTH_RADIUS_KM / 2)
    near, which = tree.query(
        unit_vectors(lat[row], lon[column]), distance_upper_bound=chord, workers=1
    )
    found = np.isfinite(near)
    km = 2 * EARTH_RADIUS_KM * np.arcsin(near[found] / 2)
    mine = owner[which[found]]
    keep = km <= reach_km[mine]
    result = grid.copy()
    result[row[found][keep], column[found][keep]] = mine[keep]
    return result


def near_line(line: np.ndarray, rows: int, *, width_km: float) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of the cells whose centre lies within half the width of a line.

    `line` (point, 2): degrees north, degrees east; straight in longitude and latitude.
    """
    dense = np.concatenate(
        [
            np.linspace(a, b, max(2, int(np.hypot(*(b - a)) / 0.004)))
            for a, b in itertools.pairwise(line)
        ]
    )
    lat, lon = centres(rows)
    reach = width_km / 2 / EARTH_RADIUS_KM
    tree = cKDTree(unit_vectors(dense[:, 0], dense[:, 1]))
    south, north = dense[:, 0].min() - 1, dense[:, 0].max() + 1
    west, east = dense[:, 1].min() - 2, dense[:, 1].max() + 2
    row = np.nonzero((lat > south) & (lat < north))[0]
    column = np.nonzero((lon > west) & (lon < east))[0]
    where = np.meshgrid(row, column, indexing="ij")
    cells = unit_vectors(lat[where[0]], lon[where[1]])
    hit = tree.query(cells, distance_upper_bound=2 * np.sin(reach / 2))[0] < np.inf
    return where[0][hit], where[1][hit]


def inside(polygon: np.ndarray, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of the cells in a polygon (point, 2): degrees north, east."""
    ring = np.vstack([polygon, polygon[:1]])[:, ::-1]
    return painted((ring,), rows)


def without_small(mask: np.ndarray, *, least_km2: float, corners: bool = True) -> np.ndarray:
    """Return the mask without its connected parts smaller than an area, across 180 degrees too.

    Cells that touch at a corner are connected, or are not.
    """
    labels, count = ndimage.label(mask, structure=np.ones((3, 3)) if corners else None)
    merged = np.arange(count + 1)
    for a, b in zip(labels[:, 0], labels[:, -1], strict=True):
        if a and b:
            low, high = sorted((merged[a], merged[b]))
            merged[merged == high] = low
    weight = np.repeat(cell_areas_km2(len(mask))[:, None], mask.shape[1], axis=1)
    size = np.bincount(merged[labels].ravel(), weights=weight.ravel())
    keep = size >= least_km2
    keep[0] = False
    return keep[merged[labels]]

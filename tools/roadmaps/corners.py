"""Convex corners of a region, pushed out a little: the only places where a shortest way bends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from roadmaps.grids import EARTH_RADIUS_KM

__all__ = ["Corners", "bearing", "corners", "joined"]

TILE = 30.0  # regions are drawn a tile at a time, each in a flat map about its middle [degrees]
MARGIN = 4.0  # of a tile, so that its edges make no corners [degrees]
LEAST_TURN = np.radians(2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corners:
    """Points (corner, 2) [degrees north, east] and the bearings of the two sides (corner, 2)."""

    points: np.ndarray
    wedge: np.ndarray


def joined(parts: list[Corners]) -> Corners:
    """Return several sets of corners as one."""
    return Corners(
        points=np.concatenate([part.points for part in parts]),
        wedge=np.concatenate([part.wedge for part in parts]),
    )


def corners(mask: np.ndarray, *, tolerance_km: float, close_km: float = 0.0) -> Corners:
    """Return the corners of a region of a whole-world grid.

    Gaps narrower than `close_km` are filled; the outline is simplified within the tolerance and
    pushed out by it, so that no side of the result runs through the region.
    """
    rows, columns = len(mask), mask.shape[1]
    size = 180.0 / rows
    row_has: np.ndarray = np.any(mask, axis=1)
    column_has: np.ndarray = np.any(mask, axis=0)
    found = []
    for north in np.arange(90.0, -90.0, -TILE):
        first = int(max(0, (90 - north - MARGIN) / size))
        last = int(min(rows, (90 - north + TILE + MARGIN) / size))
        if not row_has[first:last].any():
            continue
        for west in np.arange(-180.0, 180.0, TILE):
            wanted = np.arange(
                int((west - MARGIN + 180) / size), int((west + TILE + MARGIN + 180) / size)
            )
            if column_has[wanted % columns].any():
                part = mask[first:last][:, wanted % columns]
                if part.any():
                    top, left = 90 - first * size, -180 + wanted[0] * size
                    found.append(
                        _of_tile(
                            _row_boxes(part, top=top, left=left, size=size),
                            (float(north), float(west)),
                            tolerance_km=tolerance_km,
                            close_km=close_km,
                        )
                    )
    return joined(found) if found else Corners(points=np.empty((0, 2)), wedge=np.empty((0, 2)))


def _of_tile(
    boxes: np.ndarray, north_west: tuple[float, float], *, tolerance_km: float, close_km: float
) -> Corners:
    """Return the corners of the part of a region, drawn as boxes, that lie in a tile."""
    north, west = north_west
    middle = (north - TILE / 2, west + TILE / 2)
    flat = shapely.transform(
        shapely.segmentize(shapely.union_all(boxes), 0.5), lambda xy: _flattened(xy, middle)
    )
    flat = shapely.make_valid(flat)
    if close_km:
        flat = shapely.buffer(shapely.buffer(flat, close_km / 2), -close_km / 2)
    region = shapely.buffer(
        shapely.simplify(flat, tolerance_km),
        tolerance_km * 1.1,
        join_style="mitre",
        mitre_limit=2.0,
    )
    region = shapely.simplify(region, tolerance_km * 0.1)
    found = []
    for polygon in shapely.get_parts(region):
        for which, ring in enumerate((polygon.exterior, *polygon.interiors)):
            found.append(_convex(shapely.get_coordinates(ring), middle, outer=which == 0))
    whole = joined(found)
    lat, lon = whole.points.T
    core = (lat <= north) & (lat > north - TILE) & (lon >= west) & (lon < west + TILE)
    points = np.column_stack([lat, (lon + 180) % 360 - 180])
    return Corners(points=points[core], wedge=whole.wedge[core])


def _row_boxes(part: np.ndarray, *, top: float, left: float, size: float) -> np.ndarray:
    padded = np.pad(part, ((0, 0), (1, 1))).astype(np.int8)
    steps = np.diff(padded, axis=1)
    row, start = np.nonzero(steps == 1)
    end = np.nonzero(steps == -1)[1]
    return shapely.box(
        left + start * size, top - (row + 1) * size, left + end * size, top - row * size
    )


def _flattened(xy: np.ndarray, middle: tuple[float, float]) -> np.ndarray:
    """Return points (degrees east, north) on the azimuthal equidistant map about a middle [km]."""
    lat0, lon0 = np.radians(middle)
    lon, lat = np.radians(xy).T
    x = np.cos(lat) * np.sin(lon - lon0)
    y = np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon - lon0)
    z = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon - lon0)
    away = np.arctan2(np.hypot(x, y), z)
    scale = EARTH_RADIUS_KM * np.where(away > 0, away / np.maximum(np.hypot(x, y), 1e-15), 1.0)
    return np.column_stack([x * scale, y * scale])


def _unflattened(xy: np.ndarray, middle: tuple[float, float]) -> np.ndarray:
    """Return points of the flat map as degrees north, degrees east."""
    lat0, lon0 = np.radians(middle)
    rho = np.maximum(np.hypot(*xy.T), 1e-9)
    c = rho / EARTH_RADIUS_KM
    x, y = xy.T
    lat = np.arcsin(np.cos(c) * np.sin(lat0) + y * np.sin(c) * np.cos(lat0) / rho)
    lon = lon0 + np.arctan2(
        x * np.sin(c), rho * np.cos(lat0) * np.cos(c) - y * np.sin(lat0) * np.sin(c)
    )
    return np.degrees(np.column_stack([lat, lon]))


def _convex(ring: np.ndarray, middle: tuple[float, float], *, outer: bool) -> Corners:
    """Return the corners of a closed ring that stick out of the region."""
    ring = ring[:-1]
    area = 0.5 * np.sum(ring[:, 0] * np.roll(ring[:, 1], -1) - np.roll(ring[:, 0], -1) * ring[:, 1])
    if (area > 0) != outer:
        ring = ring[::-1]  # the region lies to the left of each side
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    come, go = ring - before, after - ring
    turn = np.arctan2(come[:, 0] * go[:, 1] - come[:, 1] * go[:, 0], (come * go).sum(axis=1))
    keep = turn > LEAST_TURN
    points = _unflattened(ring[keep], middle)
    sides = [bearing(points, _unflattened(other[keep], middle)) for other in (before, after)]
    return Corners(points=points, wedge=np.column_stack(sides))


def bearing(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the initial bearing from points to points (…, 2) [degrees clockwise from north]."""
    lat1, lon1 = np.moveaxis(np.radians(start), -1, 0)
    lat2, lon2 = np.moveaxis(np.radians(end), -1, 0)
    x = np.sin(lon2 - lon1) * np.cos(lat2)
    y = np.cos(lat1) * np.sin(lat2) - np.sin(lat1) * np.cos(lat2) * np.cos(lon2 - lon1)
    return np.degrees(np.arctan2(x, y)) % 360

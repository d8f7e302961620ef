"""The grid of the sea: which cells of two arc-minutes are land, with narrow waters carved."""

from __future__ import annotations

from typing import Any

import numpy as np

from roadmaps.corners import Corners, bearing, joined
from roadmaps.grids import centres, near_line, painted, without_small
from roadmaps.shapes import Shape

__all__ = ["canal_ends", "fixed_points", "gate_pieces", "land_grid"]

ROWS = 5400
LEAST_ISLAND_KM2 = 400.0  # ships go round a smaller one without a bend worth counting
LEAST_SEA_KM2 = 30_000.0  # the Black Sea, the Caspian, the Baltic; smaller waters are lakes
NARROW_KM = 11.0  # width that narrow waters are carved to: three cells
ICE_STEP = 4.0  # between corners along the ice of the south [degrees]


def land_grid(shapes: list[Shape], spec: dict[str, Any]) -> np.ndarray:
    """Return which cells are land."""
    land = np.zeros((ROWS, 2 * ROWS), dtype=bool)
    for shape in shapes:
        land[painted(shape.rings, ROWS)] = True
    land = without_small(land, least_km2=LEAST_ISLAND_KM2)
    for narrow in spec["narrow"]:
        land[near_line(np.array(narrow["line"]), ROWS, width_km=NARROW_KM)] = False
    for canal in spec["canal"]:
        for end in canal["ends"]:
            near = np.array([end, [end[0] + 0.01, end[1]]])
            land[near_line(near, ROWS, width_km=NARROW_KM)] = False
    land[centres(ROWS)[0] < spec["ice_south"]] = True
    return ~without_small(~land, least_km2=LEAST_SEA_KM2, corners=False)


def fixed_points(spec: dict[str, Any]) -> Corners:
    """Return the bends of narrow waters and the ends of canals, free of sides, and the ice edge."""
    free = np.array(
        [point for narrow in spec["narrow"] for point in narrow["line"]]
        + [end for canal in spec["canal"] for end in canal["ends"]]
    )
    free = np.unique(free, axis=0)
    lon = np.arange(-180.0, 180.0, ICE_STEP)
    ice = np.column_stack([np.full(len(lon), spec["ice_south"] + 0.3), lon])
    sides = [bearing(ice, np.roll(ice, by, axis=0)) for by in (1, -1)]
    return joined(
        [
            Corners(points=free, wedge=np.full((len(free), 2), np.nan)),
            Corners(points=ice, wedge=np.column_stack(sides)),
        ]
    )


def gate_pieces(spec: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return gate lines in pieces (piece, 2, 2), the area of each, and the ids of the areas."""
    areas = list(dict.fromkeys(part["area"] for part in (*spec["canal"], *spec["gate"])))
    pieces, numbers = [], []
    for gate in spec["gate"]:
        for a, b in zip(gate["line"], gate["line"][1:], strict=False):
            pieces.append([a, b])
            numbers.append(areas.index(gate["area"]))
    return np.array(pieces, dtype=float), np.array(numbers), areas


def canal_ends(spec: dict[str, Any], points: np.ndarray) -> list[tuple[int, int, float, str]]:
    """Return start, end, length [km] and area of each canal, by the numbers of its points."""
    found = []
    for canal in spec["canal"]:
        ends = [int(np.abs(points - np.array(end)).sum(axis=1).argmin()) for end in canal["ends"]]
        found.append((min(ends), max(ends), canal["km"], canal["area"]))
    return found

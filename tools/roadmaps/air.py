"""The grid of the air: whose airspace each cell of five arc-minutes is."""

from __future__ import annotations

from typing import Any

import numpy as np

from roadmaps.corners import Corners
from roadmaps.grids import cell_areas_km2, inside, near_line, painted, within_reach
from roadmaps.shapes import Shape, polygon_km2

__all__ = ["air_grid", "area_km2", "check_areas", "lane_points"]

ROWS = 2160
KM_PER_NM = 1.852
LANE_STEP = 0.3  # between points along a lane [degrees]
DENSE = 0.03  # no two neighbours among the points of a coast lie farther apart [degrees]


def air_grid(shapes: list[Shape], spec: dict[str, Any]) -> tuple[np.ndarray, list[str]]:
    """Return the area of each cell, 0 nobody's and k + 1 area k, and the ids of the areas."""
    shapes = [shape for shape in shapes if shape.area]
    areas = [shape.area for shape in shapes]
    areas += [part["area"] for part in spec["split"] if part["area"] not in areas]
    areas += [strait["area"] for strait in spec["strait"]]
    number = {area: k + 1 for k, area in enumerate(areas)}
    grid = np.zeros((ROWS, 2 * ROWS), dtype=np.uint16)
    points, owner = [], []
    for shape in shapes:
        grid[painted(shape.rings, ROWS)] = number[shape.area]
        for ring in shape.rings:
            dense = _dense(ring)
            points.append(dense[:, ::-1])
            owner.append(np.full(len(dense), number[shape.area], dtype=np.uint16))
    reach = np.full(len(areas) + 1, 12 * KM_PER_NM)
    for area, breadth in spec["breadth_nm"].items():
        reach[number[area]] = breadth * KM_PER_NM
    grid = within_reach(grid, np.concatenate(points), np.concatenate(owner), reach_km=reach)
    for part in spec["split"]:
        row, column = inside(np.array(part["ring"]), ROWS)
        old = np.isin(grid[row, column], [number[area] for area in part["of"]])
        grid[row[old], column[old]] = number[part["area"]]
    for strait in spec["strait"]:
        lane = near_line(np.array(strait["line"]), ROWS, width_km=strait["lane_km"])
        grid[lane] = number[strait["area"]]
    return grid, areas


def check_areas(shapes: list[Shape], looks: dict[str, Any]) -> None:
    """Raise if the cells of an area differ too much in size from its polygon."""
    share, cells = looks["area_error"]["value"], looks["area_cells"]["value"]
    size = cell_areas_km2(ROWS)
    for shape in shapes:
        row, _ = painted(shape.rings, ROWS)
        true, found = polygon_km2(shape.rings), float(size[row].sum())
        allowed = max(share * true, cells * size[ROWS // 2])
        if shape.area and abs(found - true) > allowed:
            raise ValueError(
                f"{shape.area} has {found:,.0f} km2 in cells, {true:,.0f} by its shape."
            )


def _dense(line: np.ndarray, *, step: float = DENSE) -> np.ndarray:
    """Return a line with points between its own, no farther apart than a step [degrees]."""
    long = np.hypot(*np.diff(line, axis=0).T)
    parts = np.maximum(1, np.ceil(long / step)).astype(int)
    at = np.repeat(np.arange(len(long)), parts)
    share = (np.arange(parts.sum()) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[at]
    return np.vstack([line[at] + share[:, None] * (line[at + 1] - line[at]), line[-1:]])


def lane_points(spec: dict[str, Any]) -> Corners:
    """Return points along the middle of each strait's lane, free of sides."""
    lines = [np.array(strait["line"]) for strait in spec["strait"]]
    points = np.concatenate([_dense(line, step=LANE_STEP) for line in lines])
    return Corners(points=points, wedge=np.full((len(points), 2), np.nan))


def area_km2(grid: np.ndarray, count: int) -> np.ndarray:
    """Return the size of each area of a grid [km2]."""
    weight = np.repeat(cell_areas_km2(len(grid)), grid.shape[1])
    return np.bincount(grid.ravel(), weights=weight, minlength=count + 1)[1:]

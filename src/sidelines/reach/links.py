"""A trip's two ends, joined to the roadmap by sight lines."""

from dataclasses import replace

import numpy as np

from sidelines.reach.distance import geodesic_km, great_circle_km
from sidelines.reach.harbour import coastal_km, harbour, open_roads
from sidelines.reach.roadmap import WORD, Chart, Roadmap, touching
from sidelines.reach.sight import areas_crossed, land_at, open_water
from sidelines.reach.trip import Links, Trip
from sidelines.terms.arrays import Bool, Float, UInt

__all__ = ["attach", "attach_port", "join", "nearest_water", "sight_lines"]

_TRIES = 64  # water cells looked at, nearest first, for one that sees the roadmap
_NEAR_DEG = 0.5  # first look for water; twice as far each time


def sight_lines(
    chart: Chart,
    start: Float[np.ndarray, "*one 2"],
    ends: Float[np.ndarray, "line 2"],
    *,
    words: int,
) -> tuple[Bool[np.ndarray, " line"], UInt[np.ndarray, "line word"]]:
    """Tell which straight lines can be gone at all, and the areas that each crosses.

    Parameters
    ----------
    chart
        What to look at [km].
    start
        Latitude and longitude, of one point or of each line's start [degrees].
    ends
        Latitude and longitude of each line's end [degrees].
    words
        How many words a set of areas takes.

    Returns
    -------
    tuple
        True where nothing but leave is in the way (always, by air), and sets of areas as words.

    Notes
    -----
    Source: definition.
    """
    areas = WORD * words
    if not chart.by_sea:
        crossed = areas_crossed(
            chart.grid,
            start,
            ends,
            step_km=chart.step_km,
            graze_km=chart.graze_km,
            areas=areas,
            room=chart.room,
        )
        return np.ones(len(ends), dtype=bool), crossed
    return open_water(
        chart.grid,
        start,
        ends,
        step_km=chart.step_km,
        graze_km=chart.graze_km,
        gates=chart.gates,
        gate_areas=chart.gate_areas,
        areas=areas,
        room=chart.room,
    )


def attach(roadmap: Roadmap, point: Float[np.ndarray, " 2"]) -> Links:
    """Return the lines from a point to the vertices that a shortest way may go by next.

    Parameters
    ----------
    roadmap
        What to join it to [km].
    point
        Latitude and longitude [degrees]; by sea, on the water.

    Returns
    -------
    Links
        Sight lines that touch their corner, with their lengths [km].

    Notes
    -----
    Source: see `sidelines.reach.roadmap.is_tangent`.
    """
    return _attach_all(roadmap, [point])[0]


def _attach_all(roadmap: Roadmap, points: list[np.ndarray]) -> list[Links]:
    """Return the links of several points, looked along together."""
    useful = [touching(roadmap, point) for point in points]
    count = [len(vertex) for vertex in useful]
    vertex, start = np.concatenate(useful), points[0]
    if len(points) > 1:
        start = np.repeat(np.array(points), count, axis=0)
    seen, sets = sight_lines(roadmap.chart, start, roadmap.points[vertex], words=roadmap.words)
    from_where = start if start.ndim == 1 else start[seen]
    km = geodesic_km(from_where, roadmap.points[vertex[seen]])
    last = np.append(0, np.cumsum(seen))[np.cumsum(count)[:-1]]
    parts = (np.split(values, last) for values in (vertex[seen], km, sets[seen]))
    return [
        Links(point=point, vertex=vertex, km=km, sets=sets)
        for point, vertex, km, sets in zip(points, *parts, strict=True)
    ]


def join(roadmap: Roadmap, start: Links, end: Links) -> Trip:
    """Return a trip between two attached points, the straight line between them included.

    Parameters
    ----------
    roadmap
        Both were attached to it [km].
    start, end
        Their links [km].

    Returns
    -------
    Trip
        What a search needs [km].

    Notes
    -----
    Source: definition.
    """
    seen, sets = sight_lines(roadmap.chart, start.point, end.point[None], words=roadmap.words)
    direct = np.full(int(seen.sum()), len(roadmap.points))
    km = geodesic_km(start.point, end.point[None])
    return Trip(
        points=roadmap.points,
        first=roadmap.first,
        to=roadmap.to,
        km=roadmap.km,
        crossing=roadmap.crossing,
        sets=roadmap.sets,
        names=roadmap.areas,
        start=replace(
            start,
            vertex=np.append(start.vertex, direct),
            km=np.append(start.km, km[seen]),
            sets=np.concatenate([start.sets, sets[seen]]),
        ),
        end=end,
    )


def nearest_water(
    roadmap: Roadmap, point: Float[np.ndarray, " 2"], *, within_km: float, most: int = 1
) -> Float[np.ndarray, "point 2"]:
    """Return the nearest points on the water, nearest first.

    Parameters
    ----------
    roadmap
        Of the sea [km].
    point
        Latitude and longitude [degrees].
    within_km
        Farthest to look [km].
    most
        How many to return at most.

    Returns
    -------
    numpy.ndarray
        The point itself if it is on the water, else centres of cells [degrees]; none if there is
        no water near enough.

    Notes
    -----
    Source: definition.
    """
    if not land_at(roadmap.chart.grid, point[None])[0]:
        return point[None]
    near_deg = _NEAR_DEG
    while True:
        found = _water_within(roadmap.chart.grid, point, near_deg)
        apart = great_circle_km(point, found)
        sure_km = near_deg * 111.0  # no nearer water lies outside the window
        if (apart <= min(sure_km, within_km)).sum() >= most or sure_km > within_km:
            order = np.argsort(apart, kind="stable")[:most]
            return found[order[apart[order] <= within_km]]
        near_deg *= 2


def _water_within(land_bits: np.ndarray, point: np.ndarray, near_deg: float) -> np.ndarray:
    """Return the centres of water cells in a window around a point."""
    rows, columns = land_bits.shape[0], 8 * land_bits.shape[1]
    size = 180.0 / rows
    high = np.clip(point[0] + near_deg * np.array([1, -1]), -90, 90)
    top, bottom = (int(row) for row in np.clip((90 - high) / size, 0, rows - 1))
    widest = np.cos(np.radians(min(np.abs(high).max(), 89.0)))
    half = min(int(near_deg / widest / size) + 1, columns // 2)
    centre = int((point[1] + 180) / size)
    column = (centre + np.arange(-half, half)) % columns
    land = np.unpackbits(land_bits[top : bottom + 1], axis=1)[:, column]
    row, at = np.nonzero(land == 0)
    return np.stack([90 - (top + row + 0.5) * size, (column[at] + 0.5) * size - 180], axis=1)


def attach_port(
    roadmap: Roadmap, point: Float[np.ndarray, " 2"], *, within_km: float
) -> Links | None:
    """Return the links of the nearest water that sees the roadmap.

    Parameters
    ----------
    roadmap
        Of the sea [km].
    point
        Latitude and longitude of a port, which may lie on what the grid calls land [degrees].
    within_km
        Farthest that the water may be [km].

    Returns
    -------
    Links or None
        None where there is no such water; its point tells where it is [degrees].

    Notes
    -----
    Source: definition.
    """
    for water in nearest_water(roadmap, point, within_km=within_km, most=_TRIES):
        links = _with_coast(roadmap, water, within_km=within_km)
        if len(links.vertex):
            return links
    return None


def _with_coast(roadmap: Roadmap, water: np.ndarray, *, within_km: float) -> Links:
    """Return what a place sees, with what lies along the coast or is seen from the open outside."""
    chart = roadmap.chart
    near = harbour(chart.grid, water, within_km=within_km, gates=chart.gates)
    roads = [*open_roads(near, within_km=(within_km / 2, within_km))]
    links, *outside = _attach_all(roadmap, [water, *(road for road, _ in roads)])
    km = coastal_km(near, roadmap.points)
    there = np.flatnonzero(np.isfinite(km))
    none = np.zeros((len(there), roadmap.words), dtype=np.uint64)
    found = [links, replace(links, vertex=there, km=km[there], sets=none)]
    for seen, (_, road_km) in zip(outside, roads, strict=True):
        found.append(replace(seen, km=seen.km + road_km))
    vertex = np.concatenate([part.vertex for part in found])
    km = np.concatenate([part.km for part in found])
    sets = np.concatenate([part.sets for part in found])
    order = np.lexsort((km, vertex))
    first = order[np.diff(vertex[order], prepend=-1) > 0]
    return Links(point=links.point, vertex=vertex[first], km=km[first], sets=sets[first])

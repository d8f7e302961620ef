"""Short trips along a coast, cell by cell: out of a bay too narrow to see far in."""

import heapq
from dataclasses import dataclass

import numpy as np

from sidelines.reach.distance import EARTH_RADIUS_KM
from sidelines.reach.kernel import compiled
from sidelines.terms.arrays import Float, Int, UInt

__all__ = ["Harbour", "coastal_km", "harbour", "open_roads"]

_ZIGZAG = 0.96  # mean shortening of a way over the eight neighbours of cells, on open water
_AHEAD = 3.0  # cells between looks along a gate line


@dataclass(frozen=True, slots=True, kw_only=True)
class Harbour:
    """The water around a place: how far each cell is by water [km], infinite beyond reach.

    `rows` and `columns` are those of the whole grid, which has cells of `size` [degrees].
    """

    km: Float[np.ndarray, "row column"]
    rows: Int[np.ndarray, " row"]
    columns: Int[np.ndarray, " column"]
    size: float


def harbour(
    land_bits: UInt[np.ndarray, "row byte"],
    start: Float[np.ndarray, " 2"],
    *,
    within_km: float,
    gates: Float[np.ndarray, "gate 2 2"],
) -> Harbour:
    """Return how far cells lie from a start by water, cell by cell, without passing a gate.

    Parameters
    ----------
    land_bits
        uint8, rows from the north, eight columns a byte eastward from 180 W, the first highest.
    start
        Latitude and longitude, on the water [degrees].
    within_km
        Farthest to go [km].
    gates
        Pieces of gate lines, each from one post to another: latitude and longitude [degrees].

    Returns
    -------
    Harbour
        Lengths [km].

    Notes
    -----
    Source: Dijkstra (1959), Numerische Mathematik 1, 269, over cells and their eight neighbours.
    """
    rows, columns = land_bits.shape[0], 8 * land_bits.shape[1]
    size = 180.0 / rows
    reach = np.degrees(within_km / EARTH_RADIUS_KM)
    high = int(reach / size) + 1
    broad = int(reach / size / max(np.cos(np.radians(abs(start[0]) + reach)), 0.05)) + 1
    row = int((90 - start[0]) / size) + np.arange(-high, high + 1)
    column = int((start[1] + 180) / size) + np.arange(-broad, broad + 1)
    wall = np.unpackbits(land_bits[np.clip(row, 0, rows - 1)], axis=1)[:, column % columns] > 0
    wall[(row < 0) | (row >= rows)] = True
    _close(wall, gates, size=size, corner=(int(row[0]), int(column[0])), columns=columns)
    wall[high, broad] = False
    km = _flood(wall, (high, broad), size=size, row=row, within_km=within_km)
    return Harbour(km=km, rows=row, columns=column % columns, size=size)


def coastal_km(near: Harbour, ends: Float[np.ndarray, "end 2"]) -> Float[np.ndarray, " end"]:
    """Return how far points lie by water, cell by cell.

    Parameters
    ----------
    near
        The water around the start [km].
    ends
        Latitude and longitude of each end [degrees].

    Returns
    -------
    numpy.ndarray
        Lengths [km], infinite where the end is out of reach.

    Notes
    -----
    Source: definition.
    """
    whole = round(360.0 / near.size)
    row = ((90 - ends[:, 0]) / near.size).astype(int) - near.rows[0]
    column = (((ends[:, 1] + 180) / near.size).astype(int) - near.columns[0]) % whole
    inside = (row >= 0) & (row < len(near.rows)) & (column < len(near.columns))
    km = np.full(len(ends), np.inf)
    km[inside] = near.km[row[inside], column[inside]]
    return km


def open_roads(
    near: Harbour, *, within_km: tuple[float, ...]
) -> tuple[tuple[Float[np.ndarray, " 2"], float], ...]:
    """Return the places with the most open water around them, of several the nearest.

    Parameters
    ----------
    near
        The water around the start [km].
    within_km
        Farthest to go by water, for each place [km].

    Returns
    -------
    tuple
        For each, latitude and longitude [degrees], and how far it is by water [km]; no place twice.

    Notes
    -----
    Source: definition.
    """
    clear = _clear(np.isfinite(near.km))
    found: dict[int, None] = {}
    for far in within_km:
        reachable = np.where(near.km > far, 0, clear)
        best = np.flatnonzero(reachable == reachable.max())
        found[int(best[np.argmin(near.km.ravel()[best])])] = None
    return tuple(_place(near, cell) for cell in found)


def _place(near: Harbour, cell: int) -> tuple[np.ndarray, float]:
    row, column = divmod(cell, near.km.shape[1])
    lat = 90 - (near.rows[row] + 0.5) * near.size
    lon = -180 + (near.columns[column] + 0.5) * near.size
    return np.array([lat, lon]), float(near.km[row, column])


def _clear(water: np.ndarray) -> np.ndarray:
    """Return how many cells of water lie around each, counted up, down and aside."""
    clear = np.zeros(water.shape, dtype=np.int16)
    wet = np.pad(water, 1)
    while wet.any():
        clear += wet[1:-1, 1:-1]
        core = wet[1:-1, 1:-1] & wet[:-2, 1:-1] & wet[2:, 1:-1] & wet[1:-1, :-2] & wet[1:-1, 2:]
        wet[1:-1, 1:-1] = core
    return clear


def _close(
    wall: np.ndarray, gates: np.ndarray, *, size: float, corner: tuple[int, int], columns: int
) -> None:
    """Close the cells that gate lines run through, in place."""
    north = 90 - corner[0] * size
    south = north - len(wall) * size
    near = (gates[:, :, 0].min(axis=1) <= north) & (gates[:, :, 0].max(axis=1) >= south)
    for a, b in gates[near]:
        looks = int(np.abs(b - a).max() / size * _AHEAD) + 2
        at = a + np.linspace(0, 1, looks)[:, None] * (b - a)
        row = ((90 - at[:, 0]) / size).astype(int) - corner[0]
        column = (((at[:, 1] + 180) / size).astype(int) - corner[1]) % columns
        inside = (row >= 0) & (row < wall.shape[0]) & (column < wall.shape[1])
        wall[row[inside], column[inside]] = True


def _flood(
    wall: np.ndarray, start: tuple[int, int], *, size: float, row: np.ndarray, within_km: float
) -> np.ndarray:
    """Return how far cells lie from a start [km], infinite beyond reach."""
    tall = float(np.radians(size) * EARTH_RADIUS_KM * _ZIGZAG)
    east = tall * np.cos(np.radians(90 - (row + 0.5) * size))
    aslant = np.hypot(tall, east)
    kernel = compiled()
    if kernel is None:
        return _flood_in_python(wall, start, steps=(tall, np.abs(east), aslant), far=within_km)
    km, at = np.empty(wall.shape), start[0] * wall.shape[1] + start[1]
    kernel.run(
        "flood",
        (*wall.shape, at),
        (tall, float(within_km)),
        (
            *(np.ascontiguousarray(wall), np.abs(east), aslant, km),
            *(np.empty(2 * wall.size), np.empty(wall.size, dtype=np.int32)),
        ),
    )
    return km


def _flood_in_python(
    wall: np.ndarray,
    start: tuple[int, int],
    *,
    steps: tuple[float, np.ndarray, np.ndarray],
    far: float,
) -> np.ndarray:
    tall, east, aslant = steps
    high, broad = wall.shape
    km = np.full(wall.shape, np.inf)
    km[start] = 0.0
    queue = [(0.0, *start)]
    while queue:
        so_far, r, c = heapq.heappop(queue)
        if so_far > km[r, c]:
            continue
        for dr in (-1, 0, 1):
            for dc in (-1, 0, 1):
                a, b = r + dr, c + dc
                if not (0 <= a < high and 0 <= b < broad) or wall[a, b]:
                    continue
                if dr and dc and (wall[a, c] and wall[r, b]):
                    continue
                there = so_far + (tall if not dc else float(aslant[r] if dr else east[r]))
                if there < km[a, b] and there <= far:
                    km[a, b] = there
                    heapq.heappush(queue, (there, a, b))
    return km

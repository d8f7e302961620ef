"""Sight lines: what a great circle crosses, by air and by sea."""

import numpy as np

from sidelines.reach.kernel import compiled
from sidelines.reach.room import block_shift
from sidelines.reach.walk import Walks, cells_at, plan_walks, steps, unit_vectors
from sidelines.terms.arrays import Bool, Float, Int, UInt

__all__ = ["areas_crossed", "land_at", "open_water"]

_WORD = 64
_NO_ROOM = np.empty((0, 0), dtype=np.uint32)
_NO_GATES = np.empty((0, 2, 2)), np.empty(0, dtype=np.int64)


def _bits(areas: np.ndarray) -> np.ndarray:
    return np.left_shift(np.uint64(1), (areas % _WORD).astype(np.uint64))


def areas_crossed(
    grid: UInt[np.ndarray, "row column"],
    start: Float[np.ndarray, "*one 2"],
    ends: Float[np.ndarray, "line 2"],
    *,
    step_km: float,
    graze_km: float,
    areas: int | None = None,
    room: UInt[np.ndarray, "high wide"] | None = None,
) -> UInt[np.ndarray, "line word"]:
    """Return the areas that great circles cross.

    An area counts if the line is in it for more than `graze_km` in all, or if an end lies in it.

    Parameters
    ----------
    grid
        uint16, rows from the north, columns eastward from 180 W: 0 nobody's, k + 1 area k.
    start
        Latitude and longitude, of one point or of each line's start [degrees].
    ends
        Latitude and longitude of each line's end [degrees].
    step_km
        Longest step between looks, above zero [km].
    graze_km
        Longest stay in an area that is overlooked [km].
    areas
        How many there are; None looks for the largest in the grid.
    room
        See `sidelines.reach.room.room_map`; lets the kernel skip what does not change.

    Returns
    -------
    numpy.ndarray
        uint64, bit k of a line's words says whether it crosses area k.

    Notes
    -----
    Source: definition.
    """
    count = int(grid.max()) if areas is None else areas
    words = max(-(-count // _WORD), 1)
    walks = plan_walks(start, ends, step_km=step_km)
    crossed = np.zeros((len(ends), words), dtype=np.uint64)
    for vectors in (walks.start, walks.end):
        here = grid.reshape(-1)[cells_at(vectors, rows=grid.shape[0], columns=grid.shape[1])]
        lines = np.flatnonzero((here > 0) & (here <= _WORD * words))
        area = here[lines].astype(np.int64) - 1
        crossed[lines, area // _WORD] |= _bits(area)
    kernel = compiled()
    if kernel is None:
        return _areas_in_numpy(grid, walks, graze_km, crossed)
    kernel.run(
        "areas",
        (len(ends), *grid.shape, words, block_shift(grid.shape[0], room)),
        (float(graze_km),),
        (
            np.ascontiguousarray(grid),
            _NO_ROOM if room is None else room,
            *(walks.first, walks.heading, walks.turns, walks.pieces, walks.piece_km),
            *(np.empty(_WORD * words + 1, dtype=np.int64), crossed),
        ),
    )
    return crossed


def _areas_in_numpy(
    grid: np.ndarray, walks: Walks, graze_km: float, crossed: np.ndarray
) -> np.ndarray:
    lines, words = crossed.shape
    count = np.zeros((lines, _WORD * words + 1), dtype=np.int64)
    for left, at in steps(walks):
        here = grid.reshape(-1)[cells_at(at, rows=grid.shape[0], columns=grid.shape[1])]
        count[left, np.where(here <= _WORD * words, here, 0)] += 1
    line, area = np.nonzero(count[:, 1:] * walks.piece_km[:, None] > graze_km)
    np.bitwise_or.at(crossed, (line, area // _WORD), _bits(area))
    return crossed


def land_at(
    land_bits: UInt[np.ndarray, "row byte"], points: Float[np.ndarray, "point 2"]
) -> Bool[np.ndarray, " point"]:
    """Tell which points lie on land.

    Parameters
    ----------
    land_bits
        uint8, rows from the north, eight columns a byte eastward from 180 W, the first highest.
    points
        Latitude and longitude [degrees].

    Returns
    -------
    numpy.ndarray
        True on land.

    Notes
    -----
    Source: definition.
    """
    rows, columns = land_bits.shape[0], 8 * land_bits.shape[1]
    return _land(land_bits, cells_at(unit_vectors(points), rows=rows, columns=columns))


def _land(land_bits: np.ndarray, cells: np.ndarray) -> np.ndarray:
    return (land_bits.reshape(-1)[cells >> 3] >> (7 - (cells & 7)).astype(np.uint8) & 1) > 0


def open_water(
    land_bits: UInt[np.ndarray, "row byte"],
    start: Float[np.ndarray, "*one 2"],
    ends: Float[np.ndarray, "line 2"],
    *,
    step_km: float,
    graze_km: float = 0.0,
    gates: Float[np.ndarray, "gate 2 2"] = _NO_GATES[0],
    gate_areas: Int[np.ndarray, " gate"] = _NO_GATES[1],
    areas: int | None = None,
    room: UInt[np.ndarray, "high wide"] | None = None,
) -> tuple[Bool[np.ndarray, " line"], UInt[np.ndarray, "line word"]]:
    """Tell which great circles stay on the water, and whose gates they pass.

    Parameters
    ----------
    land_bits
        uint8, rows from the north, eight columns a byte eastward from 180 W, the first highest.
    start
        Latitude and longitude, of one point or of each line's start [degrees].
    ends
        Latitude and longitude of each line's end [degrees].
    step_km
        Longest step between looks, above zero [km].
    graze_km
        Longest stay on land that is overlooked [km].
    gates
        Pieces of gate lines, each from one post to another: latitude and longitude [degrees].
    gate_areas
        The area that each piece belongs to.
    areas
        How many there are; None takes as many as the gates name.
    room
        See `sidelines.reach.room.room_map`; lets the kernel skip what does not change.

    Returns
    -------
    tuple
        True for a line on the water; and uint64, bit k of its words says whether it passes a gate
        of area k (nothing is said of a line that meets land).

    Raises
    ------
    ValueError
        If a gate is of an area that there is not.

    Notes
    -----
    Source: definition; two arcs cross as in the simple crossing test of Google's S2 library.
    """
    named = int(gate_areas.max(initial=-1)) + 1
    count = named if areas is None else areas
    if named > count or gate_areas.min(initial=0) < 0:
        raise ValueError(f"gates name areas {gate_areas.min()} to {named - 1}; there are {count}.")
    walks = plan_walks(start, ends, step_km=step_km)
    posts = np.ascontiguousarray(unit_vectors(gates).transpose(1, 0, 2))
    area = np.ascontiguousarray(gate_areas, dtype=np.int64)
    water = np.zeros(len(ends), dtype=bool)
    crossed = np.zeros((len(ends), max(-(-count // _WORD), 1)), dtype=np.uint64)
    kernel = compiled()
    if kernel is None:
        return _water_in_numpy(land_bits, walks, graze_km, (posts, area, crossed))
    shape = land_bits.shape[0], 8 * land_bits.shape[1]
    kernel.run(
        "water",
        (len(ends), *shape, crossed.shape[1], block_shift(shape[0], room), len(gates)),
        (float(graze_km),),
        (
            np.ascontiguousarray(land_bits),
            _NO_ROOM if room is None else room,
            *(walks.first, walks.heading, walks.turns, walks.pieces, walks.piece_km),
            *(walks.start, walks.end, posts[0], posts[1], area, water, crossed),
        ),
    )
    return water, crossed


def _water_in_numpy(
    land_bits: np.ndarray,
    walks: Walks,
    graze_km: float,
    gates: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = land_bits.shape[0], 8 * land_bits.shape[1]
    hits = np.zeros(len(walks.pieces), dtype=np.int64)
    for left, at in steps(walks):
        hits[left] += _land(land_bits, cells_at(at, rows=rows, columns=columns))
    water = hits * walks.piece_km <= graze_km
    posts, area, crossed = gates
    line, gate = np.nonzero(_cross(walks.start[:, None], walks.end[:, None], *posts))
    line, gate = line[water[line]], gate[water[line]]
    np.bitwise_or.at(crossed, (line, area[gate] // _WORD), _bits(area[gate]))
    return water, crossed


def _dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1]) + a[..., 2] * b[..., 2]


def _product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.stack(
        [
            a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1],
            a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2],
            a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0],
        ],
        axis=-1,
    )


def _cross(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Tell which arcs from a to b cross which arcs from c to d."""
    across, along = _product(a, b), _product(c, d)
    acb, bda = -_dot(across, c), _dot(across, d)
    cbd, dac = -_dot(along, b), _dot(along, a)
    return (acb * bda > 0) & (acb * cbd > 0) & (acb * dac > 0)

"""How far nothing changes on a grid: what lets sight lines cross oceans in long strides."""

import numpy as np

from sidelines.reach.distance import EARTH_RADIUS_KM
from sidelines.reach.kernel import compiled
from sidelines.terms.arrays import Float, UInt

__all__ = ["block_shift", "room_km", "room_map"]

_MOST = 255
_SURE = 1 - 1e-6
_PER_KM = 4  # of the map; as in _kernel.c


def room_map(grid: UInt[np.ndarray, "row column"]) -> UInt[np.ndarray, "high wide"] | None:
    """Return how far one may go from anywhere in a block of cells without leaving its area.

    Parameters
    ----------
    grid
        uint16 areas, in blocks of 4 by 4 cells; or uint8 packed land, in blocks of 8 by 8.

    Returns
    -------
    numpy.ndarray
        uint32: what the block holds in the upper 16 bits, and in the lower how far one may go
        [quarters of a km]. None where the kernel, its only reader, is not built, or the grid does
        not divide into blocks.

    Notes
    -----
    Source: the chessboard distance of Rosenfeld and Pfaltz (1968), Pattern Recognition 1(1), 33, to
    the next block that differs, and from it a bound on the great circle.
    """
    kernel = compiled()
    packed = grid.dtype == np.uint8
    block = 8 if packed else 4
    high, wide = grid.shape[0] // block, grid.shape[1] // (1 if packed else block)
    if kernel is None or (high * block, wide * (1 if packed else block)) != grid.shape:
        return None
    steps, held = np.empty((high, wide), dtype=np.uint8), np.empty((high, wide), dtype=np.int32)
    call = "clear packed" if packed else "clear"
    kernel.run(call, (high, wide, block), (), (np.ascontiguousarray(grid), held, steps))
    far = (_bounds_km(high, wide) * _PER_KM).astype(np.uint32)
    mask = np.uint32(1 if packed else 0xFFFF)  # land is 255
    return (held.view(np.uint32) & mask) << np.uint32(16) | np.take_along_axis(
        far, steps.astype(np.intp), axis=1
    )


def room_km(room: UInt[np.ndarray, "high wide"]) -> Float[np.ndarray, "high wide"]:
    """Return how far one may go, out of a map of room.

    Parameters
    ----------
    room
        See `room_map`.

    Returns
    -------
    numpy.ndarray
        At least zero [km].

    Notes
    -----
    Source: definition.
    """
    return (room & np.uint32(0xFFFF)) / _PER_KM


def _bounds_km(high: int, wide: int) -> np.ndarray:
    """Return the least distance that takes one so many blocks away, per row of blocks."""
    edges = np.linspace(90, -90, high + 1)
    farthest = np.radians(np.maximum(np.abs(edges[:-1]), np.abs(edges[1:])))
    count = np.arange(_MOST + 1)
    north = count * np.pi / high
    east = np.sin(np.minimum(count * 2 * np.pi / wide, np.pi / 2))
    beside = np.arcsin(np.cos(farthest)[:, None] * east)
    least = _SURE * EARTH_RADIUS_KM * np.minimum(north, beside)
    return np.minimum(least, 0xFFFF // _PER_KM)


def block_shift(rows: int, room: UInt[np.ndarray, "high wide"] | None) -> int:
    """Return the power of two that a block's height is.

    Parameters
    ----------
    rows
        Of the grid.
    room
        Of the same grid, see `room_map`; None for none.

    Returns
    -------
    int
        -1 for none.

    Notes
    -----
    Source: definition.
    """
    return -1 if room is None else (rows // len(room)).bit_length() - 1

"""Great circles walked in equal steps over a grid of cells."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sidelines.reach.distance import EARTH_RADIUS_KM
from sidelines.terms.arrays import Float, Int

__all__ = ["Walks", "cells_at", "plan_walks", "steps", "unit_vectors"]

# atan(t) / t for 0 <= t <= 1 in powers of t squared, to 2e-8: Abramowitz and Stegun 4.4.49
_ARCTAN = (0.0028662257, -0.0161657367, 0.0429096138, -0.0752896400)
_ARCTAN_LOW = (0.1065626393, -0.1420889944, 0.1999355085, -0.3333314528, 1.0)

_LEAPS = 8  # turns that the kernel wants of each line


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """Lines cut into equal pieces, each looked at in its middle.

    - `start`, `end` (line, 3): unit vectors
    - `first`, `heading` (line, 3): the middle of the first piece, and the direction there
    - `turns` (line, leap, 2): cosine and sine of the angle of 1, 2, 4, ... pieces
    - `pieces` (line): how many
    - `piece_km` (line): length of one
    """

    start: Float[np.ndarray, "line 3"]
    end: Float[np.ndarray, "line 3"]
    first: Float[np.ndarray, "line 3"]
    heading: Float[np.ndarray, "line 3"]
    turns: Float[np.ndarray, "line leap 2"]
    pieces: Int[np.ndarray, " line"]
    piece_km: Float[np.ndarray, " line"]


def unit_vectors(points: Float[np.ndarray, "*shape 2"]) -> Float[np.ndarray, "*shape 3"]:
    """Return points of the unit sphere as vectors.

    Parameters
    ----------
    points
        Latitude and longitude in the last axis [degrees].

    Returns
    -------
    numpy.ndarray
        Cartesian coordinates in the last axis [Earth radii].

    Notes
    -----
    Source: definition.
    """
    lat, lon = np.moveaxis(np.radians(points), -1, 0)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def _square_to(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the directions to leave in: any, for a line to where it starts or to its antipode."""
    aside = end - start * _dot(start, end)[:, None]
    nowhere = _length(aside) == 0
    if nowhere.any():
        axis = np.eye(3)[np.argmin(np.abs(start[nowhere]), axis=-1)]
        aside[nowhere] = np.cross(start[nowhere], axis)
    aside /= _length(aside)[:, None]
    return aside


def _dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.asarray(np.einsum("ij,ij->i", a, b))


def _length(a: np.ndarray) -> np.ndarray:
    return np.sqrt(_dot(a, a))


def _turns(angle: np.ndarray) -> np.ndarray:
    """Return cosine and sine of an angle, twice, four times, ... 128 times it."""
    turns = np.empty((len(angle), _LEAPS, 2))
    turns[:, 0] = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    for k in range(1, _LEAPS):
        cosine, sine = turns[:, k - 1].T
        turns[:, k, 0], turns[:, k, 1] = cosine * cosine - sine * sine, 2 * cosine * sine
    return turns


def plan_walks(
    start: Float[np.ndarray, "*one 2"], ends: Float[np.ndarray, "line 2"], *, step_km: float
) -> Walks:
    """Return great circles from a start to many ends, cut into pieces no longer than a step.

    Parameters
    ----------
    start
        Latitude and longitude, of one point or of each line's start [degrees].
    ends
        Latitude and longitude of each line's end [degrees].
    step_km
        Longest piece, above zero [km].

    Returns
    -------
    Walks
        The lines, ready to be walked [Earth radii, km].

    Notes
    -----
    Source: definition; point and heading turn together by the same angle at each step.
    """
    to = unit_vectors(ends)
    at = np.ascontiguousarray(np.broadcast_to(unit_vectors(start), to.shape))
    angle = 2.0 * np.arctan2(_length(at - to), _length(at + to))
    pieces = np.maximum(np.ceil(angle * EARTH_RADIUS_KM / step_km), 1).astype(np.int64)
    turn = (angle / pieces)[:, None]
    aside, cosine, sine = _square_to(at, to), np.cos(0.5 * turn), np.sin(0.5 * turn)
    return Walks(
        start=at,
        end=to,
        first=at * cosine + aside * sine,
        heading=aside * cosine - at * sine,
        turns=_turns(turn[:, 0]),
        pieces=pieces,
        piece_km=turn[:, 0] * EARTH_RADIUS_KM,
    )


def steps(walks: Walks) -> Iterator[tuple[Int[np.ndarray, " left"], Float[np.ndarray, "left 3"]]]:
    """Walk all lines together.

    Parameters
    ----------
    walks
        Planned lines.

    Yields
    ------
    numpy.ndarray
        A pair of them: the lines still under way, and where each now is [Earth radii].

    Notes
    -----
    Source: definition.
    """
    left = np.arange(len(walks.pieces))
    at, heading = walks.first, walks.heading
    for k in range(int(walks.pieces.max(initial=0))):
        under_way = walks.pieces[left] > k
        left, at, heading = left[under_way], at[under_way], heading[under_way]
        yield left, at
        cosine, sine = walks.turns[left, 0, :1], walks.turns[left, 0, 1:]
        at, heading = at * cosine + heading * sine, heading * cosine - at * sine


def _angle(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the angle of (x, y) seen from the origin, by the same steps as the kernel."""
    up, right = np.abs(y), np.abs(x)
    low, high = np.minimum(up, right), np.maximum(up, right)
    t = np.divide(low, high, out=np.zeros_like(low), where=high > 0)
    square = t * t
    total = np.zeros_like(t)
    for coefficient in _ARCTAN + _ARCTAN_LOW:
        total = total * square + coefficient
    turn = t * total
    turn = np.where(up > right, np.pi / 2 - turn, turn)
    turn = np.where(x < 0, np.pi - turn, turn)
    return np.where(y < 0, -turn, turn)


def cells_at(
    vectors: Float[np.ndarray, "*shape 3"], *, rows: int, columns: int
) -> Int[np.ndarray, "*shape"]:
    """Return the cells of a grid that vectors point at.

    Parameters
    ----------
    vectors
        Unit vectors in the last axis [Earth radii].
    rows, columns
        Of the grid: rows from the north, columns eastward from 180 W.

    Returns
    -------
    numpy.ndarray
        Cells, numbered row by row.

    Notes
    -----
    Source: Abramowitz and Stegun (1964), 4.4.49, for the arc tangent.
    """
    x, y, z = np.moveaxis(vectors, -1, 0)
    lat, lon = _angle(z, np.sqrt(x * x + y * y)), _angle(y, x)
    row = np.clip(((np.pi / 2 - lat) * (rows / np.pi)).astype(np.int64), 0, rows - 1)
    column = ((lon + np.pi) * (columns / (2 * np.pi))).astype(np.int64)
    return row * columns + np.where((column < 0) | (column >= columns), 0, column)

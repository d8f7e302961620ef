"""A roadmap: points, the lines between them, and the set of areas that each line crosses."""

from dataclasses import dataclass, replace

import numpy as np

from sidelines.reach.room import room_map
from sidelines.reach.walk import unit_vectors
from sidelines.terms.arrays import Bool, Float, Int, UInt

__all__ = [
    "Chart",
    "Roadmap",
    "areas_of",
    "build_roadmap",
    "is_tangent",
    "touching",
    "words_of",
]

WORD = 64
_HERE = 1e-9  # radians: nearer than that a point lies at a vertex


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What sight lines look at, and how closely.

    - `grid` (row, column): uint16 areas of the air (0 nobody's, k + 1 area k), or uint8 packed land
    - `gates` (gate, 2, 2), `gate_areas` (gate): at sea, pieces of gate lines and whose they are
    - `step_km`: longest step between looks
    - `graze_km`: longest stay in an area, or on land, that is overlooked
    - `slack_deg`: how far a line may cut into a corner
    - `room`: see `sidelines.reach.room.room_map`; `build_roadmap` sees to it
    """

    grid: UInt[np.ndarray, "row column"]
    gates: Float[np.ndarray, "gate 2 2"]
    gate_areas: Int[np.ndarray, " gate"]
    step_km: float
    graze_km: float
    slack_deg: float
    room: UInt[np.ndarray, "high wide"] | None = None

    @property
    def by_sea(self) -> bool:
        """Whether the grid tells land from water, not whose air it is."""
        return self.grid.dtype == np.uint8


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """Where one can go without knowing yet who refuses.

    - `points` (vertex, 2): latitude and longitude [degrees]
    - `first` (vertex + 1): a vertex's lines are `first[v]` to `first[v + 1]`; each stands twice,
      there and back
    - `to`, `km`, `crossing` (line): where it leads, its length, its row of `sets`
    - `sets` (set, word): uint64, bit k says that area k is crossed
    - `areas`: their ids
    - `wedge` (vertex, 2): bearings of a corner's two neighbours [degrees], NaN at a free point
    - `vectors` (vertex, 3): the points as unit vectors
    - `sides` (vertex, 2, 3): unit normals of the great circles through a corner and its two
      neighbours, NaN at a free point
    - `chart`: what it was drawn on
    """

    points: Float[np.ndarray, "vertex 2"]
    first: Int[np.ndarray, " vertex_and_one"]
    to: Int[np.ndarray, " line"]
    km: Float[np.ndarray, " line"]
    crossing: Int[np.ndarray, " line"]
    sets: UInt[np.ndarray, "set word"]
    areas: tuple[str, ...]
    wedge: Float[np.ndarray, "vertex 2"]
    vectors: Float[np.ndarray, "vertex 3"]
    sides: Float[np.ndarray, "vertex 2 3"]
    chart: Chart

    @property
    def words(self) -> int:
        """How many words a set takes."""
        return int(self.sets.shape[1])


def words_of(areas: Int[np.ndarray, " area"], *, words: int) -> UInt[np.ndarray, " word"]:
    """Return a set of areas as words.

    Parameters
    ----------
    areas
        Their numbers.
    words
        How many words a set takes.

    Returns
    -------
    numpy.ndarray
        uint64, bit k set for area k.

    Notes
    -----
    Source: definition.

    Examples
    --------
    >>> words_of(np.array([0, 2, 64]), words=2)
    array([5, 1], dtype=uint64)
    """
    out = np.zeros(words, dtype=np.uint64)
    numbers = np.asarray(areas, dtype=np.int64)
    bits = np.left_shift(np.uint64(1), (numbers % WORD).astype(np.uint64))
    np.bitwise_or.at(out, numbers // WORD, bits)
    return out


def areas_of(words: UInt[np.ndarray, " word"]) -> tuple[int, ...]:
    """Return the areas in a set of words, in order.

    Parameters
    ----------
    words
        uint64, bit k set for area k.

    Returns
    -------
    tuple
        Their numbers.

    Notes
    -----
    Source: definition.

    Examples
    --------
    >>> areas_of(np.array([5, 1], dtype=np.uint64))
    (0, 2, 64)
    """
    little = np.ascontiguousarray(words, dtype="<u8").view(np.uint8)
    return tuple(np.flatnonzero(np.unpackbits(little, bitorder="little")).tolist())


def is_tangent(
    wedge: Float[np.ndarray, "*#shape 2"],
    bearing_deg: Float[np.ndarray, "*#shape"],
    *,
    slack_deg: float,
) -> Bool[np.ndarray, "*#shape"]:
    """Tell which lines touch a corner without cutting into it: only those can belong to a way.

    Parameters
    ----------
    wedge
        Bearings of the corner's two neighbours [degrees]; NaN where the point is free.
    bearing_deg
        Bearing of the line at the corner, either way along it [degrees].
    slack_deg
        How far a line may cut in [degrees].

    Returns
    -------
    numpy.ndarray
        True if both neighbours are on one side of the line, or one is as good as on it.

    Notes
    -----
    Source: Lozano-Perez and Wesley (1979), Communications of the ACM 22(10), 560: shortest ways
    among obstacles bend at corners, where they touch.

    Examples
    --------
    >>> is_tangent(np.array([10.0, 80.0]), np.array([0.0, 45.0, 170.0]), slack_deg=1.0)
    array([ True, False,  True])
    """
    aside = np.sin(np.radians(wedge - bearing_deg[..., None]))
    close = np.abs(aside).min(axis=-1) <= np.sin(np.radians(slack_deg))
    return np.isnan(wedge).any(axis=-1) | (aside[..., 0] * aside[..., 1] >= 0) | close


def touching(roadmap: Roadmap, point: Float[np.ndarray, " 2"]) -> Int[np.ndarray, " vertex"]:
    """Return the vertices that a line from a point touches without cutting into their corner.

    Parameters
    ----------
    roadmap
        The vertices [degrees].
    point
        Latitude and longitude [degrees].

    Returns
    -------
    numpy.ndarray
        Their numbers; one that lies at the point itself is among them.

    Notes
    -----
    Source: as `is_tangent`, by triple products: that of point, corner and direction of a side is
    the sine of the distance times the sine of the angle between line and side.
    """
    at = unit_vectors(point)
    one, other = (roadmap.sides.reshape(-1, 3) @ at).reshape(-1, 2).T
    chord2 = sum((part - here) ** 2 for part, here in zip(roadmap.vectors.T, at, strict=True))
    sine = np.sqrt(np.maximum(chord2 * (1 - chord2 / 4), 0.0))
    cut = (one * other < 0) & (sine > _HERE)
    slack = np.sin(np.radians(roadmap.chart.slack_deg)) * sine
    return np.flatnonzero(~cut | (np.abs(one) <= slack) | (np.abs(other) <= slack))


def _sides(points: np.ndarray, wedge: np.ndarray) -> np.ndarray:
    lat, lon = np.radians(points).T
    none = np.zeros_like(lat)
    north = np.stack([-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)], axis=-1)
    east = np.stack([-np.sin(lon), np.cos(lon), none], axis=-1)
    bearing = np.radians(wedge)[..., None]
    return np.sin(bearing) * north[:, None] - np.cos(bearing) * east[:, None]


def build_roadmap(
    points: Float[np.ndarray, "vertex 2"],
    pairs: Int[np.ndarray, "pair 2"],
    *,
    km: Float[np.ndarray, " pair"],
    crossing: Int[np.ndarray, " pair"],
    sets: UInt[np.ndarray, "set word"],
    areas: tuple[str, ...],
    wedge: Float[np.ndarray, "vertex 2"],
    chart: Chart,
) -> Roadmap:
    """Return a roadmap from lines that are told once each.

    Parameters
    ----------
    points
        Latitude and longitude [degrees].
    pairs
        The two vertices that each line joins.
    km
        Lengths, at least zero [km].
    crossing
        Each line's row of `sets`.
    sets
        Sets of areas, as words.
    areas
        Ids of the areas.
    wedge
        Bearings of each corner's two neighbours [degrees]; NaN where the point is free.
    chart
        What it was drawn on [degrees, km].

    Returns
    -------
    Roadmap
        The same lines there and back [km].

    Raises
    ------
    ValueError
        If a line leads to a vertex, set or area that is not there, or is shorter than nothing.

    Notes
    -----
    Source: definition; compressed sparse rows.
    """
    count = len(points)
    _check(pairs, count, "vertex", "pairs")
    _check(crossing, len(sets), "set", "crossing")
    _check(chart.gate_areas, len(areas), "area", "gate_areas")
    if len(areas) > WORD * sets.shape[1]:
        raise ValueError(f"{len(areas)} areas; {sets.shape[1]} words hold {WORD * sets.shape[1]}.")
    if not (np.isfinite(km) & (km >= 0)).all():
        raise ValueError("lengths must be numbers of kilometres, at least zero.")
    small = np.int16 if count < 2**15 else np.int64  # numpy sorts these by radix
    start = pairs.reshape(-1).astype(small)
    order = np.argsort(start, kind="stable").astype(np.int32)
    both = order // 2
    first = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(start, minlength=count), out=first[1:])
    return Roadmap(
        points=np.ascontiguousarray(points, dtype=float),
        first=first,
        to=pairs[:, ::-1].reshape(-1)[order].astype(np.int32),
        km=np.ascontiguousarray(km, dtype=float)[both],
        crossing=crossing.astype(np.int32)[both],
        sets=np.ascontiguousarray(sets, dtype=np.uint64),
        areas=areas,
        wedge=wedge,
        vectors=unit_vectors(points),
        sides=_sides(points, wedge),
        chart=replace(chart, room=room_map(chart.grid)),
    )


def _check(rows: np.ndarray, count: int, what: str, where: str) -> None:
    if rows.size and (rows.min() < 0 or rows.max() >= count):
        wrong = int(rows.min()) if rows.min() < 0 else int(rows.max())
        raise ValueError(f"{where} names {what} {wrong}; there are {count}.")

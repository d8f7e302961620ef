"""The shipped roadmaps of the air and of the sea, as plain arrays."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np

from sidelines.terms.arrays import Float, Int, UInt
from sidelines.terms.roles import Means

__all__ = ["Roads", "load_roads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads:
    """What `tools/build_roadmaps.py` built for one means of travel.

    - `points` (vertex, 2): degrees north and east; `wedge` (vertex, 2): bearings of the two sides
      of each corner [degrees], NaN at a free point
    - `pairs` (line, 2): the vertices each line joins; `crossing` (line): its row of `sets`
    - `sets` (set, word): uint64, bit k for area k; `areas`: their ids
    - `grid`: by air uint16 areas of cells (0 nobody's, k + 1 area k), at sea uint8 packed land
    - `gates` (piece, 2, 2), `gate_areas` (piece): gate lines at sea, and whose they are
    - `given_km`: lengths of the last lines, which are not straight: coasts and canals [km]
    - `step_km`, `graze_km`, `slack_deg`: how closely lines were looked along [km, km, degrees]
    """

    points: Float[np.ndarray, "vertex 2"]
    wedge: Float[np.ndarray, "vertex 2"]
    pairs: Int[np.ndarray, "line 2"]
    crossing: Int[np.ndarray, " line"]
    sets: UInt[np.ndarray, "set word"]
    areas: tuple[str, ...]
    grid: UInt[np.ndarray, "row column"]
    gates: Float[np.ndarray, "piece 2 2"]
    gate_areas: Int[np.ndarray, " piece"]
    given_km: Float[np.ndarray, " last"]
    step_km: float
    graze_km: float
    slack_deg: float


def load_roads(means: Means) -> Roads:
    """Return the roadmap of the air or of the sea.

    >>> load_roads(Means.SEA).areas[:2]
    ('suez', 'panama')
    """
    with _path(means).open("rb") as file, np.load(file) as held:
        by_air = means is Means.AIR
        step_km, graze_km, slack_deg = held["looks"].tolist()
        return Roads(
            points=held["points"].astype(float),
            wedge=held["wedge"].astype(float),
            pairs=np.column_stack([held["start"], held["end"]]).astype(np.int32),
            crossing=held["crossing"].astype(np.int32),
            sets=_sets(held["set_sizes"], held["set_members"], areas=len(held["areas"])),
            areas=tuple(held["areas"].tolist()),
            grid=_air_grid() if by_air else held["land"],
            gates=np.empty((0, 2, 2)) if by_air else held["gates"],
            gate_areas=np.empty(0, dtype=np.int64) if by_air else held["gate_areas"],
            given_km=np.empty(0) if by_air else held["given_km"],
            step_km=step_km,
            graze_km=graze_km,
            slack_deg=slack_deg,
        )


def _sets(sizes: np.ndarray, members: np.ndarray, *, areas: int) -> np.ndarray:
    words = -(-areas // 64)
    sets = np.zeros((len(sizes), words), dtype=np.uint64)
    row = np.repeat(np.arange(len(sizes)), sizes)
    bits = np.left_shift(np.uint64(1), (members % 64).astype(np.uint64))
    np.bitwise_or.at(sets, (row, members // 64), bits)
    return sets


@cache
def _air_grid() -> np.ndarray:
    """Return who holds each cell of the air, read once: nobody may write into it."""
    with _path(Means.AIR).open("rb") as file, np.load(file) as held:
        rows = int(held["grid_rows"])
        grid = np.repeat(held["grid_values"], held["grid_lengths"]).reshape(rows, 2 * rows)
    grid.flags.writeable = False
    return grid


def _path(means: Means) -> Traversable:
    return resources.files("sidelines.facts").joinpath("roadmaps", f"{means}.npz")

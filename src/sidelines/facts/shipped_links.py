"""Known places already joined to the shipped roadmaps, as plain arrays."""

import zlib
from dataclasses import dataclass
from importlib import resources

import numpy as np

from sidelines.facts.table import table
from sidelines.terms.arrays import Float, Int, UInt
from sidelines.terms.roles import Means

__all__ = [
    "AirLinks",
    "SeaLinks",
    "air_sets",
    "known_places",
    "line_order",
    "load_air_links",
    "load_sea_links",
]

_SECTORS = 180  # of bearing, about a place
_FINE = 32767  # whole numbers in the unit of a vector
_BASES = {
    Means.AIR: frozenset({"air", "logistics", "transit"}),
    Means.SEA: frozenset({"naval", "port"}),
}
_TABLES = {Means.AIR: ("capitals", "airfields"), Means.SEA: ("ports",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AirLinks:
    """Lines from airfields, capitals and bases to the corners of the roadmap that they touch.

    - `places` (place, 2): degrees north and east, as in the tables
    - `count` (place): how many lines; they lead to the vertices that a line touches, in order
    - `first` (place + 1), `packed`: bytes that `air_sets` reads
    - `vectors` (vertex, 3), `place_vectors` (place, 3): unit vectors in whole numbers
    """

    places: Float[np.ndarray, "place 2"]
    count: Int[np.ndarray, " place"]
    first: Int[np.ndarray, " place_and_one"]
    packed: UInt[np.ndarray, " byte"]
    vectors: Int[np.ndarray, "vertex 3"]
    place_vectors: Int[np.ndarray, "place 3"]
    areas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaLinks:
    """Lines from ports and naval bases to the roadmap of the sea.

    - `places`, `water` (place, 2): as in the tables, and the water that it is joined at [degrees];
      NaN where there is none near
    - `first` (place + 1): a place's lines are `first[k]` to `first[k + 1]`
    - `vertex`, `km`, `crossing` (line): where to, how far [km], its row of `sets` (set, word)
    """

    places: Float[np.ndarray, "place 2"]
    water: Float[np.ndarray, "place 2"]
    first: Int[np.ndarray, " place_and_one"]
    vertex: Int[np.ndarray, " line"]
    km: Float[np.ndarray, " line"]
    crossing: Int[np.ndarray, " line"]
    sets: UInt[np.ndarray, "set word"]


def known_places(means: Means) -> Float[np.ndarray, "place 2"]:
    """Return the places of our tables that ways of a means begin or end at, each once [degrees].

    >>> known_places(Means.SEA).shape[1]
    2
    """
    rows = [row.fields for name in _TABLES[means] for row in table(name)]
    rows += [row.fields for row in table("bases") if row.fields["kind"] in _BASES[means]]
    return np.unique([[float(row["lat"]), float(row["lon"])] for row in rows], axis=0)


def load_air_links() -> AirLinks:
    """Return the links of airfields, capitals and bases, still packed."""
    held = _held(Means.AIR)
    return AirLinks(
        places=held["places"],
        count=held["count"].astype(np.int64),
        first=held["first"].astype(np.int64),
        packed=held["packed"],
        vectors=held["vectors"].astype(np.int64),
        place_vectors=held["place_vectors"].astype(np.int64),
        areas=int(held["areas"]),
    )


def load_sea_links() -> SeaLinks:
    """Return the links of ports and naval bases."""
    held = _held(Means.SEA)
    return SeaLinks(
        places=held["places"],
        water=held["water"],
        first=held["first"].astype(np.int64),
        vertex=held["vertex"].astype(np.int64),
        km=held["km"].astype(float),
        crossing=held["crossing"].astype(np.int64),
        sets=held["sets"],
    )


def _held(means: Means) -> dict[str, np.ndarray]:
    path = resources.files("sidelines.facts").joinpath("roadmaps", f"links_{means}.npz")
    with path.open("rb") as file, np.load(file) as held:
        return {name: held[name] for name in held.files}


def line_order(
    place: Int[np.ndarray, " 3"], vectors: Int[np.ndarray, "line 3"]
) -> Int[np.ndarray, " line"]:
    """Return lines sector by sector of bearing, outward in one and inward in the next.

    In whole numbers, so that it is the same everywhere: neighbours cross much the same areas.
    """
    x, y, z = place.tolist()
    east = vectors @ np.array([-y, x, 0])
    north = vectors @ np.array([-x * z, -y * z, x * x + y * y])
    east = east * _FINE
    whole = np.maximum(np.abs(north) + np.abs(east), 1)
    turn = np.where(north >= 0, whole + east, 3 * whole - east)  # 0 to 4, a square's angle
    sector = turn * (_SECTORS // 4) // whole
    near = vectors @ place
    return np.lexsort((np.where(sector % 2 == 0, -near, near), sector))


def air_sets(links: AirLinks, number: int, order: Int[np.ndarray, " line"]) -> np.ndarray:
    """Return the sets of areas that a place's lines cross, as words.

    The bytes tell, area by area and in `order`, after how many lines each begins or ceases to be
    crossed; 255 stands for as many and goes on.
    """
    part = links.packed[links.first[number] : links.first[number + 1]].tobytes()
    gaps = np.frombuffer(zlib.decompress(part), dtype=np.uint8)
    area, line = np.divmod(np.cumsum(gaps, dtype=np.int64)[gaps < 255], len(order))
    turned = np.zeros((len(order), -(-links.areas // 64)), dtype=np.uint64)
    bits = np.left_shift(np.uint64(1), (area % 64).astype(np.uint64))
    np.bitwise_xor.at(turned, (line, area // 64), bits)
    sets = np.empty_like(turned)
    sets[order] = np.bitwise_xor.accumulate(turned, axis=0)
    return sets

"""Join all known places to the shipped roadmaps, and ship that.

    python tools/build_links.py [OUT]

Writes `links_air.npz` and `links_sea.npz` into `facts/roadmaps`, or into the folder OUT. Run it
after `build_roadmaps.py`, and when capitals, airfields, bases or ports are added. Takes half a
minute; the same tables and roadmaps give the same files.
"""

import sys
import zlib
from pathlib import Path

import numpy as np

from sidelines.assess.roads import PORT_WITHIN_KM, roadmap
from sidelines.facts.shipped_links import known_places, line_order
from sidelines.reach.links import attach, attach_port
from sidelines.reach.trip import Links
from sidelines.reach.walk import unit_vectors
from sidelines.terms.roles import Means

HOME = Path(__file__).parent.parent / "src/sidelines/facts/roadmaps"
FINE = 32767


def main(out: Path) -> None:
    """Write both files."""
    out.mkdir(exist_ok=True)
    np.savez(out / "links_air.npz", allow_pickle=True, **by_air())
    np.savez_compressed(out / "links_sea.npz", allow_pickle=True, **by_sea())
    for means in ("air", "sea"):
        print(f"links_{means}.npz: {(out / f'links_{means}.npz').stat().st_size / 1e6:.2f} MB")


def by_air() -> dict[str, np.ndarray]:
    """Return the lines of airfields, capitals and bases, packed."""
    air, places = roadmap(Means.AIR), known_places(Means.AIR)
    vectors = np.round(air.vectors * FINE).astype(np.int64)
    place_vectors = np.round(unit_vectors(places) * FINE).astype(np.int64)
    parts, count = [], []
    for place, vector in zip(places, place_vectors, strict=True):
        links = attach(air, place)
        order = line_order(vector, vectors[links.vertex])
        parts.append(packed(links.sets[order], areas=len(air.areas)))
        count.append(len(order))
    return {
        "places": places,
        "count": np.array(count, dtype=np.uint16),
        "first": np.cumsum([0, *map(len, parts)]).astype(np.uint32),
        "packed": np.frombuffer(b"".join(parts), dtype=np.uint8),
        "vectors": vectors.astype(np.int16),
        "place_vectors": place_vectors.astype(np.int16),
        "areas": np.array(len(air.areas)),
    }


def packed(sets: np.ndarray, *, areas: int) -> bytes:
    """Return sets of areas as bytes, as `sidelines.facts.shipped_links.air_sets` reads them."""
    little = np.ascontiguousarray(sets, dtype="<u8").view(np.uint8)
    crossed = np.unpackbits(little, axis=1, bitorder="little")[:, :areas]
    turns = np.flatnonzero(np.diff(crossed.astype(np.int8), axis=0, prepend=0).T.ravel())
    gaps = np.diff(turns, prepend=0)
    ends = np.cumsum(gaps // 255 + 1)
    told = np.full(ends[-1] if len(ends) else 0, 255, dtype=np.uint8)
    told[ends - 1] = gaps % 255
    return zlib.compress(told.tobytes(), 9)


def by_sea() -> dict[str, np.ndarray]:
    """Return the lines of ports and naval bases."""
    sea, places = roadmap(Means.SEA), known_places(Means.SEA)
    found = [attach_port(sea, place, within_km=PORT_WITHIN_KM) for place in places]
    some = [links for links in found if links is not None]
    sets, crossing = np.unique(
        np.concatenate([links.sets for links in some]), axis=0, return_inverse=True
    )
    return {
        "places": places,
        "water": np.array([water(links) for links in found]),
        "first": np.cumsum([0, *(0 if one is None else len(one.km) for one in found)]),
        "vertex": np.concatenate([links.vertex for links in some]).astype(np.uint16),
        "km": np.concatenate([links.km for links in some]).astype(np.float32),
        "crossing": crossing.ravel().astype(np.uint8),
        "sets": sets,
    }


def water(links: Links | None) -> np.ndarray:
    return np.full(2, np.nan) if links is None else links.point


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME)

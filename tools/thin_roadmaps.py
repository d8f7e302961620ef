"""Say which lines of the roadmap of the air a quick search may keep to, and ship that.

    python tools/thin_roadmaps.py

A line is left out if lines that are kept lead from one of its ends to the other, over no other
areas than it crosses itself and at most `STRETCH` times as long. So whoever refuses what, the best
way over the kept lines is at most that much longer than the best of all. Takes about five minutes.
Source: the greedy spanner of Althöfer, Das, Dobkin, Joseph and Soares (1993), Discrete and
Computational Geometry 9, 81, here with sets of areas. Writes `facts/roadmaps/spanner.npz`; run it
after `build_roadmaps.py`.
"""

import hashlib
import heapq
from importlib import resources

import numpy as np

from sidelines.assess.roads import roadmap
from sidelines.reach.distance import EARTH_RADIUS_KM, lines_km
from sidelines.reach.roadmap import Roadmap
from sidelines.terms.roles import Means

STRETCH = 1.01
_ROUNDER = 0.995  # of the distance on a sphere, below that on the ellipsoid

Line = tuple[int, float, int]  # where to, how far [km], and the areas crossed as one number


def main() -> None:
    """Write which lines are kept, in the order in which they are shipped."""
    from sidelines.facts.roads import load_roads

    roads = load_roads(Means.AIR)
    km = lines_km(roads.points, roads.pairs)
    keep = kept_lines(roadmap(Means.AIR), roads.pairs, km, roads.crossing)
    home = resources.files("sidelines.facts").joinpath("roadmaps")
    built = hashlib.sha256(home.joinpath("air.npz").read_bytes()).hexdigest()
    with resources.as_file(home) as folder:
        np.savez_compressed(
            folder / "spanner.npz",
            air=np.packbits(keep),
            air_sha256=np.array(built),
            stretch=np.array(STRETCH),
        )
    print(f"{keep.sum():,} of {len(keep):,} lines kept")


def kept_lines(air: Roadmap, pairs: np.ndarray, km: np.ndarray, crossing: np.ndarray) -> np.ndarray:
    """Return which lines are kept."""
    areas = [sum(int(word) << 64 * k for k, word in enumerate(row)) for row in air.sets]
    lat, lon = np.radians(air.points.T)
    at = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    lines: list[list[Line]] = [[] for _ in air.points]
    keep = np.zeros(len(km), dtype=bool)
    for number, line in enumerate(np.argsort(km, kind="stable").tolist()):
        one, other = pairs[line].tolist()
        crossed, far = areas[crossing[line]], float(km[line])
        chord = np.linalg.norm(at - at[other], axis=1) / 2
        left = 2 * EARTH_RADIUS_KM * _ROUNDER * np.arcsin(np.minimum(chord, 1.0))
        if not _led(lines, one, other, crossed, most_km=STRETCH * far, left_km=left):
            keep[line] = True
            lines[one].append((other, far, crossed))
            lines[other].append((one, far, crossed))
        if number % 50_000 == 0:
            print(f"{number:,} lines looked at, {keep.sum():,} kept", flush=True)
    return keep


def _led(
    lines: list[list[Line]],
    start: int,
    end: int,
    crossed: int,
    *,
    most_km: float,
    left_km: np.ndarray,
) -> bool:
    """Tell whether kept lines lead to the end that soon, over no other areas."""
    so_far = {start: 0.0}
    queue = [(float(left_km[start]), start)]
    while queue:
        _, here = heapq.heappop(queue)
        if here == end:
            return True
        for there, km, areas in lines[here]:
            length = so_far[here] + km
            if areas & ~crossed or length >= so_far.get(there, most_km):
                continue
            if length + left_km[there] <= most_km:
                so_far[there] = length
                heapq.heappush(queue, (length + float(left_km[there]), there))
    return False


if __name__ == "__main__":
    main()

"""Build the roadmaps of the air and of the sea, and record what they were built from.

    python tools/build_roadmaps.py SHAPES [OUT]

SHAPES is `countries-10m.json` of the npm package world-atlas 2.0.2 (Natural Earth, public domain).
Writes `air.npz`, `sea.npz` and `built.toml` into `facts/roadmaps`, or into the folder OUT. Wants
shapely and pycountry besides the developers' tools; takes about three minutes. A test compares the
recorded checksums with the files of this folder.
"""

import hashlib
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from roadmaps.air import air_grid, area_km2, lane_points
from roadmaps.corners import Corners, corners, joined
from roadmaps.edges import NOBODYS, Edges, air_edges, coast_edges, sea_edges
from roadmaps.grids import painted
from roadmaps.sea import canal_ends, fixed_points, gate_pieces, land_grid
from roadmaps.shapes import Shape, read_shapes
from sidelines.reach.distance import geodesic_km
from sidelines.reach.sight import land_at

TOOLS = Path(__file__).parent
HOME = TOOLS.parent / "src/sidelines/facts/roadmaps"
SLACK_DEG = 1.5

AIR_STEP_KM, AIR_GRAZE_KM = 3.0, 12.0
TOLERANCES = ((5_000_000.0, 30.0), (300_000.0, 22.0), (40_000.0, 14.0), (0.0, 10.0))
"""How closely the outline of an area is drawn, by its least size [km2, km]."""
CLOSE_KM, ISLANDS_CLOSE_KM = 20.0, 250.0
ISLANDS_SHARE = 0.1  # of land, below which an area is islands in an ocean
LONGEST_KM = 9000.0  # between two bends of a way
MOST_AREAS = 10  # crossed between two bends of a way

SEA_STEP_KM, SEA_GRAZE_KM = 1.5, 4.0
SEA_TOLERANCE_KM, SEA_CLOSE_KM = 5.0, 10.0
COAST_KM = 45.0  # corners this near are joined along the coast where they do not see each other


def build(shapes_file: Path, out: Path) -> None:
    """Write both roadmaps and their record."""
    spec = tomllib.loads((TOOLS / "roadmaps/areas.toml").read_text("utf-8"))
    shapes = read_shapes(shapes_file, names=spec["names"])
    out.mkdir(exist_ok=True)
    for name, arrays in (("air", _air(shapes, spec)), ("sea", _sea(shapes))):
        np.savez_compressed(out / f"{name}.npz", allow_pickle=True, **arrays)
        size = (out / f"{name}.npz").stat().st_size
        print(
            f"{name}: {len(arrays['points']):,} points, {len(arrays['start']):,} lines, "
            f"{len(arrays['set_sizes']):,} sets, {size / 1e6:.2f} MB",
            flush=True,
        )
    shapes_sum = hashlib.sha256(shapes_file.read_bytes()).hexdigest()
    record = (
        f'shapes = "npm world-atlas 2.0.2, countries-10m.json"\nshapes_sha256 = "{shapes_sum}"\n'
    )
    (out / "built.toml").write_text(record + f'tools_sha256 = "{checksum()}"\n', encoding="utf-8")


def checksum() -> str:
    """Return the checksum of all that decides what is built, the shapes apart."""
    files = [Path(__file__), *sorted((TOOLS / "roadmaps").glob("*.py"))]
    files += sorted((TOOLS / "roadmaps").glob("*.toml"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _air(shapes: list[Shape], spec: dict[str, Any]) -> dict[str, np.ndarray]:
    grid, areas = air_grid(shapes, spec)
    dry = np.zeros_like(grid, dtype=bool)
    for shape in shapes:
        dry[painted(shape.rings, len(grid))] = True
    whole, land = area_km2(grid, len(areas)), area_km2(np.where(dry, grid, 0), len(areas))
    parts, own = [], []
    for k in np.flatnonzero(whole > 0):
        islands = land[k] < ISLANDS_SHARE * whole[k]
        size = 5_000_000.0 if islands else whole[k]
        part = corners(
            grid == k + 1,
            tolerance_km=next(km for least, km in TOLERANCES if size >= least),
            close_km=ISLANDS_CLOSE_KM if islands else CLOSE_KM,
        )
        parts.append(part)
        own.append(np.full(len(part.points), k))
    lanes = lane_points(spec)
    parts.append(lanes)
    own.append(np.full(len(lanes.points), NOBODYS))
    bends = _rounded(joined(parts))
    edges = air_edges(
        grid,
        bends,
        np.concatenate(own),
        areas=len(areas),
        step_km=AIR_STEP_KM,
        graze_km=AIR_GRAZE_KM,
    )
    edges = _pruned(edges, bends)
    steps = np.flatnonzero(np.diff(grid.ravel(), prepend=grid[0, 0] + 1))
    return {
        **_common(bends, edges, areas, (AIR_STEP_KM, AIR_GRAZE_KM, SLACK_DEG)),
        "grid_rows": np.array(len(grid)),
        "grid_values": grid.ravel()[steps],
        "grid_lengths": np.diff(steps, append=grid.size).astype(np.uint32),
    }


def _pruned(edges: Edges, bends: Corners) -> Edges:
    """Return the lines that a way may have between two bends."""
    km = geodesic_km(bends.points[edges.start], bends.points[edges.end])
    count = np.unpackbits(edges.crossed.view(np.uint8), axis=1).sum(axis=1)
    keep = (km <= LONGEST_KM) & (count <= MOST_AREAS)
    return Edges(start=edges.start[keep], end=edges.end[keep], crossed=edges.crossed[keep])


def _sea(shapes: list[Shape]) -> dict[str, np.ndarray]:
    spec = tomllib.loads((TOOLS / "roadmaps/seas.toml").read_text("utf-8"))
    land = land_grid(shapes, spec)
    bits = np.packbits(land, axis=1)
    fixed = fixed_points(spec)
    bends = _rounded(
        joined([corners(land, tolerance_km=SEA_TOLERANCE_KM, close_km=SEA_CLOSE_KM), fixed])
    )
    wet = ~land_at(bits, bends.points)
    bends = Corners(points=bends.points[wet], wedge=bends.wedge[wet])
    gates, gate_areas, areas = gate_pieces(spec)
    edges = sea_edges(
        bits,
        bends,
        gates=gates,
        gate_areas=gate_areas,
        areas=len(areas),
        step_km=SEA_STEP_KM,
        graze_km=SEA_GRAZE_KM,
    )
    coast, coast_km = coast_edges(bits, bends, gates=gates, known=edges, within_km=COAST_KM)
    canals = canal_ends(spec, bends.points)
    ends = np.concatenate([coast, np.array([canal[:2] for canal in canals])])
    given_km = np.concatenate([coast_km, [canal[2] for canal in canals]])
    crossed = np.zeros((len(ends), edges.crossed.shape[1]), dtype=np.uint64)
    for row, (_, _, _, area) in enumerate(canals, start=len(coast)):
        crossed[row, areas.index(area) // 64] = np.uint64(1 << areas.index(area) % 64)
    edges = Edges(
        start=np.concatenate([edges.start, ends[:, 0]]),
        end=np.concatenate([edges.end, ends[:, 1]]),
        crossed=np.concatenate([edges.crossed, crossed]),
    )
    return {
        **_common(bends, edges, areas, (SEA_STEP_KM, SEA_GRAZE_KM, SLACK_DEG)),
        "land": bits,
        "gates": gates,
        "gate_areas": gate_areas,
        "given_km": given_km.astype(np.float32),  # of the last lines, which are not straight
    }


def _rounded(bends: Corners) -> Corners:
    """Return the points as they are shipped, so that lines are looked along from there."""
    points = bends.points.astype(np.float32).astype(float)
    return Corners(points=points, wedge=bends.wedge.astype(np.float32).astype(float))


def _common(
    bends: Corners, edges: Edges, areas: list[str], looks: tuple[float, float, float]
) -> dict[str, np.ndarray]:
    sets, crossing = np.unique(edges.crossed, axis=0, return_inverse=True)
    bits = np.unpackbits(sets.view(np.uint8), axis=1, bitorder="little")
    row, member = np.nonzero(bits)
    return {
        "points": bends.points.astype(np.float32),
        "wedge": bends.wedge.astype(np.float32),
        "start": edges.start.astype(np.uint16),
        "end": edges.end.astype(np.uint16),
        "crossing": crossing.ravel().astype(np.uint32),
        "set_sizes": np.bincount(row, minlength=len(sets)).astype(np.uint8),
        "set_members": member.astype(np.uint16),
        "areas": np.array(areas),
        "looks": np.array(looks),
    }


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else HOME)

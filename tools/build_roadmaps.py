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

from roadmaps.air import air_grid, area_km2, check_areas, lane_points
from roadmaps.corners import Corners, corners, joined
from roadmaps.edges import NOBODYS, Edges, air_edges, coast_edges, sea_edges
from roadmaps.grids import painted
from roadmaps.sea import canal_ends, fixed_points, gate_pieces, land_grid
from roadmaps.shapes import Shape, read_shapes
from sidelines.reach.distance import geodesic_km
from sidelines.reach.sight import land_at

TOOLS = Path(__file__).parent
HOME = TOOLS.parent / "src/sidelines/facts/roadmaps"
Looks = dict[str, Any]


def build(shapes_file: Path, out: Path) -> None:
    """Write both roadmaps and their record."""
    spec = tomllib.loads((TOOLS / "roadmaps/areas.toml").read_text("utf-8"))
    looks = tomllib.loads((TOOLS / "roadmaps/looks.toml").read_text("utf-8"))
    shapes = read_shapes(shapes_file, names=spec["names"])
    check_areas(shapes, looks)
    out.mkdir(exist_ok=True)
    for name, arrays in (("air", _air(shapes, spec, looks)), ("sea", _sea(shapes, looks))):
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


def _air(shapes: list[Shape], spec: dict[str, Any], looks: Looks) -> dict[str, np.ndarray]:
    air = looks["air"]
    archipelagos = {one["area"]: one["value"] for one in air["archipelago"]}
    grid, areas = air_grid(shapes, spec)
    dry = np.zeros_like(grid, dtype=bool)
    for shape in shapes:
        dry[painted(shape.rings, len(grid))] = True
    whole, land = area_km2(grid, len(areas)), area_km2(np.where(dry, grid, 0), len(areas))
    parts, own = [], []
    for k in np.flatnonzero(whole > 0):
        islands = land[k] < air["islands_share"]["value"] * whole[k]
        size = np.inf if islands else whole[k]
        usual = next(one["value"] for one in air["outline"] if size >= one["least_km2"])
        part = corners(
            grid == k + 1,
            tolerance_km=archipelagos.get(areas[k], usual),
            close_km=air["islands_close" if islands else "close"]["value"],
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
        step_km=air["step"]["value"],
        graze_km=air["graze"]["value"],
        slack_deg=looks["slack"]["value"],
    )
    edges = _pruned(edges, bends, air)
    steps = np.flatnonzero(np.diff(grid.ravel(), prepend=grid[0, 0] + 1))
    return {
        **_common(bends, edges, areas, _looks(looks, "air")),
        "grid_rows": np.array(len(grid)),
        "grid_values": grid.ravel()[steps],
        "grid_lengths": np.diff(steps, append=grid.size).astype(np.uint32),
    }


def _pruned(edges: Edges, bends: Corners, air: Looks) -> Edges:
    """Return the lines that a way may have between two bends."""
    km = geodesic_km(bends.points[edges.start], bends.points[edges.end])
    count = np.unpackbits(edges.crossed.view(np.uint8), axis=1).sum(axis=1)
    keep = (km <= air["longest"]["value"]) & (count <= air["most_areas"]["value"])
    return Edges(start=edges.start[keep], end=edges.end[keep], crossed=edges.crossed[keep])


def _looks(looks: Looks, means: str) -> tuple[float, float, float]:
    one = looks[means]
    return one["step"]["value"], one["graze"]["value"], looks["slack"]["value"]


def _sea(shapes: list[Shape], looks: Looks) -> dict[str, np.ndarray]:
    sea = {name: one["value"] for name, one in looks["sea"].items()}
    spec = tomllib.loads((TOOLS / "roadmaps/seas.toml").read_text("utf-8"))
    land = land_grid(shapes, spec)
    bits = np.packbits(land, axis=1)
    fixed = fixed_points(spec)
    bends = _rounded(
        joined([corners(land, tolerance_km=sea["outline"], close_km=sea["close"]), fixed])
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
        step_km=sea["step"],
        graze_km=sea["graze"],
        slack_deg=looks["slack"]["value"],
    )
    coast, coast_km = coast_edges(bits, bends, gates=gates, known=edges, within_km=sea["coast"])
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
        **_common(bends, edges, areas, _looks(looks, "sea")),
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

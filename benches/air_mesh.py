"""Ways by air over the shipped roadmap against a mesh of hexagons that knows no corners.

The mesh is H3 at resolution 4 (cells of about 1,770 km2, 45 km apart): each cell is joined to all
within three rings, and a line is shut if it crosses the air of anyone who refuses, by the same
looks at the same grid. It is blind to corridors narrower than its cells, so it is given the points
along the lanes of straits, which are 20 km wide; and its ways zigzag a little. Scenarios are drawn
by seed: two capitals, each holder refuses with a chance of 35 %; in half of them whoever has air
within 1,000 km of the start or the end refuses as well.
"""

import datetime as dt
import sys
import time
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from sidelines.assess.roads import roadmap
from sidelines.facts.holders import holder_of
from sidelines.facts.table import table
from sidelines.facts.world import load_world
from sidelines.reach.best_way import NoWay, best_way
from sidelines.reach.distance import EARTH_RADIUS_KM, geodesic_km
from sidelines.reach.links import attach, join
from sidelines.reach.roadmap import Roadmap, words_of
from sidelines.reach.sight import areas_crossed
from sidelines.reach.walk import cells_at, unit_vectors
from sidelines.terms.roles import Means

RESOLUTION, RINGS, SCENARIOS, SEED = 4, 3, 100, 5
REFUSES, NEIGHBOURHOOD_KM = 0.35, 1000.0
WITHIN, SHARE = 0.02, 0.9
AS_OF = dt.date(2026, 3, 4)
LANE_KM = 135.0  # from a point of a lane to what it is joined to: three rings
AT_ONCE = 250_000  # lines looked along together


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesh:
    """Cells (cell, 2) [degrees], lines both ways as sparse rows [km], and each line's set."""

    points: np.ndarray
    first: np.ndarray
    to: np.ndarray
    km: np.ndarray
    crossing: np.ndarray
    sets: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Two capitals [degrees] and the numbers of the areas that refuse."""

    names: tuple[str, str]
    start: np.ndarray
    end: np.ndarray
    refused: np.ndarray


def crossed(air: Roadmap, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return what lines cross, by the roadmap's own looks."""
    chart = air.chart
    return areas_crossed(
        chart.grid,
        starts,
        ends,
        step_km=chart.step_km,
        graze_km=chart.graze_km,
        areas=64 * air.words,
    )


def hexagons() -> tuple[np.ndarray, np.ndarray]:
    """Return the middles of all cells [degrees] and the pairs within three rings."""
    import h3.api.numpy_int as h3

    cells = np.sort(
        np.concatenate([h3.cell_to_children(base, RESOLUTION) for base in h3.get_res0_cells()])
    )
    points = np.array([h3.cell_to_latlng(int(cell)) for cell in cells])
    disks = [h3.grid_disk(int(cell), RINGS) for cell in cells]
    start = np.repeat(np.arange(len(cells)), [len(disk) for disk in disks])
    end = np.searchsorted(cells, np.concatenate(disks))
    once = start < end
    return points, np.column_stack([start[once], end[once]])


def with_lanes(
    points: np.ndarray, pairs: np.ndarray, lanes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return cells and pairs with the points along lanes, joined to what is near."""
    both = np.concatenate([points, lanes])
    tree = cKDTree(unit_vectors(both))
    found = tree.query_ball_point(unit_vectors(lanes), LANE_KM / EARTH_RADIUS_KM)
    own = len(points) + np.repeat(np.arange(len(lanes)), [len(near) for near in found])
    other = np.concatenate([np.array(near, dtype=int) for near in found])
    once = other < own
    return both, np.concatenate([pairs, np.column_stack([other, own])[once]])


def mesh(air: Roadmap) -> Mesh:
    """Return the mesh with the areas that each of its lines crosses."""
    points, pairs = with_lanes(*hexagons(), air.points[np.isnan(air.wedge).any(axis=1)])
    sets = np.empty((len(pairs), air.words), dtype=np.uint64)
    km = np.empty(len(pairs))
    for at in range(0, len(pairs), AT_ONCE):
        some = slice(at, at + AT_ONCE)
        ends = points[pairs[some, 0]], points[pairs[some, 1]]
        sets[some], km[some] = crossed(air, *ends), geodesic_km(*ends)
    weight = np.random.default_rng(0).integers(1, 2**63, air.words, dtype=np.uint64) | np.uint64(1)
    _, row, crossing = np.unique(sets @ weight, return_index=True, return_inverse=True)
    order = np.argsort(pairs.T.ravel(), kind="stable")
    count = np.bincount(pairs.ravel(), minlength=len(points))
    return Mesh(
        points=points,
        first=np.concatenate([[0], np.cumsum(count)]).astype(np.int32),
        to=pairs.T[::-1].ravel()[order].astype(np.int32),
        km=np.tile(km, 2)[order],
        crossing=np.tile(crossing, 2)[order].astype(np.int32),
        sets=sets[row],
    )


def scenarios(air: Roadmap) -> list[Scenario]:
    """Draw who goes where, and who refuses."""
    rng = np.random.default_rng(SEED)
    world = load_world(AS_OF, hindsight=True)
    held = np.array([holder_of(world, a) if a[0].isupper() else "" for a in air.areas])
    holders = np.unique(held[held != ""])
    capitals = [row.fields for row in table("capitals")]
    places = np.array([[float(row["lat"]), float(row["lon"])] for row in capitals])
    found: list[Scenario] = []
    while len(found) < SCENARIOS:
        a, b = rng.choice(len(capitals), 2, replace=False)
        refusing = set(holders[rng.random(len(holders)) < REFUSES])
        if len(found) % 2:
            shut_in = (a, b)[len(found) // 2 % 2]
            refusing |= set(held[near(air, places[shut_in])])
        refusing -= {*own(air, held, places[a]), *own(air, held, places[b]), ""}
        ids = capitals[a]["name"], capitals[b]["name"]
        refused = np.flatnonzero(np.isin(held, sorted(refusing)))
        found.append(Scenario(names=ids, start=places[a], end=places[b], refused=refused))
    return found


def near(air: Roadmap, place: np.ndarray) -> np.ndarray:
    """Return the areas with air near a place."""
    rows, columns = air.chart.grid.shape
    lat = 90 - 180 / rows * (np.arange(0, rows, 4) + 0.5)
    lon = -180 + 180 / rows * (np.arange(0, columns, 4) + 0.5)
    cosine = unit_vectors(np.stack(np.meshgrid(lat, lon, indexing="ij"), -1)) @ unit_vectors(place)
    there = np.unique(air.chart.grid[::4, ::4][cosine > np.cos(NEIGHBOURHOOD_KM / EARTH_RADIUS_KM)])
    return there[there > 0].astype(int) - 1


def own(air: Roadmap, held: np.ndarray, place: np.ndarray) -> list[str]:
    """Return the holder of the air above a place."""
    rows, columns = air.chart.grid.shape
    area = int(air.chart.grid.ravel()[cells_at(unit_vectors(place), rows=rows, columns=columns)])
    return [str(held[area - 1])] if area else []


def by_roadmap(air: Roadmap, one: Scenario) -> float:
    trip = join(air, attach(air, one.start), attach(air, one.end))
    way = best_way(trip, words_of(one.refused, words=air.words))
    return float("inf") if isinstance(way, NoWay) else way.km


def by_mesh(air: Roadmap, on: Mesh, tree: cKDTree, one: Scenario) -> float:
    """Return the shortest way over the mesh, its ends joined to the cells within three rings."""
    refused = words_of(one.refused, words=air.words)
    shut = ((on.sets & refused) > 0).any(axis=1)
    keep = ~shut[on.crossing]
    first = np.concatenate([[0], np.cumsum(keep)])[on.first]
    (leave, leave_km), (arrive, arrive_km) = (
        doors(air, on, tree, place, refused) for place in (one.start, one.end)
    )
    count = len(on.points)
    graph = csr_matrix(
        (
            np.concatenate([on.km[keep], leave_km]),
            np.concatenate([on.to[keep], leave]),
            np.append(first, first[-1] + len(leave)),
        ),
        shape=(count + 1, count + 1),
    )
    km = dijkstra(graph, indices=count)
    return float((km[arrive] + arrive_km).min(initial=np.inf))


def doors(
    air: Roadmap, on: Mesh, tree: cKDTree, place: np.ndarray, refused: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells about a place that may be flown to, and how far they are."""
    cells = tree.query(unit_vectors(place), k=3 * RINGS * (RINGS + 1) + 1)[1]
    cells = cells[~((crossed(air, place, on.points[cells]) & refused) > 0).any(axis=1)]
    return cells, geodesic_km(place, on.points[cells])


def main() -> None:
    air = roadmap(Means.AIR)
    began = time.process_time()
    try:
        on = mesh(air)
    except ModuleNotFoundError:
        print("h3 is not installed: nothing to compare with")
        return
    took = time.process_time() - began
    print(f"mesh: {len(on.points):,} cells, {len(on.to) // 2:,} lines, {took:.0f} s CPU")
    tree = cKDTree(unit_vectors(on.points))
    ours, theirs = [], []
    began = time.process_time()
    for one in scenarios(air):
        ours.append(by_roadmap(air, one))
        theirs.append(by_mesh(air, on, tree, one))
        print(f"{' - '.join(one.names)}: {ours[-1]:.0f} km, mesh {theirs[-1]:.0f} km")
    a, b = np.array(ours), np.array(theirs)
    both = np.isfinite(a) & np.isfinite(b)
    error = a[both] / b[both] - 1
    print(f"{SCENARIOS} scenarios: {time.process_time() - began:.0f} s CPU")
    within = float((np.abs(error) <= WITHIN).mean())
    apart = int((np.isfinite(a) != np.isfinite(b)).sum())
    print(
        f"{both.sum()} ways, {(~np.isfinite(a) & ~np.isfinite(b)).sum()} without any, {apart} "
        f"disagree; within {WITHIN:.0%}: {within:.0%}; mean {error.mean():+.2%}, "
        f"from {error.min():+.1%} to {error.max():+.1%}"
    )
    if within < SHARE:
        sys.exit("the roadmap and the mesh differ more than they may")


if __name__ == "__main__":
    main()

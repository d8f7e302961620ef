"""Ways over a made-up roadmap: the kernel against scipy's Dijkstra, and 1,000 draws of refusals.

Ratios are taken in one run, so that they hold on a busy machine; times are CPU of one thread.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from sidelines.reach import kernel
from sidelines.reach.access import draw_refusals
from sidelines.reach.best_way import bound_km
from sidelines.reach.denials import spread
from sidelines.reach.distance import great_circle_km
from sidelines.reach.holders import narrow
from sidelines.reach.roadmap import Chart, Roadmap, build_roadmap, words_of
from sidelines.reach.search import search
from sidelines.reach.trip import Links, Trip

VERTICES, LINES, SETS, AREAS, WORDS = 5000, 300_000, 140_000, 300, 5
TO_ALL, TO_ONE, COLD_S, WARM_S = 1.5, 3.0, 10.0, 0.02
PAIRS, DRAWS, UNCERTAIN, ROUNDS = 5, 1000, 60, 15


def made_up(rng: np.random.Generator) -> Roadmap:
    """Return a roadmap of the air's size: lines mostly short, sets of the areas on their way."""
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, VERTICES)))
    points = np.stack([lat, rng.uniform(-180, 180, VERTICES)], axis=1)
    pairs = rng.integers(0, VERTICES, (16 * LINES, 2))
    km = great_circle_km(points[pairs[:, 0]], points[pairs[:, 1]])
    near = np.flatnonzero((rng.random(len(km)) < np.exp(-km / 3000)) & (km > 0))[:LINES]
    pairs, km = pairs[near], km[near]
    by_km = np.argsort(km)
    pairs, km = pairs[by_km], km[by_km]
    crossing = np.arange(len(km)) * SETS // len(km)
    where = (np.clip((lat + 90) // 12, 0, 14) * 20 + (points[:, 1] + 180) // 18).astype(int)
    sets = np.zeros((SETS, WORDS), dtype=np.uint64)
    for area in (where[pairs[:, 0]], where[pairs[:, 1]]):
        bits = np.left_shift(np.uint64(1), (area % 64).astype(np.uint64))
        np.bitwise_or.at(sets, (crossing, area // 64), bits)
    return build_roadmap(
        points,
        pairs,
        km=km,
        crossing=crossing,
        sets=sets,
        areas=tuple(f"A{k}" for k in range(AREAS)),
        wedge=np.full((VERTICES, 2), np.nan),
        chart=Chart(
            grid=np.zeros((18, 36), dtype=np.uint16),
            gates=np.empty((0, 2, 2)),
            gate_areas=np.empty(0, dtype=np.int64),
            step_km=5.0,
            graze_km=10.0,
            slack_deg=1.0,
        ),
    )


def links(vertices: np.ndarray, km: np.ndarray) -> Links:
    none = np.zeros((len(km), WORDS), dtype=np.uint64)
    return Links(point=np.zeros(2), vertex=vertices.astype(np.int64), km=km, sets=none)


def between(roadmap: Roadmap, start: int, end: int, *, many: int = 1) -> Trip:
    """Return a trip between two vertices, linked to those nearest."""

    def near(vertex: int) -> Links:
        km = great_circle_km(roadmap.points, roadmap.points[vertex])
        nearest = np.argsort(km)[:many]
        return links(nearest, km[nearest])

    names = ("points", "first", "to", "km", "crossing", "sets")
    fields = {name: getattr(roadmap, name) for name in names}
    return Trip(**fields, names=roadmap.areas, start=near(start), end=near(end))


def least_s(run: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def by_scipy(graph: csr_matrix, roadmap: Roadmap, refused: np.ndarray, start: int) -> np.ndarray:
    """Return distances from a vertex, weights masked in place."""
    blocked = ((roadmap.sets & refused) > 0).any(axis=1)
    graph.data[:] = np.where(blocked[roadmap.crossing], np.inf, roadmap.km)
    return dijkstra(graph, indices=start)


def against_scipy(roadmap: Roadmap, rng: np.random.Generator) -> tuple[float, float]:
    """Return how many times faster the kernel is, one to all and one to one; the least of three."""
    ratios = []
    graph = csr_matrix(
        (roadmap.km.copy(), roadmap.to, roadmap.first.astype(np.int32)), shape=(VERTICES,) * 2
    )
    for refusing in (0, 20, 60):
        start, end = rng.integers(0, VERTICES, 2)
        refused = words_of(rng.choice(AREAS, refusing, replace=False), words=WORDS)
        for vertex in (start, end):  # nobody refuses its own
            around = roadmap.crossing[roadmap.first[vertex] : roadmap.first[vertex + 1]]
            refused &= ~np.bitwise_and.reduce(roadmap.sets[around])
        trip = between(roadmap, start, end)
        everywhere = replace(trip, end=links(np.empty(0), np.empty(0)))
        bound = bound_km(trip)
        theirs = least_s(partial(by_scipy, graph, roadmap, refused, start))
        masked = least_s(partial(dijkstra, graph, indices=start))
        to_all = least_s(partial(search, everywhere, refused[None]))
        to_one = least_s(partial(search, trip, refused[None]))
        guided = least_s(partial(search, trip, refused[None], bound_km=bound))
        found = search(everywhere, refused[None]).dist
        if not np.allclose(found, by_scipy(graph, roadmap, refused, start), rtol=1e-9):
            sys.exit("scipy finds other lengths")
        ms = [f"{1000 * one:.2f}" for one in (theirs, masked, to_all, to_one, guided)]
        print(
            f"{refusing} refuse: scipy {ms[0]} ms, {ms[1]} without masking; kernel to all {ms[2]}, "
            f"to one {ms[3]}, knowing a bound {ms[4]}"
        )
        ratios.append((theirs / to_all, theirs / to_one))
    return min(one for one, _ in ratios), min(one for _, one in ratios)


def many_draws(roadmap: Roadmap, rng: np.random.Generator) -> tuple[float, float]:
    """Return CPU seconds of 1,000 draws on five pairs, cold and warm."""
    cold = warm = 0.0
    for _ in range(PAIRS):
        uncertain = rng.choice(AREAS, UNCERTAIN, replace=False)
        holders = np.array([words_of(np.array([area]), words=WORDS) for area in uncertain])
        refusals = draw_refusals(
            rng,
            np.full(UNCERTAIN, 0.5),
            draws=DRAWS,
            group=np.zeros(UNCERTAIN, dtype=np.int64),
            loading=np.full(UNCERTAIN, 0.6),
        )
        start, end = rng.integers(0, VERTICES, 2)
        trip = between(roadmap, start, end, many=200)
        began = time.process_time()
        small = narrow(trip, holders, names=tuple(f"A{area}" for area in uncertain))
        found = spread(small, refusals)
        cold += time.process_time() - began
        began = time.process_time()
        spread(small, refusals, tree=found.tree)
        warm += time.process_time() - began
        print(f"{DRAWS} draws: {len(found.tree.km)} searches, open in {found.is_open.mean():.0%}")
    return cold, warm


def main() -> None:
    rng = np.random.default_rng(3)
    roadmap = made_up(rng)
    print(f"{kernel.engine()}: {VERTICES} vertices, {len(roadmap.to):,} lines, {SETS:,} sets")
    to_all, to_one = against_scipy(roadmap, rng)
    cold, warm = many_draws(roadmap, rng)
    bars = {
        f"one to all {to_all:.1f} x scipy (at least {TO_ALL})": to_all >= TO_ALL,
        f"one to one {to_one:.1f} x scipy (at least {TO_ONE})": to_one >= TO_ONE,
        f"{PAIRS} pairs cold {cold:.2f} s CPU (at most {COLD_S})": cold <= COLD_S,
        f"{PAIRS} pairs warm {1000 * warm:.1f} ms CPU (at most {1000 * WARM_S:.0f})": (
            warm <= WARM_S
        ),
    }
    print("\n".join(bars))
    if not all(bars.values()):
        sys.exit("slower than it has to be")


if __name__ == "__main__":
    main()

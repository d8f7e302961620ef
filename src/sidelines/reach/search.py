"""The shortest way over lines that nobody refuses: the kernel's search and its numpy twin."""

from dataclasses import dataclass

import numpy as np

from sidelines.reach.kernel import compiled
from sidelines.reach.trip import Links, Trip
from sidelines.terms.arrays import Float, Int, UInt

__all__ = ["Found", "least_by_row", "search"]

_NOWHERE, _BY_LINK = -1, -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What searches found, one a row of refusals; the tree is the last one's.

    - `km` (search): length [km], infinite where there is no way
    - `crossed` (search, word): the areas that the way crosses
    - `arrived` (search): the end link taken, as many as there are for the direct line, -1 for none
    - `dist` (vertex): length so far [km]
    - `came_from` (vertex): the vertex before; -2 for a start link, -1 where nothing led
    - `via` (vertex + 1): the row of sets crossed, or the start link taken; the last is the end's
    """

    km: Float[np.ndarray, " search"]
    crossed: UInt[np.ndarray, "search word"]
    arrived: Int[np.ndarray, " search"]
    dist: Float[np.ndarray, " vertex"]
    came_from: Int[np.ndarray, " vertex"]
    via: Int[np.ndarray, " vertex_and_one"]


def search(
    trip: Trip,
    refused: UInt[np.ndarray, "search word"],
    *,
    bound_km: Float[np.ndarray, " vertex"] | None = None,
) -> Found:
    """Return the shortest way from start to end under each of several sets of refusals.

    A trip without links at its end is searched to every vertex.

    Parameters
    ----------
    trip
        What there is to go on, and its two ends [km].
    refused
        Areas that may not be crossed, as words.
    bound_km
        Lengths that no way from a vertex to the end can beat, and that never fall by more than a
        line's length along it [km]; None knows nothing.

    Returns
    -------
    Found
        Lengths, areas crossed, and the last search's tree [km].

    Notes
    -----
    Source: Dijkstra (1959), Numerische Mathematik 1, 269; Hart, Nilsson and Raphael (1968), IEEE
    Transactions on Systems Science and Cybernetics 4(2), 100, for the bound.
    """
    vertices = len(trip.first) - 1
    sets, words = trip.sets.shape
    queries = len(refused)
    found = Found(
        km=np.full(queries, np.inf),
        crossed=np.zeros((queries, words), dtype=np.uint64),
        arrived=np.full(queries, -1, dtype=np.int64),
        dist=np.full(vertices, np.inf),
        came_from=np.full(vertices, _NOWHERE, dtype=np.int64),
        via=np.full(vertices + 1, -1, dtype=np.int64),
    )
    kernel = compiled()
    if kernel is None:
        for q in range(queries):
            _search_in_numpy(trip, refused[q], found, q)
        return found
    bound = np.zeros(vertices) if bound_km is None else np.ascontiguousarray(bound_km)
    start, end = trip.start, trip.end
    kernel.run(
        "ways",
        (vertices, len(trip.to), sets, words, len(start.km), len(end.km), queries),
        (),
        (
            *(trip.first, trip.to, trip.km, trip.crossing, trip.sets),
            *(start.vertex, start.km, start.sets, end.vertex, end.km, end.sets),
            *(bound, np.ascontiguousarray(refused)),
            *(np.empty(sets, dtype=np.uint8), np.empty(vertices, dtype=np.int64)),
            *(found.dist, found.came_from, found.via),
            *(np.empty(2 * vertices), np.empty(vertices, dtype=np.int32)),
            *(found.km, found.arrived, found.crossed),
        ),
    )
    return found


def _open(sets: np.ndarray, refused: np.ndarray) -> np.ndarray:
    return ~((sets & refused) > 0).any(axis=1)


def _search_in_numpy(trip: Trip, refused: np.ndarray, found: Found, q: int) -> None:
    """Relax every open line again and again until nothing gets shorter."""
    vertices = len(trip.first) - 1
    by_link, link, direct = _start(trip.start, refused, vertices)
    km = np.where(_open(trip.sets, refused)[trip.crossing], trip.km, np.inf)
    dist = by_link
    shorter = True
    while shorter:
        relaxed = np.minimum(dist, least_by_row(dist[trip.to] + km, trip.first))
        shorter = bool((relaxed < dist).any())
        dist = relaxed
    found.dist[:] = dist
    _trace(trip, found, km, (by_link, link))
    found.via[vertices] = direct
    usable = np.flatnonzero(_open(trip.end.sets, refused))
    lengths = dist[trip.end.vertex[usable]] + trip.end.km[usable]
    straight = trip.start.km[direct] if direct >= 0 else np.inf
    best = min(float(lengths.min(initial=np.inf)), float(straight))
    if np.isinf(best):
        return
    found.km[q] = best
    if straight == best:
        found.arrived[q] = len(trip.end.km)
        found.crossed[q] = trip.start.sets[direct]
        return
    taken = int(usable[np.argmin(lengths)])
    found.arrived[q] = taken
    found.crossed[q] = trip.end.sets[taken]
    vertex = int(trip.end.vertex[taken])
    while found.came_from[vertex] >= 0:
        found.crossed[q] |= trip.sets[found.via[vertex]]
        vertex = int(found.came_from[vertex])
    found.crossed[q] |= trip.start.sets[found.via[vertex]]


def _start(start: Links, refused: np.ndarray, vertices: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Return each vertex's shortest open link from the start, its number, and the direct one's."""
    usable = np.flatnonzero(_open(start.sets, refused))
    usable = usable[np.argsort(-start.km[usable], kind="stable")]  # the shortest is written last
    km, link = np.full(vertices + 1, np.inf), np.full(vertices + 1, -1)
    km[start.vertex[usable]] = start.km[usable]
    link[start.vertex[usable]] = usable
    return km[:-1], link[:-1], int(link[-1])


def least_by_row(
    values: Float[np.ndarray, " value"], first: Int[np.ndarray, " row_and_one"]
) -> Float[np.ndarray, " row"]:
    """Return the least value of each row.

    Parameters
    ----------
    values
        Row after row [any unit].
    first
        Where each row begins, and where the last ends.

    Returns
    -------
    numpy.ndarray
        Least values, infinity for an empty row [the same unit].

    Notes
    -----
    Source: definition.
    """
    padded = np.append(values, np.inf)
    least = np.minimum.reduceat(padded, np.minimum(first[:-1], len(values)))
    return np.where(first[:-1] < first[1:], least, np.inf)


def _trace(trip: Trip, found: Found, km: np.ndarray, links: tuple[np.ndarray, np.ndarray]) -> None:
    """Say where each vertex was come to from. A line back is as long as there."""
    vertices = len(trip.first) - 1
    own = np.repeat(np.arange(vertices), np.diff(trip.first))
    tight = np.isfinite(found.dist[own]) & (found.dist[trip.to] + km == found.dist[own])
    lines = np.flatnonzero(tight)[::-1]  # the first of several is written last
    found.came_from[own[lines]] = trip.to[lines]
    found.via[own[lines]] = trip.crossing[lines]
    by_link, link = links
    linked = np.isfinite(by_link) & (by_link == found.dist)
    found.came_from[linked] = _BY_LINK
    found.via[:-1][linked] = link[linked]

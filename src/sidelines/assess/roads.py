"""Roadmaps as the mechanisms want them, each made once."""

from dataclasses import replace
from functools import cache, lru_cache

import numpy as np

from sidelines.facts.roads import Roads, load_roads
from sidelines.facts.shipped_links import air_sets, line_order, load_air_links, load_sea_links
from sidelines.facts.spanner import load_spanner
from sidelines.reach.distance import geodesic_km, lines_km
from sidelines.reach.links import attach, attach_port
from sidelines.reach.roadmap import Chart, Roadmap, build_roadmap, touching
from sidelines.reach.trip import Links
from sidelines.reach.walk import cells_at, unit_vectors
from sidelines.terms.roles import Means

__all__ = ["PORT_WITHIN_KM", "air_area_at", "air_links_at", "links_at", "main_roads", "roadmap"]

PORT_WITHIN_KM = 100.0


@cache
def roadmap(means: Means) -> Roadmap:
    """Return the roadmap of the air or of the sea, in terms of areas."""
    return _built(load_roads(means))


@cache
def main_roads(means: Means) -> Roadmap:
    """Return a roadmap that is soon searched: by air a spanner, whose ways are hardly longer."""
    if means is Means.SEA:
        return roadmap(means)
    roads = load_roads(means)
    kept = load_spanner(len(roads.pairs))
    used, crossing = np.unique(roads.crossing[kept], return_inverse=True)
    return _built(replace(roads, pairs=roads.pairs[kept], crossing=crossing, sets=roads.sets[used]))


@lru_cache(maxsize=4096)
def links_at(means: Means, lat: float, lon: float) -> Links | None:
    """Return the lines that join a place to a roadmap; None for a port without water near.

    Those of places in our tables are shipped; others are looked for.
    """
    if means is Means.AIR:
        return air_links_at(lat, lon)
    known = _known(means).get((lat, lon))
    if known is not None:
        return _port_links(known)
    return attach_port(roadmap(means), np.array([lat, lon]), within_km=PORT_WITHIN_KM)


@lru_cache(maxsize=4096)
def air_links_at(lat: float, lon: float) -> Links:
    """Return the lines that join a place to the roadmap of the air."""
    point, known = np.array([lat, lon]), _known(Means.AIR).get((lat, lon))
    vertex = touching(main_roads(Means.AIR), point)
    if known is not None and len(vertex) == _air_links().count[known]:
        return _field_links(known, point, vertex)
    return attach(main_roads(Means.AIR), point)


def air_area_at(lat: float, lon: float) -> str | None:
    """Return the area of the air over a place, None over what is nobody's."""
    roads = main_roads(Means.AIR)
    grid = roads.chart.grid
    rows, columns = grid.shape
    (cell,) = cells_at(unit_vectors(np.array([[lat, lon]])), rows=rows, columns=columns)
    area = int(grid.reshape(-1)[cell]) - 1
    return roads.areas[area] if area >= 0 else None


_air_links, _sea_links = cache(load_air_links), cache(load_sea_links)


@cache
def _known(means: Means) -> dict[tuple[float, float], int]:
    """Return the numbers of the places whose links are shipped."""
    places = _sea_links().places if means is Means.SEA else _air_links().places
    return {(lat, lon): number for number, (lat, lon) in enumerate(places.tolist())}


def _field_links(number: int, point: np.ndarray, vertex: np.ndarray) -> Links:
    held, air = _air_links(), main_roads(Means.AIR)
    order = line_order(held.place_vectors[number], held.vectors[vertex])
    return Links(
        point=point,
        vertex=vertex,
        km=geodesic_km(point, air.points[vertex]),
        sets=air_sets(held, number, order),
    )


def _port_links(number: int) -> Links | None:
    held = _sea_links()
    part = slice(held.first[number], held.first[number + 1])
    if part.start == part.stop:
        return None
    return Links(
        point=held.water[number],
        vertex=held.vertex[part],
        km=held.km[part],
        sets=held.sets[held.crossing[part]],
    )


def _built(roads: Roads) -> Roadmap:
    km = lines_km(roads.points, roads.pairs)
    if len(roads.given_km):
        km[-len(roads.given_km) :] = roads.given_km
    return build_roadmap(
        roads.points,
        roads.pairs,
        km=km,
        crossing=roads.crossing,
        sets=roads.sets,
        areas=roads.areas,
        wedge=roads.wedge,
        chart=Chart(
            grid=roads.grid,
            gates=np.ascontiguousarray(roads.gates),
            gate_areas=roads.gate_areas,
            step_km=roads.step_km,
            graze_km=roads.graze_km,
            slack_deg=roads.slack_deg,
        ),
    )

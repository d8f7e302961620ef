"""Roadmaps as the mechanisms want them, each made once."""

from functools import cache, lru_cache

import numpy as np

from sidelines.facts.roads import Roads, load_roads
from sidelines.facts.spanner import load_spanner
from sidelines.reach.distance import lines_km
from sidelines.reach.links import attach, attach_port
from sidelines.reach.roadmap import Chart, Roadmap, build_roadmap
from sidelines.reach.trip import Links
from sidelines.terms.arrays import Bool
from sidelines.terms.roles import Means

__all__ = ["links_at", "main_roads", "roadmap"]

_PORT_WITHIN_KM = 100.0


@cache
def roadmap(means: Means) -> Roadmap:
    """Return the roadmap of the air or of the sea, in terms of areas."""
    return _built(load_roads(means), kept=slice(None))


@cache
def main_roads(means: Means) -> Roadmap:
    """Return a roadmap that is soon searched: by air a spanner, whose ways are hardly longer."""
    if means is Means.SEA:
        return roadmap(means)
    roads = load_roads(means)
    return _built(roads, kept=load_spanner(len(roads.pairs)))


@lru_cache(maxsize=4096)
def links_at(means: Means, lat: float, lon: float) -> Links | None:
    """Return the lines that join a place to a roadmap; None for a port without water near."""
    point = np.array([lat, lon])
    if means is Means.SEA:
        return attach_port(roadmap(means), point, within_km=_PORT_WITHIN_KM)
    return attach(main_roads(means), point)


def _built(roads: Roads, *, kept: slice | Bool[np.ndarray, " line"]) -> Roadmap:
    pairs = roads.pairs[kept]
    km = lines_km(roads.points, pairs)
    if len(roads.given_km):
        km[-len(roads.given_km) :] = roads.given_km
    return build_roadmap(
        roads.points,
        pairs,
        km=km,
        crossing=roads.crossing[kept],
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

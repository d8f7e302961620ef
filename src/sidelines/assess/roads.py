"""Roadmaps as the mechanisms want them, each made once."""

from functools import cache

import numpy as np

from sidelines.facts.roads import load_roads
from sidelines.reach.distance import lines_km
from sidelines.reach.roadmap import Chart, Roadmap, build_roadmap
from sidelines.terms.roles import Means

__all__ = ["roadmap"]


@cache
def roadmap(means: Means) -> Roadmap:
    """Return the roadmap of the air or of the sea, in terms of areas."""
    roads = load_roads(means)
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

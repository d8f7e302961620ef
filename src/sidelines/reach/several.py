"""Trips from any of several places to any of several others."""

from collections.abc import Sequence

import numpy as np

from sidelines.reach.distance import geodesic_km
from sidelines.reach.links import sight_lines
from sidelines.reach.roadmap import Roadmap
from sidelines.reach.trip import Links, Places, Trip

__all__ = ["join_all"]


def join_all(roadmap: Roadmap, starts: Sequence[Links], ends: Sequence[Links]) -> Trip:
    """Return a trip from any of some attached points to any of others.

    Parameters
    ----------
    roadmap
        All were attached to it [km].
    starts, ends
        Their links, at least one each [km].

    Returns
    -------
    Trip
        What a search needs; the best way is that between the best two places [km].

    Notes
    -----
    Source: definition.
    """
    places = [np.array([one.point for one in some]) for some in (starts, ends)]
    direct, arriving = zip(*(_direct(roadmap, start, places[1]) for start in starts), strict=True)
    leaving = [part for pair in zip(starts, direct, strict=True) for part in pair]
    beyond = [
        part
        for start, ended in zip(starts, arriving, strict=True)
        for part in (np.full(len(start.km), -1), ended)
    ]
    return Trip(
        points=roadmap.points,
        first=roadmap.first,
        to=roadmap.to,
        km=roadmap.km,
        crossing=roadmap.crossing,
        sets=roadmap.sets,
        names=roadmap.areas,
        start=_together(leaving),
        end=_together(ends),
        places=Places(
            start=places[0],
            end=places[1],
            of_start=_owners([len(a.km) + len(b.km) for a, b in zip(starts, direct, strict=True)]),
            of_end=_owners([len(one.km) for one in ends]),
            direct_end=np.concatenate(beyond).astype(np.int64),
        ),
    )


def _direct(roadmap: Roadmap, start: Links, ends: np.ndarray) -> tuple[Links, np.ndarray]:
    """Return the direct lines from a point, and the place that each leads to."""
    seen, sets = sight_lines(roadmap.chart, start.point, ends, words=roadmap.words)
    there = np.flatnonzero(seen)
    lines = Links(
        point=start.point,
        vertex=np.full(len(there), len(roadmap.points)),
        km=geodesic_km(start.point, ends[there]),
        sets=sets[there],
    )
    return lines, there


def _together(links: Sequence[Links]) -> Links:
    return Links(
        point=links[0].point,
        vertex=np.concatenate([one.vertex for one in links]).astype(np.int64),
        km=np.concatenate([one.km for one in links]),
        sets=np.concatenate([one.sets for one in links]),
    )


def _owners(counts: list[int]) -> np.ndarray:
    return np.repeat(np.arange(len(counts)), counts)

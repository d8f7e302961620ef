"""Lengths between many points at once."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sidelines.reach.distance import geodesic_km
from sidelines.reach.links import sight_lines
from sidelines.reach.roadmap import Roadmap
from sidelines.reach.search import least_by_row, search
from sidelines.reach.trip import Links, Trip
from sidelines.terms.arrays import Float, UInt

__all__ = ["lengths_km"]


def lengths_km(
    roadmap: Roadmap, ends: Sequence[Links], refused: UInt[np.ndarray, " word"]
) -> Float[np.ndarray, "end end"]:
    """Return the length of the best way between every two of several points.

    Parameters
    ----------
    roadmap
        What they are joined to [km].
    ends
        The points, each with its links.
    refused
        Areas that may not be crossed, as words.

    Returns
    -------
    numpy.ndarray
        Lengths [km], NaN where there is no way.

    Notes
    -----
    Source: see `sidelines.reach.search.search`; one search a point, to everywhere.
    """
    points = np.array([end.point for end in ends])
    vertex = np.concatenate([end.vertex for end in ends])
    km = np.concatenate([end.km for end in ends])
    sets = np.concatenate([end.sets for end in ends])
    km = np.where(((sets & refused) > 0).any(axis=1), np.inf, km)
    first = np.cumsum([0, *(len(end.vertex) for end in ends)])
    lengths = np.full((len(ends), len(ends)), np.inf)
    for n, start in enumerate(ends):
        dist = search(_everywhere(roadmap, start), refused[None]).dist
        lengths[n] = least_by_row(dist[vertex] + km, first)
        seen, crossed = sight_lines(roadmap.chart, start.point, points[n:], words=roadmap.words)
        usable = seen & ~((crossed & refused) > 0).any(axis=1)
        direct = np.where(usable, geodesic_km(start.point, points[n:]), np.inf)
        lengths[n, n:] = np.minimum(lengths[n, n:], direct)
    np.fill_diagonal(lengths, 0.0)
    lengths = np.minimum(lengths, lengths.T)
    return np.where(np.isfinite(lengths), lengths, np.nan)


def _everywhere(roadmap: Roadmap, start: Links) -> Trip:
    """Return a trip from a point to every vertex."""
    nowhere = replace(start, vertex=start.vertex[:0], km=start.km[:0], sets=start.sets[:0])
    return Trip(
        points=roadmap.points,
        first=roadmap.first,
        to=roadmap.to,
        km=roadmap.km,
        crossing=roadmap.crossing,
        sets=roadmap.sets,
        names=roadmap.areas,
        start=start,
        end=nowhere,
    )

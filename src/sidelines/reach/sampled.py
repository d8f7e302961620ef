"""Lengths of the best way in many draws, near enough and soon."""

from dataclasses import dataclass, replace

import numpy as np

from sidelines.reach.denials import pack
from sidelines.reach.search import search
from sidelines.reach.trip import Trip
from sidelines.terms.arrays import Bool, Float, UInt

__all__ = ["Sampled", "sampled"]

_FIRST, _MOST = 4, 32  # draws looked at together: few while little is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """A way in each draw.

    - `km` (draw): its length [km], infinite where there is none
    - `crossed` (draw, word): whom it crosses
    """

    km: Float[np.ndarray, " draw"]
    crossed: UInt[np.ndarray, "draw word"]


def sampled(trip: Trip, refusals: Bool[np.ndarray, "draw holder"], *, slack: float) -> Sampled:
    """Return a way in each draw, at most `slack` longer than the best.

    As `sidelines.reach.denials.spread` does, refusals are taken to heart only when they are met. A
    way found for one draw serves every other that leaves it open, if it is near enough to the
    length that the draw's known refusals leave at best. Whether there is a way is exact.

    Parameters
    ----------
    trip
        From where to where, over what; its sets speak of the holders that are drawn [km].
    refusals
        Whether each holder refuses, in each draw.
    slack
        How much longer than the best a way may be, as a share of its length, at least zero [1].

    Returns
    -------
    Sampled
        Lengths [km].

    Notes
    -----
    Source: the design is ours; see `sidelines.reach.denials.spread`.
    """
    drawn, inverse = np.unique(pack(refusals, words=trip.words), axis=0, return_inverse=True)
    common = np.bitwise_and.reduce(drawn, axis=0)[None] if len(drawn) else drawn
    nodes = _Nodes(trip=trip, bound=_bound_km(trip, common))
    nodes.add(common)
    chosen = np.full(len(drawn), -1)
    at, many = 0, _FIRST
    while at < len(drawn):
        left = np.arange(at, min(at + many, len(drawn)))
        at, many = at + many, min(2 * many, _MOST)
        while left.size:
            least, best = nodes.compared(drawn[left])
            shut = np.isinf(nodes.km[least])
            near = (best >= 0) & (nodes.km[best] <= nodes.km[least] * (1.0 + slack))
            done = shut | near
            chosen[left[done]] = np.where(shut, least, best)[done]
            left, least = left[~done], least[~done]
            if left.size:
                met = nodes.crossed[least] & drawn[left]
                nodes.add(np.unique(nodes.refused[least] | met, axis=0))
    row = chosen[inverse.reshape(-1)]
    return Sampled(km=nodes.km[row], crossed=nodes.crossed[row])


def _bound_km(trip: Trip, refused: np.ndarray) -> np.ndarray:
    """Return each vertex's distance to the end under refusals that are common to all draws."""
    end = trip.end
    nowhere = replace(end, vertex=end.vertex[:0], km=end.km[:0], sets=end.sets[:0])
    return search(replace(trip, start=end, end=nowhere), refused).dist


class _Nodes:
    """What is known: refusals, the best way under them, whom it crosses."""

    def __init__(self, trip: Trip, bound: Float[np.ndarray, " vertex"]) -> None:
        self._trip, self._bound = trip, bound
        self.refused = np.empty((0, trip.words), dtype=np.uint64)
        self.km = np.empty(0)
        self.crossed = self.refused
        self.many = np.empty(0, dtype=np.int64)

    def add(self, refused: UInt[np.ndarray, "node word"]) -> None:
        """Look for the best way under more sets of refusals."""
        found = search(self._trip, refused, bound_km=self._bound)
        self.refused = np.concatenate([self.refused, refused])
        self.km = np.concatenate([self.km, found.km])
        self.crossed = np.concatenate([self.crossed, found.crossed])
        bits = np.unpackbits(np.ascontiguousarray(refused).view(np.uint8), axis=1)
        self.many = np.concatenate([self.many, bits.sum(axis=1, dtype=np.int64)])

    def compared(self, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the node whose length no way of a draw can beat, and the best open one or -1.

        Of nodes of one length the one that knows of most refusals, so that every look adds some.
        """
        rows = drawn[:, None]
        below = ~(self.refused & ~rows).any(axis=2)
        least_km = np.where(below, self.km, -1.0)
        longest = least_km == least_km.max(axis=1, keepdims=True)
        least = np.where(longest, self.many, -1).argmax(axis=1)
        free = ~(self.crossed & rows).any(axis=2) & np.isfinite(self.km)
        best = np.where(free, self.km, np.inf).argmin(axis=1)
        return least, np.where(free.any(axis=1), best, -1)

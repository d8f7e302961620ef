"""A trip: the lines of a roadmap, and the lines that join its two ends to them."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Float, Int, UInt

__all__ = ["Links", "Trip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Lines between a point and the vertices that it sees.

    - `point` (2): latitude and longitude [degrees]
    - `vertex` (link): numbers; at a trip's start the number of vertices means the trip's end itself
    - `km` (link): lengths
    - `sets` (link, word): the areas that each crosses
    """

    point: Float[np.ndarray, " 2"]
    vertex: Int[np.ndarray, " link"]
    km: Float[np.ndarray, " link"]
    sets: UInt[np.ndarray, "link word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What a search needs: lines there and back, the areas each crosses, the two ends.

    Sets may speak of areas or, narrowed, of those who hold them; `names` says of whom.
    """

    points: Float[np.ndarray, "vertex 2"]
    first: Int[np.ndarray, " vertex_and_one"]
    to: Int[np.ndarray, " line"]
    km: Float[np.ndarray, " line"]
    crossing: Int[np.ndarray, " line"]
    sets: UInt[np.ndarray, "set word"]
    names: tuple[str, ...]
    start: Links
    end: Links

    @property
    def words(self) -> int:
        """How many words a set takes."""
        return int(self.sets.shape[1])

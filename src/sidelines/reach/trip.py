"""A trip: the lines of a roadmap, and the lines that join its two ends to them."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Float, Int, UInt

__all__ = ["Links", "Places", "Trip"]


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
class Places:
    """Which of several places the links of a trip's two ends belong to.

    - `start`, `end` (place, 2): latitude and longitude [degrees]
    - `of_start`, `of_end` (link): the place of each link, at its own end
    - `direct_end` (link): for direct lines, the place at the other end; -1 for links to vertices
    """

    start: Float[np.ndarray, "start 2"]
    end: Float[np.ndarray, "end 2"]
    of_start: Int[np.ndarray, " start_link"]
    of_end: Int[np.ndarray, " end_link"]
    direct_end: Int[np.ndarray, " start_link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What a search needs: lines there and back, the areas each crosses, the two ends.

    Sets may speak of areas or, narrowed, of those who hold them; `names` says of whom. `places` is
    None for a trip from one place to another.
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
    places: Places | None = None

    @property
    def words(self) -> int:
        """How many words a set takes."""
        return int(self.sets.shape[1])

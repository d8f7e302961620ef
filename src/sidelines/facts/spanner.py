"""Which lines of the roadmap of the air a quick search may keep to."""

from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np

from sidelines.terms.arrays import Bool

__all__ = ["load_spanner", "spanner_stretch"]


def load_spanner(lines: int) -> Bool[np.ndarray, " line"]:
    """Return which of the shipped lines are kept, as `tools/thin_roadmaps.py` chose them.

    Whoever refuses what, the best way over the kept lines is at most `spanner_stretch` times as
    long as the best of all.
    """
    with _file().open("rb") as file, np.load(file) as held:
        return np.unpackbits(held["air"], count=lines).astype(bool)


def spanner_stretch() -> float:
    """Return how much longer a way over the kept lines may be, as a multiple of the best."""
    with _file().open("rb") as file, np.load(file) as held:
        return float(held["stretch"])


def _file() -> Traversable:
    return resources.files("sidelines.facts").joinpath("roadmaps", "spanner.npz")

"""Which lines of the roadmap of the air a quick search may keep to."""

from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np

from sidelines.terms.arrays import Bool

__all__ = ["load_spanner"]


def load_spanner(lines: int) -> Bool[np.ndarray, " line"]:
    """Return which of the shipped lines are kept, as `tools/thin_roadmaps.py` chose them.

    Whoever refuses what, the best way over the kept lines is at most 1.01 times as long as
    the best of all.
    """
    with _file().open("rb") as file, np.load(file) as held:
        return np.unpackbits(held["air"], count=lines).astype(bool)


def _file() -> Traversable:
    return resources.files("sidelines.facts").joinpath("roadmaps", "spanner.npz")

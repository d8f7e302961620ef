"""Multinational military exercises, 1980 to 2010: who trained with whom."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.codes import cow_of_gw
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["Exercises", "load_exercises"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercises:
    """Exercises by COW number of a participant and year."""

    attended: Mapping[tuple[int, int], frozenset[str]]

    def together(self, a: int, b: int, year: int) -> int | None:
        """Return in how many exercises two states both took part, or None outside coverage."""
        if not entry("exercises").covers(year):
            return None
        one, other = (
            self.attended.get((cow_of_gw(state, year), year), frozenset()) for state in (a, b)
        )
        return len(one & other)


@once_per_folder
def load_exercises() -> Exercises:
    """Return the exercises of the user's copy."""
    names = ["MMEID", "gwcode", "year"]
    columns = read("exercises", "multinational_military_exercises_1980_2010.parquet", names)
    attended: dict[tuple[int, int], set[str]] = {}
    for exercise, gw, year in zip(*(columns[name].tolist() for name in names), strict=True):
        if not np.isnan(gw):
            cow = cow_of_gw(int(gw), year, dataset="exercises")
            attended.setdefault((cow, year), set()).add(exercise)
    return Exercises(attended={key: frozenset(held) for key, held in attended.items()})

"""Ideal points of states in the UN General Assembly, estimated from all votes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.by_state_year import by_state_year
from sidelines.facts.official.folder import once_per_folder

__all__ = ["IdealPoints", "load_ideal_points"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdealPoints:
    """Where each state stands, by COW number and year; all votes to 2023, final ones to 2024."""

    all_votes: Mapping[tuple[int, int], float]

    def point(self, cow: int, year: int) -> float | None:
        """Return a state's ideal point from all votes [UN ideal points], or None."""
        return self.all_votes.get((cow, year))


@once_per_folder
def load_ideal_points() -> IdealPoints:
    """Return the ideal points of the user's copy."""
    file = "ideal_points_july2025.parquet"
    return IdealPoints(all_votes=by_state_year("un", file, value="idealpointall"))

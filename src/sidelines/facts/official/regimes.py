"""How democratic states are."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.by_state_year import by_state_year
from sidelines.facts.official.folder import once_per_folder

__all__ = ["Regimes", "load_regimes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimes:
    """V-Dem's electoral democracy index, by COW number and year."""

    electoral: Mapping[tuple[int, int], float]

    def polyarchy(self, cow: int, year: int) -> float | None:
        """Return V-Dem's electoral democracy index [0 to 1], or None."""
        return self.electoral.get((cow, year))


@once_per_folder
def load_regimes() -> Regimes:
    """Return the regime scores of the user's copy."""
    file = "regime_scores.parquet"
    return Regimes(electoral=by_state_year("democracy", file, value="v2x_polyarchy"))

"""National material capabilities: each state's share of the world's, by year."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.by_state_year import by_state_year
from sidelines.facts.official.folder import once_per_folder

__all__ = ["Capabilities", "load_capabilities"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """The Composite Index of National Capability (CINC), by COW number and year."""

    shares: Mapping[tuple[int, int], float]

    def cinc(self, cow: int, year: int) -> float | None:
        """Return a state's CINC [share], or None. A world's shares may sum to a little over 1."""
        return self.shares.get((cow, year))


@once_per_folder
def load_capabilities() -> Capabilities:
    """Return the capabilities of the user's copy of the NMC."""
    return Capabilities(shares=by_state_year("nmc", "cow_nmc_v7_0.parquet", value="cinc"))

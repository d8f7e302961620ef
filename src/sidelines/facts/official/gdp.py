"""Gross domestic product and population of states, as estimated over two centuries."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.by_state_year import by_state_year
from sidelines.facts.official.folder import once_per_folder

__all__ = ["Products", "load_products"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """Posterior means of Fariss et al. (2022), by COW number and year, 1816 to 2019."""

    real: Mapping[tuple[int, int], float]
    people: Mapping[tuple[int, int], float]

    def real_gdp(self, cow: int, year: int) -> float | None:
        """Return real GDP as the Penn World Table has it [million PPP US dollars], or None."""
        return self.real.get((cow, year))

    def population(self, cow: int, year: int) -> float | None:
        """Return the population [million people], or None."""
        return self.people.get((cow, year))


@once_per_folder
def load_products() -> Products:
    """Return the products of the user's copy."""
    file = "gdppop_fariss_etal_2022.parquet"
    return Products(
        real=by_state_year("gdp", file, value="pwtrgdp"),
        people=by_state_year("gdp", file, value="pwtpop"),
    )

"""Active-duty troops of the United States abroad, by host and year."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from sidelines.facts.official.codes import cow_of_gw
from sidelines.facts.official.folder import once_per_folder, read
from sidelines.facts.official.gaps import is_gap

__all__ = ["Deployments", "load_deployments"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployments:
    """Persons on active duty by host (COW number) and year, 1950 to 2025.

    The figure of a year is the median of the quarters reported. What is known to be missing is
    None; other zeros may be gaps too, and 1951 and 1952 are interpolated in the source.
    """

    persons: Mapping[tuple[int, int], float]

    def troops(self, host: int, year: int) -> float | None:
        """Return how many troops of the United States were in a country [persons], or None."""
        return self.persons.get((cow_of_gw(host, year), year))


@once_per_folder
def load_deployments() -> Deployments:
    """Return the deployments of the user's copy."""
    names = ["ccode", "year", "quarter", "troops_ad"]
    columns = read("us_troops", "troops_country_quarter.parquet", names)
    quarters: dict[tuple[int, int], dict[int, int]] = {}
    for number, year, quarter, troops in zip(
        *(columns[name].tolist() for name in names), strict=True
    ):
        host = cow_of_gw(number, year)
        if not is_gap("us_troops", host, year):
            held = quarters.setdefault((host, year), {})
            held[quarter] = held.get(quarter, 0) + troops
    return Deployments(
        persons={key: float(median(held.values())) for key, held in quarters.items()}
    )

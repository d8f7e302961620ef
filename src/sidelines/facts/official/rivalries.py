"""Strategic rivalries (Thompson, Sakuwa and Suhas): which states see each other as enemies."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.folder import once_per_folder, read
from sidelines.facts.official.pairs import unordered

__all__ = ["Rivalries", "load_rivalries"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivalries:
    """First and last years of rivalries, by unordered pair; those open in `last_year` go on."""

    spells: Mapping[tuple[int, int], tuple[tuple[int, int], ...]]
    last_year: int

    def rivals(self, a: int, b: int, year: int) -> bool | None:
        """Tell whether two states are rivals, or None outside the years that were coded.

        Past `last_year` it is for the caller to take open rivalries as going on.
        """
        if not entry("rivalries").first_year <= year <= self.last_year:
            return None
        return any(first <= year <= last for first, last in self.spells.get(unordered(a, b), ()))


@once_per_folder
def load_rivalries() -> Rivalries:
    """Return the rivalries of the user's copy."""
    names = ["ccode1", "ccode2", "start", "end"]
    columns = read("rivalries", "tss_strategic_rivalries.csv", names)
    spells: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for a, b, first, last in zip(*(columns[name].tolist() for name in names), strict=True):
        spells.setdefault(unordered(a, b), []).append((first, last))
    return Rivalries(
        spells={pair: tuple(sorted(held)) for pair, held in spells.items()},
        last_year=entry("rivalries").last_year,
    )

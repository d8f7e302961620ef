"""Direct contiguity (COW): whether states touch, over land or over how much water."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.folder import once_per_folder, read
from sidelines.facts.official.pairs import unordered

__all__ = ["APART", "Contiguity", "load_contiguity"]

_NONE = 0  # how the file says that two states were apart (Alaska and Siberia before 1959)
APART = 6  # farther than 400 miles of water: in none of the five kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Contiguity:
    """Spells (first year, last year, kind) by unordered pair."""

    spells: Mapping[tuple[int, int], tuple[tuple[int, int, int], ...]]
    last_year: int

    def kind(self, a: int, b: int, year: int, *, carry: bool = False) -> int | None:
        """Return 1 land, 2 to 5 at most 12, 24, 150 or 400 miles of water, 6 farther, or None.

        With `carry` what held in the last year of the data is taken to go on. A year in which the
        kind changed has the nearer one.
        """
        asked = min(year, self.last_year) if carry else year
        if not entry("contiguity").first_year <= asked <= self.last_year:
            return None
        held = self.spells.get(unordered(a, b), ())
        return min((kind for first, last, kind in held if first <= asked <= last), default=APART)


@once_per_folder
def load_contiguity() -> Contiguity:
    """Return which states touch, from the user's copy."""
    names = ["ccode1", "ccode2", "stdate", "enddate", "conttype"]
    columns = read("contiguity", "cow_contiguity_v3_2.csv", names)
    spells: dict[tuple[int, int], set[tuple[int, int, int]]] = {}
    for a, b, start, end, kind in zip(*(columns[name].tolist() for name in names), strict=True):
        if kind != _NONE:
            spells.setdefault(unordered(a, b), set()).add((int(start[:4]), int(end[:4]), kind))
    return Contiguity(
        spells={pair: tuple(sorted(held)) for pair, held in spells.items()},
        last_year=entry("contiguity").last_year,
    )

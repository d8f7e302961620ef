"""Who counts as a major, regional or global power, and who is a member of the state system."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["Powers", "load_powers"]

Spells = Mapping[int, tuple[tuple[int, int], ...]]
_OPEN = {"system": 2016, "majors": 2016, "powers": 2019}  # last years of spells that were open


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """Spells (first year, last year) by COW number; a spell that was open at the end goes on.

    - `major`: major powers of the Correlates of War
    - `powers`: regional and global powers of Maoz (2010)
    - `members`: of the state system
    """

    major: Spells
    powers: Spells
    members: Spells

    def in_year(self, year: int) -> dict[int, bool]:
        """Return the powers of a year that are members of the system, and whether each is major."""
        found = {cow for spells in (self.major, self.powers) for cow in spells}
        return {
            cow: _within(self.major, cow, year)
            for cow in sorted(found)
            if (_within(self.major, cow, year) or _within(self.powers, cow, year))
            and _within(self.members, cow, year)
        }


def _within(spells: Spells, cow: int, year: int) -> bool:
    return any(first <= year <= last for first, last in spells.get(cow, ()))


@once_per_folder
def load_powers() -> Powers:
    """Return the powers of the user's copies. Source: Correlates of War (2017); Maoz (2010)."""
    columns = ["ccode", "styear", "endyear"]
    return Powers(
        major=_spells("cow_majors.csv", columns, still=_OPEN["majors"]),
        powers=_maoz(),
        members=_spells("cow_system.csv", columns, still=_OPEN["system"]),
    )


def _spells(file: str, columns: list[str], *, still: int) -> Spells:
    rows = read("states", file, columns)
    found: dict[int, list[tuple[int, int]]] = {}
    for cow, first, last in zip(*(rows[name].tolist() for name in columns), strict=True):
        found.setdefault(cow, []).append((first, 9999 if last >= still else last))
    return {cow: tuple(held) for cow, held in found.items()}


def _maoz() -> Spells:
    names = ["ccode", "regstdate", "regenddate", "globstdate", "globenddate"]
    rows = read("states", "maoz_regional_global_powers.csv", names)
    found: dict[int, list[tuple[int, int]]] = {}
    for cow, *days in zip(*(rows[name].tolist() for name in names), strict=True):
        for begun, ended in (days[:2], days[2:]):
            if begun:
                last = int(ended[:4])
                spell = (int(begun[:4]), 9999 if last >= _OPEN["powers"] else last)
                found.setdefault(cow, []).append(spell)
    return {cow: tuple(held) for cow, held in found.items()}

"""Which states have nuclear weapons."""

from dataclasses import dataclass

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.codes import cow_of_name
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["NuclearWeapons", "load_nuclear_weapons"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NuclearWeapons:
    """The states that possessed nuclear weapons, as (COW number, year)."""

    possessors: frozenset[tuple[int, int]]

    def has_weapons(self, cow: int, year: int) -> bool | None:
        """Tell whether a state possessed nuclear weapons, or None after the last year coded.

        The source names every state that ever had them: any other had none, and nobody before it
        begins.
        """
        return None if year > entry("nuclear").last_year else (cow, year) in self.possessors


@once_per_folder
def load_nuclear_weapons() -> NuclearWeapons:
    """Return the possession of nuclear weapons in the user's copy."""
    names = ["Entity", "Year", "nuclear_weapons_possession"]
    columns = read("nuclear", "nuclear_status_owid_bleek.csv", names)
    rows = zip(*(columns[name].tolist() for name in names), strict=True)
    held = ((cow_of_name(entity, year), year) for entity, year, possession in rows if possession)
    return NuclearWeapons(
        possessors=frozenset((cow, year) for cow, year in held if cow is not None)
    )

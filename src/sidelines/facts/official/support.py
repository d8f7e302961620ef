"""External support in armed conflicts (UCDP ESD): who supported, and with what."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.facts.official.codes import cow_number, cow_of_gw, cow_of_name, id_of_name
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["KINDS", "DyadYear", "Support", "load_support"]

_COLUMNS = {
    "troops": "troops",
    "presence": "foreign_presence",
    "access": "access_infrastructure",
    "weapons": "weapons",
    "materiel": "materiel",
    "training": "training",
    "funding": "funding",
    "intelligence": "intelligence",
    "territory": "territory",
    "other": "other",
}
KINDS = tuple(_COLUMNS)

Given = Mapping[str, bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadYear:
    """Two fighting parties in a year, and what each outside state gave, by COW number.

    Which side was supported is not in the data. A kind is None where somebody gave it and the data
    do not say who. `government` is the state of the first party.
    """

    dyad: int
    conflict: int
    year: int
    civil: bool
    government: int | None
    supporters: Mapping[int, Given]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Dyad-years with fighting, by dyad and year."""

    dyad_years: Mapping[tuple[int, int], DyadYear]

    def given(self, power: int, dyad: int, year: int) -> Given | None:
        """Return what a power gave, empty where nothing, None for a dyad-year not in the data."""
        found = self.dyad_years.get((dyad, year))
        return None if found is None else found.supporters.get(power, {})


@once_per_folder
def load_support() -> Support:
    """Return the support of the user's copies of the dyad-year file and the supporters in it."""
    supporters = _supporters()
    names = ["dyad_id", "conflict_id", "year", "civil", "gwno_a"]
    columns = read("ucdp_esd", "esd_dyad_year_v18_1.csv", names)
    rows = zip(*(columns[name].tolist() for name in names), strict=True)
    return Support(
        dyad_years={
            (dyad, year): DyadYear(
                dyad=dyad,
                conflict=conflict,
                year=year,
                civil=civil == 1,
                government=None if np.isnan(gw) else cow_of_gw(int(gw), year),
                supporters=supporters.get((dyad, year), {}),
            )
            for dyad, conflict, year, civil, gw in rows
        }
    )


def _supporters() -> dict[tuple[int, int], dict[int, Given]]:
    """Return what states gave, by dyad and year; supporters that are no states are left out."""
    keys = ["dyad_id", "year", "supporter", "supporter_is_state"]
    columns = read("ucdp_esd", "esd_supporters_long.parquet", [*keys, *_COLUMNS.values()])
    found: dict[tuple[int, int], dict[int, Given]] = {}
    rows = zip(*(columns[name].tolist() for name in keys), strict=True)
    for row, (dyad, year, name, is_state) in enumerate(rows):
        cow = _state(name, year) if is_state else None
        if cow is not None:
            given = {kind: _flag(columns[column][row]) for kind, column in _COLUMNS.items()}
            found.setdefault((dyad, year), {})[cow] = given
    return found


def _flag(value: float) -> bool | None:
    return None if np.isnan(value) else bool(value)


def _state(name: str, year: int) -> int | None:
    """Return the state whose government is named; in brackets may stand what it was before."""
    now, _, before = name.removeprefix("Government of ").rstrip(")").partition(" (")
    ids = (id_of_name(one) for one in (now, before) if one)
    numbers = (cow_number(id_, year) for id_ in ids if id_ is not None)
    return next((one for one in numbers if one is not None), cow_of_name(now, year))

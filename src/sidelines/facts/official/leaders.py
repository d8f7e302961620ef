"""Leaders of states (Archigos 4.1): who held office when, and how office was lost."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.codes import cow_of_gw
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["Leader", "Leaders", "load_leaders"]

_IN_OFFICE = "Still in Office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A spell of office: its days, how it was entered and lost; `exit` is None where it goes on."""

    name: str
    start: dt.date
    end: dt.date
    entry: str
    exit: str | None
    how: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaders:
    """Spells in order of time, by Gleditsch-Ward number as in the file."""

    spells: Mapping[int, tuple[Leader, ...]]

    def leader(self, cow: int, day: dt.date) -> Leader | None:
        """Return who led a state on a day, by COW number; the later one on a day of change."""
        if not entry("leaders").covers(day.year):
            return None
        held = [
            one
            for number, spells in self.spells.items()
            if cow_of_gw(number, day.year) == cow_of_gw(cow, day.year)
            for one in spells
            if one.start <= day <= one.end
        ]
        return max(held, key=lambda one: one.start, default=None)


@once_per_folder
def load_leaders() -> Leaders:
    """Return the leaders of the user's copy."""
    names = ["gwcode", "leader", "startdate", "enddate", "entry", "exit", "exitcode"]
    columns = read("leaders", "archigos_4_1.csv", names)
    spells: dict[int, list[Leader]] = {}
    for gw, name, start, end, way_in, way_out, how in zip(
        *(columns[column].tolist() for column in names), strict=True
    ):
        goes_on = way_out == _IN_OFFICE
        leader = Leader(
            name=name,
            start=dt.date.fromisoformat(start),
            end=dt.date.fromisoformat(end),
            entry=way_in,
            exit=None if goes_on else way_out,
            how=None if goes_on else how,
        )
        spells.setdefault(gw, []).append(leader)
    return Leaders(
        spells={gw: tuple(sorted(held, key=lambda one: one.start)) for gw, held in spells.items()}
    )

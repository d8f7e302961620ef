"""How many wars a state is fighting in a year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.codes import cow_of_gw
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["Wars", "load_wars"]

_WAR = 2  # UCDP/PRIO's intensity of at least 1,000 deaths in a year
_PARTIES = ("gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd")

Fought = dict[tuple[int, int], set[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wars:
    """Numbers of the wars of a state, by COW number and year, from two data sets.

    From 1946 on UCDP/PRIO conflicts with at least 1,000 deaths in the year in which the state is a
    primary or troop-sending party; before, inter-state wars of the Correlates of War.
    """

    fought: Mapping[tuple[int, int], frozenset[int]]

    def wars_of(self, cow: int, year: int) -> int | None:
        """Return how many wars a state is fighting, 0 where none, None outside the coverage.

        A state is found under its GW number too (Yemen 678, Germany 260 after 1990).
        """
        if not entry("cow_wars").first_year <= year <= entry("ucdp_acd").last_year:
            return None
        return len(self.fought.get((cow_of_gw(cow, year), year), ()))


@once_per_folder
def load_wars() -> Wars:
    """Return the wars of the user's copies of UCDP/PRIO and of the Correlates of War."""
    fought: Fought = {}
    for cow, year, war in (*_before_ucdp(), *_in_ucdp()):
        fought.setdefault((cow, year), set()).add(war)
    return Wars(fought={key: frozenset(wars) for key, wars in fought.items()})


def _in_ucdp() -> Iterator[tuple[int, int, int]]:
    names = ["conflict_id", "year", "intensity_level", *_PARTIES]
    columns = read("ucdp_acd", "ucdp_prio_acd_1946_2024.csv", names)
    hot = columns["intensity_level"] == _WAR
    years, conflicts = columns["year"][hot].tolist(), columns["conflict_id"][hot].tolist()
    for party in _PARTIES:
        for gw, year, conflict in zip(columns[party][hot].tolist(), years, conflicts, strict=True):
            if not np.isnan(gw):
                yield cow_of_gw(int(gw), year), year, conflict


def _before_ucdp() -> Iterator[tuple[int, int, int]]:
    spells = [("StartYear1", "EndYear1"), ("StartYear2", "EndYear2")]
    names = ["ccode", "WarNum", *(name for spell in spells for name in spell)]
    columns = read("cow_wars", "inter_state_war_v4_0.csv", names)
    first = entry("ucdp_acd").first_year
    for begun, ended in spells:
        rows = (columns[name].tolist() for name in ("ccode", "WarNum", begun, ended))
        for cow, war, start, end in zip(*rows, strict=True):
            if start > 0:
                for year in range(start, min(max(start, end), first - 1) + 1):
                    yield cow, year, war

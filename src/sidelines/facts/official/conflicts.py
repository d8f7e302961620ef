"""Armed conflicts (UCDP/PRIO): their sides, episodes, and the states that sent troops."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.codes import cow_of_gw
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["ConflictYear", "Conflicts", "Episode", "Side", "load_conflicts"]

Side = Literal["A", "B"]

_QUIET_YEARS = 2  # so many years without fighting end an episode


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictYear:
    """A conflict in a year: primary states of both sides and senders of troops, as COW numbers.

    Side A is the government that defends, or one of the states; rebels have no number, so side B
    may be empty. Intensity is 1 from 25 deaths and 2 from 1,000.
    """

    conflict: int
    year: int
    kind: str
    intensity: int
    primary: Mapping[Side, tuple[int, ...]]
    troops: Mapping[Side, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An unbroken stretch of a conflict: it ends when two years or more pass without fighting.

    `primary` lists the states of a side in the first year, those of later years after them.
    """

    conflict: int
    number: int
    years: tuple[ConflictYear, ...]
    primary: Mapping[Side, tuple[int, ...]]

    @property
    def first_year(self) -> int:
        """Return the year in which the episode began."""
        return self.years[0].year

    @property
    def last_year(self) -> int:
        """Return the last year with fighting."""
        return self.years[-1].year

    def senders(self, side: Side, *, until: int | None = None) -> frozenset[int]:
        """Return the states that sent troops to a side, up to a year if one is given."""
        last = self.last_year if until is None else until
        sent = [year.troops[side] for year in self.years if year.year <= last]
        return frozenset().union(*sent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """Conflict-years by conflict and year, and episodes in order of conflict and time."""

    years: Mapping[tuple[int, int], ConflictYear]
    episodes: tuple[Episode, ...]

    def senders(self, conflict: int, side: Side, year: int) -> frozenset[int] | None:
        """Return who sent troops to a side in a year: nobody where quiet, None outside coverage."""
        if not entry("ucdp_acd").covers(year):
            return None
        found = self.years.get((conflict, year))
        return frozenset() if found is None else found.troops[side]


@once_per_folder
def load_conflicts() -> Conflicts:
    """Return the conflicts of the user's copy of UCDP/PRIO."""
    years = {(one.conflict, one.year): one for one in _conflict_years()}
    return Conflicts(years=years, episodes=tuple(_episodes(years)))


def _conflict_years() -> Iterator[ConflictYear]:
    """Yield each conflict-year; the file has one row for each combination of its parties."""
    keys = ["conflict_id", "year", "type_of_conflict", "intensity_level"]
    parties = ["gwno_a", "gwno_b", "gwno_a_2nd", "gwno_b_2nd"]
    columns = read("ucdp_acd", "ucdp_prio_acd_1946_2024.csv", [*keys, *parties])
    rows: dict[tuple[int, int], list[int]] = {}
    pairs = zip(columns["conflict_id"].tolist(), columns["year"].tolist(), strict=True)
    for row, pair in enumerate(pairs):
        rows.setdefault(pair, []).append(row)
    for (conflict, year), held in sorted(rows.items()):
        a, b, sent_to_a, sent_to_b = (_states(columns[name][held], year) for name in parties)
        yield ConflictYear(
            conflict=conflict,
            year=year,
            kind=str(columns["type_of_conflict"][held[0]]),
            intensity=int(columns["intensity_level"][held].max()),
            primary={"A": a, "B": b},
            troops={"A": frozenset(sent_to_a), "B": frozenset(sent_to_b)},
        )


def _states(numbers: np.ndarray, year: int) -> tuple[int, ...]:
    """Return COW numbers in the order of the file, each once."""
    known = numbers[~np.isnan(numbers.astype(float))]
    return tuple(dict.fromkeys(cow_of_gw(int(number), year) for number in known))


def _episodes(years: Mapping[tuple[int, int], ConflictYear]) -> Iterator[Episode]:
    by_conflict: dict[int, list[ConflictYear]] = {}
    for one in years.values():
        by_conflict.setdefault(one.conflict, []).append(one)
    for conflict, held in by_conflict.items():
        for number, stretch in enumerate(_stretches(held), start=1):
            yield Episode(
                conflict=conflict,
                number=number,
                years=tuple(stretch),
                primary={"A": _all_of(stretch, "A"), "B": _all_of(stretch, "B")},
            )


def _stretches(held: list[ConflictYear]) -> list[list[ConflictYear]]:
    stretches: list[list[ConflictYear]] = []
    for one in held:
        if stretches and one.year - stretches[-1][-1].year <= _QUIET_YEARS:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    return stretches


def _all_of(stretch: list[ConflictYear], side: Side) -> tuple[int, ...]:
    return tuple(dict.fromkeys(state for year in stretch for state in year.primary[side]))

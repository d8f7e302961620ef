"""The world as it could be known on a day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sidelines.facts.record import Row
from sidelines.facts.table import COLUMNS, table
from sidelines.terms.errors import DataError
from sidelines.terms.states import Actor, actor

__all__ = [
    "World",
    "in_force",
    "latest",
    "load_world",
    "lookup",
    "present",
    "rows",
    "vintages",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Which rows may be used: those dated and published by `as_of`, unless later ones are let in.

    With `admit_later_vintages` (retrospective cases) a row may have been published after `as_of`,
    but must describe a day before it. With `admit_later_facts` (hindsight) nothing is dropped; the
    figure nearest to `as_of` is then used, and a spell still has to be in force on that day.
    """

    as_of: dt.date
    admit_later_vintages: bool = False
    admit_later_facts: bool = False


def load_world(as_of: dt.date, *, retrospective: bool = False, hindsight: bool = False) -> World:
    """Return the world as known on `as_of`.

    >>> load_world(dt.date(2026, 3, 4)).admit_later_facts
    False
    """
    return World(
        as_of=as_of,
        admit_later_vintages=retrospective or hindsight,
        admit_later_facts=hindsight,
    )


@lru_cache(maxsize=256)
def rows(world: World, name: str) -> tuple[Row, ...]:
    """Return the rows of a table that this world may use."""
    return tuple(row for row in table(name) if _admits(world, row))


def _admits(world: World, row: Row) -> bool:
    dated = row.date <= world.as_of or world.admit_later_facts
    return dated and (row.published <= world.as_of or world.admit_later_vintages)


def lookup(world: World, name: str, key: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the usable rows of a table whose columns hold these values."""
    columns = tuple(key)
    return _index(world, name, columns).get(tuple(key.values()), ())


@lru_cache(maxsize=256)
def _index(
    world: World, name: str, columns: tuple[str, ...]
) -> dict[tuple[str, ...], tuple[Row, ...]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows(world, name):
        found.setdefault(tuple(row.fields[column] for column in columns), []).append(row)
    return {values: tuple(part) for values, part in found.items()}


def latest(world: World, candidates: Iterable[Row]) -> Row | None:
    """Return the newest figure (under hindsight the one nearest to `as_of`), or None."""
    return min(
        candidates, key=lambda row: (abs((world.as_of - row.date).days), row.line), default=None
    )


def in_force(world: World, candidates: Iterable[Row]) -> tuple[Row, ...]:
    """Return the spells that hold on `as_of`."""
    return tuple(
        row
        for row in candidates
        if row.date <= world.as_of and (row.until is None or world.as_of <= row.until)
    )


def present(world: World, id_: str) -> Actor:
    """Return an actor that exists on `as_of`; raise for an unknown or a vanished one."""
    found = actor(id_)
    if not found.existed_on(world.as_of):
        life = f"{found.start or 'the beginning'} to {found.end or 'today'}"
        raise DataError(
            f"{found.name} ({id_}) does not exist on {world.as_of}.", hint=f"It lived from {life}."
        )
    return found


def vintages(world: World) -> dict[str, dt.date]:
    """Return the newest publication among the usable rows of each data set."""
    newest: dict[str, dt.date] = {}
    for name in COLUMNS:
        for row in rows(world, name):
            if row.dataset is not None:
                newest[row.dataset] = max(row.published, newest.get(row.dataset, row.published))
    return dict(sorted(newest.items()))

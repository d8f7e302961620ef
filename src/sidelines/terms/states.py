"""States, organisations and non-states: who may appear in a crisis, and under which names."""

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sidelines.terms.errors import NotFoundError, nearest, shown

__all__ = ["Actor", "actor", "actors", "find_actor", "is_actor", "known_actor", "suggest_actor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, organisation or non-state party, with its codes and the days it existed."""

    id: str
    name: str
    kind: str
    iso2: str
    cow: int | None
    gw: int | None
    start: dt.date | None
    end: dt.date | None
    aliases: tuple[str, ...]

    def existed_on(self, day: dt.date) -> bool:
        """Tell whether the actor existed on a day; an unknown start or end does not exclude it."""
        after_start = self.start is None or self.start <= day
        return after_start and (self.end is None or day <= self.end)


@cache
def actors() -> dict[str, Actor]:
    """Return every actor by its id."""
    text = resources.files("sidelines.terms").joinpath("states.csv").read_text(encoding="utf-8")
    return {row["id"]: _read(row) for row in csv.DictReader(text.splitlines())}


def _read(row: dict[str, str]) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        iso2=row["iso2"],
        cow=int(row["cow"]) if row["cow"] else None,
        gw=int(row["gw"]) if row["gw"] else None,
        start=dt.date.fromisoformat(row["from"]) if row["from"] else None,
        end=dt.date.fromisoformat(row["to"]) if row["to"] else None,
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
    )


@cache
def _by_name() -> dict[str, str]:
    """Return ids by folded id, name and alias; where two share a name, the living one wins."""
    names: dict[str, str] = {}
    for one in sorted(actors().values(), key=lambda a: (a.end is None, a.id)):
        for word in (*one.aliases, one.name, one.id):
            names[word.casefold()] = one.id
    return names


def is_actor(id_: str) -> bool:
    """Tell whether an id is in the table."""
    return id_ in actors()


def actor(id_: str) -> Actor:
    """Return the actor with this id, or raise `NotFoundError`."""
    try:
        return actors()[id_]
    except KeyError:
        raise NotFoundError(f"{shown(id_)} is no known state or organisation.") from None


def find_actor(word: str) -> str:
    """Return the id for an id, name or alias in any case, or raise `NotFoundError`.

    >>> find_actor("russia")
    'RUS'
    """
    try:
        return _by_name()[word.strip().casefold()]
    except KeyError:
        raise NotFoundError(
            f"{shown(word)} is no known state or organisation.", hint=suggest_actor(word)
        ) from None


def known_actor(word: str) -> str | None:
    """Return the id for an id, name or alias in any case, or None.

    >>> known_actor("nowhere") is None
    True
    """
    return _by_name().get(word.strip().casefold())


def suggest_actor(word: str) -> str:
    """Return 'Did you mean Russia (RUS)?' for a near miss, or an empty string."""
    near = nearest(word, tuple(_by_name()))
    if near is None:
        return ""
    found = actors()[_by_name()[near]]
    return f"Did you mean {found.name} ({found.id})?"

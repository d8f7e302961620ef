"""A crisis in the order of its days: what is dated in it, and how it was before some of that.

An entry counts from its own day, whoever reported it when: this is a crisis told afterwards, with
what is known now. What was known on a day is another question (`sidelines.crisis.as_of`).
"""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Any

from sidelines.crisis.levers import parse_address
from sidelines.crisis.model import Crisis, Power
from sidelines.terms.roles import Side

__all__ = ["Entry", "crisis_with", "timeline", "touched"]

_OF_CRISIS = {"events": "event", "threats": "threat"}
_OF_POWER = {
    "signals": "signal",
    "delivered": "delivery",
    "commitments": "commitment",
    "ties": "tie",
    "access": "access",
    "bases": "base",
    "stance": "stance",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dated part of a crisis file: what kind, whose, the place among its kind, what it says.

    `said` is the part itself; two entries are the same if they stand in the same place.
    """

    date: dt.date
    kind: str
    place: int
    power: str | None = None
    side: Side | None = None
    said: Any = field(compare=False)


def timeline(crisis: Crisis) -> tuple[Entry, ...]:
    """Return everything that carries a day, in the order of days, then of the file."""
    found = [entry for group in _OF_CRISIS for entry in _dated(crisis, group, None)]
    for power in crisis.powers:
        found += [entry for group in _OF_POWER for entry in _dated(power, group, power)]
    return tuple(sorted(found, key=lambda entry: entry.date))


def touched(entry: Entry) -> frozenset[str] | None:
    """Return the powers whose inputs an entry may change; None where it may be anybody's."""
    if entry.power is not None:
        return frozenset({entry.power})
    if entry.kind == "threat":
        return frozenset(entry.said.against)
    powers = [parse_address(name).power for name in entry.said.sets]
    named = frozenset(power for power in powers if power is not None)
    return None if None in powers else named


def _dated(owner: Any, group: str, power: Power | None) -> list[Entry]:
    held = getattr(owner, group)
    items = held if isinstance(held, tuple) else (held,)
    return [
        Entry(
            date=day,
            kind=(_OF_CRISIS | _OF_POWER)[group],
            place=place,
            power=None if power is None else power.power,
            side=None if power is None else power.side,
            said=item,
        )
        for place, item in enumerate(items)
        if (day := getattr(item, "date", None) or getattr(item, "since", None)) is not None
    ]


def crisis_with(crisis: Crisis, happened: Set[Entry]) -> Crisis:
    """Return the crisis with those dated entries only that have happened.

    A list of ties or commitments of which none has begun is empty: it is known what came later.
    """
    gone = set(timeline(crisis)) - happened
    powers = tuple(_left(power, _OF_POWER, gone, power) for power in crisis.powers)
    return replace(_left(crisis, _OF_CRISIS, gone, None), powers=powers)


def _left(owner: Any, groups: dict[str, str], gone: Set[Entry], power: Power | None) -> Any:
    """Return a crisis or a power without the entries that are gone."""
    missing = {entry.kind: set[int]() for entry in gone}
    for entry in gone:
        if power is None or (entry.power, entry.side) == (power.power, power.side):
            missing[entry.kind].add(entry.place)
    changes: dict[str, Any] = {}
    for group, kind in groups.items():
        held = getattr(owner, group)
        if not missing.get(kind):
            continue
        if not isinstance(held, tuple):
            changes[group] = None
            continue
        changes[group] = tuple(
            item for place, item in enumerate(held) if place not in missing[kind]
        )
    return replace(owner, **changes)

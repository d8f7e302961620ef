"""Holders: whose leave it takes to cross an area on a day, and under which view of it.

Areas are the airspace and territorial sea of today's states and dependencies (ISO 3166 alpha-3),
and disputed or once separate pieces of them (`UKR-CRIMEA`, `DEU-EAST`). Unions and empires of the
past are dated transfers of these areas.
"""

import re
from collections.abc import Iterable
from functools import cache

from sidelines.facts.record import Fact, Row, fact_of
from sidelines.facts.table import table
from sidelines.facts.world import World, in_force, lookup
from sidelines.terms.errors import NotFoundError, UsageError, nearest, shown
from sidelines.terms.states import actors, is_actor

__all__ = ["VIEWS", "areas_of", "disputed", "holder_of", "holding"]

VIEWS = ("un", "control", "claim")
"""`un`: the General Assembly, else the Security Council, where it has spoken, else who controls;
`control`: who holds it in fact; `claim`: who claims it without holding it, else as `un`."""

_ORDER = {
    "un": ("un", "control", "any"),
    "control": ("control", "any"),
    "claim": ("claim", "un", "control", "any"),
}
_PIECE = re.compile(r"[A-Z]{3}-[A-Z]+")


def holder_of(world: World, area: str, *, view: str = "un") -> str:
    """Return who holds an area on `as_of`: the state whose leave it takes to cross it.

    A piece without a row for the day belongs to whoever holds its state, a state to itself.

    >>> import datetime as dt
    >>> from sidelines.facts.world import load_world
    >>> world = load_world(dt.date(2026, 3, 4))
    >>> [holder_of(world, "UKR-CRIMEA", view=view) for view in VIEWS]
    ['UKR', 'RUS', 'UKR']
    """
    found = holding(world, area, view=view)
    if found is not None:
        return found.value
    return holder_of(world, area[:3], view=view) if _PIECE.fullmatch(area) else area


def holding(world: World, area: str, *, view: str = "un") -> Fact[str] | None:
    """Return the row that says who holds an area, or None where nothing but its name does."""
    if view not in _ORDER:
        near = nearest(view, VIEWS)
        hint = f"Did you mean {near!r}?" if near else f"There are {', '.join(VIEWS)}."
        raise UsageError(f"There is no view called {shown(view)}.", hint=hint)
    _check(area)
    held = {row.fields["view"]: row for row in in_force(world, _of(world, area))}
    row = next((held[one] for one in _ORDER[view] if one in held), None)
    return None if row is None else fact_of(row, row.fields["holder"], unit="holder")


def areas_of(
    world: World, holder: str, *, among: Iterable[str], view: str = "un"
) -> tuple[str, ...]:
    """Return which of some areas a state holds on `as_of`, in their order."""
    return tuple(area for area in among if holder_of(world, area, view=view) == holder)


def disputed(world: World, area: str) -> bool:
    """Tell whether the views differ on who holds an area."""
    return len({holder_of(world, area, view=view) for view in VIEWS}) > 1


def _of(world: World, area: str) -> tuple[Row, ...]:
    return lookup(world, "holders", {"area": area})


def _check(area: str) -> None:
    if area in _named() or is_actor(area):
        return
    near = nearest(area, (*sorted(_named()), *actors()))
    hint = (
        f"Did you mean {near}?" if near else "Write an ISO code or a piece that holders.csv names."
    )
    raise NotFoundError(f"{shown(area)} is no area that we know.", hint=hint)


@cache
def _named() -> frozenset[str]:
    return frozenset(row.fields["area"] for row in table("holders"))

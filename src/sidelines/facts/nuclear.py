"""Nuclear weapons: who has them."""

import datetime as dt

from sidelines.facts.members import states_of
from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, in_force, lookup, present, rows

__all__ = ["is_nuclear"]

_FIRST_DAY = dt.date(1938, 1, 1)
_SOURCE = "nuclear:nuclear_weapons_possession"


def is_nuclear(world: World, id_: str) -> Fact[bool] | None:
    """Tell whether it possesses nuclear weapons; an organisation does if a member does.

    The source codes every state from 1938 to 2022, so a state without a spell has none. What it
    coded in 2022 is taken to go on. None for non-states, outside the coverage, or where the
    vintage could not yet be read.
    """
    kind = present(world, id_).kind
    if kind == "non-state" or world.as_of < _FIRST_DAY or not rows(world, "nuclear"):
        return None
    for holder in states_of(world, id_):
        for row in in_force(world, lookup(world, "nuclear", {"id": holder})):
            return fact_of(row, True, unit="yes or no")
    return Fact(
        value=False,
        unit="yes or no",
        date=_FIRST_DAY,
        until=None,
        published=max(row.published for row in rows(world, "nuclear")),
        source=_SOURCE,
    )

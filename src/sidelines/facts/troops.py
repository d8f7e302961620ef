"""Troops abroad: how many it keeps in another country."""

from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, latest, lookup, present

__all__ = ["troops_abroad"]


def troops_abroad(world: World, power: str, host: str) -> Fact[float] | None:
    """Return the troops that a power stations in a country [persons], or None.

    The table has the five major powers in the parties of the bundled crises, a year before each,
    from 1950 to 2012, where the source stops. Source: McManus and Nieman (2019).
    """
    present(world, power)
    present(world, host)
    row = latest(world, lookup(world, "troops", {"operator": power, "host": host}))
    return None if row is None else fact_of(row, float(row.fields["value"]), unit="persons")

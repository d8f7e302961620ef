"""Strength: how strong and how rich it is."""

from sidelines.facts.members import members
from sidelines.facts.record import Fact, Row, fact_of
from sidelines.facts.world import World, latest, lookup, present

__all__ = ["gdp_busd", "strength_share"]


def strength_share(world: World, id_: str) -> Fact[float] | None:
    """Return the share of world capabilities (CINC, made to sum to one) [1], or None."""
    return _figure(world, "strength", id_, unit="1")


def gdp_busd(world: World, id_: str) -> Fact[float] | None:
    """Return gross domestic product [billion current US dollars], or None."""
    return _figure(world, "gdp", id_, unit="busd")


def _figure(world: World, name: str, id_: str, *, unit: str) -> Fact[float] | None:
    kind = present(world, id_).kind
    row = latest(world, lookup(world, name, {"id": id_}))
    if row is not None:
        return fact_of(row, float(row.fields["value"]), unit=unit)
    if kind == "organisation":
        return _sum_of_members(world, name, id_, unit=unit)
    return None


def _sum_of_members(world: World, name: str, id_: str, *, unit: str) -> Fact[float] | None:
    """Add up what is known of the members; what is not is counted in the note."""
    states = members(world, id_)
    known = [row for state in states if (row := latest(world, lookup(world, name, {"id": state})))]
    if not known:
        return None
    return Fact(
        value=sum(float(row.fields["value"]) for row in known),
        unit=unit,
        date=min(row.date for row in known),
        until=None,
        published=max(row.published for row in known),
        source=_sources(known),
        note=f"sum of {len(known)} of {len(states)} members",
    )


def _sources(known: list[Row]) -> str:
    return "+".join(sorted({row.dataset or row.source for row in known})) + ":members"

"""Trade, energy and sanctions: what it stands to lose there."""

from dataclasses import dataclass

from sidelines.facts.members import memberships
from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, in_force, latest, lookup, present

__all__ = ["Sanction", "energy_share", "sanctions", "trade_share"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """A measure in force: comprehensive, financial, arms, energy or individual."""

    sender: str
    against: str
    kind: str


def trade_share(world: World, id_: str, partner: str) -> Fact[float] | None:
    """Return the share of a state's trade, imports plus exports, that is with a partner [1].

    The source ends in 2014. None also where it has no flow, which may mean zero or missing.
    """
    present(world, id_)
    present(world, partner)
    row = latest(world, lookup(world, "trade", {"id": id_, "partner": partner}))
    return None if row is None else fact_of(row, float(row.fields["value"]), unit="1")


def energy_share(world: World, id_: str, partner: str, *, fuel: str) -> Fact[float] | None:
    """Return the share of imports of `crude` or `gas` that come from a partner [1], or None."""
    present(world, id_)
    present(world, partner)
    row = latest(world, lookup(world, "energy", {"id": id_, "partner": partner, "fuel": fuel}))
    return None if row is None else fact_of(row, float(row.fields["value"]), unit="1")


def sanctions(world: World, sender: str, against: str) -> tuple[Fact[Sanction], ...]:
    """Return the sanctions in force, also through organisations of the sender and the UN.

    Empty where our list has none; it covers what bears on the bundled crises and today's world.
    """
    kind = present(world, sender).kind
    present(world, against)
    senders = {sender} | {fact.value.organisation for fact in memberships(world, sender)}
    if kind == "state":
        senders.add("UNO")
    return tuple(
        fact_of(
            row,
            Sanction(sender=one, against=against, kind=row.fields["kind"]),
            unit="sanction",
        )
        for one in sorted(senders)
        for row in in_force(world, lookup(world, "sanctions", {"sender": one, "against": against}))
    )

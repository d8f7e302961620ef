"""Organisations: who belongs to which."""

from dataclasses import dataclass
from functools import lru_cache

from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, in_force, lookup, present

__all__ = ["Membership", "members", "memberships", "states_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One state in one organisation; `defence` where members owe each other help."""

    organisation: str
    member: str
    kind: str


@lru_cache(maxsize=16384)
def members(world: World, organisation: str) -> tuple[str, ...]:
    """Return the states that belong to an organisation on `as_of`, in order of their ids."""
    present(world, organisation)
    found = in_force(world, lookup(world, "members", {"organisation": organisation}))
    return tuple(sorted({row.fields["id"] for row in found}))


def states_of(world: World, id_: str) -> tuple[str, ...]:
    """Return the members of an organisation, or the actor itself."""
    return members(world, id_) if present(world, id_).kind == "organisation" else (id_,)


@lru_cache(maxsize=16384)
def memberships(world: World, id_: str) -> tuple[Fact[Membership], ...]:
    """Return the organisations a state belongs to; empty where our table lists none."""
    present(world, id_)
    return tuple(
        fact_of(
            row,
            Membership(
                organisation=row.fields["organisation"], member=id_, kind=row.fields["kind"]
            ),
            unit="membership",
        )
        for row in in_force(world, lookup(world, "members", {"id": id_}))
    )

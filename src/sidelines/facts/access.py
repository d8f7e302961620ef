"""Access: rights that were granted or refused, and ways that were contested."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sidelines.facts.members import members, memberships
from sidelines.facts.record import Fact, Row, fact_of
from sidelines.facts.world import World, in_force, lookup, rows
from sidelines.terms.states import actor

__all__ = ["CARGOES", "RIGHTS", "Decision", "Hazard", "decisions", "hazards", "right_of"]

RIGHTS = ("overflight", "landing", "basing", "transit-sea", "transit-ground", "canal", "strait")
CARGOES = ("humanitarian", "non-lethal", "personnel", "lethal", "any")
"""From what is let through most easily to what is least; `any` is all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a grantor decided: a right, for a class of cargo, against nobody or some parties.

    `prob` is the chance that the right is given where `state` is `unknown`.
    """

    actor: str
    grantor: str
    right: str
    cargo: str
    state: str
    prob: float | None
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """What a passage costs where it is contested: chance of loss and its range [1], delay [days].

    `exposed` are the flags at risk, or `all`; whoever makes it dangerous is not.
    """

    place: str
    means: str
    exposed: tuple[str, ...]
    by: tuple[str, ...]
    loss_prob: float
    loss_low: float
    loss_high: float
    delay_days: float | None


def decisions(world: World, power: str, grantor: str) -> tuple[Fact[Decision], ...]:
    """Return what a grantor, or an organisation it belongs to, has decided on a power.

    Only what is in force on `as_of`; a decision on or by an organisation binds its members.
    """
    taken = _taken(world)
    return tuple(
        fact
        for who in _with_organisations(world, power)
        for by in _with_organisations(world, grantor)
        for fact in taken.get((who, by), ())
    )


def right_of(
    world: World, power: str, grantor: str, *, right: str, cargo: str, against: tuple[str, ...]
) -> Fact[Decision] | None:
    """Return the decision that settles a right for a cargo against some parties, or None.

    A refusal covers its own cargo and all that is harder to get; a grant its own and all that is
    easier. Refused overflight also bars landing and basing, a granted base brings overflight. A
    decision taken against other parties than these does not count. Of several, the one taken for
    this quarrel wins, then the newest.
    """
    fitting = [
        fact
        for fact in decisions(world, power, grantor)
        if _covers_right(fact.value, right)
        and _covers_cargo(fact.value, cargo)
        and (not fact.value.against or set(fact.value.against) & set(against))
    ]
    return max(fitting, key=lambda fact: (bool(fact.value.against), fact.date), default=None)


def hazards(world: World, place: str, *, means: str, flag: str) -> tuple[Fact[Hazard], ...]:
    """Return what threatens a flag in an area or passage on `as_of`, the worst first."""
    found = in_force(world, lookup(world, "hazards", {"place": place, "means": means}))
    facts = [_hazard(row) for row in found]
    meant = [
        fact
        for fact in facts
        if flag not in fact.value.by and {"all", flag} & set(fact.value.exposed)
    ]
    return tuple(sorted(meant, key=lambda fact: -fact.value.loss_prob))


@lru_cache(maxsize=256)
def _taken(world: World) -> Mapping[tuple[str, str], tuple[Fact[Decision], ...]]:
    """Return the decisions in force on `as_of`, by whom they are about and who took them."""
    found: dict[tuple[str, str], tuple[Fact[Decision], ...]] = {}
    for row in in_force(world, rows(world, "access")):
        pair = row.fields["actor"], row.fields["grantor"]
        found[pair] = (*found.get(pair, ()), _decision(row))
    return found


@lru_cache(maxsize=16384)
def _with_organisations(world: World, id_: str) -> tuple[str, ...]:
    one = actor(id_)
    if one.kind != "state" or not one.existed_on(world.as_of):
        return (id_,)
    named = _organisations(world)
    through = {fact.value.organisation for fact in memberships(world, id_)} & named
    return (id_, *sorted(through))


@lru_cache(maxsize=256)
def _organisations(world: World) -> frozenset[str]:
    named = {row.fields[column] for row in rows(world, "access") for column in ("actor", "grantor")}
    return frozenset(
        id_ for id_ in named if actor(id_).kind == "organisation" and members(world, id_)
    )


def _covers_right(decision: Decision, right: str) -> bool:
    wider = {"denied": {"overflight": {"landing", "basing"}, "landing": {"basing"}}}
    wider["granted"] = {"basing": {"landing", "overflight"}, "landing": {"overflight"}}
    return right == decision.right or right in wider.get(decision.state, {}).get(
        decision.right, set()
    )


def _covers_cargo(decision: Decision, cargo: str) -> bool:
    if decision.cargo == "any":
        return True
    asked, decided = CARGOES.index(cargo), CARGOES.index(decision.cargo)
    return asked >= decided if decision.state == "denied" else asked <= decided


def _decision(row: Row) -> Fact[Decision]:
    cells = row.fields
    value = Decision(
        actor=cells["actor"],
        grantor=cells["grantor"],
        right=cells["right"],
        cargo=cells["cargo"],
        state=cells["state"],
        prob=float(cells["prob"]) if cells["prob"] else None,
        against=tuple(one for one in cells["against"].split("|") if one),
    )
    return fact_of(row, value, unit="right")


def _hazard(row: Row) -> Fact[Hazard]:
    cells = row.fields
    value = Hazard(
        place=cells["place"],
        means=cells["means"],
        exposed=tuple(cells["exposed"].split("|")),
        by=tuple(cells["by"].split("|")),
        loss_prob=float(cells["loss_prob"]),
        loss_low=float(cells["loss_low"]),
        loss_high=float(cells["loss_high"]),
        delay_days=float(cells["delay_days"]) if cells["delay_days"] else None,
    )
    return fact_of(row, value, unit="hazard")

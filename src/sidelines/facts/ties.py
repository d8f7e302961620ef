"""Ties: what one owes the other, and how close they stand."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from sidelines.facts.members import memberships, states_of
from sidelines.facts.record import Fact, Row, fact_of
from sidelines.facts.world import World, in_force, latest, lookup, present, rows
from sidelines.terms.states import actor

__all__ = [
    "Pact",
    "allied",
    "allies",
    "arms_class",
    "ideal_point_distance",
    "pacts",
    "rivalry",
    "rivals",
]

_IDEAL_POINTS = "UN ideal points"
_RIVALRIES_END = dt.date(2020, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pact:
    """What `a` owes `b`: defence, neutrality, non-aggression or consultation.

    `through` names the organisation, or is empty for a treaty between the two.
    """

    a: str
    b: str
    kind: str
    through: str = ""


@lru_cache(maxsize=16384)
def pacts(world: World, a: str, b: str) -> tuple[Fact[Pact], ...] | None:
    """Return what `a` owes `b` by treaty or by common membership of a defence organisation.

    An empty tuple means that the alliance data were asked and have nothing, or that `a` is an
    organisation to which `b` does not belong; None that this pair was never asked. Bilateral
    defence pacts in force since 2018 are there for every pair of states.
    """
    kind = present(world, a).kind
    present(world, b)
    treaties = _treaties(world).get((a, b), ())
    owed = tuple(_treaty(row) for row in treaties if row.fields["kind"] != "none")
    owed += _through_organisations(world, a, b)
    return owed if owed or treaties or kind == "organisation" else None


def allied(world: World, a: str, b: str) -> bool | None:
    """Tell whether either of two owes the other defence; None where neither way was ever asked."""
    if present(world, b).id in allies(world, a):
        return True
    treaties = _treaties(world)
    is_known = (a, b) in treaties or (b, a) in treaties
    organised = "organisation" in {actor(a).kind, actor(b).kind}
    return False if is_known or organised else None


@lru_cache(maxsize=16384)
def allies(world: World, id_: str) -> frozenset[str]:
    """Return whom an actor owes defence, or who owes it, by treaty or as fellow members."""
    present(world, id_)
    bound = {
        end
        for pair, treaties in _treaties(world).items()
        for end in pair
        if id_ in pair and any(row.fields["kind"] == "defence" for row in treaties)
    }
    through = {
        fact.value.organisation for fact in memberships(world, id_) if fact.value.kind == "defence"
    }
    fellows = {
        row.fields["id"]
        for organisation in (*through, id_)
        for row in in_force(world, lookup(world, "members", {"organisation": organisation}))
        if row.fields["kind"] == "defence"
    }
    return frozenset((bound | through | fellows) - {id_})


@lru_cache(maxsize=256)
def _treaties(world: World) -> Mapping[tuple[str, str], tuple[Row, ...]]:
    """Return the treaties in force on `as_of`, and who was asked in vain, by pair."""
    found: dict[tuple[str, str], tuple[Row, ...]] = {}
    for row in in_force(world, rows(world, "pacts")):
        pair = row.fields["a"], row.fields["b"]
        found[pair] = (*found.get(pair, ()), row)
    return found


def _treaty(row: Row) -> Fact[Pact]:
    pact = Pact(a=row.fields["a"], b=row.fields["b"], kind=row.fields["kind"])
    return fact_of(row, pact, unit="pact")


def _through_organisations(world: World, a: str, b: str) -> tuple[Fact[Pact], ...]:
    """Return the defence that members owe each other, and an organisation its members."""
    bound = {
        fact.value.organisation: fact
        for fact in memberships(world, a)
        if fact.value.kind == "defence"
    }
    owed = []
    for fact in memberships(world, b):
        organisation = fact.value.organisation
        if fact.value.kind == "defence" and (a == organisation or organisation in bound):
            later = max((fact, bound.get(organisation, fact)), key=lambda one: one.date)
            owed.append(
                Fact(
                    value=Pact(a=a, b=b, kind="defence", through=organisation),
                    unit="pact",
                    date=later.date,
                    until=later.until,
                    published=later.published,
                    source=later.source,
                    note=later.note,
                )
            )
    return tuple(owed)


@lru_cache(maxsize=16384)
def ideal_point_distance(world: World, a: str, b: str) -> Fact[float] | None:
    """Return how far apart two states vote in the UN General Assembly [UN ideal points], or None.

    For an organisation it is the mean of the members that the table has. Source: Bailey,
    Strezhnev and Voeten (2017), estimates from votes on final passage.
    """
    found = [
        row
        for one in states_of(world, a)
        for other in states_of(world, b)
        if (row := _votes_apart(world, one, other)) is not None
    ]
    if not found:
        return None
    if len(found) == 1:
        return fact_of(found[0], float(found[0].fields["value"]), unit=_IDEAL_POINTS)
    return Fact(
        value=fmean(float(row.fields["value"]) for row in found),
        unit=_IDEAL_POINTS,
        date=min(row.date for row in found),
        until=None,
        published=max(row.published for row in found),
        source="un:members",
        note=f"mean of {len(found)} pairs of members",
    )


def _votes_apart(world: World, a: str, b: str) -> Row | None:
    return _newest_votes(world).get((a, b) if a <= b else (b, a))


@lru_cache(maxsize=256)
def _newest_votes(world: World) -> Mapping[tuple[str, str], Row]:
    """Return the newest row of each pair, the first in the alphabet first."""
    return _by_pair(world, rows(world, "alignment"))


def _by_pair(world: World, candidates: Iterable[Row]) -> Mapping[tuple[str, str], Row]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in candidates:
        found.setdefault((row.fields["a"], row.fields["b"]), []).append(row)
    newest = {pair: latest(world, part) for pair, part in found.items()}
    return {pair: row for pair, row in newest.items() if row is not None}


def arms_class(world: World, supplier: str, client: str) -> Fact[str] | None:
    """Return the weight of a supplier in what a client took in five years, or None.

    Our own classes of deliveries of major arms: `principal` half or more, `major` 15 % or more,
    `minor` some, `none`. The date is the last day of the five years.
    """
    present(world, supplier)
    present(world, client)
    row = latest(world, lookup(world, "arms", {"supplier": supplier, "client": client}))
    return None if row is None else fact_of(row, row.fields["value"], unit="class")


def rivalry(world: World, a: str, b: str) -> Fact[bool] | None:
    """Return whether two states are strategic rivals, the same both ways, or None.

    Spells still open at the end of 2020, where the source stops, are taken to go on, and the table
    has all of them: from then on, two states without a row are no rivals. Before, only the pairs of
    the bundled crises were asked; None for all others, for organisations and for non-states.
    Source: Thompson, Sakuwa and Suhas (2021).
    """
    states = present(world, a).kind == present(world, b).kind == "state"
    row = _rivalries(world).get((a, b) if a <= b else (b, a))
    if row is not None:
        return fact_of(row, row.fields["kind"] == "rivalry", unit="rivalry")
    is_covered = states and a != b and world.as_of > _RIVALRIES_END
    return _no_open_rivalry(world) if is_covered else None


@lru_cache(maxsize=16384)
def rivals(world: World, id_: str) -> frozenset[str]:
    """Return the strategic rivals of a state that the table has on `as_of`."""
    held = {pair for pair, row in _rivalries(world).items() if row.fields["kind"] == "rivalry"}
    return frozenset(end for pair in held if id_ in pair for end in pair if end != id_)


@lru_cache(maxsize=256)
def _rivalries(world: World) -> Mapping[tuple[str, str], Row]:
    """Return the row in force of each pair, the first in the alphabet first."""
    return _by_pair(world, in_force(world, rows(world, "rivalries")))


@lru_cache(maxsize=256)
def _no_open_rivalry(world: World) -> Fact[bool] | None:
    found = rows(world, "rivalries")
    if not found:
        return None
    return Fact(
        value=False,
        unit="rivalry",
        date=_RIVALRIES_END,
        until=None,
        published=max(row.published for row in found),
        source=f"rivalries:tss,end={_RIVALRIES_END.year}, no such row",
    )

"""Ties: what one owes the other, and how close they stand."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from sidelines.facts.members import memberships, states_of
from sidelines.facts.record import Fact, Row, fact_of
from sidelines.facts.world import World, in_force, latest, lookup, present, rows

__all__ = ["Pact", "arms_class", "ideal_point_distance", "pacts", "rivalry"]

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


def pacts(world: World, a: str, b: str) -> tuple[Fact[Pact], ...] | None:
    """Return what `a` owes `b` by treaty or by common membership of a defence organisation.

    An empty tuple means that the alliance data were asked and have nothing, or that `a` is an
    organisation to which `b` does not belong; None that this pair was never asked. Bilateral
    defence pacts in force since 2018 are there for every pair of states.
    """
    kind = present(world, a).kind
    present(world, b)
    treaties = in_force(world, lookup(world, "pacts", {"a": a, "b": b}))
    owed = tuple(_treaty(row) for row in treaties if row.fields["kind"] != "none")
    owed += _through_organisations(world, a, b)
    return owed if owed or treaties or kind == "organisation" else None


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
    low, high = sorted((a, b))
    return latest(world, lookup(world, "alignment", {"a": low, "b": high}))


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
    low, high = sorted((a, b))
    row = latest(world, in_force(world, lookup(world, "rivalries", {"a": low, "b": high})))
    if row is not None:
        return fact_of(row, row.fields["kind"] == "rivalry", unit="rivalry")
    is_covered = states and a != b and world.as_of > _RIVALRIES_END
    return _no_open_rivalry(world) if is_covered else None


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

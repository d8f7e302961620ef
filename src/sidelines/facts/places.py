"""Places: where it lies, how far away, and its bases abroad."""

from dataclasses import dataclass

from sidelines.facts.members import states_of
from sidelines.facts.record import Fact, fact_of
from sidelines.facts.world import World, in_force, latest, lookup, present

__all__ = ["Base", "Place", "bases", "capital", "minimum_distance_km"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named point [degrees north, degrees east]."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A site abroad: air, naval, army, logistics or radar; to a tenth of a degree."""

    operator: str
    host: str
    place: str
    kind: str
    lat: float
    lon: float


def capital(world: World, id_: str) -> Fact[Place] | None:
    """Return the capital on `as_of`, or the seat of an organisation or non-state."""
    present(world, id_)
    row = latest(world, in_force(world, lookup(world, "capitals", {"id": id_})))
    if row is None:
        return None
    lat, lon = float(row.fields["lat"]), float(row.fields["lon"])
    return fact_of(row, Place(name=row.fields["name"], lat=lat, lon=lon), unit="degrees")


def minimum_distance_km(world: World, a: str, b: str) -> Fact[float] | None:
    """Return the shortest distance between two territories [km], the same both ways, or None.

    For an organisation it is the distance of its nearest member. Only the pairs that the bundled
    crises and their theatres need are in the table.
    """
    found = [
        fact
        for one in states_of(world, a)
        for other in states_of(world, b)
        if (fact := _between(world, one, other)) is not None
    ]
    return min(found, key=lambda fact: fact.value, default=None)


def _between(world: World, a: str, b: str) -> Fact[float] | None:
    low, high = sorted((a, b))
    row = latest(world, in_force(world, lookup(world, "distances", {"a": low, "b": high})))
    return None if row is None else fact_of(row, float(row.fields["value"]), unit="km")


def bases(world: World, operator: str) -> tuple[Fact[Base], ...]:
    """Return the sites abroad in use on `as_of`; empty where our list has none."""
    present(world, operator)
    return tuple(
        fact_of(
            row,
            Base(
                operator=operator,
                host=row.fields["host"],
                place=row.fields["place"],
                kind=row.fields["kind"],
                lat=float(row.fields["lat"]),
                lon=float(row.fields["lon"]),
            ),
            unit="site",
        )
        for row in in_force(world, lookup(world, "bases", {"operator": operator}))
    )

"""Places: where it lies, how far away, its bases, and airfields for long flights."""

from dataclasses import dataclass
from functools import cache, lru_cache

from sidelines.facts.members import states_of
from sidelines.facts.record import Fact, Row, fact_of
from sidelines.facts.world import World, in_force, latest, lookup, present, rows

__all__ = [
    "Airfield",
    "Base",
    "Place",
    "Port",
    "airfields",
    "all_bases",
    "bases",
    "capital",
    "contiguity",
    "minimum_distance_km",
    "ports",
]

_APART = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named point [degrees north, degrees east]."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A site of a power, at home or abroad; to a tenth of a degree.

    `kind` is air, naval, army, logistics, port or transit; `tenure` own, treaty, lease or ad-hoc;
    `runway_m` the longest hard runway [m], None where there is none or it is unknown.
    """

    operator: str
    host: str
    place: str
    kind: str
    tenure: str
    runway_m: float | None
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Airfield:
    """A field that takes strategic airlifters: whose area, longest hard runway [m], place."""

    icao: str
    area: str
    name: str
    lat: float
    lon: float
    runway_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A seaport: in whose area, where, and its rank on the map, 3 the highest, 8 the lowest."""

    area: str
    name: str
    lat: float
    lon: float
    rank: int


@lru_cache(maxsize=64)
def ports(world: World) -> tuple[Fact[Port], ...]:
    """Return the seaports of all areas."""
    return tuple(
        fact_of(
            row,
            Port(
                area=row.fields["area"],
                name=row.fields["port"],
                lat=float(row.fields["lat"]),
                lon=float(row.fields["lon"]),
                rank=int(row.fields["rank"]),
            ),
            unit="port",
        )
        for row in in_force(world, rows(world, "ports"))
    )


@lru_cache(maxsize=16384)
def capital(world: World, id_: str) -> Fact[Place] | None:
    """Return the capital on `as_of`, or the seat of an organisation or non-state."""
    present(world, id_)
    row = latest(world, in_force(world, lookup(world, "capitals", {"id": id_})))
    if row is None:
        return None
    lat, lon = float(row.fields["lat"]), float(row.fields["lon"])
    return fact_of(row, Place(name=row.fields["name"], lat=lat, lon=lon), unit="degrees")


@lru_cache(maxsize=16384)
def minimum_distance_km(world: World, a: str, b: str) -> Fact[float] | None:
    """Return the shortest distance between two territories [km], the same both ways, or None.

    For an organisation it is the distance of its nearest member. Pairs of the bundled crises have
    figures of their own years; all others are measured on today's map, and are unknown for the days
    before both had the territory it shows.
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
    if row is None:
        return _on_todays_map(world, low, high)
    return fact_of(row, float(row.fields["value"]), unit="km")


def _on_todays_map(world: World, low: str, high: str) -> Fact[float] | None:
    ends = [
        row
        for one in (low, high)
        for row in in_force(world, lookup(world, "distances_today", {"id": one}))
    ]
    if len(ends) < 2 or high not in (apart_km := _apart_km(ends[0].fields["apart_km"])):
        return None
    return Fact(
        value=apart_km[high],
        unit="km",
        date=max(row.date for row in ends),
        until=None,
        published=max(row.published for row in ends),
        source=f"{ends[0].source}: {low}-{high}",
        note="; ".join(sorted({row.note for row in ends if row.note})),
    )


@cache
def _apart_km(cell: str) -> dict[str, float]:
    """Read 'AGO 5871|ALB 3531': distances to the states whose ids come later."""
    pairs = (pair.split(" ") for pair in cell.split("|") if pair)
    return {other: float(km) for other, km in pairs}


@lru_cache(maxsize=16384)
def contiguity(world: World, a: str, b: str) -> Fact[int] | None:
    """Return how two states border on each other [class], the same both ways, or None.

    1 by land, 2 to 5 across at most 12, 24, 150 or 400 miles of water, 6 not at all. For an
    organisation it is the nearest member's; not at all only if that is known of every member. Pairs
    of the bundled crises have their own years, all that border on each other today are there.
    Source: Stinnett et al. (2002); spells of 2016, its last year, are taken to go on.
    """
    found = [
        _border(world, one, other) for one in states_of(world, a) for other in states_of(world, b)
    ]
    known = [fact for fact in found if fact is not None]
    nearest = min(known, key=lambda fact: fact.value, default=None)
    if nearest is None or (nearest.value == _APART and len(known) < len(found)):
        return None
    return nearest


def _border(world: World, a: str, b: str) -> Fact[int] | None:
    low, high = sorted((a, b))
    held = in_force(world, lookup(world, "contiguity", {"a": low, "b": high}))
    row = min(held, key=lambda row: int(row.fields["kind"]), default=None)
    return None if row is None else fact_of(row, int(row.fields["kind"]), unit="class")


@lru_cache(maxsize=16384)
def bases(world: World, operator: str) -> tuple[Fact[Base], ...]:
    """Return the sites in use on `as_of`; empty where our list has none."""
    present(world, operator)
    found = in_force(world, lookup(world, "bases", {"operator": operator}))
    return tuple(_base(row) for row in found)


@lru_cache(maxsize=64)
def all_bases(world: World) -> tuple[Fact[Base], ...]:
    """Return the sites in use on `as_of` of every power whose sites our list has."""
    return tuple(_base(row) for row in in_force(world, rows(world, "bases")))


def _base(row: Row) -> Fact[Base]:
    return fact_of(
        row,
        Base(
            operator=row.fields["operator"],
            host=row.fields["host"],
            place=row.fields["place"],
            kind=row.fields["kind"],
            tenure=row.fields["tenure"],
            runway_m=float(row.fields["runway_m"]) if row.fields["runway_m"] else None,
            lat=float(row.fields["lat"]),
            lon=float(row.fields["lon"]),
        ),
        unit="site",
    )


@lru_cache(maxsize=64)
def airfields(world: World) -> tuple[Fact[Airfield], ...]:
    """Return the airfields with long runways that stood on `as_of`, the best few of each area.

    `area` is a state of today or a part of one, whoever held it on the day.
    """
    return tuple(
        fact_of(
            row,
            Airfield(
                icao=row.fields["airfield"],
                area=row.fields["area"],
                name=row.fields["name"],
                lat=float(row.fields["lat"]),
                lon=float(row.fields["lon"]),
                runway_m=float(row.fields["runway_m"]),
            ),
            unit="airfield",
        )
        for row in in_force(world, rows(world, "airfields"))
    )

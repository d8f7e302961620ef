"""From where a power sets out, and where it arrives, by air and by sea."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np

from sidelines.assess.context import Context
from sidelines.assess.roads import air_area_at
from sidelines.crisis.model import Power
from sidelines.facts.holders import holder_of
from sidelines.facts.places import airfields, bases, capital, ports
from sidelines.facts.record import Fact
from sidelines.facts.world import World
from sidelines.reach.distance import great_circle_km
from sidelines.terms.roles import Means

__all__ = ["Stop", "abroad", "arrivals", "fields_near", "home", "theatre_point"]

Value = TypeVar("Value")

_AT_SEA = {"naval", "port"}
_IN_THE_AIR = {"air", "logistics", "transit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """An airfield or a port, and on whose soil it lies [degrees north, degrees east]."""

    name: str
    host: str
    lat: float
    lon: float

    @property
    def point(self) -> np.ndarray:
        """Latitude and longitude [degrees]."""
        return np.array([self.lat, self.lon])


def theatre_point(ctx: Context) -> np.ndarray | None:
    """Return the point of the theatre, or the first target's capital, or None."""
    theatre = ctx.crisis.theatre
    if theatre is not None:
        return np.array([theatre.lat, theatre.lon])
    fact = capital(ctx.world, ctx.crisis.targets[0])
    return None if fact is None else np.array([fact.value.lat, fact.value.lon])


def home(ctx: Context, power: Power, means: Means) -> tuple[Stop, ...]:
    """Return where a power's supplies come from: its capital, or its ports nearest the theatre."""
    centre = theatre_point(ctx)
    if centre is None:
        return ()
    if means is Means.AIR:
        seat = capital(ctx.world, power.power)
        if seat is None:
            return ()
        place = seat.value
        return (Stop(name=place.name, host=power.power, lat=place.lat, lon=place.lon),)
    own = [stop for stop in _all(ctx, means) if stop.host == power.power]
    return _nearest(own, centre, int(ctx.parameters.value("stops_traced")))


def fields_near(ctx: Context, power: Power) -> tuple[Stop, ...]:
    """Return a power's own airfields nearest to the theatre."""
    centre = theatre_point(ctx)
    if centre is None:
        return ()
    own = [stop for stop in _all(ctx, Means.AIR) if stop.host == power.power]
    return _nearest(own, centre, int(ctx.parameters.value("stops_traced")))


def abroad(ctx: Context, power: Power, means: Means) -> tuple[Stop, ...]:
    """Return a power's bases nearest to the theatre, on soil that is not the other side's."""
    centre = theatre_point(ctx)
    if centre is None:
        return ()
    kinds = _AT_SEA if means is Means.SEA else _IN_THE_AIR
    held = [
        (base.kind, Stop(name=base.place, host=base.host, lat=base.lat, lon=base.lon))
        for base in (fact.value for fact in bases(ctx.world, power.power))
    ]
    given = [
        (base.kind, Stop(name=base.place, host=base.host, lat=base.lat, lon=base.lon))
        for base in power.bases
    ]
    closed = {power.power, *ctx.opponents(power)}
    found = [stop for kind, stop in (*held, *given) if kind in kinds and stop.host not in closed]
    return _nearest(found, centre, int(ctx.parameters.value("stops_traced")))


def arrivals(ctx: Context, power: Power, means: Means) -> tuple[Stop, ...]:
    """Return the places near the theatre where the side that a power backs can receive it.

    On the soil of its parties, by air their capital first where it stands on soil of their own;
    else their bases; else its other backers.
    """
    centre = theatre_point(ctx)
    if centre is None:
        return ()
    near_km = ctx.parameters.value("theatre_reach_km")
    most = int(ctx.parameters.value("stops_traced"))
    near = _within(ctx.world, means, (float(centre[0]), float(centre[1])), near_km)
    parties = set(ctx.friends(power))
    own = [stop for stop in near if stop.host in parties]
    if means is Means.AIR:
        seats = [seat.value for one in ctx.friends(power) if (seat := capital(ctx.world, one))]
        hosts = dict(zip(seats, ctx.friends(power), strict=False))
        capitals = [
            Stop(name=seat.name, host=hosts[seat], lat=seat.lat, lon=seat.lon) for seat in seats
        ]
        near_seats = [stop for stop in capitals if _km(stop, centre) <= near_km]
        seated = [stop for stop in near_seats if stop.host == _holder_at(ctx.world, stop)]
        own = seated or own or near_seats
    for found in (own, _party_bases(ctx, power, means), _of_backers(ctx, power, near)):
        chosen = _nearest([stop for stop in found if _km(stop, centre) <= near_km], centre, most)
        if chosen:
            return chosen
    return ()


def _holder_at(world: World, stop: Stop) -> str:
    """Return who holds the air over a place."""
    area = air_area_at(stop.lat, stop.lon)
    return "" if area is None else holder_of(world, area)


def _party_bases(ctx: Context, power: Power, means: Means) -> list[Stop]:
    kinds = _AT_SEA if means is Means.SEA else _IN_THE_AIR
    return [
        Stop(name=base.place, host=base.host, lat=base.lat, lon=base.lon)
        for party in ctx.friends(power)
        for base in (fact.value for fact in bases(ctx.world, party))
        if base.kind in kinds and base.host not in ctx.opponents(power)
    ]


def _of_backers(ctx: Context, power: Power, near: tuple[Stop, ...]) -> list[Stop]:
    backers = {entry.power for entry in ctx.crisis.powers if entry.side is power.side}
    backers -= {entry.power for entry in ctx.crisis.powers if entry.side is not power.side}
    backers -= {power.power}  # nobody needs a way to itself
    return [stop for stop in near if stop.host in backers]


def _all(ctx: Context, means: Means) -> tuple[Stop, ...]:
    return _places(ctx.world, means)


@lru_cache(maxsize=64)
def _places(world: World, means: Means) -> tuple[Stop, ...]:
    if means is Means.SEA:
        places = [(port.name, port.area, port.lat, port.lon) for port in _values(ports(world))]
    else:
        fields = _values(airfields(world))
        places = [(field.name, field.area, field.lat, field.lon) for field in fields]
    return tuple(
        Stop(name=name, host=holder_of(world, area), lat=lat, lon=lon)
        for name, area, lat, lon in places
    )


@lru_cache(maxsize=64)
def _within(
    world: World, means: Means, centre: tuple[float, float], near_km: float
) -> tuple[Stop, ...]:
    """Return the places that lie no farther from a point."""
    places = _places(world, means)
    points = np.array([(stop.lat, stop.lon) for stop in places]).reshape(len(places), 2)
    near = great_circle_km(points, np.array(centre)) <= near_km
    return tuple(stop for stop, one in zip(places, near.tolist(), strict=True) if one)


def _values(facts: tuple[Fact[Value], ...]) -> list[Value]:
    return [fact.value for fact in facts]


def _nearest(stops: list[Stop], centre: np.ndarray, most: int) -> tuple[Stop, ...]:
    return tuple(sorted(stops, key=lambda stop: (_km(stop, centre), stop.name))[:most])


def _km(stop: Stop, centre: np.ndarray) -> float:
    return float(great_circle_km(stop.point, centre))

"""From where a power sets out, and where it arrives, by air and by sea."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sidelines.assess.context import Context
from sidelines.crisis.model import Power
from sidelines.facts.holders import holder_of
from sidelines.facts.places import airfields, bases, capital, ports
from sidelines.reach.distance import great_circle_km
from sidelines.terms.roles import Means

__all__ = ["Stop", "arrivals", "departures", "theatre_point"]

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


def departures(ctx: Context, power: Power, means: Means) -> tuple[Stop, ...]:
    """Return the places that a power may set out from, the nearest to the theatre.

    At home the nearest few, and the nearest bases abroad on soil that is not the other side's.
    """
    centre = theatre_point(ctx)
    if centre is None:
        return ()
    home = [stop for stop in _all(ctx, means) if stop.host == power.power]
    kinds = _AT_SEA if means is Means.SEA else _IN_THE_AIR
    held = [fact.value for fact in bases(ctx.world, power.power)]
    abroad = [
        Stop(name=base.place, host=base.host, lat=base.lat, lon=base.lon)
        for base in (*held, *power.bases)
        if base.kind in kinds and base.host not in {power.power, *ctx.opponents(power)}
    ]
    most = int(ctx.parameters.value("stops_traced"))
    return (*_nearest(home, centre, most), *_nearest(abroad, centre, most))


def arrivals(ctx: Context, power: Power, means: Means) -> tuple[Stop, ...]:
    """Return the places near the theatre where the side that a power backs can receive it.

    Those of its parties; where these have none near enough, those of its other backers.
    """
    centre = theatre_point(ctx)
    if centre is None:
        return ()
    near_km = ctx.parameters.value("theatre_reach_km")
    backers = {entry.power for entry in ctx.crisis.powers if entry.side is power.side}
    backers -= {entry.power for entry in ctx.crisis.powers if entry.side is not power.side}
    near = [stop for stop in _all(ctx, means) if _km(stop, centre) <= near_km]
    most = int(ctx.parameters.value("stops_traced"))
    for welcoming in (set(ctx.friends(power)), backers):
        found = _nearest([stop for stop in near if stop.host in welcoming], centre, most)
        if found:
            return found
    return ()


def _all(ctx: Context, means: Means) -> list[Stop]:
    places: Iterable = ports(ctx.world) if means is Means.SEA else airfields(ctx.world)
    return [
        Stop(
            name=place.value.name,
            host=holder_of(ctx.world, place.value.area),
            lat=place.value.lat,
            lon=place.value.lon,
        )
        for place in places
    ]


def _nearest(stops: list[Stop], centre: np.ndarray, most: int) -> tuple[Stop, ...]:
    return tuple(sorted(stops, key=lambda stop: (_km(stop, centre), stop.name))[:most])


def _km(stop: Stop, centre: np.ndarray) -> float:
    return float(great_circle_km(stop.point, centre))

"""Bases compared: how many sites each power and each party has near the theatre."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sidelines.assess.context import Context
from sidelines.assess.ends import theatre_point
from sidelines.crisis.model import Power
from sidelines.facts.places import all_bases, bases
from sidelines.facts.world import World
from sidelines.reach.distance import great_circle_km
from sidelines.terms.roles import Side

__all__ = ["Sites", "nearest_of_all_km", "sites_near"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """The sites of one state near the theatre: `places`, `points`, `hosts` in order of nearness.

    `abroad` counts those on the soil of others; `is_party`: it fights, other than the powers.
    """

    id: str
    side: Side
    is_party: bool
    places: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    hosts: tuple[str, ...]
    abroad: int


def sites_near(ctx: Context) -> tuple[Sites, ...]:
    """Return who has how many sites within `theatre_reach_km` of the theatre, parties first."""
    if theatre_point(ctx) is None:
        return ()
    parties = [(id_, side) for side in Side for id_ in ctx.crisis.parties(side)]
    powers = [(one.power, one.side) for one in ctx.crisis.powers]
    powers = [(id_, side) for n, (id_, side) in enumerate(powers) if id_ not in dict(powers[:n])]
    found = [_sites(ctx, id_, side, is_party=True) for id_, side in parties]
    return (*found, *(_sites(ctx, id_, side, is_party=False) for id_, side in powers))


def _sites(ctx: Context, id_: str, side: Side, *, is_party: bool) -> Sites:
    listed = (fact.value for fact in bases(ctx.world, id_))
    held = [(one.lat, one.lon, one.place, one.host) for one in listed]
    given = {base for entry in ctx.crisis.powers if entry.power == id_ for base in entry.bases}
    held += [(one.lat, one.lon, one.place, one.host) for one in given]
    centre, most_km = theatre_point(ctx), ctx.parameters.value("theatre_reach_km")
    near = sorted(
        (km, place, host, lat, lon)
        for lat, lon, place, host in held
        if centre is not None
        and (km := float(great_circle_km(np.array([lat, lon]), centre))) <= most_km
    )
    return Sites(
        id=id_,
        side=side,
        is_party=is_party,
        places=tuple(place for _, place, *_ in near),
        points=tuple((lat, lon) for *_, lat, lon in near),
        hosts=tuple(dict.fromkeys(host for _, _, host, *_ in near)),
        abroad=sum(host != id_ for _, _, host, *_ in near),
    )


def nearest_of_all_km(ctx: Context, power: Power) -> float | None:
    """Return how near to the theatre the nearest base abroad of any power lies, None if unknown.

    Bases on the soil of the other side do not count.
    """
    centre = theatre_point(ctx)
    if centre is None:
        return None
    here = (float(centre[0]), float(centre[1]))
    return _nearest_km(ctx.world, here, frozenset(ctx.opponents(power)))


@lru_cache(maxsize=256)
def _nearest_km(world: World, centre: tuple[float, float], closed: frozenset[str]) -> float | None:
    known = [fact.value for fact in all_bases(world)]
    abroad = [base for base in known if base.host not in {base.operator, *closed}]
    places = [(base.lat, base.lon) for base in abroad]
    if not places:
        return None
    return float(great_circle_km(np.array(places), np.array(centre)).min())

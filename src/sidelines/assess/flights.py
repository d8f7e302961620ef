"""Stops: where a power's main airlifter lands on the way, what tankers extend, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sidelines.assess.carriage import main_carrier
from sidelines.assess.context import Context
from sidelines.assess.ends import Stop
from sidelines.assess.permissions import permissions
from sidelines.assess.roads import air_links_at, roadmap
from sidelines.crisis.model import Power
from sidelines.facts.holders import holder_of
from sidelines.facts.lift import Fleet, airlift, tankers
from sidelines.facts.members import states_of
from sidelines.facts.places import airfields, bases
from sidelines.facts.world import World
from sidelines.reach.best_way import NoWay, Way, best_way
from sidelines.reach.distance import great_circle_km
from sidelines.reach.legs import Flight as Legs
from sidelines.reach.legs import best_stops
from sidelines.reach.links import join
from sidelines.reach.matrix import lengths_km
from sidelines.reach.roadmap import words_of
from sidelines.reach.search import search
from sidelines.reach.walk import unit_vectors
from sidelines.terms.arrays import Float, UInt
from sidelines.terms.roles import Means
from sidelines.terms.states import is_actor

__all__ = ["FlightPlan", "airlifter", "flight", "refused_areas"]

_STEP_KM = 150.0  # how finely a way is looked along for fields beside it
_BESIDE = 2  # fields taken from each stretch of a way
_LIKELY = 0.505  # draws of an even chance scatter about one half
_FOR_AIRCRAFT = {"air", "logistics", "transit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightPlan:
    """A flight of a power's main airlifter, by stops.

    - `carrier`: its type; `range_km`: its longest leg with a load, measured on the map
    - `stops`: from start to end, empty without a flight; `legs_km`, `tanked`: each leg's length,
      and whether a tanker has to extend it
    - `hours`: in the air and at stops, infinite without a flight
    - `gap`, `gap_km`: without one, the leg that would have to be flown; None and infinite where
      leave is lacking or no range would do
    """

    carrier: str
    range_km: float
    stops: tuple[Stop, ...]
    legs_km: tuple[float, ...]
    tanked: tuple[bool, ...]
    hours: float
    gap: tuple[Stop, Stop] | None
    gap_km: float

    @property
    def exists(self) -> bool:
        """Tell whether it can be flown."""
        return bool(self.stops)


def airlifter(ctx: Context, power: Power) -> Fleet | None:
    """Return the type that makes up most of a power's airlift over distance, or None if unknown."""
    fleets = airlift(ctx.world, power.power)
    return main_carrier(fleets, Means.AIR) if fleets else None


def flight(
    ctx: Context,
    power: Power,
    start: Stop,
    end: Stop,
    *,
    refused: UInt[np.ndarray, " word"] | None = None,
    way: Way | NoWay | None = None,
    decided: Mapping[str, bool] | None = None,
    alone: bool = False,
) -> FlightPlan | None:
    """Return how a power's main airlifter flies between two places, or None without a known one.

    It lands where leave to land is likelier than not, always on its own soil; legs follow the air
    ways of those who are likely to grant. `refused` are the areas that may not be crossed, if
    known; `way` is the way between the two under them, if known; `decided` holders grant or refuse
    whatever they would say; `alone` asks for a flight without any third state's leave.
    """
    carrier = airlifter(ctx, power)
    if carrier is None:
        return None
    barred = refused_areas(ctx, power, decided=decided, alone=alone) if refused is None else refused
    found = way or _way(start, end, barred)
    flown = ctx.parameters.value("routing_factor")
    if not isinstance(found, Way):
        return _plan(carrier, None, (start, end), flown=flown)
    if found.km * flown <= carrier.range_km:
        straight = found.km * flown * (1.0 - np.eye(2))
        return _plan(carrier, _legs(carrier, straight), (start, end), flown=flown)
    stops = _candidates(ctx, power, found, barred, decided=decided or {}, alone=alone)
    sites = (start, *stops, end)
    km = lengths_km(
        roadmap(Means.AIR), [air_links_at(site.lat, site.lon) for site in sites], barred
    )
    km = np.where(np.isnan(km), np.inf, km) * flown
    legs = _legs(
        carrier,
        km,
        stop_h=ctx.parameters.value("stop_h"),
        most_tanked=int(ctx.parameters.value("most_tanked")) if _tanked(ctx, power, carrier) else 0,
    )
    return _plan(carrier, legs, sites, flown=flown)


def refused_areas(
    ctx: Context,
    power: Power,
    *,
    decided: Mapping[str, bool] | None = None,
    alone: bool = False,
) -> UInt[np.ndarray, " word"]:
    """Return the areas of the air whose holders are likely to refuse, as words.

    `alone`: those of every third state.
    """
    roads, held = roadmap(Means.AIR), _holders(ctx.world)
    names = tuple(sorted({name for name in held if is_actor(name)}))
    if alone:
        refusing = set(names) - _own(ctx, power) - set(ctx.friends(power))
    else:
        said = permissions(ctx, power, holders=names)
        likely = said.mean_prob >= 0.5
        grants = dict(zip(names, likely.tolist(), strict=True)) | dict(decided or {})
        refusing = {name for name, granted in grants.items() if not granted}
    rows = [row for row, name in enumerate(held) if name in refusing]
    return words_of(np.array(rows, dtype=np.int64), words=roads.words)


@lru_cache(maxsize=64)
def _holders(world: World) -> tuple[str, ...]:
    """Return who holds each area of the air; a strait with transit passage is nobody's."""
    areas = roadmap(Means.AIR).areas
    return tuple("" if area[0].islower() else holder_of(world, area) for area in areas)


def _own(ctx: Context, power: Power) -> set[str]:
    return set(states_of(ctx.world, power.power))


def _way(start: Stop, end: Stop, barred: UInt[np.ndarray, " word"]) -> Way | NoWay | None:
    """Return the best way, or None without one; what blocks it takes longer to find."""
    ends = (air_links_at(stop.lat, stop.lon) for stop in (start, end))
    trip = join(roadmap(Means.AIR), *ends)
    if search(trip, barred[None]).arrived[0] < 0:
        return None
    return best_way(trip, barred)


def _tanked(ctx: Context, power: Power, carrier: Fleet) -> bool:
    """Tell whether the power has tankers that can refuel the carrier."""
    if carrier.tanked_range_km is None:
        return False
    fleets = tankers(ctx.world, power.power) or ()
    return any(fact.value.boom or not carrier.boom for fact in fleets)


def _legs(
    carrier: Fleet, km: Float[np.ndarray, "site site"], *, stop_h: float = 0.0, most_tanked: int = 0
) -> Legs:
    usable = np.ones(len(km), dtype=bool)
    return best_stops(
        km,
        start=0,
        goal=len(km) - 1,
        usable=usable,
        range_km=carrier.range_km,
        speed_km_per_h=carrier.speed_kmh,
        stop_h=stop_h if carrier.ground_h is None else carrier.ground_h,
        tanked_range_km=carrier.tanked_range_km or 0.0,
        most_tanked=most_tanked,
    )


def _plan(
    carrier: Fleet, legs: Legs | None, sites: tuple[Stop, ...], *, flown: float
) -> FlightPlan:
    exists = legs is not None and legs.exists
    gap = None if legs is None or legs.gap is None else (sites[legs.gap[0]], sites[legs.gap[1]])
    return FlightPlan(
        carrier=carrier.type,
        range_km=carrier.range_km / flown,
        stops=tuple(sites[row] for row in legs.sites) if legs else (),
        legs_km=tuple(km / flown for km in legs.leg_km) if legs else (),
        tanked=legs.tanked if legs else (),
        hours=legs.flying_h + legs.ground_h if legs and exists else np.inf,
        gap=gap,
        gap_km=np.inf if legs is None or gap is None else legs.gap_km / flown,
    )


# --- where it may stop ----------------------------------------------------------------------------


def _candidates(
    ctx: Context,
    power: Power,
    way: Way,
    barred: UInt[np.ndarray, " word"],
    *,
    decided: Mapping[str, bool],
    alone: bool,
) -> tuple[Stop, ...]:
    """Return the airfields beside a way where the power may land, a few from each stretch."""
    fields = _fields(ctx, power)
    points = np.array([stop.point for stop in fields])
    course, gone_km = _course(way.points)
    apart = great_circle_km(points[:, None], course[None])
    nearest, off_km = apart.argmin(axis=1), apart.min(axis=1)
    within = off_km <= ctx.parameters.value("stop_offset_km")
    inside = (nearest > 0) & (nearest < len(course) - 1)
    shut = _shut(ctx.world, barred)
    beside = np.flatnonzero(within & inside).tolist()
    rows = [row for row in beside if fields[row].host not in shut]
    hosts = tuple(sorted({fields[row].host for row in rows}))
    usable = _may_land(ctx, power, hosts, decided=decided, alone=alone)
    rows = [row for row in rows if fields[row].host in usable]
    stretches = max(int(ctx.parameters.value("stops_considered")) // _BESIDE, 1)
    stretch = (gone_km[nearest] / gone_km[-1] * stretches).astype(int)
    chosen = []
    for one in range(stretches):
        here = sorted((off_km[row], fields[row].name, row) for row in rows if stretch[row] == one)
        chosen += [row for _, _, row in here[:_BESIDE]]
    return tuple(fields[row] for row in chosen)


def _fields(ctx: Context, power: Power) -> tuple[Stop, ...]:
    """Return the airfields of the day with a runway that is long enough, and the power's bases."""
    enough_m = ctx.parameters.value("stop_runway_m")
    held = tuple(
        Stop(name=base.place, host=base.host, lat=base.lat, lon=base.lon)
        for base in (fact.value for fact in bases(ctx.world, power.power))
        if base.kind in _FOR_AIRCRAFT and (base.runway_m or 0.0) >= enough_m
    )
    return (*_airfields(ctx.world, enough_m), *held)


@lru_cache(maxsize=64)
def _airfields(world: World, enough_m: float) -> tuple[Stop, ...]:
    return tuple(
        Stop(name=one.name, host=holder_of(world, one.area), lat=one.lat, lon=one.lon)
        for one in (fact.value for fact in airfields(world))
        if one.runway_m >= enough_m
    )


def _shut(world: World, barred: UInt[np.ndarray, " word"]) -> set[str]:
    """Return who holds an area that may not be crossed."""
    bits = np.unpackbits(barred.astype("<u8").view(np.uint8), bitorder="little")
    held = _holders(world)
    return {held[row] for row in np.flatnonzero(bits[: len(held)])}


def _may_land(
    ctx: Context,
    power: Power,
    hosts: tuple[str, ...],
    *,
    decided: Mapping[str, bool],
    alone: bool,
) -> set[str]:
    """Return the hosts that are likelier than not to let it land."""
    own = _own(ctx, power)
    if alone:
        return set(hosts) & (own | set(ctx.friends(power)))
    asked = tuple(host for host in hosts if host not in own and is_actor(host))
    said = permissions(ctx, power, holders=asked, right="landing")
    grants = dict(zip(asked, (said.mean_prob > _LIKELY).tolist(), strict=True))
    grants |= {host: granted for host, granted in decided.items() if host in grants}
    return own | {host for host, granted in grants.items() if granted}


def _course(
    points: Float[np.ndarray, "stop 2"],
) -> tuple[Float[np.ndarray, "point 2"], Float[np.ndarray, " point"]]:
    """Return points along a way, close together, and how far along it each lies [km]."""
    leg_km = great_circle_km(points[:-1], points[1:])
    ends = unit_vectors(points)
    found = [points[:1]]
    for leg, km in enumerate(leg_km):
        share = np.linspace(0.0, 1.0, 1 + max(int(np.ceil(km / _STEP_KM)), 1))[1:, None]
        line = ends[leg] * (1.0 - share) + ends[leg + 1] * share
        lat = np.degrees(np.arctan2(line[:, 2], np.hypot(line[:, 0], line[:, 1])))
        found.append(np.stack([lat, np.degrees(np.arctan2(line[:, 1], line[:, 0]))], axis=-1))
    course = np.concatenate(found)
    steps = great_circle_km(course[:-1], course[1:])
    return course, np.concatenate([[0.0], np.cumsum(steps)])

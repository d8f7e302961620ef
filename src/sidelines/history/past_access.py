"""Could it get there? Nearest base, leave by air, days and lift of powers in past cases.

Everything is dated to the end of the year before: borders, bases, ties and fleets. No data set says
where a crisis was, so that a way leads to the capital of the party that would be backed (which is
the crisis' target, where the power would back that), from the power's own.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np

from sidelines.assess.covariates import Records
from sidelines.assess.parameters import load_parameters
from sidelines.assess.roads import roadmap
from sidelines.assess.sampling import standard_uniform
from sidelines.assess.standing import group_of
from sidelines.facts.holders import holder_of
from sidelines.facts.lift import airlift
from sidelines.facts.official.codes import state_id
from sidelines.facts.places import airfields, bases, capital, ports
from sidelines.facts.world import World, load_world
from sidelines.history.past_leave import Leave, past_leave
from sidelines.reach.access import refusals_from
from sidelines.reach.denials import spread
from sidelines.reach.distance import great_circle_km
from sidelines.reach.holders import narrow
from sidelines.reach.lift import airlift_t_per_day
from sidelines.reach.links import attach, join
from sidelines.reach.roadmap import words_of
from sidelines.reach.trip import Links, Trip
from sidelines.terms.roles import Means
from sidelines.terms.states import actor, is_actor

__all__ = ["FEATURES", "FIRST_YEAR", "Key", "past_access"]

FEATURES = ("base_log_km", "way_open_prob", "short_way_prob", "way_log_days", "lift_log_t")
"""Nearest usable base or own soil [log(1 + km)], chance that a way by air is open, and that one is
of at most `_DETOUR` times the length if nobody refused [1], days over the likeliest way [log],
airlift over it [log(1 + t/day)]."""

FIRST_YEAR = 1947  # the tables of holders and of bases begin in 1946
_DETOUR = 1.5  # assumed

Key = tuple[int, int, int | None, int]
"""COW numbers of the power, of the party backed and of the one opposed, and the crisis year."""


def past_access(
    keys: Iterable[Key], records: Records[int], *, draws: int
) -> dict[Key, Mapping[str, float]]:
    """Return the features of some cases; NaN where unknown, and where there is no way.

    The chances rest on so many draws of refusals; with none they are unknown, and only the
    likeliest way is looked for, which is some ten times as fast.
    """
    leave = past_leave(records)
    found: dict[Key, Mapping[str, float]] = {}
    for key in sorted(set(keys), key=lambda key: (key[3], key[1], key[0], key[2] or 0)):
        found[key] = _features(key, leave, draws)
    return found


def _features(key: Key, leave: Leave, draws: int) -> dict[str, float]:
    power_number, backed_number, opposed_number, year = key
    unknown = dict.fromkeys(FEATURES, np.nan)
    day = dt.date(year - 1, 12, 31)
    power = state_id(power_number, day)
    backed = state_id(backed_number, day) or state_id(backed_number, year)
    opposed = None if opposed_number is None else state_id(opposed_number, day)
    if year < FIRST_YEAR or power is None or backed is None:
        return unknown
    world = load_world(day, retrospective=True)
    start, end = _seat(world, power), _seat(world, backed) or _seat(_a_year_on(world), backed)
    if start is None or end is None:
        return unknown
    way, km = _way(
        world, leave, power=power, backed=backed, opposed=opposed, ends=(start, end), draws=draws
    )
    return {
        "base_log_km": np.log1p(_nearest_km(world, power, opposed, end)),
        **way,
        **_delivery(world, power, km),
    }


def _seat(world: World, id_: str) -> tuple[float, float] | None:
    if not actor(id_).existed_on(world.as_of):
        return None
    seat = capital(world, id_)
    return None if seat is None else (seat.value.lat, seat.value.lon)


def _a_year_on(world: World) -> World:
    return load_world(world.as_of.replace(year=world.as_of.year + 1), retrospective=True)


def _nearest_km(world: World, power: str, opposed: str | None, place: tuple[float, float]) -> float:
    """Return how near a power's own soil or a base of it lies that is not on the other side's."""
    held = [
        (base.value.lat, base.value.lon)
        for base in bases(world, power)
        if base.value.host != opposed
    ]
    points = np.array([*_own_points(world, power), *held])
    return float(great_circle_km(points, np.array(place)).min())


@lru_cache(maxsize=4096)
def _own_points(world: World, power: str) -> tuple[tuple[float, float], ...]:
    """Return a power's capital, and its airfields and ports with those of its dependencies."""
    places = (fact.value for facts in (airfields(world), ports(world)) for fact in facts)
    owned = _owned(world, power)
    seat = _seat(world, power)
    return (
        *((place.lat, place.lon) for place in places if place.area in owned),
        *(() if seat is None else (seat,)),
    )


@lru_cache(maxsize=4096)
def _owned(world: World, power: str) -> frozenset[str]:
    areas = {fact.value.area for facts in (airfields(world), ports(world)) for fact in facts}
    return frozenset(area for area in areas if _in_fact(world, area) == power)


def _in_fact(world: World, area: str) -> str:
    return holder_of(world, area, view="control")


def _way(
    world: World,
    leave: Leave,
    *,
    power: str,
    backed: str,
    opposed: str | None,
    ends: tuple[tuple[float, float], tuple[float, float]],
    draws: int,
) -> tuple[dict[str, float], float]:
    """Return the chances that a way and a short one are open [1], and the likeliest length [km].

    The likeliest is the shortest if each holder says what is likelier; where that leaves none, the
    mean of those open in some draw, NaN without one.
    """
    names, words = _held(world)
    trip = _trip(names, words.tobytes(), words.shape, *ends)
    chance = np.array(
        [leave(world, power, name, backed, opposed) if is_actor(name) else 1.0 for name in names]
    )
    luck, group, loading = _luck(world, draws)
    drawn = refusals_from(luck, 1.0 - chance, group=group, loading=loading)
    likely, nobody = chance < 0.5, np.zeros(len(names), dtype=bool)
    found = spread(trip, np.stack([nobody, likely, *drawn]))
    free_km, likely_km, km = found.km[0], found.km[1], found.km[2:]
    is_open = found.is_open[2:]
    if np.isnan(likely_km) and is_open.any():
        likely_km = np.nanmean(km)
    chances = {
        "way_open_prob": float(is_open.mean()) if draws else np.nan,
        "short_way_prob": float((km <= _DETOUR * free_km).mean()) if draws else np.nan,
    }
    return chances, float(likely_km)


@lru_cache(maxsize=64)
def _held(world: World) -> tuple[tuple[str, ...], np.ndarray]:
    """Return who holds the air on the day in fact, and each one's areas as words.

    Not whom the General Assembly names: what is asked is who could let nobody pass. Straits with
    transit passage are nobody's.
    """
    roads = roadmap(Means.AIR)
    owner = ["" if area[0].islower() else _in_fact(world, area) for area in roads.areas]
    names = tuple(sorted(set(owner) - {""}))
    words = [
        words_of(np.flatnonzero([one == name for one in owner]), words=roads.words)
        for name in names
    ]
    return names, np.array(words)


@lru_cache(maxsize=64)
def _luck(world: World, draws: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the luck of holders and groups, who is in which group, and how much that weighs."""
    names, _ = _held(world)
    groups = [group_of(world, name) if is_actor(name) else "" for name in names]
    named = sorted(set(groups) - {""})
    luck = [standard_uniform(f"leave {name}", draws=draws, seed=0) for name in (*names, *named)]
    group = np.array([named.index(one) if one else -1 for one in groups], dtype=np.int64)
    loading = np.full(len(names), load_parameters().value("access_loading"))
    return np.stack(luck, axis=-1), group, loading


@cache
def _links(lat: float, lon: float) -> Links:
    return attach(roadmap(Means.AIR), np.array([lat, lon]))


def _trip(
    names: tuple[str, ...],
    held: bytes,
    shape: tuple[int, int],
    start: tuple[float, float],
    end: tuple[float, float],
) -> Trip:
    """Return a trip in terms of holders: the roads are narrowed once for all that hold alike."""
    words = np.frombuffer(held, dtype=np.uint64).reshape(shape)
    whole = join(roadmap(Means.AIR), _links(*start), _links(*end))
    ends = narrow(_without_roads(whole), words, names=names)
    return replace(_roads(names, held, shape), start=ends.start, end=ends.end)


@lru_cache(maxsize=8)
def _roads(names: tuple[str, ...], held: bytes, shape: tuple[int, int]) -> Trip:
    words = np.frombuffer(held, dtype=np.uint64).reshape(shape)
    anywhere = _links(0.0, 0.0)
    return narrow(join(roadmap(Means.AIR), anywhere, anywhere), words, names=names)


def _without_roads(trip: Trip) -> Trip:
    return replace(
        trip,
        first=np.zeros_like(trip.first),
        to=trip.to[:0],
        km=trip.km[:0],
        crossing=trip.crossing[:0],
        sets=trip.sets[:0],
    )


def _delivery(world: World, power: str, km: float) -> dict[str, float]:
    """Return the days of a flight at the fleet's pace, and what the fleet lifts a day."""
    fleets = airlift(world, power)
    if fleets is None or np.isnan(km):
        return {"way_log_days": np.nan, "lift_log_t": np.nan}
    numbers = load_parameters()
    use, routing = numbers.value("air_use_h_per_day"), numbers.value("routing_factor")
    lift = [
        float(
            airlift_t_per_day(
                np.array(km),
                aircraft=np.array(fleet.value.count),
                payload_t=np.array(fleet.value.payload_t),
                speed_km_per_h=np.array(fleet.value.speed_kmh),
                use_h_per_day=np.array(use),
                available_share=np.array(numbers.value("air_available_share")),
                routing_factor=np.array(routing),
                shortest_leg_km=numbers.value("shortest_leg_km"),
            )
        )
        for fleet in fleets
    ]
    speed = np.average([fleet.value.speed_kmh for fleet in fleets], weights=lift)
    flown_km = max(km, numbers.value("shortest_leg_km"))
    return {
        "way_log_days": float(np.log(flown_km * routing / (speed * use))),
        "lift_log_t": float(np.log1p(sum(lift))),
    }

"""A power's ways to the theatre by air, sea and land: length, days, leave, safety and lift."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from sidelines.assess.carriage import Carriage, carriage, passage_days
from sidelines.assess.context import Context, lacking, number, quantity, settled
from sidelines.assess.overland import GroundWay, ground_carriage, ground_ways
from sidelines.assess.sampling import standard_uniform
from sidelines.assess.sites import nearest_of_all_km
from sidelines.assess.traced import Traced, traced
from sidelines.crisis.model import Access, Power
from sidelines.facts.members import states_of
from sidelines.facts.places import capital, minimum_distance_km
from sidelines.facts.record import Fact
from sidelines.reach.distance import great_circle_km
from sidelines.reach.ways import safe_way_prob
from sidelines.terms.arrays import Float
from sidelines.terms.roles import AccessState, Means, Right, Side

__all__ = [
    "OBSTACLES",
    "Obstacle",
    "Routes",
    "Way",
    "lengths_km",
    "own_overland",
    "routes_of",
    "shortest_km",
    "ways_over",
]


class Obstacle(StrEnum):
    """What stands between a power and the theatre; the geography of an answer is split by them."""

    DISTANCE = "distance"
    ACCESS = "access"
    SAFETY = "safety"
    BASES = "bases"
    LIFT = "lift"


OBSTACLES: tuple[Obstacle, ...] = tuple(Obstacle)
Without = frozenset[Obstacle]
Lengths = dict[Means, Float[np.ndarray, " draw"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One means of travel: how far and how long, its chance to be open and safe, its lift.

    - `km` (draw): length, infinite in draws in which leave makes no way [km]
    - `days` (draw): under way, infinite without one [days]
    - `open_prob` (draw): chance that it is granted and safe [1]
    - `limited_by`: what limits the lift; `blocked_by`: what stands against the way
    """

    means: Means
    km: Float[np.ndarray, " draw"]
    days: Float[np.ndarray, " draw"]
    open_prob: Float[np.ndarray, " draw"]
    lift_t_per_day: Float[np.ndarray, " draw"]
    limited_by: str
    blocked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Where a power's ways lead, before anything is carried.

    - `found`: the best ways by air and by sea under each draw's leave
    - `overland`: those on land; `granted_overland` as if everybody gave leave, if asked for
    - `km` (draw): length by air and by sea as asked for, infinite without leave; `free_km` if
      nobody refused [km]
    - `base_km`: how near to the theatre the nearest base of any power lies, None if unknown [km]
    - `territory`, `capital_km`: distance between territories and between capitals [km]
    """

    found: dict[Means, Traced]
    overland: tuple[GroundWay, ...]
    km: Lengths
    free_km: Lengths
    base_km: float | None
    territory: Fact[float] | None
    capital_km: float | None
    granted_overland: tuple[GroundWay, ...] = ()


def routes_of(ctx: Context, power: Power) -> Routes:
    """Return where a power's ways to the theatre lead, draw by draw."""
    territory, capital_km = _territory(ctx, power), _capital_km(ctx, power.power)
    found = {
        means: way
        for means in (Means.AIR, Means.SEA)
        if (way := traced(ctx, power, means)) is not None
    }
    km = {means: one.km for means, one in found.items()}
    free = {means: np.full(ctx.draws, one.free_km) for means, one in found.items()}
    if Means.AIR not in km:
        beeline = _beeline_km(ctx, power, territory, capital_km)
        luck = standard_uniform(f"leave {_distance(power)}", draws=ctx.draws, seed=ctx.seed)
        chance = lacking(ctx, "granted_prob", f"{power.power}.{power.side}.access.{Means.AIR}")
        km[Means.AIR] = np.where(luck < chance, beeline, np.inf)
        free[Means.AIR] = beeline
    km, free = _as_asked(ctx, power, km, free)
    return Routes(
        found=found,
        overland=own_overland(ctx, power),
        km=km,
        free_km=free,
        base_km=nearest_of_all_km(ctx, power),
        territory=territory,
        capital_km=capital_km,
    )


def own_overland(ctx: Context, power: Power, *, granted: bool = False) -> tuple[GroundWay, ...]:
    """Return a power's ways on land from its own soil or a fellow party's.

    `granted`: as if all whose leave they take gave it.
    """
    own = {*states_of(ctx.world, power.power), *ctx.friends(power)}
    ways = ground_ways(ctx, power)
    if granted:
        asked = {leave.holder: True for way in ways for leave in way.leave}
        ways = ground_ways(ctx, power, decided=asked)
    return tuple(way for way in ways if way.start in own)


def lengths_km(
    routes: Routes, means: Means, *, without: Without = frozenset()
) -> Float[np.ndarray, " draw"]:
    """Return the length of a way by air or by sea, infinite without one, some obstacles apart [km].

    Without want of access it is as long as if nobody refused; with a base where the nearest of any
    power lies no longer than from there; next door of no length.
    """
    km = routes.free_km[means] if Obstacle.ACCESS in without else routes.km[means]
    if Obstacle.BASES in without and routes.base_km is not None:
        km = np.minimum(km, routes.base_km)
    return np.where(np.isfinite(km), 0.0, km) if Obstacle.DISTANCE in without else km


def ways_over(
    ctx: Context,
    power: Power,
    routes: Routes,
    *,
    strength: Float[np.ndarray, " draw"],
    without: Without = frozenset(),
) -> tuple[Way, ...]:
    """Return a power's ways, with what each carries; some obstacles apart."""
    ways = tuple(
        _way(ctx, power, routes, means, strength=strength, without=without) for means in routes.km
    )
    return (*ways, _on_land(ctx, power, routes, without)) if routes.overland else ways


def _way(
    ctx: Context,
    power: Power,
    routes: Routes,
    means: Means,
    *,
    strength: Float[np.ndarray, " draw"],
    without: Without,
) -> Way:
    """Return a power's way by air or by sea."""
    found = routes.found.get(means)
    km = lengths_km(routes, means, without=without)
    ends = () if found is None else found.ends
    carried = carriage(ctx, power, means, km=km, strength=strength, receiving=ends)
    rights = [right for right in power.access if right.means is means]
    granted = np.isfinite(km).astype(float)
    if means is Means.SEA and not without & {Obstacle.ACCESS, Obstacle.BASES}:
        granted = granted * _at_sea(ctx, power, rights)
    refused = () if found is None else found.blocked_by
    over = np.where(np.isfinite(km), km, 0.0)
    travel = passage_days(ctx, power, means, over)
    if travel is None:
        travel = over / (24.0 * ctx.parameters.value("unknown_fleet_kmh"))
    return _safe(
        ctx,
        power,
        means,
        km=km,
        days=np.where(np.isfinite(km), travel, np.inf),
        granted=granted,
        passing=1.0 if found is None else found.safe_prob,
        carried=carried,
        against=(*_unsettled(rights), *(f"{who} refuses" for who in refused)),
        without=without,
    )


def _on_land(ctx: Context, power: Power, routes: Routes, without: Without) -> Way:
    """Return a power's ways on land as one: together they carry what each does."""
    ways = routes.granted_overland if Obstacle.ACCESS in without else routes.overland
    best = ways[0]
    is_open = np.any([way.is_open for way in ways], axis=0)
    days = np.min([way.days for way in ways], axis=0)
    km = np.min([np.where(way.is_open, way.km, np.inf) for way in ways], axis=0)
    if Obstacle.DISTANCE in without:
        km, days = np.where(is_open, 0.0, km), np.where(is_open, 0.0, days)
    lift = np.sum([way.t_per_day for way in ways], axis=0)
    rights = [right for right in power.access if right.means is Means.LAND]
    refused = () if is_open.mean() >= 0.5 else tuple(f"{who} refuses" for who in best.blocked_by)
    return _safe(
        ctx,
        power,
        Means.LAND,
        km=km,
        days=days,
        granted=is_open.astype(float),
        passing=1.0,
        carried=replace(ground_carriage(ctx, best), t_per_day=lift),
        against=(*_unsettled(rights), *refused),
        without=without,
    )


def _safe(
    ctx: Context,
    power: Power,
    means: Means,
    *,
    km: np.ndarray,
    days: np.ndarray,
    granted: np.ndarray,
    passing: np.ndarray | float,
    carried: Carriage,
    against: tuple[str, ...],
    without: Without,
) -> Way:
    """Return a way of which we know how likely it is granted: it has to be safe as well.

    `passing` is the chance to pass what is dangerous before the theatre.
    """
    hostile = _hostile_control(ctx, power, means)
    if hostile.mean() >= 0.5:
        against = (*against, f"controlled by {' and '.join(ctx.opponents(power))}")
    open_prob = granted
    if Obstacle.SAFETY not in without:
        loss = number(ctx, "contested_loss")
        open_prob = safe_way_prob(
            granted * passing, hostile_control=hostile, loss_at_full_control=loss
        )
    return Way(
        means=means,
        km=km,
        days=days,
        open_prob=open_prob,
        lift_t_per_day=carried.t_per_day,
        limited_by=carried.limited_by,
        blocked_by=tuple(dict.fromkeys(against)),
    )


def _distance(power: Power) -> str:
    return f"{power.power}.{power.side}.distance_km"


def _as_asked(ctx: Context, power: Power, km: Lengths, free_km: Lengths) -> tuple[Lengths, Lengths]:
    """Return the lengths by each means, after what the crisis file and the settings say of them.

    A distance that is given stands for all means.
    """
    what = _distance(power)
    shortest = shortest_km(km, free_km)
    length = shortest if power.distance_km is None else quantity(ctx, what, power.distance_km)
    changed = settled(ctx, what, length)
    given = power.distance_km is not None
    if given or any(one.kind == "set" for one in ctx.settings.get(what, ())):
        replaced = [_where_open(one, changed) for one in (km, free_km)]
        return replaced[0], replaced[1]
    if what in ctx.settings:
        longer = changed / np.maximum(length, 1e-9)
        return _scaled(km, longer), _scaled(free_km, longer)
    return km, free_km


def _where_open(km: Lengths, length: np.ndarray) -> Lengths:
    return {means: np.where(np.isfinite(one), length, np.inf) for means, one in km.items()}


def _scaled(km: Lengths, longer: np.ndarray) -> Lengths:
    return {
        means: np.multiply(one, longer, out=one.copy(), where=np.isfinite(one))
        for means, one in km.items()
    }


def shortest_km(km: Lengths, free_km: Lengths) -> Float[np.ndarray, " draw"]:
    """Return the shortest way that is granted, or else the shortest if nobody refused [km]."""
    granted = np.min(list(km.values()), axis=0)
    return np.where(np.isfinite(granted), granted, np.min(list(free_km.values()), axis=0))


def _between(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(great_circle_km(np.array(a), np.array(b)))


def _capital_km(ctx: Context, id_: str) -> float | None:
    """Return the distance between the capitals of a power and of the first target [km]."""
    own, target = capital(ctx.world, id_), capital(ctx.world, ctx.crisis.targets[0])
    if own is None or target is None:
        return None
    start, end = own.value, target.value
    return _between((start.lat, start.lon), (end.lat, end.lon))


def _territory(ctx: Context, power: Power) -> Fact[float] | None:
    """Return the shortest distance from the power's territory to any target's."""
    found = [
        fact
        for target in ctx.crisis.targets
        if (fact := minimum_distance_km(ctx.world, power.power, target)) is not None
    ]
    nearest = min(found, key=lambda fact: fact.value, default=None)
    if nearest is not None:
        ctx.notes.fact(f"{power.power}.distance_km", nearest)
    return nearest


def _beeline_km(
    ctx: Context, power: Power, territory: Fact[float] | None, capital_km: float | None
) -> Float[np.ndarray, " draw"]:
    """Return how far a power is of which no way can be traced [km]."""
    what = f"{power.power}.distance_km"
    if territory is not None:
        return np.full(ctx.draws, territory.value)
    if capital_km is not None:
        ctx.notes.lack(f"{what} (distance between capitals stands in)")
        return np.full(ctx.draws, capital_km)
    return lacking(ctx, "distance_km", what)


def _at_sea(ctx: Context, power: Power, rights: list[Access]) -> Float[np.ndarray, " draw"]:
    """Return the chance of the rights at sea that a file names beside canals and straits."""
    chance = np.ones(ctx.draws)
    for right in rights:
        if right.right in {Right.CANAL, Right.STRAIT}:
            continue  # these are passages that the roadmap knows
        what = f"{power.power}.{power.side}.access.{Means.SEA}.{right.grantor}.{right.right}"
        if right.state is AccessState.DENIED:
            return np.zeros(ctx.draws)
        if right.prob is not None:
            chance = chance * quantity(ctx, what, right.prob)
        elif right.state is AccessState.UNKNOWN:
            chance = chance * lacking(ctx, "granted_prob", what)
    return chance


def _unsettled(rights: list[Access]) -> tuple[str, ...]:
    """Return the rights of a crisis file that are not granted."""
    return tuple(
        f"{right.grantor} {right.right} {right.state}"
        for right in rights
        if right.state is not AccessState.GRANTED
    )


def _hostile_control(ctx: Context, power: Power, means: Means) -> np.ndarray:
    given = getattr(ctx.crisis.control, means.value)
    name = f"control.{means}"
    held = lacking(ctx, "control", name) if given is None else quantity(ctx, name, given)
    held = settled(ctx, name, held)
    return held if power.side is Side.TARGET else 1.0 - held

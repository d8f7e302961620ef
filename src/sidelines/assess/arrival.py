"""Can it arrive? Ways, days, loss of strength and lift of one power, from its facts."""

from dataclasses import dataclass, replace

import numpy as np

from sidelines.assess.carriage import Carriage, carriage, passage_days
from sidelines.assess.context import Context, lacking, number, quantity, settled
from sidelines.assess.ends import Stop, abroad, theatre_point
from sidelines.assess.overland import GroundWay, ground_carriage, ground_ways
from sidelines.assess.sampling import standard_uniform
from sidelines.assess.traced import Traced, traced
from sidelines.crisis.model import Access, Power
from sidelines.facts.members import states_of
from sidelines.facts.places import capital, minimum_distance_km
from sidelines.facts.record import Fact
from sidelines.reach.distance import great_circle_km
from sidelines.reach.gradient import Journey, gradient
from sidelines.reach.lift import delivery_days, sustained_share
from sidelines.reach.ways import any_open_prob, safe_way_prob
from sidelines.terms.arrays import Float
from sidelines.terms.roles import AccessState, Means, Right, Side

__all__ = ["Arrival", "NearestBase", "Way", "arrival"]


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
class NearestBase:
    """The base or host nearest to the theatre, on soil that is not the other side's."""

    place: str
    host: str
    distance_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a power could bring: the parts of its arrival share, per draw.

    - `distance_km` (draw): over its shortest way that is granted; over the shortest that nobody
      refuses where none is [km]
    - `days` (draw): until a force is delivered over the quickest way, infinite if never [days]
    - `strength_share` (draw): what the gradient leaves of its strength after those days [1]
    - `sustained` (draw): share of its need that a force gets, given that some way is open [1]
    - `arrival` (draw): loss of strength x open ways x sustained share [1]
    - `territory_km` between territories, `capital_km` between capitals [km], None where unknown
    """

    distance_km: Float[np.ndarray, " draw"]
    days: Float[np.ndarray, " draw"]
    strength_share: Float[np.ndarray, " draw"]
    open_prob: Float[np.ndarray, " draw"]
    lift_t_per_day: Float[np.ndarray, " draw"]
    need_t_per_day: Float[np.ndarray, " draw"]
    sustained: Float[np.ndarray, " draw"]
    arrival: Float[np.ndarray, " draw"]
    ways: tuple[Way, ...]
    territory_km: float | None
    capital_km: float | None
    base: NearestBase | None


def arrival(ctx: Context, power: Power, strength: Float[np.ndarray, " draw"]) -> Arrival:
    """Return what of a power's forces could arrive at the theatre and be sustained there."""
    name = f"{power.power}.{power.side}"
    territory, capital_km = _territory(ctx, power), _capital_km(ctx, power.power)
    found = {
        means: way
        for means in (Means.AIR, Means.SEA)
        if (way := traced(ctx, power, means)) is not None
    }
    km, distance = _lengths(ctx, power, found, territory=territory, capital_km=capital_km)
    ways = tuple(
        _way(ctx, power, means, length, strength, found=found.get(means))
        for means, length in km.items()
    )
    own = {*states_of(ctx.world, power.power), *ctx.friends(power)}
    overland = tuple(way for way in ground_ways(ctx, power) if way.start in own)
    if overland:
        ways = (*ways, _on_land(ctx, power, overland))
    ways = tuple(way for way in ways if way.lift_t_per_day.any() or way.blocked_by)
    need = number(ctx, "need_t_per_day")
    open_prob = _union(ctx, [way.open_prob for way in ways])
    lift = np.sum([way.lift_t_per_day for way in ways], axis=0) + np.zeros(ctx.draws)
    sustained = _sustained(ctx, ways, open_prob, need)
    if power.open_way_prob is not None:
        open_prob = quantity(ctx, f"{name}.open_way_prob", power.open_way_prob)
    if power.lift_t_per_day is not None:
        lift = quantity(ctx, f"{name}.lift_t_per_day", power.lift_t_per_day)
    open_prob = settled(ctx, f"{name}.open_way_prob", open_prob)
    lift = settled(ctx, f"{name}.lift_t_per_day", lift)
    if power.lift_t_per_day is not None or f"{name}.lift_t_per_day" in ctx.settings:
        sustained = sustained_share(lift, need_t_per_day=need)
    days = _delivery_days(ctx, ways, lift)
    share = _left(ctx, distance, days, strength)
    return Arrival(
        distance_km=distance,
        days=days,
        strength_share=share,
        open_prob=open_prob,
        lift_t_per_day=lift,
        need_t_per_day=need,
        sustained=sustained,
        arrival=share * open_prob * sustained,
        ways=ways,
        territory_km=None if territory is None else territory.value,
        capital_km=capital_km,
        base=_nearest_base(ctx, power),
    )


def _union(ctx: Context, probs: list[np.ndarray]) -> Float[np.ndarray, " draw"]:
    """Return the chance that at least one of several ways is open; none without ways."""
    return any_open_prob(np.stack([np.zeros(ctx.draws), *probs], axis=-1))


def _sustained(
    ctx: Context, ways: tuple[Way, ...], open_prob: np.ndarray, need: np.ndarray
) -> Float[np.ndarray, " draw"]:
    """Return the share of its need that a force gets, given that some way is open.

    A way counts by the chance that it is open times the share that its own lift sustains.
    """
    carried = [
        way.open_prob * sustained_share(way.lift_t_per_day, need_t_per_day=need) for way in ways
    ]
    return _union(ctx, carried) / np.maximum(open_prob, 1e-12)


def _delivery_days(
    ctx: Context, ways: tuple[Way, ...], lift: np.ndarray
) -> Float[np.ndarray, " draw"]:
    """Return the days until a force is there, over the quickest way and all that can be lifted."""
    travel = np.min([np.full(ctx.draws, np.inf), *(way.days for way in ways)], axis=0)
    return delivery_days(
        number(ctx, "force_t"),
        t_per_day=np.where(np.isfinite(travel), lift, 0.0),
        first_arrival_days=np.where(np.isfinite(travel), travel, 0.0),
    )


def _left(
    ctx: Context, distance: np.ndarray, days: np.ndarray, strength: np.ndarray
) -> Float[np.ndarray, " draw"]:
    """Return the share of its strength that the gradient of the parameters leaves."""
    chosen = gradient(ctx.parameters.gradient)
    journey = Journey(distance_km=distance, days=days, home_share=strength)
    return chosen.share(journey, number(ctx, chosen.scale))


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


def _nearest_base(ctx: Context, power: Power) -> NearestBase | None:
    """Return the base or host abroad that is nearest to the theatre."""
    centre = theatre_point(ctx)
    held = {*abroad(ctx, power, Means.AIR), *abroad(ctx, power, Means.SEA)}
    if centre is None or not held:
        return None
    place = (float(centre[0]), float(centre[1]))

    def far(stop: Stop) -> tuple[float, str]:
        return _between((stop.lat, stop.lon), place), stop.name

    nearest = min(held, key=far)
    return NearestBase(place=nearest.name, host=nearest.host, distance_km=far(nearest)[0])


def _lengths(
    ctx: Context,
    power: Power,
    found: dict[Means, Traced],
    *,
    territory: Fact[float] | None,
    capital_km: float | None,
) -> tuple[dict[Means, np.ndarray], Float[np.ndarray, " draw"]]:
    """Return the length of the way by each means, infinite without one, and of the shortest [km].

    A distance that is given stands for all means.
    """
    what = f"{power.power}.{power.side}.distance_km"
    km = {means: one.km for means, one in found.items()}
    free_km = min((one.free_km for one in found.values()), default=np.inf)
    if Means.AIR not in km:
        beeline = _beeline_km(ctx, power, territory, capital_km)
        luck = standard_uniform(f"leave {what}", draws=ctx.draws, seed=ctx.seed)
        chance = lacking(ctx, "granted_prob", f"{power.power}.{power.side}.access.{Means.AIR}")
        km[Means.AIR] = np.where(luck < chance, beeline, np.inf)
        free_km = min(free_km, float(beeline.mean()))
    shortest = np.min(list(km.values()), axis=0)
    length = np.where(np.isfinite(shortest), shortest, free_km)
    if power.distance_km is not None:
        length = quantity(ctx, what, power.distance_km)
        km = {means: np.where(np.isfinite(one), length, np.inf) for means, one in km.items()}
    changed = settled(ctx, what, length)
    if any(one.kind == "set" for one in ctx.settings.get(what, ())):
        km = {means: np.where(np.isfinite(one), changed, np.inf) for means, one in km.items()}
    elif what in ctx.settings:
        longer = changed / np.maximum(length, 1e-9)
        km = {
            means: np.multiply(one, longer, out=one.copy(), where=np.isfinite(one))
            for means, one in km.items()
        }
    return km, changed


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


def _way(
    ctx: Context,
    power: Power,
    means: Means,
    km: Float[np.ndarray, " draw"],
    strength: Float[np.ndarray, " draw"],
    *,
    found: Traced | None,
) -> Way:
    """Return a power's way by air or by sea."""
    ends = () if found is None else found.ends
    held = carriage(ctx, power, means, km=km, strength=strength, receiving=ends)
    rights = [right for right in power.access if right.means is means]
    granted = np.isfinite(km) * (1.0 if found is None else found.safe_prob)
    if means is Means.SEA:
        granted = granted * _at_sea(ctx, power, rights)
    refused = () if found is None else found.blocked_by
    travel = passage_days(ctx, power, means, np.where(np.isfinite(km), km, 0.0))
    travel = np.zeros(ctx.draws) if travel is None else travel
    return _safe(
        ctx,
        power,
        means,
        km=km,
        days=np.where(np.isfinite(km), travel, np.inf),
        granted=granted,
        carried=held,
        against=(*_unsettled(rights), *(f"{who} refuses" for who in refused)),
    )


def _on_land(ctx: Context, power: Power, ways: tuple[GroundWay, ...]) -> Way:
    """Return a power's ways on land as one: together they carry what each does."""
    best = ways[0]
    is_open = np.any([way.is_open for way in ways], axis=0)
    days = np.min([way.days for way in ways], axis=0)
    km = np.min([np.where(way.is_open, way.km, np.inf) for way in ways], axis=0)
    carried = ground_carriage(ctx, best)
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
        carried=replace(carried, t_per_day=lift),
        against=(*_unsettled(rights), *refused),
    )


def _safe(
    ctx: Context,
    power: Power,
    means: Means,
    *,
    km: np.ndarray,
    days: np.ndarray,
    granted: np.ndarray,
    carried: Carriage,
    against: tuple[str, ...],
) -> Way:
    """Return a way of which we know how likely it is granted: it has to be safe as well."""
    hostile = _hostile_control(ctx, power, means)
    if hostile.mean() >= 0.5:
        against = (*against, f"controlled by {' and '.join(ctx.opponents(power))}")
    open_prob = safe_way_prob(
        granted, hostile_control=hostile, loss_at_full_control=number(ctx, "contested_loss")
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

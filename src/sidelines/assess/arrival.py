"""Can it arrive? Distance, loss of strength, lift and open ways of one power, from its facts."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sidelines.assess.carriage import fleet_lift
from sidelines.assess.context import Context, lacking, number, quantity, settled
from sidelines.assess.sampling import standard_uniform
from sidelines.crisis.model import Access, Power, Quantity
from sidelines.facts.places import bases, capital, minimum_distance_km
from sidelines.facts.record import Fact
from sidelines.reach.distance import great_circle_km
from sidelines.reach.gradient import travel_day_share
from sidelines.reach.lift import sustained_share
from sidelines.reach.ways import any_open_prob, safe_way_prob
from sidelines.terms.arrays import Float
from sidelines.terms.roles import AccessState, Means, Side

__all__ = ["Arrival", "NearestBase", "Way", "arrival"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One means of travel: its chance to be open and safe, its lift, what stands against it."""

    means: Means
    open_prob: Float[np.ndarray, " draw"]
    lift_t_per_day: Float[np.ndarray, " draw"]
    blocked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestBase:
    """The usable base or host nearest to the theatre."""

    place: str
    host: str
    distance_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a power could bring: the parts of its arrival share, per draw.

    `sustained` is the share of its need that a force gets, given that some way is open;
    `territory_km` between territories, `capital_km` between capitals [km], None where unknown.
    `arrival` = loss of strength x open ways x sustained share [1].
    """

    distance_km: Float[np.ndarray, " draw"]
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
    territory = _territory(ctx, power)
    base, base_km = _nearest_base(ctx, power)
    distance = _distance(ctx, power, territory, base_km)
    pace = number(ctx, "miles_per_day")
    share = travel_day_share(distance, strength, miles_per_day=pace)
    near = territory is not None and territory.value <= ctx.parameters.value("ground_reach_km")
    ways = _ways(ctx, power, distance, strength, near=near, territory=territory)
    need = number(ctx, "need_t_per_day")
    open_prob = any_open_prob(np.stack([way.open_prob for way in ways], axis=-1))
    lift = np.sum([way.lift_t_per_day for way in ways], axis=0)
    sustained = _sustained(ways, open_prob, need)
    name = f"{power.power}.{power.side}"
    if power.open_way_prob is not None:
        open_prob = quantity(ctx, f"{name}.open_way_prob", power.open_way_prob)
    if power.lift_t_per_day is not None:
        lift = quantity(ctx, f"{name}.lift_t_per_day", power.lift_t_per_day)
    open_prob = settled(ctx, f"{name}.open_way_prob", open_prob)
    lift = settled(ctx, f"{name}.lift_t_per_day", lift)
    if power.lift_t_per_day is not None or f"{name}.lift_t_per_day" in ctx.settings:
        sustained = sustained_share(lift, need_t_per_day=need)
    return Arrival(
        distance_km=distance,
        strength_share=share,
        open_prob=open_prob,
        lift_t_per_day=lift,
        need_t_per_day=need,
        sustained=sustained,
        arrival=share * open_prob * sustained,
        ways=ways,
        territory_km=None if territory is None else territory.value,
        capital_km=_capital_km(ctx, power.power),
        base=base,
    )


def _sustained(ways: tuple[Way, ...], open_prob: np.ndarray, need: np.ndarray) -> np.ndarray:
    """Return the share of its need that a force gets, given that some way is open.

    A way counts by the chance that it is open times the share that its own lift sustains.
    """
    carried = [
        way.open_prob * sustained_share(way.lift_t_per_day, need_t_per_day=need) for way in ways
    ]
    return any_open_prob(np.stack(carried, axis=-1)) / np.maximum(open_prob, 1e-12)


def _theatre(ctx: Context) -> tuple[float, float] | None:
    theatre = ctx.crisis.theatre
    if theatre is not None:
        return theatre.lat, theatre.lon
    fact = capital(ctx.world, ctx.crisis.targets[0])
    return None if fact is None else (fact.value.lat, fact.value.lon)


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


def _nearest_base(ctx: Context, power: Power) -> tuple[NearestBase | None, np.ndarray]:
    """Return the base nearest to the theatre, and draws of the nearest one that may be used."""
    distance = np.full(ctx.draws, np.inf)
    centre = _theatre(ctx)
    nearest: NearestBase | None = None
    if centre is None:
        return None, distance
    known = [(fact.value, None, fact) for fact in bases(ctx.world, power.power)]
    given = [(base, base.usable, None) for base in power.bases]
    sites: list[tuple[Any, Quantity | None, Fact[Any] | None]] = [*known, *given]
    for site, usable, fact in sites:
        km = _between((site.lat, site.lon), centre)
        what = f"{power.power}.base.{site.place}"
        prob = number(ctx, "base_usable_prob") if usable is None else quantity(ctx, what, usable)
        if site.host in ctx.opponents(power):
            continue
        # Hosts decide one by one: whoever lets one base be used lets all on its soil.
        granted = standard_uniform(
            f"host {power.power} {site.host}", draws=ctx.draws, seed=ctx.seed
        )
        distance = np.where(granted < prob, np.minimum(distance, km), distance)
        if nearest is None or km < nearest.distance_km:
            nearest = NearestBase(place=site.place, host=site.host, distance_km=km)
            if fact is not None:
                ctx.notes.fact(what, fact)
    return nearest, distance


def _distance(
    ctx: Context, power: Power, territory: Fact[float] | None, base_km: np.ndarray
) -> np.ndarray:
    """Return draws of the distance from the nearest usable start [km]."""
    what = f"{power.power}.{power.side}.distance_km"
    if power.distance_km is not None:
        return settled(ctx, what, quantity(ctx, what, power.distance_km))
    if territory is not None:
        return settled(ctx, what, np.minimum(territory.value, base_km))
    between = _capital_km(ctx, power.power)
    if between is not None:
        ctx.notes.lack(f"{power.power}.distance_km (distance between capitals stands in)")
        return settled(ctx, what, np.minimum(between, base_km))
    guess = lacking(ctx, "distance_km", f"{power.power}.distance_km")
    return settled(ctx, what, np.minimum(guess, base_km))


def _ways(
    ctx: Context,
    power: Power,
    distance: np.ndarray,
    strength: np.ndarray,
    *,
    near: bool,
    territory: Fact[float] | None,
) -> tuple[Way, ...]:
    touching = ctx.parameters.value("contiguous_km")
    contiguous = territory is not None and territory.value <= touching
    lift = {
        Means.AIR: fleet_lift(ctx, power, Means.AIR, distance, strength),
        Means.SEA: fleet_lift(ctx, power, Means.SEA, distance, strength),
        Means.LAND: _ground_lift(ctx, territory),
    }
    ways = []
    for means in Means:
        rights = [right for right in power.access if right.means is means]
        unused = not near if means is Means.LAND else not lift[means].any()
        if unused and not rights:
            continue
        granted = _granted(ctx, power, means, rights, contiguous=contiguous)
        hostile = _hostile_control(ctx, power, means)
        ways.append(
            Way(
                means=means,
                open_prob=safe_way_prob(
                    granted,
                    hostile_control=hostile,
                    loss_at_full_control=number(ctx, "contested_loss"),
                ),
                lift_t_per_day=lift[means],
                blocked_by=_blockers(ctx, power, rights, hostile),
            )
        )
    return tuple(ways)


def _ground_lift(ctx: Context, territory: Fact[float] | None) -> np.ndarray:
    """Return the lift by rail and road [t/day]: full near the border, less the farther away."""
    if territory is None:
        return np.zeros(ctx.draws)
    reach = ctx.parameters.value("ground_reach_km")
    return number(ctx, "ground_t_per_day") * min(1.0, reach / max(territory.value, 1.0))


def _granted(
    ctx: Context, power: Power, means: Means, rights: list[Access], *, contiguous: bool
) -> np.ndarray:
    """Return the chance that all rights of a means are given. Unknown never means granted."""
    if not rights:
        if means is Means.LAND and contiguous:
            return np.ones(ctx.draws)
        if means is Means.SEA:
            return number(ctx, "sea_open_prob")
        return lacking(ctx, "granted_prob", f"{power.power}.{power.side}.access.{means}")
    chance = np.ones(ctx.draws)
    for right in rights:
        what = f"{power.power}.{power.side}.access.{means}.{right.grantor}.{right.right}"
        if right.state is AccessState.DENIED:
            return np.zeros(ctx.draws)
        if right.state is AccessState.UNKNOWN and right.prob is None:
            chance = chance * lacking(ctx, "granted_prob", what)
        elif right.state is AccessState.UNKNOWN and right.prob is not None:
            chance = chance * quantity(ctx, what, right.prob)
    return chance


def _hostile_control(ctx: Context, power: Power, means: Means) -> np.ndarray:
    given = getattr(ctx.crisis.control, means.value)
    name = f"control.{means}"
    held = lacking(ctx, "control", name) if given is None else quantity(ctx, name, given)
    held = settled(ctx, name, held)
    return held if power.side is Side.TARGET else 1.0 - held


def _blockers(
    ctx: Context, power: Power, rights: list[Access], hostile: np.ndarray
) -> tuple[str, ...]:
    refusing = [
        f"{right.grantor} {right.right} {right.state}"
        for right in rights
        if right.state is not AccessState.GRANTED
    ]
    if hostile.mean() >= 0.5:
        refusing.append(f"controlled by {' and '.join(ctx.opponents(power))}")
    return tuple(refusing)

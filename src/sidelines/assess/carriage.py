"""What a power's fleets carry over a distance, how long it takes them, and what limits it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.assess.context import Context, number
from sidelines.assess.ends import Stop
from sidelines.crisis.model import Power
from sidelines.facts.lift import Fleet, airlift, sealift
from sidelines.facts.members import states_of
from sidelines.facts.record import Fact
from sidelines.reach.lift import (
    airlift_t_per_day,
    delivery_days,
    flow,
    missions_per_day,
    sealift_t_per_day,
    station_t_per_day,
    voyage_days,
)
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.roles import Means

__all__ = [
    "NO_WAY",
    "UNKNOWN_FLEET",
    "Carriage",
    "carriage",
    "fleet_lift",
    "limited",
    "main_carrier",
    "passage_days",
]

UNKNOWN_FLEET = "fleet unknown"
NO_WAY = "no way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """What a way carries day after day, and what limits it.

    - `t_per_day` (draw): the least of `caps`, nothing where there is no way [t/day]
    - `days_to_deliver` (draw): until a force of `force_t` tonnes is there, infinite if never [days]
    - `limited_by`: the narrowest in most of the draws with a way: aircraft, airfield, leg range,
      ships, port or a part of a corridor; `fleet unknown` where a guess stands in, `no way`
    - `caps` (draw): what each lets through [t/day], infinite where it does not bind
    """

    t_per_day: Float[np.ndarray, " draw"]
    days_to_deliver: Float[np.ndarray, " draw"]
    limited_by: str
    caps: Mapping[str, Float[np.ndarray, " draw"]]


def carriage(
    ctx: Context,
    power: Power,
    means: Means,
    *,
    km: Float[np.ndarray, " draw"],
    strength: Float[np.ndarray, " draw"],
    receiving: tuple[Stop, ...],
    leg_km: float = 0.0,
) -> Carriage:
    """Return what a power carries by air or by sea over a way, and what limits it.

    `km` is the length of the way, NaN or infinite in draws without one; `receiving` are the places
    that take it, `leg_km` the longest leg that no stop shortens [km].
    """
    is_open = np.isfinite(km)
    over = np.where(is_open, km, 0.0)
    if _fleets(ctx, power, means) is None:
        caps = {UNKNOWN_FLEET: fleet_lift(ctx, power, means, over, strength)}
    elif means is Means.AIR:
        caps = _air_caps(ctx, power, over, fields=len(receiving), leg_km=leg_km)
    else:
        ships = fleet_lift(ctx, power, means, over, strength)
        caps = {"ships": ships, "port": len(receiving) * number(ctx, "port_t_per_day")}
    under_way = passage_days(ctx, power, means, over)
    first = np.zeros(ctx.draws) if under_way is None else under_way
    return limited(ctx, caps, is_open=is_open, first_arrival_days=first)


def limited(
    ctx: Context,
    caps: Mapping[str, Float[np.ndarray, " draw"]],
    *,
    is_open: Bool[np.ndarray, " draw"],
    first_arrival_days: Float[np.ndarray, " draw"],
) -> Carriage:
    """Return what gets through several limits by name, over a way that is open in some draws."""
    found = flow(caps)
    t_per_day = np.where(is_open, found.t_per_day, 0.0)
    days = delivery_days(
        number(ctx, "force_t"), t_per_day=t_per_day, first_arrival_days=first_arrival_days
    )
    limits = np.bincount(found.limit[is_open], minlength=len(found.names))
    return Carriage(
        t_per_day=t_per_day,
        days_to_deliver=days,
        limited_by=found.names[int(limits.argmax())] if is_open.any() else NO_WAY,
        caps=dict(caps),
    )


def _air_caps(
    ctx: Context,
    power: Power,
    distance: Float[np.ndarray, " draw"],
    *,
    fields: int,
    leg_km: float,
) -> dict[str, Float[np.ndarray, " draw"]]:
    """Return what aircraft, airfields and the longest leg let through [t/day].

    An aircraft starts again when it has flown its hours and has been loaded, unloaded and served at
    its stops, whichever takes longer.
    """
    flown = np.maximum(distance, ctx.parameters.value("shortest_leg_km"))
    flown = flown * number(ctx, "routing_factor")
    available, hours = number(ctx, "air_available_share"), number(ctx, "air_use_h_per_day")
    leg = leg_km * ctx.parameters.value("routing_factor")
    loads, served, barred = np.zeros(ctx.draws), np.zeros(ctx.draws), np.zeros(ctx.draws)
    for fact in _fleets(ctx, power, Means.AIR) or ():
        fleet = fact.value
        ctx.notes.fact(f"{power.power}.lift.{fleet.type}", fact)
        missions = missions_per_day(
            fleet.count * available,
            flying_h=2 * flown / fleet.speed_kmh,
            ground_h=_ground_h(ctx, fleet) * 2 * (1 + _stops(flown, fleet)),
            use_h_per_day=hours,
        )
        if max(fleet.range_km, fleet.tanked_range_km or 0.0) < leg:
            barred = barred + missions * fleet.payload_t
            continue
        loads = loads + missions * fleet.payload_t
        served = served + missions * _ground_h(ctx, fleet)
    return {
        "aircraft": loads + barred,
        "airfield": _station(ctx, loads, served, fields=fields),
        "leg range": np.where(barred > 0, loads, np.inf),
    }


def _station(
    ctx: Context,
    loads: Float[np.ndarray, " draw"],
    served: Float[np.ndarray, " draw"],
    *,
    fields: int,
) -> Float[np.ndarray, " draw"]:
    """Return what the airfields of arrival take of the mix of loads that comes [t/day]."""
    t_per_hour = np.divide(loads, served, out=np.full(ctx.draws, np.inf), where=served > 0)
    return station_t_per_day(
        fields * number(ctx, "mog"),
        payload_t=t_per_hour,
        open_h_per_day=np.minimum(number(ctx, "airfield_h_per_day"), 24.0),
        ground_h=np.array(1.0),
        queuing_share=number(ctx, "queuing_efficiency"),
    )


def _stops(flown_km: Float[np.ndarray, " draw"], fleet: Fleet) -> Float[np.ndarray, " draw"]:
    """Return how often an aircraft has to stop on its way."""
    return np.maximum(np.ceil(flown_km / fleet.range_km) - 1.0, 0.0)


def _ground_h(ctx: Context, fleet: Fleet) -> float:
    return ctx.parameters.value("stop_h") if fleet.ground_h is None else fleet.ground_h


def fleet_lift(
    ctx: Context,
    power: Power,
    means: Means,
    distance_km: Float[np.ndarray, " draw"],
    strength: Float[np.ndarray, " draw"],
) -> Float[np.ndarray, " draw"]:
    """Return the lift of the known fleets of a power [t/day], or a guess from its strength."""
    fleets = _fleets(ctx, power, means)
    total = np.zeros(ctx.draws)
    if fleets is None:
        ctx.notes.lack(f"{power.power}.{means}lift_t_per_day")
        if means is Means.SEA:
            return total
        flown = np.maximum(distance_km, ctx.parameters.value("shortest_leg_km"))
        rate = number(ctx, "lift_per_strength_t_per_day")
        return rate * strength * ctx.parameters.value("lift_reference_km") / flown
    for fact in fleets:
        ctx.notes.fact(f"{power.power}.lift.{fact.value.type}", fact)
        total = total + (_by_air if means is Means.AIR else _by_sea)(ctx, fact.value, distance_km)
    return total


def passage_days(
    ctx: Context, power: Power, means: Means, distance_km: Float[np.ndarray, " draw"]
) -> Float[np.ndarray, " draw"] | None:
    """Return how long the power's largest carrier is under way [days], or None without a fleet.

    By air with a stop wherever the way is longer than its range with a load.
    """
    fleets = _fleets(ctx, power, means)
    if fleets is None:
        return None
    carrier = main_carrier(fleets, means)
    if means is Means.SEA:
        return voyage_days(distance_km, speed_km_per_h=np.array(carrier.speed_kmh))
    flown = distance_km * number(ctx, "routing_factor")
    on_ground = _stops(flown, carrier) * _ground_h(ctx, carrier)
    return (flown / carrier.speed_kmh + on_ground) / 24.0


def main_carrier(fleets: tuple[Fact[Fleet], ...], means: Means) -> Fleet:
    """Return the type that makes up most of some fleets.

    Of aircraft by count, payload and range together: many short-range transports do not make a
    strategic one.
    """

    def weight(fleet: Fleet) -> float:
        load = fleet.count * fleet.payload_t
        return load * fleet.range_km if means is Means.AIR else load

    return max((fact.value for fact in fleets), key=weight)


def _fleets(ctx: Context, power: Power, means: Means) -> tuple[Fact[Fleet], ...] | None:
    """Return the fleets of a power, of an organisation those of its members; None if unknown."""
    kind = airlift if means is Means.AIR else sealift
    found = [kind(ctx.world, state) for state in states_of(ctx.world, power.power)]
    known = [fleets for fleets in found if fleets is not None]
    return tuple(fact for fleets in known for fact in fleets) if known else None


def _by_air(ctx: Context, fleet: Fleet, distance: np.ndarray) -> np.ndarray:
    return airlift_t_per_day(
        distance,
        aircraft=np.array(fleet.count),
        payload_t=np.array(fleet.payload_t),
        speed_km_per_h=np.array(fleet.speed_kmh),
        use_h_per_day=number(ctx, "air_use_h_per_day"),
        available_share=number(ctx, "air_available_share"),
        routing_factor=number(ctx, "routing_factor"),
        shortest_leg_km=ctx.parameters.value("shortest_leg_km"),
    )


def _by_sea(ctx: Context, fleet: Fleet, distance: np.ndarray) -> np.ndarray:
    return sealift_t_per_day(
        distance,
        ships=np.array(fleet.count),
        payload_t=np.array(fleet.payload_t),
        speed_km_per_h=np.array(fleet.speed_kmh),
        port_days=number(ctx, "port_days"),
        available_share=number(ctx, "sea_available_share"),
    )

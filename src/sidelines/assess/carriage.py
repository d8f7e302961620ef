"""What a power's fleets carry over a distance, and how long it takes them."""

import numpy as np

from sidelines.assess.context import Context, number
from sidelines.crisis.model import Power
from sidelines.facts.lift import Fleet, airlift, sealift
from sidelines.facts.record import Fact
from sidelines.reach.lift import airlift_t_per_day, sealift_t_per_day, voyage_days
from sidelines.terms.arrays import Float
from sidelines.terms.roles import Means

__all__ = ["fleet_lift", "passage_days"]


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
    carrier = max((fact.value for fact in fleets), key=lambda fleet: fleet.count * fleet.payload_t)
    if means is Means.SEA:
        return voyage_days(distance_km, speed_km_per_h=np.array(carrier.speed_kmh))
    flown = distance_km * number(ctx, "routing_factor")
    stops = np.maximum(np.ceil(flown / carrier.range_km) - 1.0, 0.0)
    stop_h = ctx.parameters.value("stop_h") if carrier.ground_h is None else carrier.ground_h
    return (flown / carrier.speed_kmh + stops * stop_h) / 24.0


def _fleets(ctx: Context, power: Power, means: Means) -> tuple[Fact[Fleet], ...] | None:
    return (airlift if means is Means.AIR else sealift)(ctx.world, power.power)


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

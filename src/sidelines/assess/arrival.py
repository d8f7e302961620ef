"""Can it arrive? What of each instrument a power could bring to the theatre, from its ways."""

from dataclasses import dataclass, replace

import numpy as np

from sidelines.assess.context import Context, number, quantity, settled
from sidelines.assess.ends import Stop, abroad, theatre_point
from sidelines.assess.ways import (
    Obstacle,
    Routes,
    Way,
    lengths_km,
    routes_of,
    shortest_km,
    ways_over,
)
from sidelines.crisis.model import Power
from sidelines.reach.distance import great_circle_km
from sidelines.reach.gradient import Journey, gradient
from sidelines.reach.lift import delivery_days, sustained_share
from sidelines.reach.ways import any_open_prob
from sidelines.terms.arrays import Float
from sidelines.terms.ladder import CARRIED
from sidelines.terms.roles import Means

__all__ = ["Arrival", "Delivery", "NearestBase", "arrival", "arrived"]

_NEEDS = dict(
    zip(
        CARRIED,
        ("weapons_need_t_per_day", "advisers_need_t_per_day", "need_t_per_day"),
        strict=True,
    )
)

_LEAST = 1e-6  # of a power without any strength


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestBase:
    """The base or host nearest to the theatre, on soil that is not the other side's."""

    place: str
    host: str
    distance_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How one instrument gets to the theatre.

    - `need_t_per_day` (draw): what of it would matter [t/day]
    - `sustained` (draw): share of the need that gets there, given that some way is open [1]
    - `share` (draw): of what is sent that arrives: open ways x sustained share, and for forces x
      what the gradient leaves of their strength [1]
    - `means`: by which most of it comes, None where nothing does
    """

    need_t_per_day: Float[np.ndarray, " draw"]
    sustained: Float[np.ndarray, " draw"]
    share: Float[np.ndarray, " draw"]
    means: Means | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a power could bring: the parts of its arrival share, per draw.

    - `distance_km` (draw): over its shortest way that is granted; over the shortest that nobody
      refuses where none is [km]
    - `days` (draw): until a force is delivered over the quickest way, infinite if never [days]
    - `strength_share` (draw): what the gradient leaves of the strength of forces after those days
      [1]
    - `open_prob` (draw): chance that some way is granted and safe [1]
    - `deliveries`: of the instruments that have to be carried, by name
    - `territory_km` between territories, `capital_km` between capitals [km], None where unknown
    """

    distance_km: Float[np.ndarray, " draw"]
    days: Float[np.ndarray, " draw"]
    strength_share: Float[np.ndarray, " draw"]
    open_prob: Float[np.ndarray, " draw"]
    lift_t_per_day: Float[np.ndarray, " draw"]
    deliveries: dict[str, Delivery]
    ways: tuple[Way, ...]
    territory_km: float | None
    capital_km: float | None
    base: NearestBase | None

    @property
    def forces(self) -> Delivery:
        """How forces get to the theatre."""
        return self.deliveries["forces"]

    @property
    def shares(self) -> Float[np.ndarray, "draw carried"]:
        """Share of each instrument that arrives [1], in the order of `CARRIED`."""
        return np.stack([self.deliveries[name].share for name in CARRIED], axis=1)


def arrival(ctx: Context, power: Power, strength: Float[np.ndarray, " draw"]) -> Arrival:
    """Return what of each instrument could arrive at the theatre and be sustained there."""
    return arrived(ctx, power, routes_of(ctx, power), strength=strength)


def arrived(
    ctx: Context,
    power: Power,
    routes: Routes,
    *,
    strength: Float[np.ndarray, " draw"],
    without: frozenset[Obstacle] = frozenset(),
) -> Arrival:
    """Return what arrives over known routes, some obstacles apart."""
    ways = ways_over(ctx, power, routes, strength=strength, without=without)
    lifted = Obstacle.LIFT in without
    if not lifted:
        ways = tuple(way for way in ways if way.lift_t_per_day.any() or way.blocked_by)
    lift, is_given = _lift(ctx, power, ways)
    if not is_given:
        ways = _rescaled(ways, lift)
    open_prob = _open_prob(ctx, power, ways, without=without)
    distance = shortest_km(
        {means: lengths_km(routes, means, without=without) for means in routes.km}, routes.free_km
    )
    size = _size(ctx, strength)
    days = _delivery_days(
        size * number(ctx, "force_t"),
        ways=ways if lifted or is_given else _carrying(ways),
        t_per_day=np.full(ctx.draws, np.inf) if lifted else lift,
    )
    kept = _left(ctx, distance, days, strength)
    deliveries = {}
    for name, figure in _NEEDS.items():
        need = size * number(ctx, figure)
        sustained = np.ones(ctx.draws) if lifted else _sustained(ctx, ways, need)
        if is_given and not lifted:
            sustained = sustained_share(lift, need_t_per_day=need)
        share = open_prob * sustained
        deliveries[name] = Delivery(
            need_t_per_day=need,
            sustained=sustained,
            share=share * kept if name == "forces" else share,
            means=_main(ways, need),
        )
    return Arrival(
        distance_km=distance,
        days=days,
        strength_share=kept,
        open_prob=open_prob,
        lift_t_per_day=lift,
        deliveries=deliveries,
        ways=ways,
        territory_km=None if routes.territory is None else routes.territory.value,
        capital_km=routes.capital_km,
        base=_nearest_base(ctx, power),
    )


def _size(ctx: Context, strength: Float[np.ndarray, " draw"]) -> Float[np.ndarray, " draw"]:
    """Return what a power sends, as a share of what would matter: a weak one sends what it has."""
    return np.clip(strength / number(ctx, "sender_strength"), _LEAST, 1.0)


def _open_prob(
    ctx: Context, power: Power, ways: tuple[Way, ...], *, without: frozenset[Obstacle]
) -> Float[np.ndarray, " draw"]:
    """Return the chance that some way is open; a chance that is given is one of leave."""
    what = f"{power.power}.{power.side}.open_way_prob"
    open_prob = _union(ctx, [way.open_prob for way in ways])
    if power.open_way_prob is not None:
        open_prob = quantity(ctx, what, power.open_way_prob)
        if Obstacle.ACCESS in without:
            open_prob = np.ones(ctx.draws)
    return settled(ctx, what, open_prob)


def _lift(
    ctx: Context, power: Power, ways: tuple[Way, ...]
) -> tuple[Float[np.ndarray, " draw"], bool]:
    """Return the lift over all ways [t/day], and whether it is given rather than reckoned."""
    what = f"{power.power}.{power.side}.lift_t_per_day"
    lift = np.sum([way.lift_t_per_day for way in ways], axis=0) + np.zeros(ctx.draws)
    if power.lift_t_per_day is not None:
        lift = quantity(ctx, what, power.lift_t_per_day)
    new = settled(ctx, what, lift)
    return new, power.lift_t_per_day is not None or bool(
        (lift <= 0.0).any() and what in ctx.settings
    )


def _rescaled(ways: tuple[Way, ...], lift: np.ndarray) -> tuple[Way, ...]:
    """Return ways that together carry a given lift, each its part of it."""
    known = np.sum([way.lift_t_per_day for way in ways], axis=0) + np.zeros_like(lift)
    if np.array_equal(known, lift):
        return ways
    times = lift / known
    return tuple(replace(way, lift_t_per_day=way.lift_t_per_day * times) for way in ways)


def _union(ctx: Context, probs: list[np.ndarray]) -> Float[np.ndarray, " draw"]:
    """Return the chance that at least one of several ways is open; none without ways."""
    return any_open_prob(np.stack([np.zeros(ctx.draws), *probs], axis=-1))


def _sustained(
    ctx: Context, ways: tuple[Way, ...], need: Float[np.ndarray, " draw"]
) -> Float[np.ndarray, " draw"]:
    """Return the share of a need that gets there, given that some way is open.

    A way counts by the chance that it is open times the share that its own lift sustains.
    """
    carried = _union(ctx, [_carried(way, need) for way in ways])
    return carried / np.maximum(_union(ctx, [way.open_prob for way in ways]), 1e-12)


def _carried(way: Way, need: np.ndarray) -> Float[np.ndarray, " draw"]:
    return way.open_prob * sustained_share(way.lift_t_per_day, need_t_per_day=need)


def _main(ways: tuple[Way, ...], need: np.ndarray) -> Means | None:
    """Return by which means most of an instrument gets there, None where nothing does."""
    carried = {way.means: float(_carried(way, need).mean()) for way in ways}
    best = max(carried, key=lambda means: carried[means], default=None)
    return best if best is not None and carried[best] > 0.0 else None


def _carrying(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Return ways with those draws shut in which they carry nothing."""
    return tuple(
        replace(way, days=np.where(way.lift_t_per_day > 0.0, way.days, np.inf)) for way in ways
    )


def _delivery_days(
    weight_t: Float[np.ndarray, " draw"],
    *,
    ways: tuple[Way, ...],
    t_per_day: Float[np.ndarray, " draw"],
) -> Float[np.ndarray, " draw"]:
    """Return the days until a force is there, over the quickest way and all that can be lifted."""
    travel = np.min([np.full_like(t_per_day, np.inf), *(way.days for way in ways)], axis=0)
    return delivery_days(
        weight_t,
        t_per_day=np.where(np.isfinite(travel), t_per_day, 0.0),
        first_arrival_days=np.where(np.isfinite(travel), travel, 0.0),
    )


def _left(
    ctx: Context, distance: np.ndarray, days: np.ndarray, strength: np.ndarray
) -> Float[np.ndarray, " draw"]:
    """Return the share of its strength that the gradient of the parameters leaves."""
    chosen = gradient(ctx.parameters.gradient)
    journey = Journey(distance_km=distance, days=days, home_share=strength)
    return chosen.share(journey, number(ctx, chosen.scale))


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


def _between(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(great_circle_km(np.array(a), np.array(b)))

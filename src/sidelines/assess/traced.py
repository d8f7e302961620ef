"""How far a power is from the theatre over the ways that it is granted, draw by draw."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from sidelines.assess.context import Context, number, quantity
from sidelines.assess.ends import Stop, abroad, arrivals, fields_near, home
from sidelines.assess.leave import Given, given, held
from sidelines.assess.notes import Notes
from sidelines.assess.permissions import permissions
from sidelines.assess.roads import links_at, main_roads
from sidelines.assess.sampling import standard_uniform
from sidelines.crisis.model import Power
from sidelines.facts.access import hazards
from sidelines.facts.world import World
from sidelines.reach.holders import narrow, narrow_ends, with_leave
from sidelines.reach.sampled import sampled
from sidelines.reach.several import join_all
from sidelines.reach.trip import Links, Trip
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.roles import AccessState, Means

__all__ = ["Traced", "traced"]

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """The best way by one means from any start to any end, under what each draw grants.

    - `starts`, `ends`: the places it may lead between
    - `km` (draw): its length [km], infinite in draws without a way
    - `free_km`: its length if nobody refuses [km], infinite without a way
    - `safe_prob` (draw): chance to pass what is dangerous on the way, the theatre apart [1]
    - `blocked_by`: whose refusal alone leaves no way, who are likelier to refuse than not
    """

    starts: tuple[Stop, ...]
    ends: tuple[Stop, ...]
    km: Float[np.ndarray, " draw"]
    free_km: float
    safe_prob: Float[np.ndarray, " draw"]
    blocked_by: tuple[str, ...]


def traced(ctx: Context, power: Power, means: Means) -> Traced | None:
    """Return a power's ways by air or by sea, or None where it has no start or no end.

    It may set out from home, from its own fields near the theatre and from bases that it may use.
    """
    seats = home(ctx, power, means)
    near = fields_near(ctx, power) if means is Means.AIR else ()
    own = dict.fromkeys((*seats, *near))
    bases = tuple(stop for stop in abroad(ctx, power, means) if stop not in own)
    starts = [(stop, links) for stop in (*own, *bases) if (links := _links(means, stop))]
    ends = [(stop, links) for stop in arrivals(ctx, power, means) if (links := _links(means, stop))]
    if not starts or not ends:
        return None
    aside = Notes(as_of=ctx.notes.as_of, stale_months=ctx.notes.stale_months)
    few = replace(
        ctx, draws=min(ctx.draws, int(ctx.parameters.value("patterns_traced"))), notes=aside
    )
    leave = given(few, power, means)
    first, last = tuple(stop for stop, _ in starts), tuple(stop for stop, _ in ends)
    asked = _asked(few, power, first, last, leave)
    key = _Key(
        world=ctx.world,
        means=means,
        starts=_points(first),
        ends=_points(last),
        hosts=asked.names,
        of_start=asked.of_start,
        of_end=asked.of_end,
    )
    drawn = np.concatenate([leave.refused, asked.refused], axis=1)
    likely = np.concatenate([leave.likely_refused, asked.refused.mean(axis=0) > 0.5])
    rows = np.concatenate([drawn, np.zeros_like(drawn[:1]), likely[None]])
    slack = ctx.parameters.value("traced_slack")
    km, crossed = _ways(key, rows.shape[0], np.packbits(rows).tobytes(), slack=slack)
    _note(ctx, power, means, aside, leave, crossed)
    each = np.resize(np.arange(len(drawn)), ctx.draws)
    return Traced(
        starts=first,
        ends=last,
        km=km[each],
        free_km=float(km[-2]),
        safe_prob=_safe_prob(ctx, power, means, leave.names, crossed)[each],
        blocked_by=tuple(
            name
            for k, name in enumerate((*leave.names, *asked.names))
            if np.isinf(km[-1]) and likely[k] and crossed[-2, k] and _alone(drawn, km[:-2], k)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """What a trip is made of, to know it again."""

    world: World
    means: Means
    starts: Points
    ends: Points
    hosts: tuple[str, ...]
    of_start: tuple[str, ...]
    of_end: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Whose leave it takes to use a place: who refuses in each draw, and whom each place needs."""

    names: tuple[str, ...]
    refused: Bool[np.ndarray, "draw name"]
    of_start: tuple[str, ...]
    of_end: tuple[str, ...]


def _links(means: Means, stop: Stop) -> Links | None:
    return links_at(means, stop.lat, stop.lon)


def _points(stops: tuple[Stop, ...]) -> Points:
    return tuple((stop.lat, stop.lon) for stop in stops)


@lru_cache(maxsize=64)
def _lines(world: World, means: Means) -> Trip:
    """Return the lines of a roadmap in terms of those who hold the areas, without ends."""
    roads = main_roads(means)
    nowhere = Links(
        point=np.zeros(2),
        vertex=np.empty(0, dtype=np.int64),
        km=np.empty(0),
        sets=np.empty((0, roads.words), dtype=np.uint64),
    )
    names, words = held(world, means)
    whole = Trip(
        points=roads.points,
        first=roads.first,
        to=roads.to,
        km=roads.km,
        crossing=roads.crossing,
        sets=roads.sets,
        names=roads.areas,
        start=nowhere,
        end=nowhere,
    )
    return narrow(whole, words, names=names)


@lru_cache(maxsize=512)
def _trip(key: _Key) -> Trip:
    starts, ends = (
        [links for point in points if (links := links_at(key.means, *point)) is not None]
        for points in (key.starts, key.ends)
    )
    areas = join_all(main_roads(key.means), starts, ends)
    _, words = held(key.world, key.means)
    trip = narrow_ends(areas, words, lines=_lines(key.world, key.means))
    start, end = (
        np.array([[host == name for name in key.hosts] for host in hosts], dtype=bool).reshape(
            len(hosts), len(key.hosts)
        )
        for hosts in (key.of_start, key.of_end)
    )
    return with_leave(trip, names=key.hosts, start=start, end=end)


@lru_cache(maxsize=512)
def _ways(
    key: _Key, rows: int, packed: bytes, *, slack: float
) -> tuple[Float[np.ndarray, " row"], Bool[np.ndarray, "row name"]]:
    """Return the length of the way under each row of refusals, and whom it crosses."""
    trip = _trip(key)
    names = len(trip.names)
    bits = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=rows * names)
    found = sampled(trip, bits.reshape(rows, names).astype(bool), slack=slack)
    little = np.ascontiguousarray(found.crossed, dtype="<u8").view(np.uint8)
    crossed = np.unpackbits(little, axis=1, bitorder="little")[:, :names].astype(bool)
    return found.km, crossed


def _asked(
    ctx: Context, power: Power, starts: tuple[Stop, ...], ends: tuple[Stop, ...], leave: Given
) -> _Asked:
    """Return whose leave it takes to use a base or a field, and who refuses it in each draw.

    Whoever lets a power use its soil lets it fly there; so what is drawn is the chance of the one,
    given the other. A base of which the crisis file speaks has a chance of its own.
    """
    free = {power.power, *ctx.friends(power)}
    given_prob = {
        base.place: quantity(ctx, f"{power.power}.base.{base.place}", base.usable)
        for base in power.bases
        if base.usable is not None
    }
    chance: dict[str, np.ndarray] = {}
    host_of: dict[str, str] = {}
    of_start = [stop.name if stop.name in given_prob else stop.host for stop in starts]
    for who, stop in zip(of_start, starts, strict=True):
        if who in given_prob or who not in free:
            host_of[who] = stop.host
            chance[who] = given_prob.get(who, number(ctx, "base_usable_prob"))
    others = tuple(sorted({stop.host for stop in ends} - free - chance.keys()))
    landing = permissions(ctx, power, holders=others, right="landing")
    chance |= {host: landing.prob[:, k] for k, host in enumerate(others)}
    names = tuple(sorted(chance))
    refused = np.zeros((ctx.draws, len(names)), dtype=bool)
    for k, who in enumerate(names):
        host = host_of.get(who, who)
        known = host in leave.names and who not in given_prob
        over = leave.said.prob[:, leave.names.index(host)] if known else np.ones(ctx.draws)
        luck = standard_uniform(f"host {power.power} {host}", draws=ctx.draws, seed=ctx.seed)
        refused[:, k] = luck * over >= np.minimum(chance[who], over)
    return _Asked(
        names=names,
        refused=refused,
        of_start=tuple(of_start),
        of_end=tuple(stop.host for stop in ends),
    )


def _note(
    ctx: Context, power: Power, means: Means, aside: Notes, leave: Given, crossed: np.ndarray
) -> None:
    """Note the decisions and gaps that bear on a way: of those who are crossed, or are named."""
    prefix = f"{power.power}.{power.side}.access.{means}"
    named = {right.grantor for right in power.access}
    bearing = named | {name for k, name in enumerate(leave.names) if crossed[:, k].any()}

    def among(what: str, holders: set[str]) -> bool:
        holder = what.removeprefix(prefix + ".").partition(".")[0]
        return not what.startswith(prefix) or holder in holders

    for what in aside.missing:
        if among(what, bearing):
            ctx.notes.lack(what if among(what, named) else prefix)
    ctx.notes.assumed.extend(what for what in aside.assumed if among(what, bearing))
    rows = (row for row in aside.cited if among(row.what, bearing))
    ctx.notes.cited.extend(row for row in rows if row not in ctx.notes.cited)
    for right in power.access:
        if right.means is means and right.state is AccessState.UNKNOWN and right.prob is None:
            ctx.notes.lack(f"{prefix}.{right.grantor}.{right.right}")
    ctx.notes.changes.update(aside.changes)


def _alone(drawn: np.ndarray, km: np.ndarray, name: int) -> bool:
    """Tell whether no draw in which somebody refuses has a way."""
    refusing = drawn[:, name]
    return bool(refusing.any()) and bool(np.isinf(km[refusing]).all())


def _safe_prob(
    ctx: Context, power: Power, means: Means, names: tuple[str, ...], crossed: np.ndarray
) -> Float[np.ndarray, " row"]:
    """Return the chance to pass all that is dangerous on a way, the parties' own air apart."""
    chance = np.ones(len(crossed))
    parties = {*ctx.friends(power), *ctx.opponents(power)}
    for k, name in enumerate(names):
        if name in parties or not crossed[:, k].any():
            continue
        worst = hazards(ctx.world, name, means=means.value, flag=power.power)
        if worst:
            chance[crossed[:, k]] *= 1.0 - worst[0].value.loss_prob
    return chance

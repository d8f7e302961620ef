"""Which way, how long, how sure, and who can shut it: a power's ways over a roadmap."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from sidelines.assess.carriage import passage_days
from sidelines.assess.context import Context
from sidelines.assess.ends import Stop, abroad, arrivals, home
from sidelines.assess.permissions import Permissions, permissions
from sidelines.assess.roads import roadmap
from sidelines.assess.sampling import standard_uniform
from sidelines.crisis.model import Power
from sidelines.facts.access import hazards
from sidelines.facts.holders import holder_of
from sidelines.facts.passages import Passage, controllers, passages, shut
from sidelines.facts.world import World
from sidelines.reach.access import refusals_from
from sidelines.reach.best_way import NoWay, Way, best_way
from sidelines.reach.cuts import Change, smallest_cut, smallest_grant
from sidelines.reach.denials import pivots, spread
from sidelines.reach.holders import narrow
from sidelines.reach.links import attach, attach_port, join
from sidelines.reach.roadmap import words_of
from sidelines.reach.trip import Links, Trip
from sidelines.terms.arrays import Bool, Float, UInt
from sidelines.terms.roles import Means, Side
from sidelines.terms.states import actor

__all__ = ["Answer", "Journey", "Leave", "Threat", "journey", "refusing_ids"]

_PIVOT_DRAWS = 100  # of which each is looked at with every holder's answer turned round
_PORT_WITHIN_KM = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """What a way passes that is dangerous: place, by whom, chance of loss per transit [1]."""

    place: str
    by: tuple[str, ...]
    loss_prob: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What one holder says: chance of leave [1], and why."""

    holder: str
    prob: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What hangs on one holder's answer.

    `open_prob` is the chance of a way if it grants less that if it refuses [1], `km` the mean
    length if it refuses less that if it grants [km], None without a draw open both times.
    """

    leave: Leave
    open_prob: float
    km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A power's ways by one means, from its best start to its best end.

    - `way`: the shortest one if each holder says what is likelier, or what blocks every way
    - `is_open`, `km` (draw): whether leave makes a way, and its length [km], NaN without one
    - `days` (draw): how long its largest carrier is under way, None without a known fleet
    - `free_km`, `alone_km`: length if nobody refuses, and if every third state does, infinite
      without a way
    - `leave`: whose leave the way takes, in no order
    - `answers`: the holders on whom most hangs, first the most pivotal
    - `cut`: the fewest others whose refusal leaves no way, None where none could; `opening`: the
      fewest whose leave would open one, where there is none
    """

    power: str
    side: Side
    means: Means
    from_base: bool
    start: Stop
    end: Stop
    way: Way | NoWay
    is_open: Bool[np.ndarray, " draw"]
    km: Float[np.ndarray, " draw"]
    days: Float[np.ndarray, " draw"] | None
    free_km: float
    alone_km: float
    leave: tuple[Leave, ...]
    answers: tuple[Answer, ...]
    cut: Change | None
    opening: Change | None
    threats: tuple[Threat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leave:
    """The holders of a roadmap's areas on the day, and what they say to one power."""

    names: tuple[str, ...]
    words: UInt[np.ndarray, "holder word"]
    said: Permissions
    refused: Bool[np.ndarray, "draw holder"]

    @property
    def likely(self) -> UInt[np.ndarray, " word"]:
        """Those who are likelier to refuse than not, as words of holders."""
        return words_of(
            np.flatnonzero(self.said.prob.mean(axis=0) < 0.5), words=-(-len(self.names) // 64)
        )


def journey(
    ctx: Context,
    power: Power,
    means: Means,
    *,
    from_base: bool = False,
    decided: Mapping[str, bool] | None = None,
    longer_than_km: float = np.inf,
) -> Journey | None:
    """Return a power's ways from home or from its bases, or None where it has no start or no end.

    `decided` holders grant (True) or refuse (False) whatever they would say; `longer_than_km` asks
    for the fewest refusals that leave no way up to that length.
    """
    starts = (abroad if from_base else home)(ctx, power, means)
    trips = [
        (trip, start, end)
        for start in starts
        for end in arrivals(ctx, power, means)
        if (trip := _trip(means, start, end)) is not None
    ]
    if not trips:
        return None
    leave = _leave(ctx, power, means, decided or {})
    found = []
    for areas, start, end in trips:
        trip = narrow(areas, leave.words, names=leave.names)
        found.append((best_way(trip, leave.likely), trip, start, end))
    way, trip, start, end = min(found, key=lambda one: _length(one[0]))
    own = {power.power, *ctx.friends(power)}
    drawn = spread(trip, leave.refused)
    nobody = np.zeros_like(leave.likely)
    return Journey(
        power=power.power,
        side=power.side,
        means=means,
        from_base=from_base,
        start=start,
        end=end,
        way=way,
        is_open=drawn.is_open,
        km=drawn.km,
        days=passage_days(ctx, power, means, drawn.km),
        free_km=_length(best_way(trip, nobody)),
        alone_km=_length(best_way(trip, _others(leave, own))),
        leave=_needed(way, leave, own),
        answers=_answers(trip, leave, own),
        cut=smallest_cut(trip, _others(leave, own), longer_than_km=longer_than_km),
        opening=smallest_grant(trip, leave.likely) if isinstance(way, NoWay) else None,
        threats=_threats(ctx, power, means, way),
    )


def refusing_ids() -> tuple[str, ...]:
    """Return the ids of the passages that may be shut."""
    return roadmap(Means.SEA).areas


def _needed(way: Way | NoWay, leave: _Leave, own: set[str]) -> tuple[Leave, ...]:
    """Return whose leave a way takes, and how likely each gives it."""
    if isinstance(way, NoWay):
        return ()
    chance = leave.said.prob.mean(axis=0)
    return tuple(
        Leave(
            holder=who,
            prob=float(chance[leave.names.index(who)]),
            reason=leave.said.reasons[leave.names.index(who)],
        )
        for who in way.crossed
        if who not in own
    )


def _length(way: Way | NoWay) -> float:
    return way.km if isinstance(way, Way) else np.inf


@lru_cache(maxsize=4096)
def _links(means: Means, lat: float, lon: float) -> Links | None:
    roads, point = roadmap(means), np.array([lat, lon])
    if means is Means.SEA:
        return attach_port(roads, point, within_km=_PORT_WITHIN_KM)
    return attach(roads, point)


def _trip(means: Means, start: Stop, end: Stop) -> Trip | None:
    first, last = (_links(means, stop.lat, stop.lon) for stop in (start, end))
    return None if first is None or last is None else join(roadmap(means), first, last)


@lru_cache(maxsize=64)
def _held(world: World, means: Means) -> tuple[tuple[str, ...], np.ndarray]:
    """Return who holds the areas of a roadmap, and each one's areas as words."""
    roads = roadmap(means)
    if means is Means.AIR:
        owner = [_air_holder(world, area) for area in roads.areas]
    else:
        owner = list(roads.areas)  # a passage answers for itself
    names = tuple(sorted(set(owner) - {""}))
    words = [
        words_of(np.flatnonzero([one == name for one in owner]), words=roads.words)
        for name in names
    ]
    return names, np.array(words)


def _air_holder(world: World, area: str) -> str:
    """Return who holds an area; a strait with transit passage is nobody's, so it refuses nobody."""
    return "" if area[0].islower() else holder_of(world, area)


def _leave(ctx: Context, power: Power, means: Means, decided: Mapping[str, bool]) -> _Leave:
    names, words = _held(ctx.world, means)
    said = _by_air(ctx, power, names) if means is Means.AIR else _by_sea(ctx, power, names)
    chance = 1.0 - said.prob.mean(axis=0)
    for holder, grants in decided.items():
        if holder in names:
            chance[names.index(holder)] = 0.0 if grants else 1.0
    said = replace(said, prob=np.broadcast_to(1.0 - chance, said.prob.shape))
    luck = [
        standard_uniform(f"leave {power.power} {means} {name}", draws=ctx.draws, seed=ctx.seed)
        for name in (*names, *said.groups)
    ]
    refused = refusals_from(
        np.stack(luck, axis=-1),
        chance,
        group=said.group,
        loading=np.full(len(names), said.loading),
    )
    return _Leave(names=names, words=words, said=said, refused=refused)


def _by_air(ctx: Context, power: Power, names: tuple[str, ...]) -> Permissions:
    known = tuple(name for name in names if _is_known(name))
    said = permissions(ctx, power, holders=known)
    return _spread_over(said, names)


def _is_known(name: str) -> bool:
    try:
        actor(name)
    except KeyError:
        return False
    return True


def _spread_over(said: Permissions, names: tuple[str, ...]) -> Permissions:
    """Return permissions with a column for each name; areas of nobody we know are open."""
    prob = np.ones((len(said.prob), len(names)))
    group = np.full(len(names), -1, dtype=np.int64)
    reasons, sources = ["nobody's"] * len(names), [""] * len(names)
    for column, holder in enumerate(said.holders):
        at = names.index(holder)
        prob[:, at], group[at] = said.prob[:, column], said.group[column]
        reasons[at], sources[at] = said.reasons[column], said.sources[column]
    return replace(
        said,
        holders=names,
        prob=prob,
        group=group,
        reasons=tuple(reasons),
        sources=tuple(sources),
    )


def _by_sea(ctx: Context, power: Power, names: tuple[str, ...]) -> Permissions:
    """Return the chance that each passage is open to a merchant ship of the power's flag."""
    known = {fact.value.id: fact.value for fact in passages(ctx.world)}
    prob = np.ones((ctx.draws, len(names)))
    reasons = []
    for column, name in enumerate(names):
        open_prob, reason = _passage(ctx, power, known.get(name))
        prob[:, column] = open_prob
        reasons.append(reason)
    return Permissions(
        holders=names,
        prob=prob,
        reasons=tuple(reasons),
        sources=("",) * len(names),
        groups=(),
        group=np.full(len(names), -1, dtype=np.int64),
        loading=0.0,
    )


def _passage(
    ctx: Context, power: Power, found: Passage | None
) -> tuple[Float[np.ndarray, " draw"], str]:
    """Return the chance that a passage is open, and why.

    Whoever declares one shut lets its friends pass.
    """
    everywhere = np.ones(ctx.draws)
    if found is None:
        return everywhere, "open"
    closed = shut(ctx.world, found.id, vessel="merchant", flag=power.power)
    if closed is not None and closed.value.state == "closed":
        return 0.0 * everywhere, f"closed by {closed.value.by}"
    if closed is not None and closed.value.by not in ctx.friends(power):
        held = ctx.parameters.value("declared_open_prob")
        return held * everywhere, f"declared closed by {closed.value.by}"
    if found.usual == "closed":
        return 0.0 * everywhere, "usually closed"
    if found.refusable("merchant"):
        masters = controllers(ctx.world, found.id)
        said = permissions(ctx, power, holders=masters, right="canal", cargo="lethal")
        return said.prob.prod(axis=1), f"leave of {' and '.join(masters)}"
    return everywhere, "open"


def _others(leave: _Leave, own: set[str]) -> np.ndarray:
    may = [k for k, name in enumerate(leave.names) if name not in own]
    return words_of(np.array(may), words=-(-len(leave.names) // 64))


def _answers(trip: Trip, leave: _Leave, own: set[str]) -> tuple[Answer, ...]:
    refused = leave.refused[:_PIVOT_DRAWS]
    pivotal, _ = pivots(trip, refused, of=spread(trip, refused))
    chance = leave.said.prob.mean(axis=0)
    answers = [
        Answer(
            leave=Leave(holder=name, prob=float(chance[k]), reason=leave.said.reasons[k]),
            open_prob=float(pivotal.open_prob[k]),
            km=float(pivotal.km[k]) if np.isfinite(pivotal.km[k]) else None,
        )
        for k, name in enumerate(leave.names)
        if name not in own and (pivotal.open_prob[k] > 0 or pivotal.km[k] > 1.0)
    ]
    return tuple(sorted(answers, key=lambda one: (-one.open_prob, -(one.km or 0.0))))


def _threats(ctx: Context, power: Power, means: Means, way: Way | NoWay) -> tuple[Threat, ...]:
    if isinstance(way, NoWay):
        return ()
    found = []
    for place in way.crossed:
        worst = hazards(ctx.world, place, means=means.value, flag=power.power)
        if worst:
            value = worst[0].value
            found.append(Threat(place=place, by=value.by, loss_prob=value.loss_prob))
    return tuple(found)

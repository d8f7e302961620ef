"""Which way, how long, how sure, and who can shut it: a power's ways over a roadmap."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.assess.carriage import passage_days
from sidelines.assess.context import Context
from sidelines.assess.ends import Stop, abroad, arrivals, home
from sidelines.assess.leave import Given, given
from sidelines.assess.roads import links_at, roadmap
from sidelines.crisis.model import Power
from sidelines.facts.access import hazards
from sidelines.reach.best_way import NoWay, Way, best_way
from sidelines.reach.cuts import Change, smallest_cut, smallest_grant
from sidelines.reach.denials import pivots, spread
from sidelines.reach.holders import narrow
from sidelines.reach.links import join
from sidelines.reach.roadmap import words_of
from sidelines.reach.trip import Trip
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.roles import Means, Side

__all__ = [
    "Answer",
    "Course",
    "Journey",
    "Leave",
    "Threat",
    "course",
    "journey",
    "refusing_ids",
]

_PIVOT_DRAWS = 100  # of which each is looked at with every holder's answer turned round


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
class Course:
    """Where a way leads: from where, to where, over which points, or what blocks it.

    `refused`: the holders, on this way or not, who are likelier to refuse than not.
    """

    start: Stop
    end: Stop
    way: Way | NoWay
    refused: tuple[str, ...]


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
    leave = given(ctx, power, means, decided=decided)
    best = _best(ctx, power, means, leave, from_base=from_base)
    if best is None:
        return None
    trip, course = best
    way = course.way
    own = {power.power, *ctx.friends(power)}
    drawn = spread(trip, leave.refused)
    nobody = np.zeros_like(leave.likely)
    return Journey(
        power=power.power,
        side=power.side,
        means=means,
        from_base=from_base,
        start=course.start,
        end=course.end,
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


def course(ctx: Context, power: Power, means: Means, *, from_base: bool = False) -> Course | None:
    """Return the way of a journey alone: what a map shows, without asking on whom it hangs."""
    best = _best(ctx, power, means, given(ctx, power, means), from_base=from_base)
    return None if best is None else best[1]


def _best(
    ctx: Context, power: Power, means: Means, leave: Given, *, from_base: bool
) -> tuple[Trip, Course] | None:
    """Return the shortest way from any start to any end if each holder says what is likelier."""
    found = []
    for start in (abroad if from_base else home)(ctx, power, means):
        for end in arrivals(ctx, power, means):
            areas = _trip(means, start, end)
            if areas is not None:
                trip = narrow(areas, leave.words, names=leave.names)
                way = best_way(trip, leave.likely)
                found.append((trip, Course(start=start, end=end, way=way, refused=_refused(leave))))
    return min(found, key=lambda one: _length(one[1].way), default=None)


def _refused(leave: Given) -> tuple[str, ...]:
    """Return who is likelier to refuse than not."""
    return tuple(np.array(leave.names)[leave.likely_refused].tolist())


def refusing_ids() -> tuple[str, ...]:
    """Return the ids of the passages that may be shut."""
    return roadmap(Means.SEA).areas


def _needed(way: Way | NoWay, leave: Given, own: set[str]) -> tuple[Leave, ...]:
    """Return whose leave a way takes, and how likely each gives it."""
    if isinstance(way, NoWay):
        return ()
    chance = leave.said.mean_prob
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


def _trip(means: Means, start: Stop, end: Stop) -> Trip | None:
    first, last = (links_at(means, stop.lat, stop.lon) for stop in (start, end))
    return None if first is None or last is None else join(roadmap(means), first, last)


def _others(leave: Given, own: set[str]) -> np.ndarray:
    may = [k for k, name in enumerate(leave.names) if name not in own]
    return words_of(np.array(may), words=-(-len(leave.names) // 64))


def _answers(trip: Trip, leave: Given, own: set[str]) -> tuple[Answer, ...]:
    refused = leave.refused[:_PIVOT_DRAWS]
    pivotal, _ = pivots(trip, refused, of=spread(trip, refused))
    chance = leave.said.mean_prob
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

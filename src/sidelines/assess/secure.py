"""No secure corridor? Whether a way needs no third state's leave, and whether it is contested."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sidelines.assess.context import Context, quantity
from sidelines.assess.flights import FlightPlan
from sidelines.assess.journeys import Journey, journey
from sidelines.assess.overland import GroundWay
from sidelines.crisis.model import Power
from sidelines.facts.access import hazards
from sidelines.facts.members import states_of
from sidelines.facts.passages import controllers, passages, shut
from sidelines.reach.best_way import NoWay, Way
from sidelines.terms.roles import Means, Side

__all__ = ["FAILS", "LEAVE", "LEAVE_AND_THREAT", "NO_WAY", "THREAT", "Course", "Secure", "secure"]

FAILS = "open"
THREAT = "threat"
LEAVE = "leave"
LEAVE_AND_THREAT = "leave and threat"
NO_WAY = "no way"

_HELD = 0.5  # hostile control from which an approach counts as held by the other side


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One way, told by permission and by threat.

    - `name`: from where to where, or the corridor; `km`: its length without third states' leave if
      it needs none, else as it is [km]
    - `thirds`: the third states whose leave it takes, empty where it takes nobody's
    - `gap_km`: the leg that is out of range without them [km], None where there is none
    - `hazards`: places that it passes or ends in where transits are lost
    - `control`: how far the other side holds its approach [share], None where nothing is said
    """

    means: Means
    name: str
    km: float
    thirds: tuple[str, ...]
    gap_km: float | None
    hazards: tuple[str, ...]
    control: float | None

    @property
    def is_free(self) -> bool:
        """Whether it takes no third state's leave."""
        return not self.thirds

    @property
    def is_contested(self) -> bool:
        """Whether it passes what is dangerous, or an approach that the other side holds."""
        return bool(self.hazards) or (self.control is not None and self.control >= _HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secure:
    """How the claim stands that a power has no secure corridor, permission and threat apart.

    `verdict`: `open` (it does not hold), `threat` (every way that takes nobody's leave is
    contested), `leave` (every way takes some third state's leave), `leave and threat`, `no way`.
    """

    courses: tuple[Course, ...]
    verdict: str


def secure(
    ctx: Context,
    power: Power,
    *,
    journeys: Iterable[tuple[Journey, FlightPlan | None, FlightPlan | None]],
    ground: Iterable[GroundWay],
) -> Secure:
    """Return how the claim stands that a power has no secure corridor.

    Each journey comes with its flight, and with its flight if no third state grants anything; both
    are None by sea and where no airlifter is known. Ways from bases abroad are left out: their host
    is a third state; so are ways that end where the power is at home.
    """
    home = set(states_of(ctx.world, power.power))
    own = home | set(ctx.friends(power))
    control = {means: _hostile(ctx, power, means) for means in Means}
    found = [
        _traced(ctx, _round(ctx, power, one, own), flown, alone, own, control)
        for one, flown, alone in journeys
        if not one.from_base
        and one.end.host not in home
        and (isinstance(one.way, Way) or one.way.blocked_by)
    ]
    found += [_on_land(ctx, power, way, own, control) for way in ground]
    return Secure(courses=tuple(found), verdict=_verdict(found))


def _verdict(found: list[Course]) -> str:
    if not found:
        return NO_WAY
    free = [one for one in found if one.is_free]
    if any(not one.is_contested for one in free):
        return FAILS
    if free:
        return THREAT
    return LEAVE_AND_THREAT if all(one.is_contested for one in found) else LEAVE


def _hostile(ctx: Context, power: Power, means: Means) -> float | None:
    """Return how far the other side holds an approach, on average, or None if nothing is said."""
    given = getattr(ctx.crisis.control, means.value)
    if given is None:
        return None
    held = float(quantity(ctx, f"control.{means}", given).mean())
    return held if power.side is Side.TARGET else 1.0 - held


def _traced(
    ctx: Context,
    one: Journey,
    flown: FlightPlan | None,
    alone: FlightPlan | None,
    own: set[str],
    control: dict[Means, float | None],
) -> Course:
    thirds = _thirds(ctx, one, flown, own)
    in_range = alone is None or alone.exists
    # By sea the course itself tells: what may not be refused need not be gone round.
    is_free = np.isfinite(one.alone_km) and in_range if one.means is Means.AIR else not thirds
    is_free = is_free and one.end.host in own
    threats = {threat.place for threat in one.threats}
    threats |= {one.end.host} if _hazard(ctx, one.end.host, one.means, one.power) else set()
    return Course(
        means=one.means,
        name=f"{one.start.name} to {one.end.name}",
        km=one.alone_km if is_free and thirds else _length(one),
        thirds=() if is_free else thirds,
        gap_km=alone.gap_km if alone and not in_range and np.isfinite(alone.gap_km) else None,
        hazards=tuple(sorted(threats)),
        control=control[one.means],
    )


def _thirds(ctx: Context, one: Journey, flown: FlightPlan | None, own: set[str]) -> tuple[str, ...]:
    """Return the third states, or passages, whose leave a way takes: to pass, to stop, to end."""
    if isinstance(one.way, NoWay):
        return one.way.blocked_by
    if one.means is Means.AIR:
        asked = [leave.holder for leave in one.leave]
        asked += [stop.host for stop in flown.stops[1:-1]] if flown else []
    else:
        asked = [*_refusers(ctx, one, own)]
    asked.append(one.end.host)
    return tuple(who for who in dict.fromkeys(asked) if who not in own)


def _length(one: Journey) -> float:
    return one.way.km if isinstance(one.way, Way) else np.inf


def _round(ctx: Context, power: Power, one: Journey, own: set[str]) -> Journey:
    """Return a journey by sea round what third states may refuse, or as it is without one."""
    if one.means is Means.AIR or not _refusers(ctx, one, own):
        return one
    known = (fact.value.id for fact in passages(ctx.world))
    refused = {id_: False for id_ in known if _may_refuse(ctx, id_, own)}
    other = journey(ctx, power, one.means, decided=refused)
    return other if other is not None and isinstance(other.way, Way) else one


def _refusers(ctx: Context, one: Journey, own: set[str]) -> tuple[str, ...]:
    """Return the passages of a way by sea that a third state may refuse to a merchant ship.

    A strait with transit passage, or one that a friend has declared shut, is no third state's.
    """
    if not isinstance(one.way, Way) or np.isfinite(one.alone_km):
        return ()
    found = []
    for id_ in one.way.crossed:
        closed = shut(ctx.world, id_, vessel="merchant", flag=one.power)
        barred = closed is not None and closed.value.by not in own
        if barred or _may_refuse(ctx, id_, own):
            found.append(id_)
    return tuple(found)


def _may_refuse(ctx: Context, id_: str, own: set[str]) -> bool:
    known = {fact.value.id: fact.value for fact in passages(ctx.world)}
    refusable = id_ in known and known[id_].refusable("merchant")
    return refusable and bool(set(controllers(ctx.world, id_)) - own)


def _on_land(
    ctx: Context,
    power: Power,
    way: GroundWay,
    own: set[str],
    control: dict[Means, float | None],
) -> Course:
    held = [control[Means.LAND], control[Means.SEA] if "ferry" in way.modes else None]
    known = [one for one in held if one is not None]
    dangers = [area for area in way.areas if _hazard(ctx, area, Means.LAND, power.power)]
    return Course(
        means=Means.LAND,
        name=way.name,
        km=way.km,
        thirds=tuple(leave.holder for leave in way.leave if leave.holder not in own),
        gap_km=None,
        hazards=tuple(dangers),
        control=max(known) if known else None,
    )


def _hazard(ctx: Context, place: str, means: Means, flag: str) -> bool:
    return bool(hazards(ctx.world, place, means=means.value, flag=flag))

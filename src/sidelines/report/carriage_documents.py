"""The documents of carriage: stops, what limits a way, ways on land, what is secure, bases."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sidelines.assess.assessment import Assessment, context_of
from sidelines.assess.carriage import UNKNOWN_FLEET, Carriage, carriage
from sidelines.assess.context import Context
from sidelines.assess.ends import Stop
from sidelines.assess.flights import FlightPlan, airlifter, flight, refused_areas
from sidelines.assess.inputs import Role
from sidelines.assess.journeys import Journey
from sidelines.assess.overland import BORDER, GroundWay, ground_carriage, ground_ways
from sidelines.assess.secure import (
    FAILS,
    LEAVE,
    LEAVE_AND_THREAT,
    NO_WAY,
    THREAT,
    Course,
    Secure,
    secure,
)
from sidelines.assess.sites import Sites, sites_near
from sidelines.crisis.model import Power
from sidelines.report.journey_documents import journey_document, place_name
from sidelines.report.words import joined, name_of, percent
from sidelines.terms.roles import Means

__all__ = ["bases_document", "power_parts"]

_CLAIMS = {
    FAILS: "so the claim of no secure corridor does not hold",
    THREAT: "so the claim of no secure corridor holds by threat, not for want of leave",
    LEAVE: "so the claim of no secure corridor holds for want of leave",
    LEAVE_AND_THREAT: "so the claim of no secure corridor holds for want of leave and by threat",
    NO_WAY: "no way was found, secure or not",
}
_MOST_NAMED = 4
_WHERE = {Means.AIR: "by air", Means.SEA: "by sea", Means.LAND: "by land"}


def power_parts(
    answer: Assessment,
    entry: Power,
    journeys: tuple[Journey, ...],
    *,
    decided: Mapping[str, bool],
) -> dict[str, Any]:
    """Return what one power's document says of its traced ways, ways on land, and security."""
    ctx = context_of(answer, {})
    row = answer.inputs.roles.index(Role(power=entry.power, side=entry.side))
    strength = answer.inputs.strength[:, row]
    by_air = any(one.means is Means.AIR for one in journeys)
    barred = refused_areas(ctx, entry, decided=decided) if by_air else None
    thirds = refused_areas(ctx, entry, alone=True) if by_air else None
    told, alone = [], []
    for one in journeys:
        plan = _planned(ctx, entry, one, refused=barred, decided=decided)
        lift = _carriage(ctx, entry, one, plan, strength)
        told.append(
            {
                **journey_document(one),
                "lift": _lift(ctx, lift, is_open=one.is_open),
                "flight": _flight(plan),
            }
        )
        free = None
        if one.means is Means.AIR and not one.from_base and np.isfinite(one.alone_km):
            free = flight(ctx, entry, one.start, one.end, refused=thirds, alone=True)
        alone.append((one, plan, free))
    ground = ground_ways(ctx, entry, decided=decided)
    found = secure(ctx, entry, journeys=alone, ground=ground)
    return {
        "journeys": told,
        "overland": [_overland(ctx, way) for way in ground],
        "secure": _secure(ctx, entry, found),
    }


def _planned(
    ctx: Context,
    entry: Power,
    one: Journey,
    *,
    refused: np.ndarray | None,
    decided: Mapping[str, bool],
) -> FlightPlan | None:
    if one.means is not Means.AIR:
        return None
    return flight(ctx, entry, one.start, one.end, refused=refused, way=one.way, decided=decided)


def _carriage(
    ctx: Context,
    entry: Power,
    one: Journey,
    plan: FlightPlan | None,
    strength: np.ndarray,
) -> Carriage:
    gap = plan is not None and plan.gap is not None
    return carriage(
        ctx,
        entry,
        one.means,
        km=np.where(one.is_open, one.km, np.nan),
        strength=strength,
        receiving=(one.end,),
        leg_km=plan.gap_km if plan is not None and gap else 0.0,
    )


def _median(values: np.ndarray) -> float | None:
    """Return the median, None where there are no values or most are infinite."""
    middle = float(np.median(values)) if len(values) else np.inf
    return middle if np.isfinite(middle) else None


def _lift(ctx: Context, found: Carriage, *, is_open: np.ndarray) -> dict[str, Any]:
    """Return what a way carries, medians over the draws in which it is open."""
    guessed = found.limited_by == UNKNOWN_FLEET
    caps = {name: _median(np.asarray(cap)[is_open]) for name, cap in found.caps.items()}
    return {
        # Nobody guesses how much a fleet of ships carries that nobody knows.
        "t_per_day": None
        if guessed and not found.t_per_day.any()
        else _median(found.t_per_day[is_open]) or 0.0,
        "force_t": ctx.parameters.value("force_t"),
        "days_to_deliver": _median(found.days_to_deliver[is_open]),
        "limited_by": found.limited_by,
        "caps": {} if guessed else caps,
    }


def _flight(plan: FlightPlan | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    legs = zip(plan.legs_km, plan.tanked, strict=True)
    return {
        "carrier": plan.carrier,
        "range_km": plan.range_km,
        "stops": [_stop(stop) for stop in plan.stops[1:-1]],
        "legs": [{"km": km, "tanked": tanked} for km, tanked in legs],
        "hours": plan.hours if plan.exists else None,
        "gap": None
        if plan.gap is None
        else {"from": _stop(plan.gap[0]), "to": _stop(plan.gap[1]), "km": plan.gap_km},
        "sentence": _flown(plan),
    }


def _stop(stop: Stop) -> dict[str, str]:
    return {"place": stop.name, "host": stop.host}


def _flown(plan: FlightPlan) -> str:
    """Return a flight in a sentence: its stops, or what its range lacks."""
    if plan.exists:
        names = [f"{stop.name} ({name_of(stop.host)})" for stop in plan.stops[1:-1]]
        by = f"by {joined(names)}" if names else "without a stop"
        tanked = sum(plan.tanked)
        helped = f", {tanked} of {len(plan.tanked)} legs with tankers" if tanked else ""
        return f"{plan.carrier} {by}: {plan.hours:.1f} hours{helped}"
    if plan.gap is None:
        return f"{plan.carrier} does not fly it for want of leave"
    here, there = plan.gap
    return (
        f"{plan.carrier} cannot fly it: {here.name} to {there.name} is {plan.gap_km:,.0f} km "
        f"without a field where it may land, and it flies {plan.range_km:,.0f}"
    )


def _overland(ctx: Context, way: GroundWay) -> dict[str, Any]:
    found = _lift(ctx, ground_carriage(ctx, way), is_open=way.is_open)
    return {
        "name": way.name,
        "from": way.start,
        "to": way.end,
        "areas": list(way.areas),
        "modes": list(way.modes),
        "parts": list(way.parts),
        "cargo": way.cargo,
        "length_km": way.km,
        "days": _median(way.days[way.is_open]),
        "leave_prob": float(way.is_open.mean()),
        "leave": [
            {"id": one.holder or None, "prob": one.prob, "reason": one.reason} for one in way.leave
        ],
        "blocked_by": list(way.blocked_by),
        "lift": found,
        "sentence": _overland_sentence(way, found),
    }


def _overland_sentence(way: GroundWay, lift: Mapping[str, Any]) -> str:
    how = "By ferry" if way.modes == ("ferry",) else "On land"
    where = "Over the border" if way.name == BORDER else f"{how}, {way.name}"
    trip = f"{where}, {name_of(way.start)} to {name_of(way.end)}"
    thirds = [f"{place_name(one.holder)} ({percent(one.prob)})" for one in way.leave if one.holder]
    if any(not one.holder for one in way.leave):
        thirds.append("whoever lies between (not known)")
    leave = f"leave of {joined(thirds)}" if thirds else "nobody's leave is needed"
    for_cargo = "" if way.cargo == "any" else f", for {way.cargo} cargo only"
    if not way.is_open.any():
        return f"{trip}: shut; {leave}{for_cargo}."
    days = _median(way.days[way.is_open]) or 0.0
    narrowest = "" if way.name == BORDER else f", limited by {way.narrowest}"
    flow = f"{lift['t_per_day']:,.0f} t a day{narrowest}"
    return f"{trip}: {way.km:,.0f} km in {days:.1f} days, {flow}; {leave}{for_cargo}."


# --- secure, or not -------------------------------------------------------------------------------


def _secure(ctx: Context, entry: Power, found: Secure) -> dict[str, Any]:
    return {
        "verdict": found.verdict,
        "without_leave": any(one.is_free for one in found.courses),
        "ways": [
            {
                "means": one.means.value,
                "name": one.name,
                "length_km": one.km if np.isfinite(one.km) else None,
                "leave_of": [third or None for third in one.thirds],
                "out_of_range_km": one.gap_km,
                "hazards": list(one.hazards),
                "hostile_control": one.control,
            }
            for one in found.courses
        ],
        "sentence": _secure_sentence(ctx, entry, found),
    }


def _secure_sentence(ctx: Context, entry: Power, found: Secure) -> str:
    """Return permission, threat and what they come to for the claim, in one sentence."""
    who = name_of(entry.power, article=True)
    who = who[0].upper() + who[1:]
    if not found.courses:
        return f"{who}: {_CLAIMS[NO_WAY]}."
    free = _shortest([one for one in found.courses if one.is_free])
    asks = _shortest([one for one in found.courses if not one.is_free])
    asks = [one for one in asks if one.means not in {other.means for other in free}]
    said = []
    if free:
        said.append(f"needs nobody's leave {joined([_course(one) for one in free])}")
    if asks:
        verb = "leave" if free else "needs leave"
        said.append(f"{verb} {joined([_asked(ctx, entry, one) for one in asks])}")
    told = ", but ".join(said)
    return f"{who} {told}; {_threatened(ctx, entry, free or asks)}, {_CLAIMS[found.verdict]}."


def _shortest(courses: list[Course]) -> list[Course]:
    """Return one way by each means, one that is not contested before a shorter one that is."""
    best: dict[Means, Course] = {}
    for one in sorted(courses, key=lambda one: (one.is_contested, one.km)):
        best.setdefault(one.means, one)
    return [best[means] for means in Means if means in best]


def _course(one: Course) -> str:
    where = "the border" if one.name == BORDER else f"{one.name}, {one.km:,.0f} km"
    return f"{_WHERE[one.means]} ({where})"


def _asked(ctx: Context, entry: Power, one: Course) -> str:
    named = [place_name(third) if third else "whoever lies between" for third in one.thirds]
    more = len(named) - _MOST_NAMED
    if more > 1:
        named = [*named[:_MOST_NAMED], f"{more} others"]
    carrier = airlifter(ctx, entry)
    short = ""
    if one.gap_km is not None and carrier is not None:
        reach_km = carrier.range_km / ctx.parameters.value("routing_factor")
        short = f" (else a leg of {one.gap_km:,.0f} km, and {carrier.type} reach {reach_km:,.0f})"
    return f"{_WHERE[one.means]} of {joined(named)}{short}"


def _threatened(ctx: Context, entry: Power, courses: list[Course]) -> str:
    """Return which of some ways are contested, and by whom or where."""
    other = joined([name_of(id_, article=True) for id_ in ctx.opponents(entry)])
    held = [
        f"{_WHERE[one.means]} ({percent(one.control)})"
        for one in courses
        if one.control is not None and one.control >= 0.5
    ]
    verb = "hold" if len(ctx.opponents(entry)) > 1 else "holds"
    said = [f"{other} {verb} the approach {joined(held)}"] if held else []
    places = dict.fromkeys(place for one in courses for place in one.hazards)
    if places:
        said.append(f"transits are lost in {joined([place_name(place) for place in places])}")
    calm = [_WHERE[one.means] for one in courses if not one.is_contested]
    if calm:
        said.append(f"nothing known threatens it {joined(calm)}")
    return joined(said)


# --- bases ----------------------------------------------------------------------------------------


def bases_document(answer: Assessment) -> dict[str, Any] | None:
    """Return how many sites each party and power has near the theatre, None without a theatre."""
    ctx = context_of(answer, {})
    found = sites_near(ctx)
    if not found:
        return None
    within_km = ctx.parameters.value("theatre_reach_km")
    return {
        "within_km": within_km,
        "who": [
            {
                "id": one.id,
                "name": name_of(one.id),
                "side": one.side.value,
                "party": one.is_party,
                "count": len(one.places),
                "abroad": one.abroad,
                "places": list(one.places),
                "hosts": list(one.hosts),
            }
            for one in found
        ],
        "sentence": _bases_sentence(found, within_km),
    }


def _bases_sentence(found: tuple[Sites, ...], within_km: float) -> str:
    """Return parties first, then powers with a site on foreign soil, then how many have none."""
    parties = [f"{name_of(one.id)} {_counted(one)}" for one in found if one.is_party]
    abroad = sorted((one for one in found if not one.is_party and one.abroad), key=_most)
    powers = [f"{name_of(one.id)} {_counted(one)}" for one in abroad]
    none = sum(not one.is_party and not one.abroad for one in found)
    rest = f"{none} powers have none abroad" if none > 1 else "one power has none abroad"
    powers += [rest] if none else []
    said = f"the parties: {', '.join(parties)}; the powers: {', '.join(powers)}"
    return f"Sites within {within_km:,.0f} km of the theatre on our list, {said}."


def _most(one: Sites) -> tuple[int, str]:
    return -one.abroad, one.id


def _counted(one: Sites) -> str:
    at_home = len(one.places) - one.abroad
    if not one.abroad:
        return f"{at_home} at home" if at_home else "none"
    hosts = len([host for host in one.hosts if host != one.id])
    said = f"{one.abroad} in {hosts} host state{'s' if hosts > 1 else ''}"
    return f"{said} and {at_home} at home" if at_home else said

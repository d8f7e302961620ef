"""The documents of traced ways: which way, whose leave, what if some refuse, as GeoJSON."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from sidelines.assess.assessment import Assessment, context_of
from sidelines.assess.journeys import Answer, Journey, Leave, journey, refusing_ids
from sidelines.crisis.model import Power
from sidelines.reach.best_way import Way
from sidelines.report.words import joined, name_of, percent
from sidelines.terms.errors import UsageError, nearest, shown
from sidelines.terms.roles import Means
from sidelines.terms.states import find_actor, is_actor

__all__ = ["decisions", "geojson", "journey_document", "journey_sentence", "place_name", "traced"]

_SHORT = {  # passages whose ids are not how people write them
    "bosporus": "Bosporus",
    "dardanelles": "Dardanelles",
    "suez": "Suez Canal",
    "panama": "Panama Canal",
    "kiel": "Kiel Canal",
    "volga-don": "Volga-Don Canal",
    "corinth": "Corinth Canal",
    "great-belt": "Great Belt",
    "taiwan-strait": "Taiwan Strait",
    "korea-strait": "Korea Strait",
    "northern-sea-route": "Northern Sea Route",
    "northwest-passage": "Northwest Passage",
    "arctic-ice": "ice of the Arctic",
    **{
        name: f"Strait of {name.title()}"
        for name in ("gibraltar", "hormuz", "malacca", "singapore", "messina", "magellan", "tiran")
    },
    **{name: f"{name.title()} Strait" for name in ("bering", "dover", "kerch", "lombok")},
    **{"bab-el-mandeb": "Bab el-Mandeb", "oresund": "Oresund"},
    **{"sunda": "Sunda Strait", "torres": "Torres Strait"},
}
_QUANTILES = {"low": 0.1, "median": 0.5, "high": 0.9}


def decisions(*, granted: Iterable[str], denied: Iterable[str]) -> dict[str, bool]:
    """Return who grants (True) and who refuses (False), by id; raise for a word nobody bears."""
    given = {_id(word): True for word in granted}
    refused = {_id(word): False for word in denied}
    if both := sorted(given.keys() & refused.keys()):
        raise UsageError(f"{', '.join(both)} cannot both grant and refuse.")
    return given | refused


def _id(word: str) -> str:
    if word in refusing_ids():
        return word
    try:
        return find_actor(word)
    except KeyError:
        near = nearest(word, refusing_ids())
        hint = f"Did you mean {near}?" if near else "Write a state, by code or name, or a passage."
        raise UsageError(f"{shown(word)} is no state and no passage.", hint=hint) from None


def traced(
    answer: Assessment,
    entry: Power,
    *,
    decided: Mapping[str, bool],
    longer_than_km: float = np.inf,
) -> tuple[Journey, ...]:
    """Return the ways of one power by air and by sea, from home and from its bases."""
    ctx = context_of(answer, {})
    found = (
        journey(
            ctx,
            entry,
            means,
            from_base=from_base,
            decided=decided,
            longer_than_km=longer_than_km,
        )
        for means in (Means.AIR, Means.SEA)
        for from_base in (False, True)
    )
    return tuple(one for one in found if one is not None)


def journey_document(one: Journey) -> dict[str, Any]:
    """Return one journey as plain data; lengths in kilometres, None where there is no way."""
    km = one.km[one.is_open]
    open_prob = float(one.is_open.mean())
    return {
        "means": one.means.value,
        "from": {"place": one.start.name, "host": one.start.host, "base": one.from_base},
        "to": {"place": one.end.name, "host": one.end.host},
        "sentence": journey_sentence(one),
        "length_km": one.way.km if isinstance(one.way, Way) else None,
        "length_if_nobody_refuses_km": _known(one.free_km),
        "length_if_all_refuse_km": _known(one.alone_km),
        "lengths_km": {
            name: float(np.quantile(km, share)) if len(km) else None
            for name, share in _QUANTILES.items()
        },
        "days": None
        if one.days is None or not len(km)
        else float(np.median(one.days[one.is_open])),
        "leave_prob": open_prob,
        "leave": [_leave(leave) for leave in one.leave],
        "blocked_by": [] if isinstance(one.way, Way) else list(one.way.blocked_by),
        "opened_by": None if one.opening is None else list(one.opening.who),
        "pivotal": [_pivot(pivot) for pivot in one.answers],
        "cut": None
        if one.cut is None
        else {"who": list(one.cut.who), "length_km_then": one.cut.km},
        "threats": [
            {"place": threat.place, "by": list(threat.by), "loss_prob": threat.loss_prob}
            for threat in one.threats
        ],
    }


def _known(km: float) -> float | None:
    return km if np.isfinite(km) else None


def _leave(leave: Leave) -> dict[str, Any]:
    return {"id": leave.holder, "prob": leave.prob, "reason": leave.reason}


def _pivot(pivot: Answer) -> dict[str, Any]:
    return {**_leave(pivot.leave), "open_prob": pivot.open_prob, "longer_km": pivot.km}


def journey_sentence(one: Journey) -> str:
    """Return a way in one sentence: whose leave it takes; danger is another matter."""
    trip = f"By {one.means.value}, {one.start.name} to {one.end.name}"
    if not isinstance(one.way, Way):
        who = _names(one.way.blocked_by)
        if not who:
            return f"{trip}: there is no way, whoever grants what."
        return f"{trip}: no way as things stand; {who} would have to open."
    through = "through" if one.means is Means.SEA else "over"
    course = f" {through} {_names([leave.holder for leave in one.leave])}" if one.leave else ""
    return f"{trip}: {one.way.km:,.0f} km{course}{_alone(one)}{_danger(one)}."


def _alone(one: Journey) -> str:
    if not one.leave:
        return ", and nobody's leave is needed"
    if not np.isfinite(one.alone_km):
        return ""
    longer = one.alone_km - one.way.km if isinstance(one.way, Way) else 0.0
    return f"; {longer:,.0f} km more would need nobody's leave"


def _danger(one: Journey) -> str:
    if not one.threats:
        return ""
    said = [f"{place_name(t.place)} ({percent(t.loss_prob)} loss a passage)" for t in one.threats]
    return f"; leave is not safety: {joined(said)}"


def place_name(id_: str) -> str:
    """Return the name of a state, or a passage's id in words."""
    return name_of(id_) if is_actor(id_) else f"the {_SHORT.get(id_, id_.replace('-', ' '))}"


def _names(ids: Iterable[str]) -> str:
    return joined([place_name(id_) for id_ in ids])


def geojson(journeys: Iterable[Journey]) -> dict[str, Any]:
    """Return the ways as a GeoJSON FeatureCollection, longitudes without jumps."""
    features = []
    for one in journeys:
        if not isinstance(one.way, Way):
            continue
        lat, lon = one.way.points.T
        lon = np.unwrap(lon, period=360.0)
        line = [[round(float(x), 4), round(float(y), 4)] for y, x in zip(lat, lon, strict=True)]
        said = journey_document(one)
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": line},
                "properties": {
                    "power": one.power,
                    "side": one.side.value,
                    **{key: said[key] for key in ("means", "from", "to", "length_km")},
                    "leave_prob": said["leave_prob"],
                    "leave": [leave["id"] for leave in said["leave"]],
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}

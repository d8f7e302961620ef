"""The parts of the page: what it shows at once, and what it asks for when somebody looks.

All are plain data. Numbers are rounded to what a screen can show, so that a page stays light; the
documents behind `--json` keep every digit.
"""

from typing import Any

import numpy as np

from sidelines.assess.assessment import Assessment, context_of
from sidelines.assess.attribution import REMOVALS
from sidelines.assess.context import Context
from sidelines.assess.danger_zones import danger_zones
from sidelines.assess.geography import WITHOUT, geography
from sidelines.assess.inputs import Role
from sidelines.assess.journeys import Course, course
from sidelines.assess.path import Path
from sidelines.assess.resolving import Tick, silent
from sidelines.assess.sites import sites_near
from sidelines.assess.ways import OBSTACLES
from sidelines.crisis.model import Power
from sidelines.facts.access import hazards
from sidelines.facts.places import capital
from sidelines.reach.best_way import Way
from sidelines.report.citing import cite_document
from sidelines.report.documents import assess_document
from sidelines.report.journey_documents import place_name
from sidelines.report.page_draws import role_name
from sidelines.report.path_documents import path_document
from sidelines.report.record_documents import shipped_document
from sidelines.report.trust import ALL_POWERS, learned_document
from sidelines.report.words import (
    crisis_words,
    gist,
    name_of,
    power_words,
    what_was_heard,
)
from sidelines.terms.ladder import INSTRUMENTS, RUNGS
from sidelines.terms.roles import Means, Side

__all__ = ["crisis_part", "path_part", "record_part", "ways_part"]

_DIGITS = 5
_DEGREES = 2


def rounded(value: Any) -> Any:
    """Return plain data with its numbers rounded."""
    if isinstance(value, float):
        return round(value, _DIGITS) if np.isfinite(value) else None
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


def crisis_part(answer: Assessment) -> dict[str, Any]:
    """Return the answer for all powers as the page shows it before anything is moved."""
    document = assess_document(answer)
    crisis, theatre = answer.crisis, answer.crisis.theatre
    ctx = context_of(answer, {})
    cited = cite_document(answer)
    found = {
        "meta": document["meta"],
        "model": document["model"],
        "id": crisis.id,
        "title": crisis.title,
        "summary": crisis.summary,
        "as_of": document["crisis"]["as_of"],
        "parties": {
            side.value: [{"id": one, **_seat(ctx, one)} for one in crisis.parties(side)]
            for side in Side
        },
        "words": crisis_words(crisis),
        "gist": [gist(crisis, side, document["powers"]) for side in Side],
        "theatre": None
        if theatre is None
        else {"name": theatre.name, "lat": theatre.lat, "lon": theatre.lon},
        "control": {
            means.value: None if given is None else float(np.mean(given.numbers))
            for means in Means
            if (given := getattr(crisis.control, means.value, None)) is not None
        },
        "powers": [
            _power(answer, ctx, entry, one)
            for entry, one in zip(crisis.powers, document["powers"], strict=True)
        ],
        "equilibrium": document["equilibrium"]["status"],
        "removals": {factor.value: text for factor, text in REMOVALS.items()},
        "learned": learned_document(answer),
        "missing": document["missing"],
        "assumed": document["assumed"],
        "old": document["old"],
        "dropped": document["dropped"],
        "facts_as_of": document["facts_as_of"],
        "sources": [one for one in document["sources"] if one["source"] != "assumed"],
        "cite": {key: cited[key] for key in ("software", "datasets", "documents")},
    }
    return dict(rounded(found))


def _seat(ctx: Context, id_: str) -> dict[str, Any]:
    """Return the name of an actor and where its capital or seat lies, None where it has none."""
    fact = capital(ctx.world, id_)
    place = None if fact is None else [round(fact.value.lat, 1), round(fact.value.lon, 1)]
    return {"name": name_of(id_), "seat": place}


def _power(answer: Assessment, ctx: Context, entry: Power, told: dict[str, Any]) -> dict[str, Any]:
    """Return one role's part of the answer, lists in the order of the ladder instead of names."""
    reached = told["at_least"]
    return {
        "role": role_name(entry.power, entry.side),
        "id": entry.power,
        **_seat(ctx, entry.power),
        "side": told["side"],
        "rungs": [told["rungs"][rung] for rung in RUNGS],
        "at_least": [
            [reached[word]["p"], reached[word]["low"], reached[word]["high"]]
            for word in INSTRUMENTS
        ],
        "instruments": [told["instruments"][word] for word in INSTRUMENTS],
        "structural": [told["structural"]["rungs"][rung] for rung in RUNGS],
        "done": told["done"],
        "words": power_words(entry.power),
        "verdict": told["verdict"],
        "signal": {key: told["signal"][key] for key in ("say", "do", "gap", "low", "high")},
        "heard": what_was_heard(answer.crisis, entry.power, told["signal"]),
        "reach": _reach(told["reach"]),
        "history": told["blend"]["weights"]["history"],
        "trust": [_trust(told["trust"][word]) for word in INSTRUMENTS],
        "overridden": told["overridden"],
    }


def _reach(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a power can bring, in short."""
    best = told["best"]
    return {
        "best": None
        if best is None
        else {key: best[key] for key in ("means", "length_km", "days", "open_prob", "blocked_by")},
        "t_per_day": round(told["t_per_day"]),
        "arrival": {
            name: {"share": one["arrival_share"], "by": one["by"]}
            for name, one in told["instruments"].items()
        },
    }


def _trust(told: dict[str, Any]) -> dict[str, Any]:
    keys = ("like", "n", "positives", "skill", "low", "high", "calibration_slope", "status")
    return {key: told[key] for key in keys if told[key] is not None}


def ways_part(answer: Assessment, *, tick: Tick = silent) -> dict[str, Any]:
    """Return every power's ways on the map, its share of geography by obstacle, and the bases."""
    ctx = context_of(answer, {})
    powers = {}
    for entry in answer.crisis.powers:
        powers[role_name(entry.power, entry.side)] = _ways(answer, ctx, entry)
        tick()
    return {
        "powers": powers,
        "bases": [
            {
                "id": one.id,
                "name": name_of(one.id),
                "party": one.is_party,
                "places": list(one.places),
                "points": [[round(lat, 1), round(lon, 1)] for lat, lon in one.points],
            }
            for one in sites_near(ctx)
            if one.places
        ],
        "contested": [
            {
                "id": one.place,
                "name": place_name(one.place),
                "means": one.means,
                "point": None if one.point is None else [round(x, 1) for x in one.point],
            }
            for one in danger_zones(ctx)
        ],
        "obstacles": {one.value: text for one, text in WITHOUT.items()},
    }


def _ways(answer: Assessment, ctx: Context, entry: Power) -> dict[str, Any]:
    found = geography(answer, entry.power, side=entry.side)
    courses = [
        (means, from_base, one)
        for means in (Means.AIR, Means.SEA)
        for from_base in (False, True)
        if (one := course(ctx, entry, means, from_base=from_base)) is not None
    ]
    refused = [one.refused for means, _, one in courses if means is Means.AIR]
    return {
        "courses": [
            _course(ctx, entry, means, one, from_base=from_base)
            for means, from_base, one in courses
        ],
        "refused": list(refused[0]) if refused else [],
        "geography": {
            one.value: round(float(share), 4)
            for one, share in zip(OBSTACLES, found.shares, strict=True)
        },
        "lift": [
            {
                "means": way.means.value,
                "open_prob": round(float(way.open_prob.mean()), 4),
                "t_per_day": round(float(way.lift_t_per_day.mean())),
                "limited_by": way.limited_by,
                "blocked_by": list(way.blocked_by),
            }
            for way in answer.arrivals[Role(power=entry.power, side=entry.side)].ways
        ],
    }


def _course(
    ctx: Context, entry: Power, means: Means, one: Course, *, from_base: bool
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "means": means.value,
        "base": from_base,
        "from": one.start.name,
        "to": one.end.name,
    }
    if not isinstance(one.way, Way):
        blocked = [place_name(who) for who in one.way.blocked_by]
        return {**said, "km": None, "points": [], "blocked_by": blocked, "threats": []}
    threats = [
        place_name(place)
        for place in one.way.crossed
        if hazards(ctx.world, place, means=means.value, flag=entry.power)
    ]
    points = [[round(float(x), _DEGREES) for x in point] for point in one.way.points]
    return {
        **said,
        "km": round(one.way.km),
        "points": points,
        "blocked_by": [],
        "threats": threats,
    }


def path_part(path: Path) -> dict[str, Any]:
    """Return a crisis day by day: where each role stood, and which part of a day moved it."""
    document = path_document(path)
    days = []
    for step, told in zip(path.steps, document["steps"], strict=True):
        after = step.after.mean(axis=0)
        days.append(
            {
                "date": told["date"],
                "parts": [
                    {
                        "told": part["told"],
                        "moves": {
                            role_name(move["id"], Side(move["side"])): [
                                move["moved"][word]["p"] for word in INSTRUMENTS
                            ]
                            for move in part["moves"]
                        },
                    }
                    for part in told["parts"]
                ],
                "after": [[float(p) for p in row] for row in after],
            }
        )
    roles = path.answer.inputs.roles
    first = path.steps[0].before.mean(axis=0) if path.steps else None
    found = {
        "since": document["since"],
        "roles": [role_name(one.power, one.side) for one in roles],
        "before": None if first is None else [[float(p) for p in row] for row in first],
        "days": days,
        "largest": document["largest"],
    }
    return dict(rounded(found))


def record_part(answer: Assessment) -> dict[str, Any]:
    """Return how the same forecasts did on the past: calibration, scores, spans, by power."""
    document = shipped_document()
    tasks = {}
    for name, task in document["tasks"].items():
        shown = task["headline"]
        against = task["skill"].get(shown, {})
        kept = (shown, *against)
        tasks[name] = {
            **{key: task[key] for key in ("what", "source", "n", "positives")},
            "model": shown,
            "calibration": [
                [one["n"], one["forecast"], one["observed"]]
                for one in task["calibration"]
                if one["model"] == shown
            ],
            "skill": against,
            "scores": {model: task["scores"][model] for model in kept},
            "spans": [
                {
                    **{key: span[key] for key in ("first", "last", "n")},
                    "scores": {
                        model: {
                            key: span["scores"][model][key]
                            for key in ("positives", "log_loss", "brier", "roc_auc")
                        }
                        for model in kept
                        if model in span["scores"]
                    },
                }
                for span in task["spans"]
            ],
        }
    likes = () if answer.estimates is None else answer.estimates.record
    return dict(
        rounded(
            {
                "development": document["development"],
                "held_out": document["held_out"]["sentences"],
                "tasks": tasks,
                "all_powers": [
                    {
                        "task": one.task,
                        "rung": one.rung,
                        "years": [one.first_year, one.last_year],
                        "n": one.cases,
                        "positives": one.positives,
                        "skill": one.skill,
                        "low": one.low,
                        "high": one.high,
                    }
                    for one in likes
                    if one.power == ALL_POWERS
                ],
            }
        )
    )

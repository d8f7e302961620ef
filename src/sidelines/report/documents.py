"""The documents behind `--json`: contracts that other tools rely on (docs/reference/json.md)."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sidelines.assess.arrival import Arrival
from sidelines.assess.assessment import Assessment, final
from sidelines.assess.inputs import Role
from sidelines.assess.outcomes import (
    at_least,
    expected_top,
    instrument_probabilities,
    rung_probabilities,
)
from sidelines.assess.salvo import what_batteries_change
from sidelines.assess.signals import Words, words_heard
from sidelines.assess.what_if import WhatIf
from sidelines.choice.equilibria import Equilibria
from sidelines.crisis.model import Power
from sidelines.report.carriage_documents import bases_document
from sidelines.report.meta import meta
from sidelines.report.trust import blend_document, fit_document, trust_document
from sidelines.report.words import name_of, verdict
from sidelines.terms.ladder import INSTRUMENTS, RUNGS, Rung
from sidelines.terms.roles import Side
from sidelines.terms.version import VERSION

__all__ = [
    "assess_document",
    "interval",
    "power_document",
    "reach_document",
    "salvo_document",
    "signal_document",
    "what_if_document",
]

_LOW, _HIGH = 0.1, 0.9


def interval(
    values: np.ndarray, several: Mapping[int, np.ndarray] | None = None
) -> dict[str, float | None]:
    """Return mean, 80 % range over draws, and the Monte Carlo error of the mean.

    Where a draw has several equilibria, each counts for its share of the draw.
    """
    low, high = np.quantile(_mixed(values, several or {}), [_LOW, _HIGH])
    return {
        "p": float(values.mean()),
        "low": float(low),
        "high": float(high),
        "monte_carlo_error": _error_of_mean(values),
    }


def _mixed(values: np.ndarray, several: Mapping[int, np.ndarray]) -> np.ndarray:
    """Return values over draws and equilibria, each draw as often as every other."""
    if not several:
        return values
    times = math.lcm(*(len(found) for found in several.values()))
    parts = [several.get(draw, values[draw : draw + 1]) for draw in range(len(values))]
    return np.concatenate([np.repeat(part, times // len(part)) for part in parts])


def _error_of_mean(values: np.ndarray) -> float | None:
    """Return the standard error of a mean over draws; unknown with one draw."""
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else None


def assess_document(answer: Assessment) -> dict[str, Any]:
    """Return the answer for all powers."""
    crisis = answer.crisis
    return {
        "meta": meta(answer),
        "crisis": {
            "id": crisis.id,
            "title": crisis.title,
            "as_of": answer.as_of.isoformat(),
            "attackers": list(crisis.attackers),
            "targets": list(crisis.targets),
        },
        "model": {
            "version": VERSION,
            "parameters": answer.parameters.version,
            "status": answer.parameters.status,
            "fit": fit_document(answer),
            "contest": "salvo" if crisis.salvo_decides else "ratio",
            "draws": answer.draws,
            "seed": answer.seed,
        },
        "powers": _powers(answer),
        "equilibrium": _equilibrium(answer),
        "missing": answer.notes.missing,
        "assumed": sorted(set(answer.notes.assumed)),
        "old": sorted(set(answer.notes.old)),
        "dropped": list(answer.dropped),
        "facts_as_of": _facts_as_of(answer),
        "sources": [
            {
                "what": row.what,
                "value": row.value,
                "unit": row.unit,
                "date": row.date.isoformat() if row.date else None,
                "source": row.source,
            }
            for row in answer.notes.cited
        ],
    }


def _facts_as_of(answer: Assessment) -> str | None:
    """Return the day of the oldest figure of the tables that the answer uses."""
    return min(answer.notes.figure_days).isoformat() if answer.notes.figure_days else None


def _powers(answer: Assessment) -> list[dict[str, Any]]:
    """Return the answer for every role; the game behind all their words is built once."""
    entries = answer.crisis.powers
    roles = tuple(Role(power=entry.power, side=entry.side) for entry in entries)
    heard = words_heard(answer, roles)
    return [_power(answer, entry, words) for entry, words in zip(entries, heard, strict=True)]


def power_document(answer: Assessment, entry: Power) -> dict[str, Any]:
    """Return the answer for one power on one side."""
    words = words_heard(answer, (Role(power=entry.power, side=entry.side),))
    return _power(answer, entry, words[0])


def _power(answer: Assessment, entry: Power, words: Words) -> dict[str, Any]:
    row = answer.inputs.row(entry.power, entry.side)
    rungs = _by_rung(answer.prob, row)
    roles, several = answer.inputs.roles, answer.equilibria.several
    each = {
        draw: final(found, answer.headline, answer.crisis, roles) for draw, found in several.items()
    }
    blend = answer.headline.blends[row]
    reached = {
        rung.word: interval(
            at_least(answer.prob, row, rung),
            {draw: at_least(found, row, rung) for draw, found in each.items()},
        )
        for rung in list(Rung)[1:]
    }
    used = instrument_probabilities(answer.prob)[:, row].mean(axis=0)
    chances = {rung: float(value["p"] or 0.0) for rung, value in reached.items()}
    return {
        "id": entry.power,
        "name": name_of(entry.power),
        "side": entry.side.value,
        "rungs": rungs,
        "at_least": reached,
        "instruments": dict(zip(INSTRUMENTS, map(float, used), strict=True)),
        "structural": {"rungs": _by_rung(answer.equilibria.prob, row)},
        "blend": blend_document(blend),
        "signal": signal_document(answer, row, words),
        "reach": _reach_summary(answer.arrivals[answer.inputs.roles[row]]),
        "trust": trust_document(answer, blend),
        "overridden": [
            {
                "rung": one.rung,
                "at_least": one.at_least,
                "probability": one.probability,
                "reason": one.reason,
            }
            for one in entry.overrides
        ],
        "done": [
            word for word, used in zip(INSTRUMENTS, answer.inputs.done[row], strict=True) if used
        ],
        "verdict": verdict(
            answer.crisis, entry.power, entry.side, chances, done=_highest_done(answer, row)
        ),
    }


def _highest_done(answer: Assessment, row: int) -> str | None:
    used = [word for word, one in zip(INSTRUMENTS, answer.inputs.done[row], strict=True) if one]
    return used[-1] if used else None


def _by_rung(prob: np.ndarray, row: int) -> dict[str, float]:
    means = rung_probabilities(prob)[:, row].mean(axis=0)
    return dict(zip(RUNGS, map(float, means / means.sum()), strict=True))


def signal_document(answer: Assessment, row: int, words: Words) -> dict[str, Any]:
    """Return words against deeds, and what the attackers make of the words."""
    return {**_signal(answer, row), **_heard(words)}


def _signal(answer: Assessment, row: int) -> dict[str, float]:
    """Return words against deeds: what is said or on record, what is done, and the gap."""
    scales = answer.parameters.scales
    on_record = answer.inputs.said[:, row]
    say = np.maximum(expected_top(answer.prob, scales.loudness)[:, row], on_record)
    do = expected_top(answer.prob, scales.deed)[:, row]
    low, high = np.quantile(say - do, [_LOW, _HIGH])
    return {
        "say": float(say.mean()),
        "do": float(do.mean()),
        "gap": float((say - do).mean()),
        "low": float(low),
        "high": float(high),
    }


def _heard(words: Words) -> dict[str, Any]:
    """Return what the attackers make of the words: belief in a fight, and their own next step."""
    return {
        "heard": words.kind,
        "belief": {
            "before": interval(words.before),
            "after": interval(words.after),
            "if_costly": interval(words.if_costly),
        },
        "attack": {
            "before": interval(words.attack_before),
            "after": interval(words.attack_after),
            "moved": interval(words.attack_after - words.attack_before),
            "moved_if_costly": interval(words.attack_if_costly - words.attack_before),
        },
        "several_share": float(words.several.mean()),
    }


def salvo_document(answer: Assessment, row: int) -> dict[str, Any] | None:
    """Return what batteries change in the exchange; None for those who could bring none."""
    if answer.salvo is None or answer.inputs.roles[row].side is not Side.TARGET:
        return None
    found = what_batteries_change(answer.salvo, row)
    cut = 1.0 - found.loss_with / np.maximum(found.loss_without, 1e-12)
    decides = answer.crisis.salvo_decides
    return {
        "decides": decides,
        "could_send": interval(answer.inputs.batteries[:, row]) if decides else None,
        "batteries": {
            "standing": interval(found.standing),
            "brought": interval(found.brought),
            "threshold": interval(found.threshold),
        },
        "loss": {
            "without": interval(found.loss_without),
            "with": interval(found.loss_with),
            "cut": interval(np.maximum(cut, 0.0)),
        },
        "stops_all": {
            "without": interval(found.stops_all_without),
            "with": interval(found.stops_all_with),
            "gained": interval(found.stops_all_with - found.stops_all_without),
        },
    }


def _equilibrium(answer: Assessment) -> dict[str, Any]:
    found = answer.equilibria
    rungs = [rung_probabilities(one) for one in found.several.values()]
    others = []
    for entry in answer.crisis.powers if rungs else ():
        row = answer.inputs.row(entry.power, entry.side)
        low = np.mean([one[:, row].min(axis=0) for one in rungs], axis=0)
        high = np.mean([one[:, row].max(axis=0) for one in rungs], axis=0)
        others.append(
            {
                "id": entry.power,
                "side": entry.side.value,
                "lowest": dict(zip(RUNGS, map(float, low), strict=True)),
                "highest": dict(zip(RUNGS, map(float, high), strict=True)),
            }
        )
    return {
        "unique": not found.several,
        "status": _uniqueness(found),
        "certified_share": float(found.certified.mean()),
        "multiple_share": len(found.several) / answer.draws,
        "most": int(found.count.max()),
        "converged_share": float(found.converged.mean()),
        "fit_error": float(found.fit_error.max()),
        "others": others,
    }


def _uniqueness(found: Equilibria) -> str:
    """Return what is known: proved in every draw, none other found, or several found."""
    if found.several:
        return "several found"
    return "certified" if found.certified.all() else "none other found"


def _number(values: np.ndarray) -> float | None:
    mean = float(values.mean())
    return mean if np.isfinite(mean) else None


def _where_open(values: np.ndarray) -> float | None:
    """Return the mean over the draws in which there is a way."""
    there = np.isfinite(values)
    return float(values[there].mean()) if there.any() else None


def _ways(found: Arrival) -> list[dict[str, Any]]:
    return [
        {
            "means": way.means.value,
            "length_km": _where_open(way.km),
            "days": _where_open(way.days),
            "open_prob": float(way.open_prob.mean()),
            "t_per_day": float(way.lift_t_per_day.mean()),
            "legs": [],
            "blocked_by": list(way.blocked_by),
        }
        for way in found.ways
    ]


def _deliveries(found: Arrival) -> dict[str, Any]:
    """Return how each instrument that has to be carried gets there."""
    return {
        name: {
            "arrival_share": float(one.share.mean()),
            "sustained_share": float(one.sustained.mean()),
            "need_t_per_day": float(one.need_t_per_day.mean()),
            "by": None if one.means is None else one.means.value,
        }
        for name, one in found.deliveries.items()
    }


def _reach_summary(found: Arrival) -> dict[str, Any]:
    ways = sorted(_ways(found), key=lambda way: -way["open_prob"] * way["t_per_day"])
    return {
        "best": ways[0] if ways else None,
        "strength_share": float(found.strength_share.mean()),
        "open_prob": float(found.open_prob.mean()),
        "t_per_day": float(found.lift_t_per_day.mean()),
        "sustained_share": float(found.forces.sustained.mean()),
        "arrival_share": float(found.forces.share.mean()),
        "instruments": _deliveries(found),
    }


def reach_document(answer: Assessment, entries: tuple[Power, ...]) -> dict[str, Any]:
    """Return what each power can bring to the theatre, and what stands in its way."""
    theatre = answer.crisis.theatre
    powers = []
    for entry in entries:
        found = answer.arrivals[Role(power=entry.power, side=entry.side)]
        base = found.base
        powers.append(
            {
                "id": entry.power,
                "name": name_of(entry.power),
                "side": entry.side.value,
                "ways": _ways(found),
                "strength_share": float(found.strength_share.mean()),
                "arrival_share": float(found.forces.share.mean()),
                "instruments": _deliveries(found),
                "open_prob": float(found.open_prob.mean()),
                "t_per_day": float(found.lift_t_per_day.mean()),
                "distance_km": {
                    "start": _number(found.distance_km),
                    "territory": found.territory_km,
                    "capitals": found.capital_km,
                },
                "nearest_base": None
                if base is None
                else {
                    "place": base.place,
                    "host": base.host,
                    "distance_km": base.distance_km,
                },
            }
        )
    place = (
        None
        if theatre is None
        else {
            "name": theatre.name,
            "lat": theatre.lat,
            "lon": theatre.lon,
        }
    )
    return {
        "meta": meta(answer),
        "theatre": place,
        "bases": bases_document(answer),
        "powers": powers,
        "missing": answer.notes.missing,
    }


def what_if_document(result: WhatIf) -> dict[str, Any]:
    """Return before, after and difference for one power."""
    entry = next(
        e for e in result.before.crisis.powers if e.power == result.power and e.side is result.side
    )
    return {
        "meta": meta(result.before),
        "power": result.power,
        "side": result.side.value,
        "changes": [
            {"input": c.setting.name, "before": c.before, "after": c.after} for c in result.changes
        ],
        "changes_something": any(change.changes_something for change in result.changes),
        "before": power_document(result.before, entry),
        "after": power_document(result.after, entry),
        "difference": {
            rung.word: {key: value for key, value in interval(result.difference(rung)).items()}
            for rung in list(Rung)[1:]
        },
    }

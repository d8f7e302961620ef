"""How far to trust an answer: how the same forecast did on like cases of the past, in words."""

import math
from typing import Any

from sidelines.assess.assessment import Assessment
from sidelines.assess.estimates import Like
from sidelines.assess.headline import Blend
from sidelines.assess.learned import why_no_deliveries
from sidelines.assess.present_case import power_number
from sidelines.facts.world import load_world
from sidelines.report.words import name_of, percent
from sidelines.terms.ladder import INSTRUMENTS, RUNGS
from sidelines.terms.roles import FACTORS

__all__ = ["blend_document", "fit_document", "learned_document", "trust_document", "trust_sentence"]

ALL_POWERS = 0  # in a record: all powers of the task together
_FEW = 5  # positives below which a power's own skill says little
_TIMID, _BOLD = 1.3, 0.8  # calibration slopes outside which the chances are off
_EVEN = 0.5
_LEARNED = 0.8  # share of the prior's spread above which a slope was assumed, not learned


def fit_document(answer: Assessment) -> dict[str, Any] | None:
    """Return which fit an answer used, why that one, and how it did on all its scored cases."""
    estimates = answer.estimates
    if estimates is None:
        return None
    world = load_world(
        answer.as_of, retrospective=answer.crisis.retrospective, hindsight=answer.hindsight
    )
    return {
        "name": estimates.name,
        "before": estimates.before,
        "arms": estimates.arms,
        "why": "with deliveries of arms" if estimates.arms else why_no_deliveries(world),
        "cases": estimates.cases,
        "crises": estimates.crises,
        "cases_sha256": estimates.cases_sha256,
        "specification": estimates.specification,
        "scores": [_like(one) for one in estimates.record if one.power == ALL_POWERS],
    }


def blend_document(blend: Blend) -> dict[str, Any]:
    """Return the weights of history and game, and what the blend adds to the log-odds, by rung.

    `weights` are those of the rung at which history weighs most.
    """
    weight = max(blend.weight)
    forecast = {
        word: None if math.isnan(one) else one
        for word, one in zip(INSTRUMENTS, blend.forecast, strict=True)
    }
    return {
        "weights": {"structural": 1.0 - weight, "history": weight},
        "by_rung": dict(zip(INSTRUMENTS, blend.weight, strict=True)),
        "offset": dict(zip(INSTRUMENTS, blend.offset, strict=True)),
        "task": blend.task or None,
        "forecast": forecast,
    }


def trust_document(answer: Assessment, blend: Blend) -> dict[str, dict[str, Any]]:
    """Return, rung by rung, how the headline did on like cases: this power, this era, this rung."""
    return {word: _trust(answer, blend, word) for word in INSTRUMENTS}


def _trust(answer: Assessment, blend: Blend, word: str) -> dict[str, Any]:
    like = _like_cases(answer, blend, word)
    if like is None:
        return {
            "like": None,
            "n": 0,
            "positives": 0,
            "skill": None,
            "low": None,
            "high": None,
            "calibration_slope": None,
            "roc_auc": None,
            "status": _silent(answer, blend, word),
        }
    return {**_like(like), "status": _status(like)}


def _like(one: Like) -> dict[str, Any]:
    more = "" if one.rung == RUNGS[-1] else " or more"
    return {
        "like": f"{one.rung}{more}, {one.first_year}-{one.last_year} ({one.task})",
        "task": one.task,
        "rung": one.rung,
        "first_year": one.first_year,
        "last_year": one.last_year,
        "n": one.cases,
        "positives": one.positives,
        "skill": one.skill,
        "low": one.low,
        "high": one.high,
        "calibration_slope": one.calibration_slope,
        "roc_auc": one.roc_auc,
    }


def _like_cases(answer: Assessment, blend: Blend, word: str) -> Like | None:
    """Return the latest record of the power itself at the step that holds a rung."""
    if answer.estimates is None or not blend.task:
        return None
    task = next(one for one in answer.estimates.tasks if one.name == blend.task)
    begun = [rung for rung in task.rungs if RUNGS.index(rung) <= RUNGS.index(word)]
    code = power_number(blend.role.power)
    found = [
        one
        for one in answer.estimates.record
        if begun and (one.task, one.power, one.rung) == (task.name, code, begun[-1])
    ]
    return max(found, key=lambda one: one.first_year, default=None)


def _silent(answer: Assessment, blend: Blend, word: str) -> str:
    if answer.estimates is None:
        return answer.parameters.status
    if not blend.task:
        return "no record of this power: the structural answer alone, not scored"
    if blend.weight[INSTRUMENTS.index(word)]:
        return (
            f"blended with a forecast from {answer.estimates.cases} cases, too few before to score"
        )
    return "no record of this rung for this power: the structural answer alone, not scored"


def _status(like: Like) -> str:
    if like.skill is None or like.low is None or like.high is None:
        return "too few cases to be scored"
    said = "not shown to be better than the base rate"
    if like.low > 0.0:
        said = "better than the base rate"
    elif like.high < 0.0:
        said = "worse than the base rate"
    if like.positives < _FEW:
        cases = "case" if like.positives == 1 else "cases"
        said += f", on {like.positives} positive {cases} only"
    return said + ("" if like.positives < _FEW else _calibration(like.calibration_slope))


def _calibration(slope: float | None) -> str:
    if slope is None or _BOLD <= slope <= _TIMID:
        return ""
    side = "too timid" if slope > _TIMID else "too bold"
    return f"; its chances were {side} (calibration slope {slope:.1f})"


def trust_sentence(power: dict[str, Any], rung: str) -> str:
    """Return one sentence on a rung of a power, from the part of the document that is about it."""
    said = power["trust"][rung]
    name = name_of(power["id"])
    if said["like"] is None:
        return f"{name}: {said['status']}."
    skill = "" if said["skill"] is None else f", skill {said['skill']:+.2f}"
    if said["skill"] is not None and said["low"] is not None:
        skill += f" (90% range {said['low']:+.2f} to {said['high']:+.2f})"
    rate = percent(said["positives"] / said["n"]) if said["n"] else "none"
    return (
        f"{name}, {said['like']}: {said['n']} cases, {said['positives']} of them positive ({rate})"
        f"{skill}: {said['status']}."
    )


def learned_document(answer: Assessment) -> dict[str, dict[str, Any]]:
    """Return, factor by factor, posterior over prior sd of its slope and the chance of its sign."""
    known = {} if answer.estimates is None else {one.name: one for one in answer.estimates.slopes}
    found: dict[str, dict[str, Any]] = {}
    for factor in FACTORS:
        one = known.get(factor.value)
        ratio = 1.0 if one is None else one.sd_ratio
        found[factor.value] = {
            "sd_ratio": ratio,
            "p_sign": None if one is None else one.sign_prob,
            "status": _learned(ratio, None if one is None else one.sign_prob),
        }
    return found


def _learned(ratio: float, sign: float | None) -> str:
    if ratio > _LEARNED:
        return "assumed, not learned from history"
    return "learned" if sign is None or sign >= _EVEN else "assumed; history leans the other way"

"""The headline: the structural chances moved to where history's forecast and the game meet.

For each power with a record the forecast of past cases and the structural game are pooled, step by
step of the ladder, with weights that past crises taught. What that adds to the structural log-odds
is fixed once per power and rung, and stays when inputs are changed. Powers without a record keep
the structural answer.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sidelines.assess.covariates import Records
from sidelines.assess.estimates import Estimates, Task
from sidelines.assess.forecast import chances
from sidelines.assess.inputs import Role
from sidelines.assess.outcomes import bundle_rungs, rung_probabilities
from sidelines.assess.present_case import case_columns, present_case
from sidelines.crisis.model import Crisis
from sidelines.terms.arrays import Float
from sidelines.terms.ladder import INSTRUMENTS, RUNGS

__all__ = ["Blend", "Headline", "adjusted", "headline"]

_CERTAIN = 1e-12  # a rung this sure, or this far from possible, is settled: nothing moves it
_SURE = 1e-4  # no forecast is taken to be surer than this
_HALVINGS = 60
_FURTHEST = 30.0  # log-odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend:
    """How one role's headline came about, rung by rung above nothing.

    - `task`: which record the forecast was fitted to, empty where there is none
    - `weight`: of the forecast, 0 where there is none
    - `forecast`: its chance that the rung or more is reached, NaN where it does not say
    - `offset`: what the blend adds to the structural log-odds
    """

    role: Role
    task: str
    weight: tuple[float, ...]
    forecast: tuple[float, ...]
    offset: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The blends of all roles, in the order of the arrays, and the fit that they come from."""

    fit: str | None
    blends: tuple[Blend, ...]


def headline(
    prob: Float[np.ndarray, "draw role bundle"],
    *,
    crisis: Crisis,
    roles: Sequence[Role],
    as_of: dt.date,
    records: Records[str],
    estimates: Estimates | None,
) -> Headline:
    """Return the headline of a structural answer."""
    rungs = rung_probabilities(prob)
    reaching = np.cumsum(rungs[:, :, ::-1], axis=2)[:, :, ::-1][:, :, 1:]
    tasks = () if estimates is None else estimates.tasks
    blends = []
    for row, role in enumerate(roles):
        case = present_case(crisis, role, as_of=as_of, records=records)
        columns = case_columns(case, records)
        parts = [
            _of_task(task, chances(task.forecast, columns)[0])
            for task in tasks
            if columns is not None and columns["power"][0] in task.powers
        ]
        blends.append(_blend(role, parts, reaching[:, row]))
    return Headline(fit=None if estimates is None else estimates.name, blends=tuple(blends))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """What one record says: by rung above nothing, NaN and 0 where it is silent."""

    task: str
    forecast: np.ndarray
    weight: np.ndarray
    begins: np.ndarray


def _of_task(task: Task, prob: np.ndarray) -> _Steps:
    """Spread the steps of a record over the rungs: each step reaches to where the next begins."""
    places = [RUNGS.index(word) - 1 for word in task.rungs]
    ends = [*places[1:], len(INSTRUMENTS)]
    forecast, weight = np.full(len(INSTRUMENTS), np.nan), np.zeros(len(INSTRUMENTS))
    begins = np.arange(len(INSTRUMENTS))
    for first, end, chance, share in zip(places, ends, prob, task.weights, strict=True):
        forecast[first:end], weight[first:end], begins[first:end] = chance, share, first
    return _Steps(task=task.name, forecast=forecast, weight=weight, begins=begins)


def _blend(role: Role, parts: Sequence[_Steps], reaching: np.ndarray) -> Blend:
    """Return the blend of a role; where two records speak of a rung, the first one counts."""
    forecast, weight = np.full(len(INSTRUMENTS), np.nan), np.zeros(len(INSTRUMENTS))
    begins = np.arange(len(INSTRUMENTS))
    for part in parts:
        news = np.isnan(forecast) & ~np.isnan(part.forecast)
        for kept, said in ((forecast, part.forecast), (weight, part.weight), (begins, part.begins)):
            kept[news] = said[news]
    return Blend(
        role=role,
        task=parts[0].task if parts else "",
        weight=tuple(weight.tolist()),
        forecast=tuple(forecast.tolist()),
        offset=tuple(_offsets(reaching, forecast, weight, begins)[begins].tolist()),
    )


def _offsets(
    reaching: np.ndarray, forecast: np.ndarray, weight: np.ndarray, begins: np.ndarray
) -> np.ndarray:
    """Return the offset of each rung with which a step begins, each below what went before it."""
    offset = np.zeros(len(INSTRUMENTS))
    below = np.ones(len(reaching))
    for rung in np.flatnonzero(_is_first(forecast, begins)):
        offset[rung] = _offset(reaching[:, rung], below, forecast[rung], weight[rung])
        below = np.minimum(below, _moved(reaching[:, rung], offset[rung]))
    return offset


def _is_first(forecast: np.ndarray, begins: np.ndarray) -> np.ndarray:
    return ~np.isnan(forecast) & (begins == np.arange(len(INSTRUMENTS)))


def _offset(structural: np.ndarray, below: np.ndarray, forecast: float, weight: float) -> float:
    """Return what moves the mean structural chance to the pooled one, in log-odds, by bisection.

    In no draw may the chance exceed that of the step `below`, if that one's mean leaves room.
    """
    mean = float(structural.mean())
    if not _CERTAIN < mean < 1.0 - _CERTAIN or weight == 0.0:
        return 0.0
    inside = float(np.clip(forecast, _SURE, 1.0 - _SURE))
    wanted = _logistic(weight * _log_odds(inside) + (1.0 - weight) * _log_odds(mean))
    most = below if below.mean() > wanted else 1.0
    low, high = -_FURTHEST, _FURTHEST
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        short = np.minimum(most, _moved(structural, middle)).mean() < wanted
        low, high = (middle, high) if short else (low, middle)
    return 0.5 * (low + high)


def adjusted(
    prob: Float[np.ndarray, "draw role bundle"], found: Headline
) -> Float[np.ndarray, "draw role bundle"]:
    """Return chances with the offsets of a headline; within a rung, bundles keep their shares."""
    moved = [row for row, blend in enumerate(found.blends) if any(blend.offset)]
    if not moved:
        return prob
    result = prob.copy()
    rung_of = bundle_rungs()
    for row in moved:
        before = rung_probabilities(prob[:, [row]])[:, 0]
        reaching = np.cumsum(before[:, ::-1], axis=1)[:, ::-1][:, 1:]
        reaching = _moved(reaching, np.array(found.blends[row].offset))
        reaching = _in_order(reaching, found.blends[row])
        upwards = np.concatenate([np.ones((len(before), 1)), reaching], axis=1)
        after = upwards - np.concatenate([reaching, np.zeros((len(before), 1))], axis=1)
        share = np.divide(after, before, out=np.zeros_like(after), where=before > 0.0)
        result[:, row] *= share[:, rung_of]
        result[:, row] /= result[:, row].sum(axis=1, keepdims=True)
    return result


def _in_order(reaching: np.ndarray, blend: Blend) -> np.ndarray:
    """Return chances that never rise from rung to rung; those that history speaks of hold.

    A record speaks of the rungs with which its steps begin; those between give way.
    """
    forecast = np.array(blend.forecast)
    told = np.flatnonzero(~np.isnan(forecast) & (np.diff(forecast, prepend=np.nan) != 0.0))
    held = np.minimum.accumulate(reaching[:, told], axis=1)
    least = np.zeros_like(reaching)
    least[:, told] = held
    least = np.maximum.accumulate(least[:, ::-1], axis=1)[:, ::-1]
    kept = np.maximum(reaching, least)
    kept[:, told] = held
    return np.minimum.accumulate(kept, axis=1)


def _moved(chance: np.ndarray, offset: np.ndarray | float) -> np.ndarray:
    """Return chances with something added to their log-odds; what is certain stays so."""
    odds = np.exp(offset)
    return chance * odds / (1.0 - chance + chance * odds)


def _log_odds(chance: float) -> float:
    return float(np.log(chance / (1.0 - chance)))


def _logistic(score: float) -> float:
    return float(1.0 / (1.0 + np.exp(-score)))

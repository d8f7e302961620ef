"""The fits that ship: slopes of the game, forecasts, weights, and the record up to their year."""

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from sidelines.assess.estimates import Estimates, Like, SlopeEstimate, Task
from sidelines.assess.parameters import load_parameters
from sidelines.history.comparison import crisis_draws, skill_range
from sidelines.history.fits import fit_model
from sidelines.history.models.combinations import Stack, past_of, stack_weights
from sidelines.history.models.registry import build_combination_settings
from sidelines.history.past_games import FREE
from sidelines.history.running import Record, games_once, specifications_of, tables_once
from sidelines.history.scores import log_losses, reached, score
from sidelines.history.specifications import named
from sidelines.history.structural import StructuralFit, sign_probs, structural_fit
from sidelines.terms.normal import normal_quantile

__all__ = ["FORMAT", "SHIPPED", "estimates_of", "write_estimates"]

FORMAT = 1
SHIPPED = (1950, 1955, 1965, 1970, 1975, 1980, 1990, 1995, 2005, 2010, 2015, 2018)
_ALL_POWERS = 0
_DIGITS = 5
_HIGH = 0.9  # of the 80 % range
# Which tasks an answer forecasts by, which combination of a model and the game is its headline,
# against what its skill is told, and at which rungs its steps begin.
_TASKS = {
    "icb": ("blend", "base-rate-era", ("words", "money", "forces"), 1950),
    "acd-forces": ("wide-blend", "wide-intercepts", ("forces",), 1965),
}
_ERAS = (1963, 1991)
_FEWEST = 20  # cases below which a power's own record is not told


def estimates_of(
    records: Mapping[str, Record],
    *,
    before: int,
    arms: bool,
    start: Mapping[str, float] | None = None,
) -> Estimates:
    """Return what the crises before a year teach; `records` are their rolling forecasts."""
    tables = tables_once()
    found, signs = _learned(before, tuple((start or {}).items()))
    names = [name for name, (_, _, _, first) in _TASKS.items() if before >= first]
    past = records["icb"].task.cases["crisis_year"] < before
    return Estimates(
        format=FORMAT,
        before=before,
        arms=arms,
        specification=" + ".join(_TASKS[name][0] for name in names),
        cases=int(past.sum()),
        crises=len(np.unique(records["icb"].task.cases["crisis"][past])),
        cases_sha256=tables.sha256,
        vintages=tables.vintages if arms else _without_register(tables.vintages),
        slopes=tuple(_slope(name, found, signs) for name in FREE),
        log_factor=_rounded(np.linalg.cholesky(found.fit.covariance)),
        tasks=tuple(_task(name, records[name], before=before, arms=arms) for name in names),
        record=tuple(like for name in names for like in _likes(name, records[name], before=before)),
    )


@cache
def _learned(
    before: int, start: tuple[tuple[str, float], ...]
) -> tuple[StructuralFit, dict[str, float]]:
    """Return the slopes and the chances of their signs: the same with deliveries and without."""
    games, parameters = games_once(), load_parameters()
    found = structural_fit(games, before, parameters, start=dict(start) or None)
    return found, sign_probs(games, found, parameters)


def write_estimates(estimates: Estimates, folder: Path) -> Path:
    """Write a fit where answers look for it, numbers to five digits; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{estimates.name}.json.gz"
    plain = TypeAdapter(Estimates).dump_python(estimates, mode="json")
    text = json.dumps(_shortened(plain), separators=(",", ":"), allow_nan=False)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return path


def _shortened(value: Any) -> Any:
    if isinstance(value, float):
        return _round(value)
    if isinstance(value, dict):
        return {key: _shortened(one) for key, one in value.items()}
    return [_shortened(one) for one in value] if isinstance(value, list) else value


def _without_register(vintages: Mapping[str, str]) -> dict[str, str]:
    return {name: day for name, day in vintages.items() if name != "sipri_transfers"}


def _slope(name: str, found: StructuralFit, signs: Mapping[str, float]) -> SlopeEstimate:
    place = FREE.index(name)
    value = found.fit.slopes[name]
    spread = float(np.sqrt(found.fit.covariance[place, place]))
    far = float(np.exp(normal_quantile(np.array(_HIGH)) * spread))
    return SlopeEstimate(
        name=name,
        value=_round(value),
        low=_round(value / far),
        high=_round(value * far),
        sd_ratio=_round(spread / float(found.fit.space.sd[place])),
        sign_prob=_round(signs[name]),
    )


def _task(name: str, record: Record, *, before: int, arms: bool) -> Task:
    """Return a task's forecast and its weight beside the game, both learned before a year."""
    blend, _, rungs, _ = _TASKS[name]
    specifications = specifications_of(arms=arms)
    model = named(specifications, blend)
    settings = build_combination_settings(model)
    assert isinstance(settings, Stack)
    history, game = settings.members
    earlier = [origin for origin in record.task.origins if origin.until < before]
    scored = np.any([origin.test for origin in earlier], axis=0) if earlier else None
    prob = np.array([record.answers[one] for one in (history, game)])
    rows = np.zeros(prob.shape[1], dtype=bool) if scored is None else scored
    past = past_of(prob, record.task.cases, scored=rows, blocks=len(earlier), origin=before)
    weights = stack_weights(past, settings=settings, shape=prob.shape)[0]
    forecast = fit_model(record.task, history, specifications, before=before, known=record.answers)
    powers = np.unique(record.task.cases["power"]).astype(int)
    return Task(
        name=name,
        powers=tuple(powers.tolist()),
        rungs=rungs,
        weights=tuple(weights.round(3).tolist()),
        forecast=forecast,
    )


def _likes(name: str, record: Record, *, before: int) -> list[Like]:
    """Return how the headline did before a year: all powers, then each, over all years and eras."""
    model, reference, rungs, _ = _TASKS[name]
    cases = record.task.cases
    year, power = cases["crisis_year"], cases["power"]
    starts = [record.task.origins[0].year, *(era for era in _ERAS if era < before)]
    known = np.isfinite(record.answers[model]).all(axis=1) & (year < before)
    found = []
    for first in dict.fromkeys(starts):
        since = known & (year >= first)
        for one in (_ALL_POWERS, *np.unique(power).astype(int).tolist()):
            rows = since if one == _ALL_POWERS else since & (power == one)
            if rows.sum() >= _FEWEST:
                span = (first, int(year[rows].max()))
                found += _of_rows(
                    name, one, span, rows, record, models=(model, reference), rungs=rungs
                )
    return found


def _of_rows(
    name: str,
    power: int,
    span: tuple[int, int],
    rows: np.ndarray,
    record: Record,
    *,
    models: tuple[str, str],
    rungs: Sequence[str],
) -> list[Like]:
    happened = reached(record.task.cases["ladder"], thresholds=len(rungs))[rows]
    drawn = crisis_draws(record.task.cases["crisis"][rows])
    prob, base = (record.answers[model][rows] for model in models)
    likes = []
    for step, rung in enumerate(rungs):
        losses = [log_losses(happened[:, step], one[:, step]) for one in (prob, base)]
        skill = skill_range(losses[0], losses[1], drawn) if happened[:, step].any() else None
        figures = score(happened[:, step], prob[:, step])
        likes.append(
            Like(
                task=name,
                power=power,
                rung=rung,
                first_year=span[0],
                last_year=span[1],
                cases=int(rows.sum()),
                positives=int(happened[:, step].sum()),
                skill=None if skill is None else _round(skill.value),
                low=None if skill is None else _round(skill.low),
                high=None if skill is None else _round(skill.high),
                calibration_slope=_finite(figures.slope),
                roc_auc=_finite(figures.roc_auc),
            )
        )
    return likes


def _finite(value: float) -> float | None:
    return _round(value) if np.isfinite(value) else None


def _round(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _rounded(matrix: np.ndarray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(_round(value) for value in row) for row in matrix.tolist())

"""The theory-shaped ladder: one slope a mechanism, signs held, shared by all steps."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.extra import scipy_part
from sidelines.history.models.effects import (
    Effect,
    Grouping,
    case_weight,
    covariate_matrix,
    effect_columns,
)
from sidelines.history.standardise import standardise
from sidelines.terms.arrays import Bool, Float, Int

__all__ = ["Ladder", "Mechanism", "ladder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """Covariates that weigh on the steps as `loads` say; -1 where more of one holds back."""

    loads: tuple[float, ...]
    signs: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Settings.

    - `slope_sd`: prior sd of each mechanism's slope; `deviation_sd`: of a step's own deviation
    - `flagged`: covariates whose absence moves the level; `power_sd`, `flag_sd`: how far, per step
    - `effects` load on the steps as `effect_loads` say
    """

    thresholds: int
    mechanisms: Mapping[str, Mechanism]
    slope_sd: float
    effects: tuple[Effect, ...]
    effect_loads: tuple[float, ...]
    flagged: tuple[str, ...]
    power_sd: float
    flag_sd: float
    groupings: Mapping[str, Grouping]
    deviation_sd: float | None = None
    half_life_years: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """What the utilities of some cases are made of."""

    level: Float[np.ndarray, "row part"]
    effect: Float[np.ndarray, "row effect"]
    pull: Float[np.ndarray, "row covariate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slopes:
    """Level per step, effects, slopes of mechanisms, and deviations of every step or of none."""

    level: Float[np.ndarray, "step part"]
    effect: Float[np.ndarray, " effect"]
    slope: Float[np.ndarray, " covariate"]
    deviation: Float[np.ndarray, "deviating covariate"]


def ladder(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,
    settings: Ladder,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances under random utility: a multinomial logit over the steps of the ladder.

    Source: McFadden (1974), Conditional logit analysis of qualitative choice behaviour.
    """
    rows, prior = _rows(cases, settings, train=train, origin=origin)
    weight = case_weight(
        column(cases, "crisis_year"), origin=origin, half_life_years=settings.half_life_years
    )
    loads = np.array(
        [
            settings.mechanisms[group].loads
            for group in settings.mechanisms
            for _ in settings.mechanisms[group].signs
        ]
    ).reshape(-1, settings.thresholds)
    slopes = _most_probable(
        _at(rows, train),
        column(cases, "ladder")[train].astype(int),
        prior=prior,
        weight=weight[train],
        loads=loads,
        effect_loads=np.array(settings.effect_loads),
    )
    prob = _chances(_at(rows, test), slopes, loads, np.array(settings.effect_loads))
    return np.cumsum(prob[:, :0:-1], axis=1)[:, ::-1]


def _rows(
    cases: Columns, settings: Ladder, *, train: np.ndarray, origin: int
) -> tuple[_Rows, _Slopes]:
    """Return what utilities are made of, and the prior sd of every slope."""
    signs = {
        name: sign for group in settings.mechanisms.values() for name, sign in group.signs.items()
    }
    raw = covariate_matrix(cases, list(signs))
    scaled = standardise(raw, train=train)
    power = column(cases, "power")
    powers = (power[:, None] == np.unique(power[train])).astype(float)
    unknown = np.isnan(covariate_matrix(cases, settings.flagged)).astype(float)
    level = np.concatenate([np.ones((len(train), 1)), powers, unknown], axis=1)
    joined, joined_sd = effect_columns(
        cases,
        settings.effects,
        slopes={},
        groupings=settings.groupings,
        train=train,
        origin=origin,
    )
    spread = np.concatenate(
        [
            [30.0],
            np.full(powers.shape[1], settings.power_sd),
            np.full(unknown.shape[1], settings.flag_sd),
        ]
    )
    deviation = settings.deviation_sd or 0.0
    steps = settings.thresholds
    return (
        _Rows(
            level=level,
            effect=joined,
            pull=scaled.values * np.array(list(signs.values()), dtype=float),
        ),
        _Slopes(
            level=np.tile(spread, (steps, 1)),
            effect=joined_sd,
            slope=np.full(len(signs), settings.slope_sd),
            deviation=np.full((steps if deviation else 0, len(signs)), deviation),
        ),
    )


def _at(rows: _Rows, which: np.ndarray) -> _Rows:
    return _Rows(level=rows.level[which], effect=rows.effect[which], pull=rows.pull[which])


def _chances(
    rows: _Rows, slopes: _Slopes, loads: np.ndarray, effect_loads: np.ndarray
) -> Float[np.ndarray, "row outcome"]:
    """Return the chance of nothing and of every step."""
    worth = rows.level @ slopes.level.T + np.outer(rows.effect @ slopes.effect, effect_loads)
    worth += (rows.pull * slopes.slope) @ loads
    if len(slopes.deviation):
        worth += rows.pull @ slopes.deviation.T
    worth = np.concatenate([np.zeros((len(worth), 1)), worth], axis=1)
    size = np.exp(worth - worth.max(axis=1, keepdims=True))
    return size / size.sum(axis=1, keepdims=True)


def _most_probable(
    rows: _Rows,
    went: Int[np.ndarray, " row"],
    *,
    prior: _Slopes,
    weight: np.ndarray,
    loads: np.ndarray,
    effect_loads: np.ndarray,
) -> _Slopes:
    """Return the slopes at the top of the posterior, those of mechanisms not below zero."""
    held = _flat(prior) ** -2.0
    steps, row = loads.shape[1], np.arange(len(went))
    happened = np.eye(steps + 1)[went]

    def fall(at: np.ndarray) -> tuple[float, np.ndarray]:
        slopes = _shaped(at, prior)
        prob = _chances(rows, slopes, loads, effect_loads)
        off = ((prob - happened) * weight[:, None])[:, 1:]
        parts = _Slopes(
            level=off.T @ rows.level,
            effect=rows.effect.T @ (off @ effect_loads),
            slope=((off @ loads.T) * rows.pull).sum(axis=0),
            deviation=off.T @ rows.pull if len(prior.deviation) else prior.deviation,
        )
        value = -(weight * np.log(prob[row, went] + 1e-12)).sum() + 0.5 * (held * at * at).sum()
        return float(value), _flat(parts) + held * at

    start = _Slopes(
        level=np.where(np.arange(prior.level.shape[1]) == 0, -1.0, 0.0)
        + np.zeros_like(prior.level),
        effect=np.zeros_like(prior.effect),
        slope=np.zeros_like(prior.slope),
        deviation=np.zeros_like(prior.deviation),
    )
    signed = _Slopes(
        level=np.full_like(prior.level, -np.inf),
        effect=np.full_like(prior.effect, -np.inf),
        slope=np.zeros_like(prior.slope),
        deviation=np.full_like(prior.deviation, -np.inf),
    )
    found = scipy_part("optimize").minimize(
        fall,
        _flat(start),
        jac=True,
        method="L-BFGS-B",
        bounds=[(low, None) for low in _flat(signed)],
        options={"maxiter": 400},
    )
    return _shaped(found.x, prior)


def _flat(slopes: _Slopes) -> np.ndarray:
    return np.concatenate(
        [slopes.level.ravel(), slopes.effect, slopes.slope, slopes.deviation.ravel()]
    )


def _shaped(flat: np.ndarray, like: _Slopes) -> _Slopes:
    sizes = [like.level.size, like.effect.size, like.slope.size]
    level, effect, slope, deviation = np.split(flat, np.cumsum(sizes))
    return _Slopes(
        level=level.reshape(like.level.shape),
        effect=effect,
        slope=slope,
        deviation=deviation.reshape(like.deviation.shape),
    )

"""The theory-shaped ladder: one slope a mechanism, signs held, shared by all steps."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.assess.forecast import Grouping, Linear
from sidelines.assess.forecast import Ladder as LearnedLadder
from sidelines.history.columns import Columns, column
from sidelines.history.extra import scipy_part
from sidelines.history.models.effects import Block, Effect, blocks_of, case_weight
from sidelines.history.models.linear import covariate_matrix, shifted, terms_of
from sidelines.history.standardise import Scaled, standardise
from sidelines.terms.arrays import Bool, Float, Int

__all__ = ["Ladder", "Mechanism", "fit_ladder"]

_ANY = 30.0  # prior sd of each step's constant: as good as none


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
    """What the utilities of some cases are made of: signed covariates pull."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """The covariates with their scale and signs, and the columns of powers and effects."""

    names: tuple[str, ...]
    signs: Float[np.ndarray, " covariate"]
    loads: Float[np.ndarray, "covariate step"]
    effect_loads: Float[np.ndarray, " step"]
    scaled: Scaled
    powers: Block
    effects: tuple[Block, ...]


def fit_ladder(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    origin: int,
    settings: Ladder,
) -> LearnedLadder:
    """Return the utilities of a multinomial logit over the steps; doing nothing has none.

    Source: McFadden (1974), Conditional logit analysis of qualitative choice behaviour.
    """
    made = _made(cases, settings, train=train, origin=origin)
    unknown = np.isnan(covariate_matrix(cases, settings.flagged)[train]).astype(float)
    ones = np.ones((int(train.sum()), 1))
    effects = [block.columns[train] for block in made.effects]
    rows = _Rows(
        level=np.concatenate([ones, made.powers.columns[train], unknown], axis=1),
        effect=np.concatenate([np.empty((len(ones), 0)), *effects], axis=1),
        pull=made.scaled.values[train] * made.signs,
    )
    weight = case_weight(
        column(cases, "crisis_year")[train], origin=origin, half_life_years=settings.half_life_years
    )
    slopes = _most_probable(
        rows,
        column(cases, "ladder")[train].astype(int),
        prior=_prior(made, settings),
        weight=weight,
        made=made,
    )
    return LearnedLadder(
        utilities=tuple(
            _utility(made, slopes, settings, step=step) for step in range(settings.thresholds)
        )
    )


def _made(cases: Columns, settings: Ladder, *, train: np.ndarray, origin: int) -> _Made:
    signs = {
        name: sign for group in settings.mechanisms.values() for name, sign in group.signs.items()
    }
    loads = [group.loads for group in settings.mechanisms.values() for _ in group.signs]
    by_power = Effect(sd=settings.power_sd, by=("power",))
    powers, *effects = blocks_of(
        cases,
        [by_power, *settings.effects],
        covariates={},
        groupings=settings.groupings,
        train=train,
        origin=origin,
    )
    return _Made(
        names=tuple(signs),
        signs=np.array(list(signs.values()), dtype=float),
        loads=np.array(loads),
        effect_loads=np.array(settings.effect_loads),
        scaled=standardise(covariate_matrix(cases, list(signs)), train=train),
        powers=powers,
        effects=tuple(effects),
    )


def _prior(made: _Made, settings: Ladder) -> _Slopes:
    """Return the prior sd of every slope."""
    level = [
        np.array([_ANY]),
        np.full(made.powers.columns.shape[1], settings.power_sd),
        np.full(len(settings.flagged), settings.flag_sd),
    ]
    effect = [np.full(block.columns.shape[1], block.sd) for block in made.effects]
    deviating = 0 if settings.deviation_sd is None else settings.thresholds
    return _Slopes(
        level=np.tile(np.concatenate(level), (settings.thresholds, 1)),
        effect=np.concatenate([np.empty(0), *effect]),
        slope=np.full(len(made.names), settings.slope_sd),
        deviation=np.full((deviating, len(made.names)), settings.deviation_sd or 1.0),
    )


def _utility(made: _Made, slopes: _Slopes, settings: Ladder, *, step: int) -> Linear:
    """Return what was learned of one step."""
    own = slopes.deviation[step] if len(slopes.deviation) else 0.0
    powers = made.powers.columns.shape[1]
    flags = dict(zip(settings.flagged, slopes.level[step, 1 + powers :], strict=True))
    linear = Linear(
        constant=float(slopes.level[step, 0]),
        terms=terms_of(
            made.names,
            made.scaled,
            slopes=(slopes.slope * made.loads[:, step] + own) * made.signs,
            unknown=np.array([flags.get(name, 0.0) for name in made.names]),
        ),
    )
    linear = shifted(linear, made.powers, slopes.level[step, 1 : 1 + powers])
    place = 0
    for block in made.effects:
        width = block.columns.shape[1]
        each = slopes.effect[place : place + width].reshape(max(block.starts, 1), -1).sum(axis=0)
        linear = shifted(linear, block, each * settings.effect_loads[step])
        place += width
    return linear


def _chances(rows: _Rows, slopes: _Slopes, made: _Made) -> Float[np.ndarray, "row outcome"]:
    """Return the chance of nothing and of every step."""
    worth = rows.level @ slopes.level.T
    worth += np.outer(rows.effect @ slopes.effect, made.effect_loads)
    worth += (rows.pull * slopes.slope) @ made.loads
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
    made: _Made,
) -> _Slopes:
    """Return the slopes at the top of the posterior, those of mechanisms not below zero."""
    held = _flat(prior) ** -2.0
    steps, row = len(made.effect_loads), np.arange(len(went))
    happened = np.eye(steps + 1)[went]

    def fall(at: np.ndarray) -> tuple[float, np.ndarray]:
        prob = _chances(rows, _shaped(at, prior), made)
        off = ((prob - happened) * weight[:, None])[:, 1:]
        parts = _Slopes(
            level=off.T @ rows.level,
            effect=rows.effect.T @ (off @ made.effect_loads),
            slope=((off @ made.loads.T) * rows.pull).sum(axis=0),
            deviation=off.T @ rows.pull if len(prior.deviation) else prior.deviation,
        )
        value = -(weight * np.log(prob[row, went] + 1e-12)).sum() + 0.5 * (held * at * at).sum()
        return float(value), _flat(parts) + held * at

    start, low = np.zeros(len(held)), np.full(len(held), -np.inf)
    start[: prior.level.size : prior.level.shape[1]] = -1.0
    signed = prior.level.size + prior.effect.size
    low[signed : signed + prior.slope.size] = 0.0
    found = scipy_part("optimize").minimize(
        fall,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(bound, None) for bound in low],
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

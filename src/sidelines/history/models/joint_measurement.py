"""One willingness per case behind what several sources say: ladder and labels learned together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.assess.forecast import Grouping
from sidelines.history.columns import Columns, column
from sidelines.history.extra import scipy_part
from sidelines.history.models.effects import Effect, blocks_of
from sidelines.history.models.forecast import SAID
from sidelines.history.models.linear import covariate_matrix
from sidelines.history.penalised import logistic
from sidelines.history.standardise import standardise
from sidelines.terms.arrays import Bool, Float, Int

__all__ = ["JointMeasurement", "Measures", "Source", "joint_measurement", "measured_log_posterior"]

_ANY = 10.0  # prior sd of cuts, in log-odds: as good as none
_RUNGS = 7
_STEPS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A label that measures the willingness, and how it is read.

    - `reach_years`: how many years after the onset it looks; a case is learned from only where
      these are over by the origin
    - `where`: a label that says which cases the source can see; none: all that have a label
    - `slope`: what the slope is held to
    """

    label: str
    reach_years: int
    where: str | None = None
    slope: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JointMeasurement:
    """Settings.

    - `steps`: the rung from which on each threshold counts
    - `sources`: none: ICB alone
    - `covariates`, `effects`, `slope_sd`, `flags`: what willingness is made of
    - `source_slope_sd`: prior sd of a source's slope; `gap_sd`: of the log distance of cuts, around
      `gap`
    - `residual_sd`: spread of the willingness around its mean, in common to all sources of a case;
      `nodes`: over so many points it is summed
    """

    thresholds: int
    steps: tuple[int, ...]
    covariates: tuple[str, ...]
    slope_sd: float
    effects: tuple[Effect, ...]
    groupings: Mapping[str, Grouping]
    source_slope_sd: float
    gap: float
    gap_sd: float
    residual_sd: float
    nodes: int
    sources: tuple[Source, ...] = ()
    flags: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the sources say of some cases, and the prior of every number.

    - `low`, `high`: rungs that agree with ICB; 0 to 6 where it says nothing
    - `said` (source, case): 0 or 1, NaN where a source says nothing
    - `node`, `log_weight`: of the residual
    - numbers in order: slopes, first cut, log distances of the others, cut and slope per source
    """

    design: Float[np.ndarray, "case slope"]
    low: Int[np.ndarray, " case"]
    high: Int[np.ndarray, " case"]
    said: Float[np.ndarray, "source case"]
    node: Float[np.ndarray, " node"]
    log_weight: Float[np.ndarray, " node"]
    prior_mean: Float[np.ndarray, " number"]
    prior_sd: Float[np.ndarray, " number"]


def joint_measurement(
    cases: Columns,
    *,
    train: Bool[np.ndarray, " case"],
    test: Bool[np.ndarray, " case"],
    origin: int,
    settings: JointMeasurement,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances under the most probable numbers.

    The likelihood of ICB sums over the rungs that agree with what was coded (`said_rung_low` to
    `said_rung_high`). Source: McCullagh (1980), J. Royal Statistical Society B 42, 109, on ordered
    cuts; Bock and Aitkin (1981), Psychometrika 46, 443, on several measures of one latent variable.
    """
    matrix, prior_sd = _design(cases, settings, train=train, origin=origin)
    measures = _measures(cases, matrix, prior_sd, settings, train=train, origin=origin)
    minimize = scipy_part("optimize").minimize
    found = minimize(
        lambda numbers: tuple(-part for part in measured_log_posterior(numbers, measures)),
        measures.prior_mean,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _STEPS, "gtol": 1e-6},
    )
    slopes, cuts, _, _ = _parted(found.x, measures)
    willing = (matrix[test] @ slopes)[:, None, None] + measures.node
    above = logistic(willing - cuts[np.array(settings.steps) - 1][:, None])
    return above @ np.exp(measures.log_weight)


def _design(
    cases: Columns, settings: JointMeasurement, *, train: np.ndarray, origin: int
) -> tuple[Float[np.ndarray, "case slope"], Float[np.ndarray, " slope"]]:
    """Return standardised covariates, flags of unknown ones and effects; the cuts are the level."""
    scaled = standardise(covariate_matrix(cases, settings.covariates), train=train)
    known = scaled.flags if settings.flags else scaled.flags[:, :0]
    blocks = blocks_of(
        cases,
        settings.effects,
        covariates=dict(zip(settings.covariates, scaled.values.T, strict=True)),
        groupings=settings.groupings,
        train=train,
        origin=origin,
    )
    columns = [block.columns for block in blocks]
    held = [np.full(scaled.values.shape[1] + known.shape[1], settings.slope_sd)]
    spread = [np.full(block.columns.shape[1], block.sd) for block in blocks]
    return np.concatenate([scaled.values, known, *columns], axis=1), np.concatenate(held + spread)


def _measures(
    cases: Columns,
    matrix: np.ndarray,
    prior_sd: np.ndarray,
    settings: JointMeasurement,
    *,
    train: np.ndarray,
    origin: int,
) -> Measures:
    low, high = (column(cases, name)[train] for name in ("said_rung_low", "said_rung_high"))
    coded = ~np.isnan(low)
    said = np.array([_said(cases, one, train=train, origin=origin) for one in settings.sources])
    node, weight = np.polynomial.hermite_e.hermegauss(settings.nodes if settings.residual_sd else 1)
    gaps = np.full(_RUNGS - 2, np.log(settings.gap))
    of_source = [number for one in settings.sources for number in (1.0, one.slope)]
    spread_of_source = [_ANY, settings.source_slope_sd] * len(settings.sources)
    return Measures(
        design=matrix[train],
        low=np.where(coded, low, 0).astype(int),
        high=np.where(coded, high, _RUNGS - 1).astype(int),
        said=said.reshape(len(settings.sources), int(train.sum())),
        node=settings.residual_sd * node,
        log_weight=np.log(weight / weight.sum()),
        prior_mean=np.concatenate([np.zeros(len(prior_sd)), [0.0], gaps, of_source]),
        prior_sd=np.concatenate(
            [prior_sd, [_ANY], np.full(len(gaps), settings.gap_sd), spread_of_source]
        ),
    )


def _said(
    cases: Columns, source: Source, *, train: np.ndarray, origin: int
) -> Float[np.ndarray, " case"]:
    """Return a label of the training rows, NaN where the source was blind or not yet done."""
    label = column(cases, SAID + source.label)[train]
    seen = column(cases, "year")[train] + source.reach_years < origin
    if source.where is not None:
        seen = seen & (column(cases, SAID + source.where)[train] > 0)
    return np.where(seen, label, np.nan)


def _parted(
    numbers: np.ndarray, measures: Measures
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return slopes, the six cuts, and cut and slope of every source."""
    count = measures.design.shape[1]
    slopes, rest = numbers[:count], numbers[count:]
    cuts = rest[0] + np.concatenate([[0.0], np.cumsum(np.exp(rest[1 : _RUNGS - 1]))])
    of_source = rest[_RUNGS - 1 :].reshape(-1, 2)
    return slopes, cuts, of_source[:, 0], of_source[:, 1]


def measured_log_posterior(
    numbers: Float[np.ndarray, " number"], measures: Measures
) -> tuple[float, Float[np.ndarray, " number"]]:
    """Return the log posterior up to a constant, and its gradient."""
    slopes, cuts, source_cut, source_slope = _parted(numbers, measures)
    willing = (measures.design @ slopes)[:, None] + measures.node
    ladder, by_upper, by_lower = _of_ladder(willing, cuts, measures)
    said = measures.said[:, :, None]
    known = ~np.isnan(said)
    odds = source_slope[:, None, None] * willing - source_cut[:, None, None]
    off = np.where(known, np.where(known, said, 0.0) - logistic(odds), 0.0)
    label = np.where(known, -np.logaddexp(0.0, np.where(said > 0.0, -odds, odds)), 0.0)
    log_node = measures.log_weight + ladder + label.sum(axis=0)
    log_case = np.logaddexp.reduce(log_node, axis=1)
    weight = np.exp(log_node - log_case[:, None])
    of_willing = weight * (np.einsum("s,scn->cn", source_slope, off) - by_upper - by_lower)
    gradient = np.concatenate(
        [
            measures.design.T @ of_willing.sum(axis=1),
            _of_cuts(numbers, weight * by_upper, weight * by_lower, measures),
            np.stack(
                [-(weight * off).sum(axis=(1, 2)), (weight * off * willing).sum(axis=(1, 2))],
                axis=1,
            ).ravel(),
        ]
    )
    away = (numbers - measures.prior_mean) / measures.prior_sd
    value = float(log_case.sum() - 0.5 * away @ away)
    return value, gradient - away / measures.prior_sd


def _of_ladder(
    willing: Float[np.ndarray, "case node"], cuts: Float[np.ndarray, " cut"], measures: Measures
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the log chance of the coded rungs, and its derivatives by both cuts around them.

    F(u) - F(l) = F(u) F(-l) (1 - exp(l - u)), without loss of digits in either tail.
    """
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    upper = edges[measures.high + 1][:, None] - willing
    lower = edges[measures.low][:, None] - willing
    apart = np.exp(-(upper - lower))
    chance = -np.logaddexp(0.0, -upper) - np.logaddexp(0.0, lower) + np.log1p(-apart)
    pull = apart / (1.0 - apart)
    return chance, logistic(-upper) + pull, -logistic(lower) - pull


def _of_cuts(
    numbers: np.ndarray, by_upper: np.ndarray, by_lower: np.ndarray, measures: Measures
) -> Float[np.ndarray, " cut"]:
    """Return the derivatives by the first cut and by the log distances of the others."""
    of_edge = np.zeros(_RUNGS + 1)
    np.add.at(of_edge, measures.high + 1, by_upper.sum(axis=1))
    np.add.at(of_edge, measures.low, by_lower.sum(axis=1))
    beyond = np.cumsum(of_edge[1:-1][::-1])[::-1]  # a distance moves every cut from its own on
    first = measures.design.shape[1] + 1
    distance = np.exp(numbers[first : first + _RUNGS - 2])
    return np.concatenate([beyond[:1], beyond[1:] * distance])

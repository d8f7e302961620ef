"""Linear scores: a design that is learned from, and what was learned as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sidelines.assess.forecast import Effect as LearnedEffect
from sidelines.assess.forecast import Grouping, Linear, Term
from sidelines.history.columns import Columns, column
from sidelines.history.models.effects import Block, Effect, blocks_of
from sidelines.history.penalised import PriorDesign, Slopes
from sidelines.history.standardise import Scaled, standardise
from sidelines.terms.arrays import Bool, Float

__all__ = ["Score", "build_score", "covariate_matrix", "learned", "shifted", "terms_of"]

_ANY = 1e2  # prior sd of the constant: as good as none


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A linear score of some cases: its design, and what its columns stand for.

    Columns are the constant, covariates, flags of unknown ones, and `blocks` in their order; the
    columns of the block `apart`, if any, are the groups of the design.
    """

    design: PriorDesign
    covariates: tuple[str, ...]
    scaled: Scaled
    flags: bool
    blocks: tuple[Block, ...]
    apart: Block | None


def build_score(
    cases: Columns,
    covariates: Sequence[str],
    effects: Sequence[Effect],
    *,
    groupings: Mapping[str, Grouping],
    slope_sd: float,
    flags: bool,
    train: Bool[np.ndarray, " case"],
    origin: int,
) -> Score:
    """Return the score of constant, standardised covariates, flags of unknown ones, and effects.

    The level effect of most groups is kept apart, as the design's groups.
    """
    scaled = standardise(covariate_matrix(cases, covariates), train=train)
    blocks = blocks_of(
        cases,
        effects,
        covariates=dict(zip(covariates, scaled.values.T, strict=True)),
        groupings=groupings,
        train=train,
        origin=origin,
    )
    plain = [block for block in blocks if block.plain]
    apart = max(plain, key=lambda block: len(block.groups.labels), default=None)
    joined = tuple(block for block in blocks if block is not apart)
    known = scaled.flags if flags else scaled.flags[:, :0]
    ahead = np.concatenate([np.ones((len(train), 1)), scaled.values, known], axis=1)
    spread = [np.full(ahead.shape[1], slope_sd)]
    spread[0][0] = _ANY
    return Score(
        design=PriorDesign(
            matrix=np.concatenate([ahead, *(block.columns for block in joined)], axis=1),
            prior_sd=np.concatenate(
                spread + [np.full(block.columns.shape[1], block.sd) for block in joined]
            ),
            group=np.zeros(len(train), dtype=np.int64) if apart is None else apart.groups.number,
            groups=0 if apart is None else len(apart.groups.labels),
            group_sd=1.0 if apart is None else apart.sd,
        ),
        covariates=tuple(covariates),
        scaled=scaled,
        flags=flags,
        blocks=joined,
        apart=apart,
    )


def covariate_matrix(
    cases: Columns, covariates: Sequence[str]
) -> Float[np.ndarray, "case covariate"]:
    """Return covariates as one array, unknown ones as NaN."""
    rows = len(column(cases, "crisis_year"))
    values = [column(cases, name).astype(float) for name in covariates]
    return np.stack(values, axis=1) if values else np.empty((rows, 0))


def learned(score: Score, slopes: Slopes) -> Linear:
    """Return what was learned, for cases that begin at the origin or later.

    By then all that drifts has drifted so far: the effects of all starts are added up.
    """
    count = len(score.covariates)
    unknown = np.zeros(count)
    place = 1 + count
    if score.flags:
        flagged = int(score.scaled.flagged.sum())
        unknown[score.scaled.flagged] = slopes.slope[place : place + flagged]
        place += flagged
    linear = Linear(
        constant=float(slopes.slope[0]),
        terms=terms_of(
            score.covariates, score.scaled, slopes=slopes.slope[1 : 1 + count], unknown=unknown
        ),
    )
    for block in score.blocks:
        width = block.columns.shape[1]
        each = slopes.slope[place : place + width].reshape(max(block.starts, 1), -1).sum(axis=0)
        linear = shifted(linear, block, each)
        place += width
    return linear if score.apart is None else shifted(linear, score.apart, slopes.effect)


def terms_of(
    covariates: Sequence[str],
    scaled: Scaled,
    *,
    slopes: Float[np.ndarray, " covariate"],
    unknown: Float[np.ndarray, " covariate"],
) -> tuple[Term, ...]:
    """Return covariates with their scale and slopes."""
    return tuple(
        Term(
            name=name,
            fill=float(scaled.fill[place]),
            mean=float(scaled.mean[place]),
            sd=float(scaled.sd[place]),
            slope=float(slopes[place]),
            unknown=float(unknown[place]),
        )
        for place, name in enumerate(covariates)
    )


def shifted(linear: Linear, block: Block, values: Float[np.ndarray, " group"]) -> Linear:
    """Return a linear score with the effects of a block's groups."""
    if not block.groups.by and block.moves is None:
        return replace(linear, constant=linear.constant + float(values[0]))
    if not block.groups.by:
        terms = tuple(
            replace(term, slope=term.slope + float(values[0])) if term.name == block.moves else term
            for term in linear.terms
        )
        return replace(linear, terms=terms)
    effect = LearnedEffect(
        by=block.groups.by,
        groups=block.groups.labels,
        values=tuple(values.tolist()),
        moves=block.moves,
    )
    return replace(linear, effects=(*linear.effects, effect))

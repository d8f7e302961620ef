"""Designs with group effects: covariates, power, pair and region effects, effects that drift."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sidelines.history.columns import Columns, column
from sidelines.history.penalised import PriorDesign
from sidelines.history.standardise import standardise
from sidelines.terms.arrays import Bool, Float, Int
from sidelines.terms.errors import UsageError

__all__ = [
    "Effect",
    "Grouping",
    "build_prior_design",
    "case_weight",
    "covariate_matrix",
    "effect_columns",
]

_ANY = 1e2  # prior sd of the constant: as good as none


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Groups that are ranges of a numbered column, such as regions by state number."""

    of: str
    cuts: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect per group (`by`: columns or groupings; none: one for all) of prior spread `sd`.

    - `slopes`: covariates whose slopes it moves; none: it moves the level
    - `since`: where given, a new effect joins from each of these years on
    - `each`: where given, one joins every so many years from the first year of `since` on
    """

    sd: float
    by: tuple[str, ...] = ()
    slopes: tuple[str, ...] = ()
    since: tuple[int, ...] = ()
    each: int | None = None


def build_prior_design(
    cases: Columns,
    covariates: Sequence[str],
    effects: Sequence[Effect],
    *,
    groupings: Mapping[str, Grouping],
    slope_sd: float,
    flags: bool,
    train: Bool[np.ndarray, " case"],
    origin: int,
) -> PriorDesign:
    """Return constant, standardised covariates, flags of the unknown ones, and the effects.

    The level effect of most groups becomes the group effect of the design.
    """
    scaled = standardise(covariate_matrix(cases, covariates), train=train)
    known = scaled.flags if flags else scaled.flags[:, :0]
    ahead = np.concatenate([np.ones((len(train), 1)), scaled.values, known], axis=1)
    spread = np.full(ahead.shape[1], slope_sd)
    spread[0] = _ANY
    grouped = _group_effect(cases, effects, groupings=groupings, train=train)
    joined, joined_sd = effect_columns(
        cases,
        [effect for effect in effects if effect is not grouped.effect],
        slopes=dict(zip(covariates, scaled.values.T, strict=True)),
        groupings=groupings,
        train=train,
        origin=origin,
    )
    return PriorDesign(
        matrix=np.concatenate([ahead, joined], axis=1),
        prior_sd=np.concatenate([spread, joined_sd]),
        group=grouped.group,
        groups=grouped.groups,
        group_sd=1.0 if grouped.effect is None else grouped.effect.sd,
    )


def covariate_matrix(
    cases: Columns, covariates: Sequence[str]
) -> Float[np.ndarray, "case covariate"]:
    """Return covariates as one array, unknown ones as NaN."""
    rows = len(column(cases, "crisis_year"))
    values = [column(cases, name).astype(float) for name in covariates]
    return np.stack(values, axis=1) if values else np.empty((rows, 0))


def effect_columns(
    cases: Columns,
    effects: Sequence[Effect],
    *,
    slopes: Mapping[str, np.ndarray],
    groupings: Mapping[str, Grouping],
    train: Bool[np.ndarray, " case"],
    origin: int,
) -> tuple[Float[np.ndarray, "case effect"], Float[np.ndarray, " effect"]]:
    """Return one column per group and start of each effect, and its prior sd.

    A group that no training row belongs to gets no column: its effect stays at zero.
    """
    parts, spread = [np.empty((len(train), 0))], [np.empty(0)]
    for effect in effects:
        moved = [_named(slopes, name) for name in effect.slopes] or [np.ones(len(train))]
        member = _members(cases, effect, groupings=groupings, train=train, origin=origin)
        blocks = [member * slope[:, None] for slope in moved]
        parts.extend(blocks)
        spread.append(np.full(sum(block.shape[1] for block in blocks), effect.sd))
    return np.concatenate(parts, axis=1), np.concatenate(spread)


def case_weight(
    year: np.ndarray, *, origin: int, half_life_years: float | None
) -> Float[np.ndarray, " case"]:
    """Return how much each case counts: half as much for every half-life before the origin."""
    if half_life_years is None:
        return np.ones(len(year))
    return 0.5 ** ((origin - year) / half_life_years)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grouped:
    """An effect on the level, and the number of each case's group among those of training rows."""

    effect: Effect | None
    group: Int[np.ndarray, " case"]
    groups: int


def _group_effect(
    cases: Columns,
    effects: Sequence[Effect],
    *,
    groupings: Mapping[str, Grouping],
    train: np.ndarray,
) -> _Grouped:
    """Return the level effect of most groups; none where there is no level effect."""
    best = _Grouped(effect=None, group=np.zeros(len(train), dtype=np.int64), groups=0)
    for effect in effects:
        if effect.slopes or effect.since:
            continue
        label = _labels(cases, effect.by, groupings)
        known = np.unique(label[train])
        if len(known) > best.groups:
            place = np.minimum(np.searchsorted(known, label), len(known) - 1)
            group = np.where(known[place] == label, place, len(known))
            best = _Grouped(effect=effect, group=group, groups=len(known))
    return best


def _named(by_name: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    if name not in by_name:
        raise UsageError(
            f"The slope of {name!r} cannot drift.", hint=f"Covariates: {', '.join(by_name)}."
        )
    return by_name[name]


def _members(
    cases: Columns,
    effect: Effect,
    *,
    groupings: Mapping[str, Grouping],
    train: np.ndarray,
    origin: int,
) -> Float[np.ndarray, "case group"]:
    """Return one column per group and start: 1 where a case belongs to it."""
    label = _labels(cases, effect.by, groupings)
    groups = np.unique(label[train])
    member = (label[:, None] == groups).astype(float)
    if not effect.since:
        return member
    year = column(cases, "crisis_year")
    starts = [start for start in _starts(effect, origin) if start < origin]
    blocks = [member * (year >= start)[:, None] for start in starts]
    return np.concatenate(blocks, axis=1) if blocks else member[:, :0]


def _starts(effect: Effect, origin: int) -> tuple[int, ...] | range:
    """Return the years from which effects join; what begins at the origin cannot be learned."""
    return effect.since if effect.each is None else range(effect.since[0], origin, effect.each)


def _labels(
    cases: Columns, by: Sequence[str], groupings: Mapping[str, Grouping]
) -> Int[np.ndarray, " case"]:
    """Return one number per case for the group it belongs to."""
    rows = len(column(cases, "crisis_year"))
    label = np.zeros(rows, dtype=np.int64)
    for name in by:
        if name in groupings:
            grouping = groupings[name]
            key = np.digitize(column(cases, grouping.of), grouping.cuts)
        else:
            key = np.unique(column(cases, name), return_inverse=True)[1]
        label = label * (int(key.max()) + 1) + key
    return label

"""The statistical forecast of a case: fitted elsewhere, read as data, worked out here.

History fits and scores forecasts of these shapes with this very code, so that a past case and a
present one get their chances in one way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from sidelines.terms.arrays import Float

__all__ = [
    "Effect",
    "Forecast",
    "Grouping",
    "Ladder",
    "Linear",
    "Logits",
    "Mean",
    "Term",
    "TwoStages",
    "chances",
    "log_odds",
]

Columns = Mapping[str, np.ndarray]

_FORBID: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A covariate on the scale of the training rows, its slope, and that of its being unknown."""

    name: str
    fill: float
    mean: float
    sd: float
    slope: float
    unknown: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How cases are grouped: by a column as it is, or by the interval of `cuts` it lies in."""

    of: str
    cuts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What belonging to a group adds: to the level, or to the slope of the covariate it `moves`.

    `groups` are the labels of `by`, one value each; a group that is not listed adds nothing.
    """

    by: tuple[Grouping, ...]
    groups: tuple[tuple[float, ...], ...]
    values: tuple[float, ...]
    moves: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A linear score: constant, covariates and effects of groups."""

    constant: float
    terms: tuple[Term, ...]
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Logits:
    """One logit for each step of the ladder."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    steps: tuple[Linear, ...]
    kind: Literal["logits"] = "logits"


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoStages:
    """Does the power act so far in the crisis at all, times does it act for this side."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    act: tuple[Linear, ...]
    favour: tuple[Linear, ...]
    kind: Literal["two-stages"] = "two-stages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A multinomial choice among the steps; doing nothing has utility zero."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    utilities: tuple[Linear, ...]
    kind: Literal["ladder"] = "ladder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean of chances: one weight for each step and member."""

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    members: "tuple[Logits | TwoStages | Ladder, ...]"
    weights: tuple[tuple[float, ...], ...]
    kind: Literal["mean"] = "mean"


Forecast = Annotated[Logits | TwoStages | Ladder | Mean, Field(discriminator="kind")]


def chances(forecast: Forecast, cases: Columns) -> Float[np.ndarray, "case step"]:
    """Return the chance that each case reaches each step of the ladder, as the forecast has it."""
    match forecast:
        case Logits(steps=steps):
            return _falling(_logistic(log_odds(step, cases)) for step in steps)
        case TwoStages(act=act, favour=favour):
            return _falling(
                _logistic(log_odds(one, cases)) * _logistic(log_odds(other, cases))
                for one, other in zip(act, favour, strict=True)
            )
        case Ladder(utilities=utilities):
            return _reaching([log_odds(utility, cases) for utility in utilities])
        case Mean(members=members, weights=weights):
            each = np.stack([chances(one, cases) for one in members], axis=2)
            return (each * np.array(weights)).sum(axis=2)


def log_odds(linear: Linear, cases: Columns) -> Float[np.ndarray, " case"]:
    """Return the linear score of each case."""
    scaled = {
        term.name: (np.where(np.isnan(cases[term.name]), term.fill, cases[term.name]) - term.mean)
        / term.sd
        for term in linear.terms
    }
    score = np.full(len(next(iter(cases.values()))), linear.constant)
    for term in linear.terms:
        score += term.slope * scaled[term.name] + term.unknown * np.isnan(cases[term.name])
    for effect in linear.effects:
        value = _of_group(effect, cases)
        score += value if effect.moves is None else value * scaled[effect.moves]
    return score


def _of_group(effect: Effect, cases: Columns) -> Float[np.ndarray, " case"]:
    labels = np.stack([_label(grouping, cases) for grouping in effect.by], axis=1)
    listed = dict(zip(effect.groups, effect.values, strict=True))
    return np.array([listed.get(tuple(label), 0.0) for label in labels.tolist()])


def _label(grouping: Grouping, cases: Columns) -> np.ndarray:
    values = cases[grouping.of].astype(float)
    return np.digitize(values, grouping.cuts).astype(float) if grouping.cuts else values


def _reaching(utilities: list[np.ndarray]) -> Float[np.ndarray, "case step"]:
    scores = np.stack([np.zeros_like(utilities[0]), *utilities], axis=1)
    scores -= scores.max(axis=1, keepdims=True)
    parts = np.exp(scores)
    upwards = np.cumsum(parts[:, ::-1], axis=1)[:, ::-1] / parts.sum(axis=1, keepdims=True)
    return upwards[:, 1:]


def _logistic(score: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(score, -700.0, 700.0)))


def _falling(steps: Iterable[np.ndarray]) -> np.ndarray:
    """Return chances of which none exceeds that of the step below."""
    return np.minimum.accumulate(np.stack(list(steps), axis=1), axis=1)

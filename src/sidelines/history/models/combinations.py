"""Several forecasts made one: pools, and weights learned from blocks already scored."""

from dataclasses import dataclass
from itertools import product
from typing import Protocol, runtime_checkable

import numpy as np

from sidelines.history.columns import Columns
from sidelines.history.models.effects import case_weight
from sidelines.history.penalised import logistic
from sidelines.history.scores import log_losses, log_odds, reached
from sidelines.terms.arrays import Bool, Float

__all__ = [
    "Average",
    "Combination",
    "Past",
    "Pool",
    "Stack",
    "average",
    "past_of",
    "pool",
    "stack",
    "stack_weights",
    "weights",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a combination may learn from: members' forecasts of earlier blocks, and what happened.

    `blocks` counts the blocks, `origin` is the year of the block to come.
    """

    prob: Float[np.ndarray, "member case threshold"]
    happened: Bool[np.ndarray, "case threshold"]
    year: np.ndarray
    power: np.ndarray
    blocks: int
    origin: int


def past_of(
    prob: Float[np.ndarray, "member case threshold"],
    cases: Columns,
    *,
    scored: Bool[np.ndarray, " case"],
    blocks: int,
    origin: int,
) -> Past:
    """Return the part of members' forecasts that was scored already."""
    return Past(
        prob=prob[:, scored],
        happened=reached(cases["ladder"], thresholds=prob.shape[2])[scored],
        year=cases["crisis_year"][scored],
        power=cases["power"][scored],
        blocks=blocks,
        origin=origin,
    )


@runtime_checkable
class Combination(Protocol):
    """One forecast out of the members' forecasts of a block."""

    def __call__(
        self,
        now: Float[np.ndarray, "member answer threshold"],
        *,
        power: np.ndarray,
        past: Past,
    ) -> Float[np.ndarray, "answer threshold"]:
        """Return the combined chances."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Settings: the members, all of equal weight."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Settings: members; weights in parts of `parts`, held to `lean` by `held_by`.

    Weights lean to equal ones where no other lean is given, and are the lean until `blocks` blocks
    are scored.
    """

    members: tuple[str, ...]
    parts: int
    held_by: float
    blocks: int
    half_life_years: float | None = None
    joint: bool = False
    lean: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """Settings: members; weights fall with the exponent of past log loss, `sharpness` times."""

    members: tuple[str, ...]
    sharpness: float
    half_life_years: float | None = None


def pool(
    now: Float[np.ndarray, "member answer threshold"],
    *,
    power: np.ndarray,  # noqa: ARG001  every combination is told
    past: Past,  # noqa: ARG001
    settings: Pool,  # noqa: ARG001
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances at the mean log-odds.

    Source: Satopaa et al. (2014), International Journal of Forecasting 30, 344.
    """
    return _pooled(now, np.full((len(now), now.shape[2]), 1.0 / len(now)))


def stack(
    now: Float[np.ndarray, "member answer threshold"],
    *,
    power: np.ndarray,  # noqa: ARG001
    past: Past,
    settings: Stack,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the chances at log-odds weighted as would have been best in past blocks.

    `joint` weighs all thresholds alike. Source: Wolpert (1992), Neural Networks 5, 241.
    """
    return _pooled(now, stack_weights(past, settings=settings, shape=now.shape))


def stack_weights(
    past: Past, *, settings: Stack, shape: tuple[int, ...]
) -> Float[np.ndarray, "member threshold"]:
    """Return the weights that would have been best in past blocks, held to the lean."""
    members, thresholds = shape[0], shape[-1]
    lean = np.full(members, 1.0 / members) if settings.lean is None else np.array(settings.lean)
    if past.blocks < settings.blocks:
        return np.tile(lean[:, None], thresholds)
    weight = case_weight(past.year, origin=past.origin, half_life_years=settings.half_life_years)
    grid = np.array(
        [
            parts
            for parts in product(range(settings.parts + 1), repeat=members)
            if sum(parts) == settings.parts
        ]
    ) / float(settings.parts)
    losses = np.array(
        [
            weight
            @ log_losses(past.happened, _pooled(past.prob, np.tile(tried[:, None], thresholds)))
            for tried in grid
        ]
    )
    if settings.joint:
        losses = np.tile(losses.mean(axis=1, keepdims=True), thresholds)
    held = settings.held_by * ((grid - lean) ** 2).sum(axis=1)
    return grid[np.argmin(losses + held[:, None], axis=0)].T


def average(
    now: Float[np.ndarray, "member answer threshold"],
    *,
    power: np.ndarray,  # noqa: ARG001
    past: Past,
    settings: Average,
) -> Float[np.ndarray, "answer threshold"]:
    """Return the mean chances, each member weighted by how well it did in past blocks.

    Source: Hoeting et al. (1999), Statistical Science 14, 382.
    """
    return np.einsum("mt,mct->ct", weights(past, settings=settings), now)


def weights(past: Past, *, settings: Average) -> Float[np.ndarray, "member threshold"]:
    """Return what each member of an average weighs; all alike while nothing is scored."""
    counts = case_weight(past.year, origin=past.origin, half_life_years=settings.half_life_years)
    loss = np.einsum("c,mct->mt", counts, log_losses(past.happened[None], past.prob))
    size = np.exp(-settings.sharpness * (loss - loss.min(axis=0)))
    return size / size.sum(axis=0)


def _pooled(
    prob: Float[np.ndarray, "member case threshold"], weight: Float[np.ndarray, "member threshold"]
) -> Float[np.ndarray, "case threshold"]:
    return logistic(np.einsum("mt,mct->ct", weight, log_odds(prob)))

"""What is believed of slopes before the data, and the free scale on which they are estimated."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from sidelines.assess.parameters import Parameter
from sidelines.terms.arrays import Float, Int
from sidelines.terms.errors import UsageError, nearest

__all__ = [
    "Belief",
    "Space",
    "belief_of",
    "flat",
    "free_at",
    "log_prior",
    "negative",
    "normal",
    "positive",
    "rate_at",
    "slopes_at",
    "space_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A prior on one slope: normal, or log-normal where theory fixes the sign.

    `sign` 0: the slope is normal with `mean` and `sd`. `sign` 1 or -1: the logarithm of its size
    is. An infinite `sd` believes nothing.
    """

    mean: float
    sd: float
    sign: int

    def __post_init__(self) -> None:
        if not self.sd > 0.0 or not np.isfinite(self.mean):
            raise UsageError(
                f"A prior cannot have mean {self.mean} and sd {self.sd}.",
                hint="The mean is finite, the sd above zero (infinite to believe nothing).",
            )


def flat() -> Belief:
    """Return the belief that holds every value alike: maximum likelihood."""
    return Belief(mean=0.0, sd=np.inf, sign=0)


def normal(mean: float, sd: float) -> Belief:
    """Return a normal belief."""
    return Belief(mean=mean, sd=sd, sign=0)


def positive(median: float, log_sd: float) -> Belief:
    """Return a log-normal belief in a slope above zero."""
    return Belief(mean=_log(median), sd=log_sd, sign=1)


def negative(median: float, log_sd: float) -> Belief:
    """Return a log-normal belief in a slope below zero; the median is that of its size."""
    return Belief(mean=_log(median), sd=log_sd, sign=-1)


def belief_of(parameter: Parameter) -> Belief:
    """Return what the model's own parameters hold of a slope: log-normal, 80 % in its range."""
    spread = np.log(parameter.high / parameter.low) / (2.0 * NormalDist().inv_cdf(0.9))
    return positive(parameter.value, float(spread))


def _log(median: float) -> float:
    if not median > 0.0:
        raise UsageError(
            f"A log-normal cannot have median {median}.", hint="Give the size, above zero."
        )
    return float(np.log(median))


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The free scale of some slopes: the slope itself, or the log of its size where signed.

    On that scale every prior is normal, so its density there needs no further term, and no bound
    has to be watched. A top on this scale is no top on the other: quote which one was climbed.
    """

    names: tuple[str, ...]
    mean: Float[np.ndarray, " slope"]
    sd: Float[np.ndarray, " slope"]
    sign: Int[np.ndarray, " slope"]


def slopes_at(
    free: Float[np.ndarray, "*draw slope"], space: Space
) -> Float[np.ndarray, "*draw slope"]:
    """Return the slopes at points of the free scale."""
    signed = space.sign != 0
    return np.where(signed, space.sign * np.exp(np.where(signed, free, 0.0)), free)


def free_at(slopes: Float[np.ndarray, " slope"], space: Space) -> Float[np.ndarray, " slope"]:
    """Return the point of the free scale where the slopes have these values."""
    signed = space.sign != 0
    size = np.where(signed, space.sign * slopes, 1.0)
    if np.any(size <= 0.0):
        wrong = int(np.argmax(size <= 0.0))
        raise UsageError(
            f"The slope {space.names[wrong]!r} cannot be {slopes[wrong]}.",
            hint="Its prior fixes the sign.",
        )
    return np.where(signed, np.log(size), slopes)


def rate_at(free: Float[np.ndarray, " slope"], space: Space) -> Float[np.ndarray, " slope"]:
    """Return how fast each slope changes on the free scale."""
    return np.where(space.sign != 0, slopes_at(free, space), 1.0)


def log_prior(
    free: Float[np.ndarray, "*draw slope"], space: Space
) -> tuple[Float[np.ndarray, "*draw"], Float[np.ndarray, "*draw slope"]]:
    """Return the log-density of the prior on the free scale, and its gradient."""
    held = np.isfinite(space.sd)
    off = np.where(held, (free - space.mean) / space.sd, 0.0)
    heights = np.log(np.where(held, space.sd, 1.0)) + 0.5 * np.log(2.0 * np.pi) * held
    return -0.5 * (off**2).sum(axis=-1) - heights.sum(), -off / space.sd


def space_of(names: tuple[str, ...], prior: Mapping[str, Belief] | None = None) -> Space:
    """Return the free scale of named slopes; all flat without a prior.

    Labels must match: a prior names every slope and no other.

    >>> space_of(("stake", "far"), {"stake": positive(2.0, 1.0), "far": normal(0, 1)}).sign
    array([1, 0])
    """
    beliefs = dict.fromkeys(names, flat()) if prior is None else prior
    for name in [*beliefs, *names]:
        if name not in beliefs or name not in names:
            place = "the prior" if name in names else "the model"
            near = nearest(name, list(beliefs if name in names else names))
            raise UsageError(
                f"The slope {name!r} is missing in {place}.",
                hint=f"Did you mean {near!r}?" if near else "Name every slope in both.",
            )
    ordered = [beliefs[name] for name in names]
    return Space(
        names=names,
        mean=np.array([belief.mean for belief in ordered], dtype=float),
        sd=np.array([belief.sd for belief in ordered], dtype=float),
        sign=np.array([belief.sign for belief in ordered]),
    )

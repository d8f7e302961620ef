"""The salvo exchange: missiles against interceptors, in one pulse, with luck.

Of `weapons` fired each hits with `hit_prob` unless it is stopped; each of the `shots_per_battery`
of each battery stops one with `intercept_prob`. Hits less interceptions are nearly normal; what is
above zero gets through, and each leaker destroys `loss_per_hit`, up to what stands there. More
batteries cut losses in proportion from the first one on. Whether *anything* gets through hardly
changes until interceptions come near to hits, and then at once: there is a threshold.
"""

from dataclasses import dataclass, replace

import numpy as np

from sidelines.terms.arrays import Float
from sidelines.terms.normal import normal_cdf, normal_density

__all__ = [
    "Salvo",
    "added_strength",
    "expected_loss",
    "loss_sd",
    "mean_field_loss",
    "no_leaker_prob",
    "standing_and_spread",
    "sure_strength",
    "threshold_batteries",
    "with_more",
]

_HALF = 0.5  # hits are whole: none gets through if hits less interceptions stay below one half
_LEAST = 1e-12
_LEAST_LUCK = 0.01  # hits: the contest counts in standard deviations, so they must not vanish
_SURE = 6.0  # a z-score: one pulse in a billion gets through


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvo:
    """One pulse of an exchange, one value per draw.

    - `weapons`: fired in the pulse [1]
    - `hit_prob`: chance that one hits if nothing stops it [1]
    - `batteries`: of interceptors [1]
    - `shots_per_battery`: that a battery can fire in the pulse, above zero [1]
    - `intercept_prob`: chance that one shot stops one weapon, above zero [1]
    - `loss_per_hit`: what each hit destroys, above zero [share of what is aimed at]
    - `most`: what can be lost, infinite where nothing bounds it [share of what is aimed at]
    """

    weapons: Float[np.ndarray, "*#shape"]
    hit_prob: Float[np.ndarray, "*#shape"]
    batteries: Float[np.ndarray, "*#shape"]
    shots_per_battery: Float[np.ndarray, "*#shape"]
    intercept_prob: Float[np.ndarray, "*#shape"]
    loss_per_hit: Float[np.ndarray, "*#shape"]
    most: Float[np.ndarray, "*#shape"]


def with_more(salvo: Salvo, batteries: Float[np.ndarray, "*#shape"]) -> Salvo:
    """Return the salvo against more batteries.

    Parameters
    ----------
    salvo
        One pulse [1].
    batteries
        How many are added [1].

    Returns
    -------
    Salvo
        The same with its batteries and these.

    Notes
    -----
    Source: definition.
    """
    return replace(salvo, batteries=salvo.batteries + batteries)


def _stopped(salvo: Salvo) -> np.ndarray:
    return salvo.batteries * salvo.shots_per_battery * salvo.intercept_prob


def _net(salvo: Salvo) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and standard deviation of hits less interceptions."""
    hits, stopped = salvo.weapons * salvo.hit_prob, _stopped(salvo)
    variance = hits * (1.0 - salvo.hit_prob) + stopped * (1.0 - salvo.intercept_prob)
    return hits - stopped, np.sqrt(np.maximum(variance, _LEAST))


def _above(mean: np.ndarray, sd: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return first and second moment of the part of a normal variable above zero."""
    z = mean / sd
    density, inside = sd * normal_density(z), normal_cdf(z)
    return density + mean * inside, (mean**2 + sd**2) * inside + mean * density


def _moments(salvo: Salvo) -> tuple[np.ndarray, np.ndarray]:
    """Return first and second moment of the loss: leakers times loss per hit, cut at the most."""
    mean, sd = _net(salvo)
    first, second = _above(mean, sd)
    bounded = np.isfinite(salvo.most)
    most = np.where(bounded, salvo.most, 1.0) / salvo.loss_per_hit
    over, over_squared = _above(mean - most, sd)
    first = first - np.where(bounded, over, 0.0)
    second = second - np.where(bounded, over_squared + 2.0 * most * over, 0.0)
    return first * salvo.loss_per_hit, second * salvo.loss_per_hit**2


def expected_loss(salvo: Salvo) -> Float[np.ndarray, "*#shape"]:
    """Return the expected loss to one pulse.

    Parameters
    ----------
    salvo
        One pulse [1].

    Returns
    -------
    numpy.ndarray
        Mean loss [share of what is aimed at].

    Notes
    -----
    Source: Armstrong (2005), Operations Research 53(5), A stochastic salvo model for naval surface
    combat: binomial hits and interceptions, their difference taken as normal.

    Examples
    --------
    >>> one = {"weapons": 80.0, "hit_prob": 0.8, "shots_per_battery": 6.0, "intercept_prob": 0.6}
    >>> salvo = Salvo(
    ...     **{name: np.array(value) for name, value in one.items()},
    ...     batteries=np.array([4.0, 12.0, 18.0]), loss_per_hit=np.array(0.1), most=np.array(np.inf)
    ... )
    >>> expected_loss(salvo).round(2)
    array([4.96, 2.08, 0.21])
    """
    return _moments(salvo)[0]


def loss_sd(salvo: Salvo) -> Float[np.ndarray, "*#shape"]:
    """Return the standard deviation of the loss to one pulse.

    Parameters
    ----------
    salvo
        One pulse [1].

    Returns
    -------
    numpy.ndarray
        Standard deviation [share of what is aimed at].

    Notes
    -----
    Source: Armstrong (2005), Operations Research 53(5).
    """
    first, second = _moments(salvo)
    return np.sqrt(np.maximum(second - first**2, 0.0))


def no_leaker_prob(salvo: Salvo) -> Float[np.ndarray, "*#shape"]:
    """Return the chance that nothing gets through.

    Parameters
    ----------
    salvo
        One pulse [1].

    Returns
    -------
    numpy.ndarray
        Probability that hits less interceptions stay below one half [1].

    Notes
    -----
    Source: Armstrong (2005), Operations Research 53(5), with the correction for whole numbers.
    """
    mean, sd = _net(salvo)
    return normal_cdf((_HALF - mean) / sd)


def mean_field_loss(salvo: Salvo) -> Float[np.ndarray, "*#shape"]:
    """Return the loss without luck: mean hits less mean interceptions, never below zero.

    Parameters
    ----------
    salvo
        One pulse [1].

    Returns
    -------
    numpy.ndarray
        Loss [share of what is aimed at].

    Notes
    -----
    Source: Hughes (1995), Naval Research Logistics 42(2), A salvo model of warships in missile
    combat.
    """
    through = np.maximum(salvo.weapons * salvo.hit_prob - _stopped(salvo), 0.0)
    return np.minimum(through * salvo.loss_per_hit, salvo.most)


def threshold_batteries(salvo: Salvo) -> Float[np.ndarray, "*#shape"]:
    """Return how many batteries in all give even odds that nothing gets through.

    Parameters
    ----------
    salvo
        One pulse; its own batteries do not matter [1].

    Returns
    -------
    numpy.ndarray
        Number of batteries, at least zero [1].

    Notes
    -----
    Source: worked out from Armstrong (2005): mean interceptions reach mean hits less one half,
    which is the saturation point of Hughes (1995).
    """
    needed = np.maximum(salvo.weapons * salvo.hit_prob - _HALF, 0.0)
    return needed / (salvo.shots_per_battery * salvo.intercept_prob)


def _luck(salvo: Salvo) -> np.ndarray:
    """Return the unit of the contest: the standard deviation of the unaided exchange."""
    return np.maximum(_net(salvo)[1], _LEAST_LUCK)


def standing_and_spread(
    salvo: Salvo,
) -> tuple[Float[np.ndarray, "*#shape"], Float[np.ndarray, "*#shape"]]:
    """Return how the target stands unaided, and how luck grows with help, for a probit contest.

    The chance that nothing gets through is `Phi((standing + M) / sqrt(1 + spread * M))`, with `M`
    from `added_strength`.

    Parameters
    ----------
    salvo
        One pulse against the target's own batteries [1].

    Returns
    -------
    numpy.ndarray
        Standing: one half less mean net hits, in standard deviations [z-score].
    numpy.ndarray
        Spread: by how much the variance grows per unit of `M`, in units of that unaided [1].

    Notes
    -----
    Source: Armstrong (2005), Operations Research 53(5): each interceptor that is added brings its
    own luck, `intercept_prob * (1 - intercept_prob)`.
    """
    luck = _luck(salvo)
    return (_HALF - _net(salvo)[0]) / luck, (1.0 - salvo.intercept_prob) / luck


def added_strength(
    salvo: Salvo, batteries: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*#shape"]:
    """Return what more batteries add to the target's standing; it adds up over powers.

    Parameters
    ----------
    salvo
        One pulse against the target's own batteries [1].
    batteries
        How many a power adds [1].

    Returns
    -------
    numpy.ndarray
        Mean interceptions added, in standard deviations of the unaided exchange [z-score].

    Notes
    -----
    Source: definition, for `standing_and_spread`.
    """
    return batteries * salvo.shots_per_battery * salvo.intercept_prob / _luck(salvo)


def sure_strength(salvo: Salvo) -> Float[np.ndarray, "*#shape"]:
    """Return the strength with which nothing gets through any more; what is added beyond is idle.

    Zero where less than half a hit is to be stopped.

    Parameters
    ----------
    salvo
        One pulse against the target's own batteries [1].

    Returns
    -------
    numpy.ndarray
        Strength, at least zero [z-score].

    Notes
    -----
    Source: the larger root of the chance of `standing_and_spread` at a z-score of 6. With half a
    hit or more to be stopped that chance never falls in strength; with less, the luck of
    interceptors that have nothing to stop would lower it.
    """
    standing, spread = standing_and_spread(salvo)
    middle = 0.5 * _SURE**2 * spread - standing
    root = middle + np.sqrt(np.maximum(middle**2 - standing**2 + _SURE**2, 0.0))
    return np.where(salvo.weapons * salvo.hit_prob > _HALF, np.maximum(root, 0.0), 0.0)

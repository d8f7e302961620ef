"""The contest: delivered strength as log-odds that the target holds."""

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["delivered_log_odds", "hold_log_odds", "logistic"]


def logistic(log_odds: Float[np.ndarray, "*#shape"]) -> Float[np.ndarray, "*#shape"]:
    """Return the probability behind log-odds.

    Parameters
    ----------
    log_odds
        Natural log-odds [1].

    Returns
    -------
    numpy.ndarray
        Probability, from 0 to 1 [1].

    Notes
    -----
    Source: definition, in the form with tanh that cannot overflow.

    Examples
    --------
    >>> logistic(np.array([0.0, 800.0]))
    array([0.5, 1. ])
    """
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def hold_log_odds(
    target_strength: Float[np.ndarray, "*#shape"],
    attacker_strength: Float[np.ndarray, "*#shape"],
    *,
    decisiveness: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the log-odds that the target holds with nobody's help.

    The chance to hold is `T**m / (T**m + A**m)`.

    Parameters
    ----------
    target_strength, attacker_strength
        What each brings, above zero, in the same unit [share of world capabilities].
    decisiveness
        The exponent `m`: how much a given advantage decides [1].

    Returns
    -------
    numpy.ndarray
        `m * ln(T / A)` [log-odds].

    Notes
    -----
    Source: Tullock (1980), Efficient Rent Seeking; Hirshleifer (1989), Public Choice 63, ratio
    form of the contest success function.

    Examples
    --------
    >>> hold_log_odds(np.array(1.0), np.array(1.0), decisiveness=np.array(1.2))
    np.float64(0.0)
    """
    return decisiveness * np.log(target_strength / attacker_strength)


def delivered_log_odds(
    delivered_strength: Float[np.ndarray, "*#shape"],
    own_strength: Float[np.ndarray, "*#shape"],
    *,
    decisiveness: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return what delivered strength adds to the log-odds of the side that receives it.

    Added to the log-odds, contributions of several powers multiply the force ratio: a little more
    than their sum would. That is the price of a solver that is linear in powers.

    Parameters
    ----------
    delivered_strength
        What arrives, at least zero [share of world capabilities].
    own_strength
        What the receiving side brings itself, above zero [share of world capabilities].
    decisiveness
        The exponent of the contest [1].

    Returns
    -------
    numpy.ndarray
        `m * ln(1 + x / own)` [log-odds].

    Notes
    -----
    Source: Hirshleifer (1989), Public Choice 63, ratio form; the additive reading is ours.

    Examples
    --------
    >>> delivered_log_odds(np.array(1.0), np.array(1.0), decisiveness=np.array(1.0)).round(3)
    np.float64(0.693)
    """
    return decisiveness * np.log1p(delivered_strength / own_strength)

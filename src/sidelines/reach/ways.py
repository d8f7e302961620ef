"""Is a way open? Rights along it, and whether it is safe to use."""

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["any_open_prob", "safe_way_prob"]


def safe_way_prob(
    granted_prob: Float[np.ndarray, "*#shape"],
    *,
    hostile_control: Float[np.ndarray, "*#shape"],
    loss_at_full_control: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the chance that a way is both permitted and safe. Leave is not safety.

    Parameters
    ----------
    granted_prob
        Chance that every right the way needs is given [1].
    hostile_control
        How far the opposing side controls the approach, from 0 to 1 [1].
    loss_at_full_control
        Chance that a way under full hostile control cannot be used [1].

    Returns
    -------
    numpy.ndarray
        Chance that the way can be used [1].

    Notes
    -----
    Source: definition; permissions and hazards are taken as independent.

    Examples
    --------
    >>> safe_way_prob(np.array(0.8), hostile_control=np.array(0.5),
    ...     loss_at_full_control=np.array(0.9)).round(2)
    np.float64(0.44)
    """
    return granted_prob * (1.0 - hostile_control * loss_at_full_control)


def any_open_prob(way_prob: Float[np.ndarray, "*shape way"]) -> Float[np.ndarray, "*shape"]:
    """Return the chance that at least one of several ways is open.

    Parameters
    ----------
    way_prob
        Chance per way, in the last axis; no ways at all give zero [1].

    Returns
    -------
    numpy.ndarray
        Chance that at least one is open [1].

    Notes
    -----
    Source: definition; ways are taken as independent, given the draw of rights.

    Examples
    --------
    >>> any_open_prob(np.array([0.5, 0.5]))
    np.float64(0.75)
    """
    return 1.0 - np.prod(1.0 - way_prob, axis=-1)

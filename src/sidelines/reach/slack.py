"""Slack: what is left of a power's forces after its standing commitments."""

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["overstretch_share"]


def overstretch_share(
    commitment_share: Float[np.ndarray, "*shape commitment"],
) -> Float[np.ndarray, "*shape"]:
    """Return the share of usable forces that standing commitments tie down.

    Parameters
    ----------
    commitment_share
        Share of usable forces per commitment, in the last axis [1].

    Returns
    -------
    numpy.ndarray
        Their sum, at most one [1]; slack is one minus this.

    Notes
    -----
    Source: Kennedy (1987), The Rise and Fall of the Great Powers (imperial overstretch); the
    measure is ours.

    Examples
    --------
    >>> overstretch_share(np.array([0.6, 0.3])).round(2)
    np.float64(0.9)
    """
    return np.minimum(commitment_share.sum(axis=-1), 1.0)

"""Functions of total strength as short Fourier sums, so that expectations become products.

If `f(M) = Re sum_g C_g exp(i w_g M)`, then for independent acts of the others
`E f(x + M_others) = Re sum_g C_g exp(i w_g x) prod_j phi_j(w_g)`, with `phi_j` the characteristic
function of what power j delivers: linear in powers and acts where the table of all profiles is
exponential.
"""

from functools import cache

import numpy as np

from sidelines.terms.arrays import Complex, Float

__all__ = ["fit", "nodes", "phases"]

_PERIOD = 1.5
_DROP = 1e-9


def nodes(modes: int) -> Float[np.ndarray, " node"]:
    """Return the points on [0, 1] at which a function must be known to be fitted.

    Parameters
    ----------
    modes
        Number of frequencies, the constant included [1].

    Returns
    -------
    numpy.ndarray
        Chebyshev points, three per mode [1].

    Notes
    -----
    Source: Boyd (2002), J. Comput. Phys. 178, Fourier continuation by least squares.
    """
    count = 3 * modes
    return 0.5 * (1.0 - np.cos(np.pi * (np.arange(count) + 0.5) / count))


@cache
def _inverse(modes: int) -> np.ndarray:
    """Return the truncated pseudo-inverse that turns values at the nodes into coefficients."""
    angles = np.outer(nodes(modes), _frequencies(modes))
    basis = np.hstack([np.cos(angles), -np.sin(angles[:, 1:])])
    left, values, right = np.linalg.svd(basis, full_matrices=False)
    kept = values > _DROP * values[0]
    return (right[kept].T / values[kept]) @ left[:, kept].T


def _frequencies(modes: int) -> np.ndarray:
    return 2 * np.pi * np.arange(modes) / _PERIOD


def fit(values: Float[np.ndarray, "draw node"], modes: int) -> Complex[np.ndarray, "draw mode"]:
    """Return the coefficients `C_g` of functions known at the nodes.

    Parameters
    ----------
    values
        The functions at `nodes(modes)` [any unit].
    modes
        Number of frequencies [1].

    Returns
    -------
    numpy.ndarray
        Complex coefficients [the unit of the values].

    Notes
    -----
    Source: Boyd (2002), J. Comput. Phys. 178; the period is 1.5 times the span, singular values
    below 1e-9 are dropped.
    """
    solution = values @ _inverse(modes).T
    imaginary = np.zeros((len(values), modes))
    imaginary[:, 1:] = solution[:, modes:]
    return solution[:, :modes] + 1j * imaginary


def phases(
    position: Float[np.ndarray, "draw *shape"], span: Float[np.ndarray, " draw"], modes: int
) -> Complex[np.ndarray, "draw *shape mode"]:
    """Return `exp(i w_g x)` for positions on a span that counts as [0, 1].

    Parameters
    ----------
    position
        Distance from the span's lower end, or a difference of such [log-odds].
    span
        Length of the span, above zero [log-odds].
    modes
        Number of frequencies [1].

    Returns
    -------
    numpy.ndarray
        Complex phases [1].

    Notes
    -----
    Source: definition; powers of the first phase, so that one exponential serves all modes.
    """
    scaled = position / span.reshape((-1,) + (1,) * (position.ndim - 1))
    first = np.exp(2j * np.pi / _PERIOD * scaled)
    result = np.empty((*position.shape, modes), dtype=complex)
    result[..., 0] = 1.0
    for mode in range(1, modes):
        np.multiply(result[..., mode - 1], first, out=result[..., mode])
    return result

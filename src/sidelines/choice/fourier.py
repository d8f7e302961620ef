"""Functions of total strength as short Fourier sums, so that expectations become products.

If `f(M) = Re sum_g C_g exp(i w_g M)`, then for independent acts of the others
`E f(x + M_others) = Re sum_g C_g exp(i w_g x) prod_j phi_j(w_g)`, with `phi_j` the characteristic
function of what power j delivers: linear in powers and acts where the table of all profiles is
exponential.

A sum is periodic and the functions are not, so each is led back to its beginning outside the
strengths that can occur. They are smooth there too: over half a span beyond the upper end, `f(M)`
is blended into `f(M - period)`, by the integral of a Kaiser window as sharp as the frequencies can
carry. The coefficients are then a plain discrete transform, as well conditioned as can be.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from sidelines.terms.arrays import Complex, Float

__all__ = ["MODES", "Table", "fit", "kernel_table", "phases", "table"]

MODES = (16, 24, 32, 48, 64, 96, 128, 192)
PERIOD = 1.5
_SHARPEST = 34.0  # beyond it the window's tail is below rounding
_ROOM = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a fit needs, on a span that counts as [0, 1].

    - `at` (node): where the function must be known, from 0 to the period
    - `blend` (node): weight of the function one period earlier; zero up to 1
    - `transform` (node, 2 mode): from values to real, then imaginary parts of the coefficients
    - `between` (point): where a fit is checked
    - `check` (2 mode, point): from coefficients to values there
    """

    at: Float[np.ndarray, " node"]
    blend: Float[np.ndarray, " node"]
    transform: Float[np.ndarray, "node part"]
    between: Float[np.ndarray, " point"]
    check: Float[np.ndarray, "part point"]


def _basis(at: np.ndarray, modes: int) -> np.ndarray:
    """Return cosines and negative sines, (point, 2 modes)."""
    angles = np.outer(at, 2 * np.pi * np.arange(modes) / PERIOD)
    return np.hstack([np.cos(angles), -np.sin(angles)])


def _blend(at: np.ndarray, modes: int) -> np.ndarray:
    """Return the integral of a Kaiser window over the way from 1 to the period."""
    gap = PERIOD - 1.0
    sharpness = min(_ROOM * np.pi * modes * gap / PERIOD, _SHARPEST)
    abscissae, weights = np.polynomial.legendre.leggauss(80)

    def area(upper: np.ndarray) -> np.ndarray:
        half = 0.5 * (upper + 1.0)
        place = half[:, None] * (abscissae + 1.0) - 1.0
        window = np.i0(sharpness * np.sqrt(np.maximum(1.0 - place**2, 0.0)))
        return half * (window @ weights)

    share = area(np.clip(2.0 * (at - 1.0) / gap - 1.0, -1.0, 1.0)) / area(np.ones(1))
    return np.where(at > 1.0, share, 0.0)


@cache
def table(modes: int) -> Table:
    """Return the nodes, weights and matrices of a fit.

    Parameters
    ----------
    modes
        Number of frequencies, the constant included; a multiple of eight [1].

    Returns
    -------
    Table
        Two nodes and one and a half checking points a mode [1].

    Notes
    -----
    Source: Kaiser (1974), the I0-sinh window; Boyd (2002), J. Comput. Phys. 178, Fourier extension
    of the third kind, where the function is known beyond the interval.
    """
    count = 2 * modes
    at = np.arange(count) * PERIOD / count
    transform = _basis(at, modes) * (2.0 / count)
    transform[:, 0] *= 0.5
    between = (np.arange(3 * modes // 2) + 0.5) / (3 * modes // 2)
    return Table(
        at=at,
        blend=_blend(at, modes),
        transform=transform,
        between=between,
        check=np.ascontiguousarray(_basis(between, modes).T),
    )


@cache
def kernel_table(modes: int) -> Float[np.ndarray, " n"]:
    """Return the table of a fit as one array, in the order in which the kernel reads it.

    Parameters
    ----------
    modes
        Number of frequencies [1].

    Returns
    -------
    numpy.ndarray
        All parts of `table(modes)`, one after the other [1].

    Notes
    -----
    Source: see `table`.
    """
    parts = table(modes)
    named = (parts.at, parts.blend, parts.transform, parts.between, parts.check)
    return np.concatenate([part.ravel() for part in named])


def fit(
    values: Float[np.ndarray, "draw node"],
    earlier: Float[np.ndarray, "draw node"],
    modes: int,
) -> Complex[np.ndarray, "draw mode"]:
    """Return the coefficients `C_g` of functions known at the nodes and one period before them.

    Parameters
    ----------
    values
        The functions at `table(modes).at` [any unit].
    earlier
        The same one period earlier; read only where the blend is above zero [any unit].
    modes
        Number of frequencies [1].

    Returns
    -------
    numpy.ndarray
        Complex coefficients [the unit of the values].

    Notes
    -----
    Source: discrete Fourier transform of the blended function; see `table`.
    """
    parts = table(modes)
    solution = (values + parts.blend * (earlier - values)) @ parts.transform
    return solution[:, :modes] + 1j * solution[:, modes:]


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
    first = np.exp(2j * np.pi / PERIOD * scaled)
    result = np.empty((*position.shape, modes), dtype=complex)
    result[..., 0] = 1.0
    for mode in range(1, modes):
        np.multiply(result[..., mode - 1], first, out=result[..., mode])
    return result

"""The normal distribution function, in numpy alone."""

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["normal_cdf"]

_SMALL = (
    (
        3.16112374387056560e00,
        1.13864154151050156e02,
        3.77485237685302021e02,
        3.20937758913846947e03,
    ),
    (
        2.36012909523441209e01,
        2.44024637934444173e02,
        1.28261652607737228e03,
        2.84423683343917062e03,
    ),
    1.85777706184603153e-1,
)
_MIDDLE = (
    (
        *(5.64188496988670089e-1, 8.88314979438837594e00, 6.61191906371416295e01),
        *(2.98635138197400131e02, 8.81952221241769090e02, 1.71204761263407058e03),
        *(2.05107837782607147e03, 1.23033935479799725e03),
    ),
    (
        *(1.57449261107098347e01, 1.17693950891312499e02, 5.37181101862009858e02),
        *(1.62138957456669019e03, 3.29079923573345963e03, 4.36261909014324716e03),
        *(3.43936767414372164e03, 1.23033935480374942e03),
    ),
    2.15311535474403846e-8,
)
_LARGE = (
    (
        *(3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1),
        *(1.60837851487422766e-2, 6.58749161529837803e-4),
    ),
    (
        *(2.56852019228982242e00, 1.87295284992346725e00, 5.27905102951428412e-1),
        *(6.05183413124413191e-2, 2.33520497626869185e-3),
    ),
    1.63153871373020978e-2,
)
_Fit = tuple[tuple[float, ...], tuple[float, ...], float]


def _ratio(x: np.ndarray, fit: _Fit) -> np.ndarray:
    """Return a ratio of polynomials in Cody's order of coefficients."""
    above, below, lead = fit
    top, under = lead * x, x
    for a, b in zip(above[:-1], below[:-1], strict=True):
        top, under = (top + a) * x, (under + b) * x
    return (top + above[-1]) / (under + below[-1])


def normal_cdf(x: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Return the chance that a standard normal variable stays below x.

    Parameters
    ----------
    x
        Any finite numbers [standard deviations].

    Returns
    -------
    numpy.ndarray
        Probability, right to about fifteen digits, far into the tails too [1].

    Notes
    -----
    Source: Cody (1969), Math. Comp. 23, rational Chebyshev approximations to the error function.

    Examples
    --------
    >>> normal_cdf(np.array([0.0, 1.96])).round(3)
    array([0.5  , 0.975])
    """
    z = np.minimum(np.maximum(x, -38.0), 38.0) / np.sqrt(2.0)
    size, square = np.abs(z), z * z
    near = 0.5 + 0.5 * z * _ratio(np.minimum(square, 0.25), _SMALL)
    fade = np.exp(-square)
    middle = fade * _ratio(np.minimum(size, 4.0), _MIDDLE)
    inverse = 1.0 / np.maximum(square, 1.0)
    tail = fade * (1 / np.sqrt(np.pi) - inverse * _ratio(inverse, _LARGE)) / np.maximum(size, 1.0)
    beyond = np.where(size > 4.0, tail, middle)
    return np.where(size < 0.46875, near, np.where(z < 0.0, 0.5 * beyond, 1.0 - 0.5 * beyond))

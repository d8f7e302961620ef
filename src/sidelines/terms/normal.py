"""The normal distribution, in numpy and the standard library: a word that two rooms share."""

import math

import numpy as np

from sidelines.terms.arrays import Float

__all__ = [
    "bivariate_normal_cdf",
    "log_normal_cdf",
    "mills_ratio",
    "normal_cdf",
    "normal_density",
]

_ROOT_2 = math.sqrt(2.0)
_ROOT_TAU = math.sqrt(2.0 * math.pi)
_FAR = 12.0
_TERMS = 60
_erfc = np.frompyfunc(math.erfc, 1, 1)
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(32)


def normal_density(x: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Return the standard normal density."""
    return np.exp(-0.5 * x**2) / _ROOT_TAU


def normal_cdf(x: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Return the standard normal distribution function, its lower tail to the last digits.

    >>> normal_cdf(np.array([0.0, -10.0]))
    array([5.00000000e-01, 7.61985302e-24])
    """
    return 0.5 * np.asarray(_erfc(-x / _ROOT_2), dtype=float)


def mills_ratio(x: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Return the upper tail over the density, `(1 - Phi(x)) / phi(x)`; it never underflows.

    Source: beyond 12, the continued fraction of Laplace (Abramowitz and Stegun 26.2.14).
    """
    near = np.minimum(x, _FAR)
    direct = normal_cdf(-near) / normal_density(near)
    far = np.maximum(x, _FAR)
    fraction = far
    for term in range(_TERMS, 0, -1):
        fraction = far + term / fraction
    return np.where(x <= _FAR, direct, 1.0 / fraction)


def log_normal_cdf(x: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Return the logarithm of the normal distribution function, finite however far out.

    >>> log_normal_cdf(np.array([-100.0])).round(6)
    array([-5005.524209])
    """
    below = np.minimum(x, 0.0)
    tail = np.log(mills_ratio(-below)) - 0.5 * below**2 - math.log(_ROOT_TAU)
    return np.where(x < 0, tail, np.log1p(-normal_cdf(-np.maximum(x, 0.0))))


def bivariate_normal_cdf(
    x: Float[np.ndarray, "*shape"], y: Float[np.ndarray, "*shape"], *, correlation: float
) -> Float[np.ndarray, "*shape"]:
    """Return the chance that both of two correlated standard normals fall below their bounds.

    The absolute error stays below 1e-13 up to a correlation of 0.95 either way.

    Source: Drezner and Wesolowsky (1990), J. Statist. Comput. Simul. 35, in the form of Genz
    (2004), Statistics and Computing 14: Plackett's integral over the angle, by Gauss and Legendre.
    """
    half = 0.5 * math.asin(correlation)
    angle = half * (1.0 + _NODES)
    x_, y_ = x[..., None], y[..., None]
    square = x_**2 + y_**2 - 2.0 * x_ * y_ * np.sin(angle)
    ring = np.exp(-square / (2.0 * np.cos(angle) ** 2)) @ _WEIGHTS
    return normal_cdf(x) * normal_cdf(y) + half * ring / (2.0 * math.pi)

"""Many roots at once, each inside its own bracket."""

from collections.abc import Callable

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["bracketed_roots", "roots_on_grid"]

Function = Callable[[np.ndarray], np.ndarray]

_STEPS = 200
_EPS, _TINY = np.finfo(float).eps, 1e-300


def bracketed_roots(
    function: Function, low: Float[np.ndarray, "*shape"], high: Float[np.ndarray, "*shape"]
) -> Float[np.ndarray, "*shape"]:
    """Return where a function changes sign, one root per bracket.

    Parameters
    ----------
    function
        Takes and returns arrays of the shape of the brackets; element by element [any unit].
    low, high
        Ends at which its signs differ; infinite values there do no harm [any unit].

    Returns
    -------
    numpy.ndarray
        Roots to the last digits; `high` where the bracket holds no change of sign [as `low`].

    Notes
    -----
    Source: Chandrupatla (1997), Advances in Engineering Software 28(3): inverse quadratic
    interpolation where it is safe, bisection elsewhere.

    Examples
    --------
    >>> bracketed_roots(lambda x: x**2 - 2.0, np.array([0.0]), np.array([2.0])).round(6)
    array([1.414214])
    """
    b, a = low.astype(float), high.astype(float)
    fb, fa = function(b), function(a)
    kept = np.sign(fa) == np.sign(fb)
    t = np.full_like(a, 0.5)
    steps, settled = 0, kept
    while steps < _STEPS and not settled.all():
        x = a + t * (b - a)
        fx = function(x)
        same = np.sign(fx) == np.sign(fa)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = x, fx
        room = (2.0 * _EPS * np.abs(a) + _TINY) / np.maximum(np.abs(b - a), _TINY)
        settled = kept | (room > 0.5) | (fa == 0)
        share = _next_share(a, b, c, fa, fb, fc)
        t = np.where(settled, 0.0, np.clip(share, np.minimum(room, 0.5), np.maximum(1 - room, 0.5)))
        steps += 1
    best = np.where(np.abs(fa) <= np.abs(fb), a, b)
    return np.where(kept, high, best)


def _next_share(
    a: np.ndarray, b: np.ndarray, c: np.ndarray, fa: np.ndarray, fb: np.ndarray, fc: np.ndarray
) -> np.ndarray:
    """Return how far to go from a towards b: interpolated where Chandrupatla's test allows."""
    with np.errstate(all="ignore"):
        xi = (a - b) / (c - b)
        phi = (fa - fb) / (fc - fb)
        safe = (phi**2 < xi) & ((1.0 - phi) ** 2 < 1.0 - xi)
        first = fa / (fb - fa) * fc / (fb - fc)
        second = (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        share = first + second
    return np.where(safe & np.isfinite(share), share, 0.5)


def roots_on_grid(
    function: Function, grid: Float[np.ndarray, "game point"]
) -> Float[np.ndarray, "game root"]:
    """Return every root that a grid of points separates.

    Parameters
    ----------
    function
        Takes points (game, any number) and returns its values there, same shape [any unit].
    grid
        Rising points per game [any unit].

    Returns
    -------
    numpy.ndarray
        Roots per game, rising; rows with fewer are filled up with NaN [as `grid`].

    Notes
    -----
    Source: definition: changes of sign between neighbours, each closed by Chandrupatla (1997).
    """
    values = function(grid)
    turns = np.sign(values[:, :-1]) != np.sign(values[:, 1:])
    most = int(turns.sum(axis=1).max(initial=0))
    place = np.argsort(~turns, axis=1, kind="stable")[:, :most]
    found = bracketed_roots(
        function,
        np.take_along_axis(grid, place, axis=1),
        np.take_along_axis(grid, place + 1, axis=1),
    )
    return np.where(np.take_along_axis(turns, place, axis=1), found, np.nan)

"""Loss of strength with distance: the published gradients, by name."""

import numpy as np

from sidelines.terms.arrays import Float
from sidelines.terms.units import KM_PER_STATUTE_MILE

__all__ = ["exponential_share", "linear_share", "travel_day_share"]


def travel_day_share(
    distance_km: Float[np.ndarray, "*#shape"],
    home_share: Float[np.ndarray, "*#shape"],
    *,
    miles_per_day: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the share of home strength left, by days of travel, weak powers losing more.

    The adjusted capability is `c ** log10(days + 10 - e)`. The formula raises strength below
    2.7 days of travel; no power is stronger abroad than at home, so the share is cut at one.

    Parameters
    ----------
    distance_km
        Distance from the nearest usable start, at least zero [km].
    home_share
        Share of world capabilities `c`, above 0 and at most 1 [1].
    miles_per_day
        Statute miles that forces travel in a day [miles/day]; 250 to 1918, 375 to 1945, 500 since.

    Returns
    -------
    numpy.ndarray
        Share of home strength left, from 0 to 1 [1].

    Notes
    -----
    Source: Bueno de Mesquita (1981), The War Trap, ch. 4, as built into EUGene (Bennett and Stam
    2000); the formula is recalled, not re-read.

    Examples
    --------
    >>> pace = np.array([500.0])
    >>> share = travel_day_share(np.array([0.0, 4828.0]), np.array([0.15]), miles_per_day=pace)
    >>> share.round(2)
    array([1.  , 0.79])
    """
    days = distance_km / KM_PER_STATUTE_MILE / miles_per_day
    exponent = np.log10(days + 10.0 - np.e)
    return np.minimum(home_share ** (exponent - 1.0), 1.0)


def exponential_share(
    distance_km: Float[np.ndarray, "*shape"], *, e_fold_km: float
) -> Float[np.ndarray, "*shape"]:
    """Return the share of home strength left where each stretch costs the same fraction.

    Parameters
    ----------
    distance_km
        Distance from the nearest usable start, at least zero [km].
    e_fold_km
        Distance over which strength falls to 1/e, above zero [km].

    Returns
    -------
    numpy.ndarray
        Share of home strength left, from 0 to 1 [1].

    Notes
    -----
    Source: Boulding (1962), Conflict and Defense, ch. 12, in its exponential form.

    Examples
    --------
    >>> exponential_share(np.array([0.0, 4000.0]), e_fold_km=4000.0).round(2)
    array([1.  , 0.37])
    """
    return np.exp(-distance_km / e_fold_km)


def linear_share(
    distance_km: Float[np.ndarray, "*shape"], *, vanishing_km: float
) -> Float[np.ndarray, "*shape"]:
    """Return the share of home strength left where it falls in proportion to distance.

    Parameters
    ----------
    distance_km
        Distance from the nearest usable start, at least zero [km].
    vanishing_km
        Distance at which nothing is left, above zero [km].

    Returns
    -------
    numpy.ndarray
        Share of home strength left, from 0 to 1 [1].

    Notes
    -----
    Source: Boulding (1962), Conflict and Defense, ch. 12.

    Examples
    --------
    >>> linear_share(np.array([0.0, 5000.0, 20000.0]), vanishing_km=10000.0)
    array([1. , 0.5, 0. ])
    """
    return np.clip(1.0 - distance_km / vanishing_km, 0.0, 1.0)

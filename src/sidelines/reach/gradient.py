"""Loss of strength with distance, by a published gradient."""

import numpy as np

from sidelines.terms.arrays import Float
from sidelines.terms.units import KM_PER_STATUTE_MILE

__all__ = ["travel_day_share"]


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

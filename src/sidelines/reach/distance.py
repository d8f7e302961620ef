"""Distances on the sphere."""

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["EARTH_RADIUS_KM", "great_circle_km"]

EARTH_RADIUS_KM = 6371.0088


def great_circle_km(
    start: Float[np.ndarray, "*#shape 2"],
    end: Float[np.ndarray, "*#shape 2"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the great-circle distance between points given as latitude, longitude.

    Parameters
    ----------
    start, end
        Latitude and longitude in the last axis [degrees].

    Returns
    -------
    numpy.ndarray
        Distance on a sphere of the Earth's mean radius [km]; within 0.6 % of the ellipsoid.

    Notes
    -----
    Source: Sinnott (1984), Virtues of the Haversine, Sky and Telescope 68(2), 159.

    Examples
    --------
    >>> great_circle_km(np.array([55.75, 37.62]), np.array([35.67, 51.43])).round(0)
    np.float64(2466.0)
    """
    lat1, lon1 = np.moveaxis(np.radians(start), -1, 0)
    lat2, lon2 = np.moveaxis(np.radians(end), -1, 0)
    chord = (
        np.sin((lat2 - lat1) / 2) ** 2
        + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))

"""Distances on the sphere and on the ellipsoid; bearings."""

import numpy as np

from sidelines.terms.arrays import Float, Int

__all__ = ["EARTH_RADIUS_KM", "bearing_deg", "geodesic_km", "great_circle_km", "lines_km"]

EARTH_RADIUS_KM = 6371.0088

# WGS 84: National Imagery and Mapping Agency TR8350.2 (2000), table 3.1
_EQUATOR_KM, _FLATTENING = 6378.137, 1 / 298.257223563
_POLE_KM = _EQUATOR_KM * (1 - _FLATTENING)

_ROUNDS, _HALVINGS, _SETTLED, _STILL = 12, 60, 1e-12, 1e-15
_AT_ONCE = 2**15  # lines whose figures stay in a processor's near memory
_LONG = 0.75 * np.pi


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


def bearing_deg(
    start: Float[np.ndarray, "*#shape 2"],
    end: Float[np.ndarray, "*#shape 2"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the bearing at which a great circle leaves its start.

    Parameters
    ----------
    start, end
        Latitude and longitude in the last axis [degrees].

    Returns
    -------
    numpy.ndarray
        Clockwise from north, from -180 to 180 [degrees].

    Notes
    -----
    Source: definition; the sphere's, within 0.2 degrees of the ellipsoid's unless nearly antipodal.

    Examples
    --------
    >>> bearing_deg(np.array([0.0, 0.0]), np.array([0.0, 90.0])).round(6)
    np.float64(90.0)
    """
    lat1, lon1 = np.moveaxis(np.radians(start), -1, 0)
    lat2, lon2 = np.moveaxis(np.radians(end), -1, 0)
    east = np.sin(lon2 - lon1) * np.cos(lat2)
    north = np.cos(lat1) * np.sin(lat2) - np.sin(lat1) * np.cos(lat2) * np.cos(lon2 - lon1)
    return np.degrees(np.arctan2(east, north))


def geodesic_km(
    start: Float[np.ndarray, "*#shape 2"],
    end: Float[np.ndarray, "*#shape 2"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the shortest distance on the WGS 84 ellipsoid.

    Parameters
    ----------
    start, end
        Latitude and longitude in the last axis [degrees].

    Returns
    -------
    numpy.ndarray
        Distance [km], to a metre or better; antipodes included.

    Notes
    -----
    Source: Vincenty (1975), Survey Review 23(176), 88, equations 3 to 19. Where the iteration
    does not settle, near antipodes, the azimuth is found by bisection as in Karney (2013), Journal
    of Geodesy 87, 43, section 4.

    Examples
    --------
    >>> geodesic_km(np.array([55.75, 37.62]), np.array([35.67, 51.43])).round(1)
    np.float64(2466.7)
    """
    lat1, lon1 = np.moveaxis(np.radians(start), -1, 0)
    lat2, lon2 = np.moveaxis(np.radians(end), -1, 0)
    shape = np.broadcast_shapes(lat1.shape, lat2.shape)
    reduced = (np.arctan((1 - _FLATTENING) * np.tan(lat)) for lat in (lat1, lat2))
    one, other = (np.broadcast_to(lat, shape).reshape(-1) for lat in reduced)
    apart = np.broadcast_to(np.abs(np.remainder(lon2 - lon1 + np.pi, 2 * np.pi) - np.pi), shape)
    apart = apart.reshape(-1)
    km, settled = _by_iteration(one, other, apart)
    if not settled.all():
        km[~settled] = _by_bisection(one[~settled], other[~settled], apart[~settled])
    return km.reshape(shape)[()]


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def _longitude_gain(
    sin_azimuth: np.ndarray, cos2: np.ndarray, arc: np.ndarray, cos_mid: np.ndarray
) -> np.ndarray:
    """Return by how much longitudes differ more on the sphere than on the ellipsoid [radians]."""
    c = _FLATTENING / 16 * cos2 * (4 + _FLATTENING * (4 - 3 * cos2))
    inner = cos_mid + c * np.cos(arc) * (2 * cos_mid**2 - 1)
    return (1 - c) * _FLATTENING * sin_azimuth * (arc + c * np.sin(arc) * inner)


def _length_km(cos2: np.ndarray, arc: np.ndarray, cos_mid: np.ndarray) -> np.ndarray:
    u2 = cos2 * (_EQUATOR_KM**2 - _POLE_KM**2) / _POLE_KM**2
    a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)))
    b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))
    sin_arc, cos_arc, twice = np.sin(arc), np.cos(arc), 2 * cos_mid**2 - 1
    last = b / 6 * cos_mid * (4 * sin_arc**2 - 3) * (4 * cos_mid**2 - 3)
    return _POLE_KM * a * (arc - b * sin_arc * (cos_mid + b / 4 * (cos_arc * twice - last)))


def _by_iteration(
    one: np.ndarray, other: np.ndarray, apart: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return Vincenty's lengths, and where his iteration settled."""
    sin1, cos1, sin2, cos2 = np.sin(one), np.cos(one), np.sin(other), np.cos(other)
    longitude = apart
    for _ in range(_ROUNDS):
        sin_lon, cos_lon = np.sin(longitude), np.cos(longitude)
        sin_arc = np.hypot(cos2 * sin_lon, cos1 * sin2 - sin1 * cos2 * cos_lon)
        arc = np.arctan2(sin_arc, sin1 * sin2 + cos1 * cos2 * cos_lon)
        sin_azimuth = _ratio(cos1 * cos2 * sin_lon, sin_arc)
        square = 1 - sin_azimuth**2
        cos_mid = np.cos(arc) - _ratio(2 * sin1 * sin2, square)
        cos_mid = np.where(square > _SETTLED, np.clip(cos_mid, -1, 1), 0.0)
        last, longitude = longitude, apart + _longitude_gain(sin_azimuth, square, arc, cos_mid)
        if (np.abs(longitude - last) < _STILL).all():
            break
    settled = (np.abs(longitude - last) < _SETTLED) & (np.abs(longitude) <= np.pi)
    return _length_km(square, arc, cos_mid), settled


def _by_bisection(one: np.ndarray, other: np.ndarray, apart: np.ndarray) -> np.ndarray:
    """Return lengths by halving the azimuth at the end that is farther from the equator."""
    far = np.abs(one) >= np.abs(other)
    start = -np.abs(np.where(far, one, other))
    end = np.where(far, other, one) * np.where(np.where(far, one, other) > 0, -1, 1)
    start = np.minimum(start, -1e-15)  # on the equator, as good as just south of it
    low, high = np.zeros_like(apart), np.full_like(apart, np.pi)
    for _ in range(_HALVINGS):
        azimuth = (low + high) / 2
        longitude, cos2, arc, cos_mid = _shoot(start, end, azimuth)
        low, high = (
            np.where(longitude < apart, azimuth, low),
            np.where(longitude < apart, high, azimuth),
        )
    return _length_km(cos2, arc, cos_mid)


def _shoot(
    start: np.ndarray, end: np.ndarray, azimuth: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Follow a geodesic northward to a latitude: longitude gained, and what lengths are made of."""
    sin_azimuth = np.sin(azimuth) * np.cos(start)
    along1 = np.cos(azimuth) * np.cos(start)
    along2 = np.sqrt(np.maximum(along1**2 + np.cos(end) ** 2 - np.cos(start) ** 2, 0.0))
    arc1, arc2 = np.arctan2(np.sin(start), along1), np.arctan2(np.sin(end), along2)
    lon1 = np.arctan2(sin_azimuth * np.sin(arc1), np.cos(arc1))
    lon2 = np.arctan2(sin_azimuth * np.sin(arc2), np.cos(arc2))
    arc, cos2, cos_mid = arc2 - arc1, 1 - sin_azimuth**2, np.cos(arc1 + arc2)
    gain = _longitude_gain(sin_azimuth, cos2, arc, cos_mid)
    return lon2 - lon1 - gain, cos2, arc, cos_mid


def lines_km(
    points: Float[np.ndarray, "point 2"], pairs: Int[np.ndarray, "line 2"]
) -> Float[np.ndarray, " line"]:
    """Return the lengths of many lines between a few points, sooner than `geodesic_km` does.

    Parameters
    ----------
    points
        Latitude and longitude [degrees].
    pairs
        The two points that each line joins.

    Returns
    -------
    numpy.ndarray
        Distance on the WGS 84 ellipsoid [km], to 1 in 100,000.

    Notes
    -----
    Source: Lambert (1942), Journal of the Washington Academy of Sciences 32(5), 125: the first
    order in the flattening. Lines of three quarters of a half-turn and more go to `geodesic_km`.

    Examples
    --------
    >>> points = np.array([[55.75, 37.62], [35.67, 51.43]])
    >>> lines_km(points, np.array([[0, 1]])).round(1)
    array([2466.7])
    """
    lat, lon = np.radians(points).T
    reduced = np.arctan((1 - _FLATTENING) * np.tan(lat))
    at = np.cos(reduced) * np.cos(lon), np.cos(reduced) * np.sin(lon), np.sin(reduced)
    km = np.empty(len(pairs))
    for begin in range(0, len(pairs), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        km[part] = _by_lambert(points, at, *pairs[part].T)
    return km


def _by_lambert(
    points: np.ndarray, at: tuple[np.ndarray, ...], one: np.ndarray, other: np.ndarray
) -> np.ndarray:
    height = at[2]
    chord2 = sum((part[one] - part[other]) ** 2 for part in at)
    half = np.minimum(chord2 / 4, 1.0)  # squared sine of half the arc
    arc = 2 * np.arcsin(np.sqrt(half))
    sine = 2 * np.sqrt(half * (1 - half))
    rise, fall = (height[one] + height[other]) ** 2 / 4, (height[one] - height[other]) ** 2 / 4
    far = arc > _LONG
    first = (arc - sine) * rise / np.where(far, 1.0, 1 - half)
    second = (arc + sine) * np.divide(fall, half, out=np.zeros_like(half), where=half > 0)
    km = _EQUATOR_KM * (arc - _FLATTENING / 2 * (first + second))
    km[far] = geodesic_km(points[one[far]], points[other[far]])
    return np.asarray(km)

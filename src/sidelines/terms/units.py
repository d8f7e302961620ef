"""Other people's units, converted once at the door."""

__all__ = [
    "KM_PER_NAUTICAL_MILE",
    "KM_PER_STATUTE_MILE",
    "TONNES_PER_SHORT_TON",
    "km_from_miles",
    "km_from_nautical_miles",
    "miles_from_km",
    "tonnes_from_short_tons",
]

KM_PER_NAUTICAL_MILE = 1.852
KM_PER_STATUTE_MILE = 1.609344
TONNES_PER_SHORT_TON = 0.90718474


def km_from_nautical_miles(distance_nm: float) -> float:
    """Convert nautical miles to km.

    >>> round(km_from_nautical_miles(6450.0))
    11945
    """
    return distance_nm * KM_PER_NAUTICAL_MILE


def km_from_miles(distance_mi: float) -> float:
    """Convert statute miles to km."""
    return distance_mi * KM_PER_STATUTE_MILE


def miles_from_km(distance_km: float) -> float:
    """Convert km to statute miles."""
    return distance_km / KM_PER_STATUTE_MILE


def tonnes_from_short_tons(mass_short_tons: float) -> float:
    """Convert US short tons to metric tonnes."""
    return mass_short_tons * TONNES_PER_SHORT_TON

"""Sustained lift: tonnes a day over a distance, and what share of a need they meet."""

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["airlift_t_per_day", "sealift_t_per_day", "sustained_share"]


def airlift_t_per_day(
    distance_km: Float[np.ndarray, "*#shape"],
    *,
    aircraft: Float[np.ndarray, "*#shape"],
    payload_t: Float[np.ndarray, "*#shape"],
    speed_km_per_h: Float[np.ndarray, "*#shape"],
    use_h_per_day: Float[np.ndarray, "*#shape"],
    available_share: Float[np.ndarray, "*#shape"],
    routing_factor: Float[np.ndarray, "*#shape"],
    shortest_leg_km: float,
) -> Float[np.ndarray, "*#shape"]:
    """Return what a fleet of aircraft delivers a day, flying to and fro.

    Parameters
    ----------
    distance_km
        One-way distance, at least zero [km]; a shorter one than `shortest_leg_km` counts as that.
    aircraft
        Aircraft owned [1].
    payload_t
        Planning payload of one aircraft [t].
    speed_km_per_h
        Block speed [km/h].
    use_h_per_day
        Flying hours per aircraft and day [h/day].
    available_share
        Share of the aircraft that fly [1].
    routing_factor
        Flown distance over shortest distance, at least 1 [1].
    shortest_leg_km
        Distance below which flying time falls no further, above zero [km].

    Returns
    -------
    numpy.ndarray
        Sustained throughput [t/day].

    Notes
    -----
    Source: US Air Force Pamphlet 10-1403, Air Mobility Planning Factors: fleet throughput =
    aircraft x payload x use rate / round-trip flying time; the formula is recalled.

    Examples
    --------
    >>> airlift_t_per_day(
    ...     np.array(5000.0),
    ...     aircraft=np.array(100.0),
    ...     payload_t=np.array(40.0),
    ...     speed_km_per_h=np.array(800.0),
    ...     use_h_per_day=np.array(10.0),
    ...     available_share=np.array(0.5),
    ...     routing_factor=np.array(1.0),
    ...     shortest_leg_km=500.0,
    ... ).round(0)
    np.float64(1600.0)
    """
    round_trip_h = 2 * np.maximum(distance_km, shortest_leg_km) * routing_factor / speed_km_per_h
    return aircraft * available_share * payload_t * use_h_per_day / round_trip_h


def sealift_t_per_day(
    distance_km: Float[np.ndarray, "*#shape"],
    *,
    ships: Float[np.ndarray, "*#shape"],
    payload_t: Float[np.ndarray, "*#shape"],
    speed_km_per_h: Float[np.ndarray, "*#shape"],
    port_days: Float[np.ndarray, "*#shape"],
    available_share: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return what a fleet of ships delivers a day, sailing to and fro.

    Parameters
    ----------
    distance_km
        One-way distance at sea, at least zero [km].
    ships
        Ships owned [1].
    payload_t
        Load of one ship [t].
    speed_km_per_h
        Speed [km/h].
    port_days
        Days in port per round trip, above zero [days].
    available_share
        Share of the ships that sail [1].

    Returns
    -------
    numpy.ndarray
        Sustained throughput [t/day].

    Notes
    -----
    Source: sailings = ships x days / (2 x distance / (24 x speed) + port days), the usual planning
    formula of sealift studies; recalled.

    Examples
    --------
    >>> sealift_t_per_day(
    ...     np.array(10000.0),
    ...     ships=np.array(10.0),
    ...     payload_t=np.array(8000.0),
    ...     speed_km_per_h=np.array(30.0),
    ...     port_days=np.array(6.0),
    ...     available_share=np.array(0.5),
    ... ).round(0)
    np.float64(1184.0)
    """
    cycle_days = 2 * distance_km / (24 * speed_km_per_h) + port_days
    return ships * available_share * payload_t / cycle_days


def sustained_share(
    lift_t_per_day: Float[np.ndarray, "*#shape"], *, need_t_per_day: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*#shape"]:
    """Return the share of a force's daily need that the lift meets.

    Parameters
    ----------
    lift_t_per_day
        Sustained throughput, at least zero [t/day].
    need_t_per_day
        What the force consumes, above zero [t/day].

    Returns
    -------
    numpy.ndarray
        Share met, from 0 to 1 [1].

    Notes
    -----
    Source: definition; a force that gets half its need can sustain half of itself.

    Examples
    --------
    >>> sustained_share(np.array([500.0, 5000.0]), need_t_per_day=np.array(1000.0))
    array([0.5, 1. ])
    """
    return np.minimum(lift_t_per_day / need_t_per_day, 1.0)

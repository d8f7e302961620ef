"""Lift: tonnes a day over a distance, what limits them, and days until a force is there."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Float, Int

__all__ = [
    "LIMITS",
    "Flow",
    "airlift_t_per_day",
    "closure_days",
    "cycle_h",
    "delivery_days",
    "fleet_t_per_day",
    "flow",
    "missions_per_day",
    "sealift_t_per_day",
    "station_t_per_day",
    "sustained_share",
    "tonne_km_per_day",
    "voyage_days",
]

LIMITS = ("aircraft", "airfield", "leg range", "ships", "port", "rail")
"""What may limit a flow, in the words that a report uses."""


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


def cycle_h(
    flying_h: Float[np.ndarray, "*#shape"], *, ground_h: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*#shape"]:
    """Return how long an aircraft takes from one start with cargo to the next.

    Parameters
    ----------
    flying_h
        Flying time of a round trip, at least zero [h].
    ground_h
        Time on the ground of a round trip: loading, stops, unloading [h].

    Returns
    -------
    numpy.ndarray
        Cycle time [h].

    Notes
    -----
    Source: US Air Force Pamphlet 10-1403, Air Mobility Planning Factors: cycle time = round-trip
    flying time + round-trip ground time; recalled.

    Examples
    --------
    >>> cycle_h(np.array(26.0), ground_h=np.array(10.0))
    np.float64(36.0)
    """
    return flying_h + ground_h


def missions_per_day(
    aircraft: Float[np.ndarray, "*#shape"],
    *,
    flying_h: Float[np.ndarray, "*#shape"],
    ground_h: Float[np.ndarray, "*#shape"],
    use_h_per_day: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return how many loads a fleet starts with every day.

    Flying hours limit it on long ways, time on the ground on short ones.

    Parameters
    ----------
    aircraft
        Aircraft on the task, at least zero [1].
    flying_h
        Flying time of a round trip, above zero, infinite where there is no way [h].
    ground_h
        Time on the ground of a round trip, at least zero [h].
    use_h_per_day
        Hours that an aircraft can fly a day (use rate) [h/day].

    Returns
    -------
    numpy.ndarray
        Missions a day [1/day].

    Notes
    -----
    Source: US Air Force Pamphlet 10-1403, Air Mobility Planning Factors: missions = aircraft x use
    rate / round-trip flying time, at most one per cycle time; recalled.

    Examples
    --------
    >>> missions_per_day(
    ...     np.array(78.0),
    ...     flying_h=np.array(26.4),
    ...     ground_h=np.array(12.0),
    ...     use_h_per_day=np.array(6.0),
    ... ).round(1)
    np.float64(17.7)
    """
    by_hours = use_h_per_day / flying_h
    return aircraft * np.minimum(by_hours, 24.0 / cycle_h(flying_h, ground_h=ground_h))


def fleet_t_per_day(
    aircraft: Float[np.ndarray, "*#shape"],
    *,
    payload_t: Float[np.ndarray, "*#shape"],
    flying_h: Float[np.ndarray, "*#shape"],
    ground_h: Float[np.ndarray, "*#shape"],
    use_h_per_day: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return what a fleet of aircraft delivers every day, whatever the airfields take.

    Parameters
    ----------
    aircraft
        Aircraft on the task, at least zero [1].
    payload_t
        Planning payload of one aircraft [t].
    flying_h
        Flying time of a round trip, above zero, infinite where there is no way [h].
    ground_h
        Time on the ground of a round trip, at least zero [h].
    use_h_per_day
        Hours that an aircraft can fly a day (use rate) [h/day].

    Returns
    -------
    numpy.ndarray
        Throughput [t/day].

    Notes
    -----
    Source: US Air Force Pamphlet 10-1403, Air Mobility Planning Factors: fleet throughput =
    aircraft x payload x use rate / round-trip flying time; recalled.

    Examples
    --------
    >>> fleet_t_per_day(
    ...     np.array(10.0),
    ...     payload_t=np.array(59.0),
    ...     flying_h=np.array(24.0),
    ...     ground_h=np.array(9.0),
    ...     use_h_per_day=np.array(12.0),
    ... )
    np.float64(295.0)
    """
    missions = missions_per_day(
        aircraft, flying_h=flying_h, ground_h=ground_h, use_h_per_day=use_h_per_day
    )
    return missions * payload_t


def station_t_per_day(
    aircraft_on_ground: Float[np.ndarray, "*#shape"],
    *,
    payload_t: Float[np.ndarray, "*#shape"],
    open_h_per_day: Float[np.ndarray, "*#shape"],
    ground_h: Float[np.ndarray, "*#shape"],
    queuing_share: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return what an airfield can take every day, however many aircraft come.

    Parameters
    ----------
    aircraft_on_ground
        Aircraft that can be served at once (maximum on ground, MOG), at least zero [1].
    payload_t
        Planning payload of one aircraft [t].
    open_h_per_day
        Hours that the airfield works a day [h/day].
    ground_h
        Time to serve one aircraft, above zero [h].
    queuing_share
        Share of its time that a place is used, between aircraft that come unevenly [1].

    Returns
    -------
    numpy.ndarray
        Throughput [t/day].

    Notes
    -----
    Source: US Air Force Pamphlet 10-1403 (2018), Air Mobility Planning Factors, formula 9.0:
    station capability = MOG x payload x operating hours / ground time x 0.85; as quoted by others.
    Stucker and Williams (1998), RAND, argue for reckoning the ground time from what serves.

    Examples
    --------
    >>> station_t_per_day(
    ...     np.array(6.0),
    ...     payload_t=np.array(59.0),
    ...     open_h_per_day=np.array(24.0),
    ...     ground_h=np.array(2.25),
    ...     queuing_share=np.array(0.85),
    ... ).round(0)
    np.float64(3210.0)
    """
    return aircraft_on_ground * payload_t * open_h_per_day / ground_h * queuing_share


def tonne_km_per_day(
    aircraft: Float[np.ndarray, "*#shape"],
    *,
    payload_t: Float[np.ndarray, "*#shape"],
    speed_km_per_h: Float[np.ndarray, "*#shape"],
    use_h_per_day: Float[np.ndarray, "*#shape"],
    productive_share: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the planners' measure of a fleet: tonne-kilometres a day.

    Parameters
    ----------
    aircraft
        Aircraft on the task, at least zero [1].
    payload_t
        Planning payload of one aircraft [t].
    speed_km_per_h
        Block speed [km/h].
    use_h_per_day
        Hours that an aircraft can fly a day (use rate) [h/day].
    productive_share
        Share of the kilometres flown with cargo, somewhat below a half [1].

    Returns
    -------
    numpy.ndarray
        Capacity [t km/day].

    Notes
    -----
    Source: US Air Force Pamphlet 10-1403, Air Mobility Planning Factors: million ton-miles a day =
    aircraft x block speed x payload x use rate x productivity factor (about 0.47); recalled.

    Examples
    --------
    >>> tonne_km_per_day(
    ...     np.array(222.0),
    ...     payload_t=np.array(59.0),
    ...     speed_km_per_h=np.array(780.0),
    ...     use_h_per_day=np.array(12.0),
    ...     productive_share=np.array(0.5),
    ... ).round(-6)
    np.float64(61000000.0)
    """
    return aircraft * payload_t * speed_km_per_h * use_h_per_day * productive_share


def voyage_days(
    distance_km: Float[np.ndarray, "*#shape"], *, speed_km_per_h: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*#shape"]:
    """Return the days that a ship is at sea one way.

    Parameters
    ----------
    distance_km
        Distance at sea, at least zero [km].
    speed_km_per_h
        Speed, above zero [km/h].

    Returns
    -------
    numpy.ndarray
        Days at sea [days].

    Notes
    -----
    Source: definition.

    Examples
    --------
    >>> voyage_days(np.array(6712.0), speed_km_per_h=np.array(37.04)).round(1)
    np.float64(7.6)
    """
    return distance_km / (24 * speed_km_per_h)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A flow and what limits it: tonnes a day, and per draw which of `names` is the narrowest."""

    t_per_day: Float[np.ndarray, "*shape"]
    names: tuple[str, ...]
    limit: Int[np.ndarray, "*shape"]


def flow(caps_t_per_day: Mapping[str, Float[np.ndarray, "*#shape"]]) -> Flow:
    """Return the flow through everything that limits it, and which of them does.

    Parameters
    ----------
    caps_t_per_day
        What each of the limits lets through, infinite where it does not count [t/day].

    Returns
    -------
    Flow
        The least of them, and its place among their names; of equals the first.

    Notes
    -----
    Source: definition; a chain carries what its narrowest link does.

    Examples
    --------
    >>> found = flow({"aircraft": np.array([900.0, 90.0]), "airfield": np.array([300.0, 300.0])})
    >>> found.t_per_day, [found.names[row] for row in found.limit]
    (array([300.,  90.]), ['airfield', 'aircraft'])
    """
    caps = np.stack(np.broadcast_arrays(*caps_t_per_day.values()))
    return Flow(
        t_per_day=caps.min(axis=0),
        names=tuple(caps_t_per_day),
        limit=np.asarray(caps.argmin(axis=0)),
    )


def closure_days(
    missions: Float[np.ndarray, "*#shape"],
    *,
    aircraft: Float[np.ndarray, "*#shape"],
    flying_h: Float[np.ndarray, "*#shape"],
    use_h_per_day: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the days that a fleet takes for a number of missions.

    Parameters
    ----------
    missions
        Missions to fly, at least zero [1].
    aircraft
        Aircraft on the task, at least zero; none at all never close [1].
    flying_h
        Flying time of a round trip [h].
    use_h_per_day
        Hours that an aircraft can fly a day (use rate), above zero [h/day].

    Returns
    -------
    numpy.ndarray
        Days to closure [days].

    Notes
    -----
    Source: US Air Force Pamphlet 10-1403, Air Mobility Planning Factors: closure = missions x
    round-trip flying time / (aircraft x use rate); recalled.

    Examples
    --------
    >>> closure_days(
    ...     np.array(567.0),
    ...     aircraft=np.array(78.0),
    ...     flying_h=np.array(26.4),
    ...     use_h_per_day=np.array(6.0),
    ... ).round(0)
    np.float64(32.0)
    """
    hours = np.asarray(aircraft * use_h_per_day)
    return np.divide(missions * flying_h, hours, out=_never(missions, hours), where=hours > 0)


def delivery_days(
    weight_t: Float[np.ndarray, "*#shape"],
    *,
    t_per_day: Float[np.ndarray, "*#shape"],
    first_arrival_days: Float[np.ndarray, "*#shape"],
) -> Float[np.ndarray, "*#shape"]:
    """Return the days until all of a force is there: first arrival, then the flow.

    Parameters
    ----------
    weight_t
        What has to be brought, above zero [t].
    t_per_day
        Sustained flow, at least zero; none at all never delivers [t/day].
    first_arrival_days
        Days until the first load is there, infinite where there is no way [days].

    Returns
    -------
    numpy.ndarray
        Days until the last load is there [days].

    Notes
    -----
    Source: definition; closure as in US Air Force Pamphlet 10-1403, Air Mobility Planning Factors.

    Examples
    --------
    >>> delivery_days(
    ...     np.array(15000.0),
    ...     t_per_day=np.array([1500.0, 0.0]),
    ...     first_arrival_days=np.array(2.0),
    ... )
    array([12., inf])
    """
    rate = np.asarray(t_per_day)
    return first_arrival_days + np.divide(
        weight_t, rate, out=_never(weight_t, rate), where=rate > 0
    )


def _never(*shaped: np.ndarray) -> np.ndarray:
    return np.full(np.broadcast_shapes(*(np.shape(one) for one in shaped)), np.inf)

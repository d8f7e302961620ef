"""Loss of strength on the way: published gradients, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from sidelines.terms.arrays import Float
from sidelines.terms.errors import UsageError, nearest, shown
from sidelines.terms.units import KM_PER_STATUTE_MILE

__all__ = [
    "GRADIENTS",
    "Gradient",
    "Journey",
    "exponential_share",
    "gradient",
    "granted_days_share",
    "linear_share",
    "travel_day_share",
]


def linear_share(
    distance_km: Float[np.ndarray, "*#shape"], *, reach_km: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*#shape"]:
    """Return the share of home strength left, falling in a straight line to nothing.

    Parameters
    ----------
    distance_km
        Distance from the nearest usable start, at least zero [km].
    reach_km
        Distance at which nothing is left, above zero [km].

    Returns
    -------
    numpy.ndarray
        Share of home strength left, from 0 to 1 [1].

    Notes
    -----
    Source: Boulding (1962), Conflict and Defense, ch. 12, the loss-of-strength gradient; recalled.

    Examples
    --------
    >>> linear_share(np.array([0.0, 5000.0, 20000.0]), reach_km=np.array([10000.0]))
    array([1. , 0.5, 0. ])
    """
    return np.maximum(1.0 - distance_km / reach_km, 0.0)


def exponential_share(
    distance_km: Float[np.ndarray, "*#shape"], *, e_fold_km: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*#shape"]:
    """Return the share of home strength left, falling by the same part every kilometre.

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
    Source: Boulding (1962), Conflict and Defense, ch. 12, in its exponential form; recalled.

    Examples
    --------
    >>> exponential_share(np.array([0.0, 4000.0]), e_fold_km=np.array([4000.0])).round(2)
    array([1.  , 0.37])
    """
    return np.exp(-distance_km / e_fold_km)


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


def granted_days_share(
    days: Float[np.ndarray, "*#shape"], *, half_life_days: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*#shape"]:
    """Return the share of home strength left, by days to deliver over the way that is granted.

    Refusals, missing bases and scarce lift make days of what the map shows as kilometres; a way
    that nobody grants takes forever and leaves nothing.

    Parameters
    ----------
    days
        Days until a force is delivered, at least zero, infinite where there is no way [days].
    half_life_days
        Days over which half the strength is lost, above zero [days].

    Returns
    -------
    numpy.ndarray
        Share of home strength left, from 0 to 1 [1].

    Notes
    -----
    Source: definition; Boulding's exponential gradient in days, as Bueno de Mesquita (1981)
    measures it, over ways as granted; the half-life is assumed, not published.

    Examples
    --------
    >>> granted_days_share(np.array([0.0, 30.0, np.inf]), half_life_days=np.array([30.0]))
    array([1. , 0.5, 0. ])
    """
    return np.exp2(-days / half_life_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What a gradient may look at: distance [km], days to deliver [days], home strength [1]."""

    distance_km: Float[np.ndarray, "*#shape"]
    days: Float[np.ndarray, "*#shape"]
    home_share: Float[np.ndarray, "*#shape"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradient:
    """A gradient with the name of the one parameter that scales it, and where it was published."""

    name: str
    scale: str
    source: str
    share: Callable[[Journey, Float[np.ndarray, "*#shape"]], Float[np.ndarray, "*#shape"]]


def _linear(journey: Journey, scale: np.ndarray) -> np.ndarray:
    return linear_share(journey.distance_km, reach_km=scale)


def _exponential(journey: Journey, scale: np.ndarray) -> np.ndarray:
    return exponential_share(journey.distance_km, e_fold_km=scale)


def _travel_day(journey: Journey, scale: np.ndarray) -> np.ndarray:
    return travel_day_share(journey.distance_km, journey.home_share, miles_per_day=scale)


def _granted_days(journey: Journey, scale: np.ndarray) -> np.ndarray:
    return granted_days_share(journey.days, half_life_days=scale)


GRADIENTS: Mapping[str, Gradient] = MappingProxyType(
    {
        one.name: one
        for one in (
            Gradient(
                name="granted-days",
                scale="half_life_days",
                source="Sidelines, after Boulding (1962) and Bueno de Mesquita (1981)",
                share=_granted_days,
            ),
            Gradient(
                name="travel-day",
                scale="miles_per_day",
                source="Bueno de Mesquita (1981), The War Trap; Bennett and Stam (2000), EUGene",
                share=_travel_day,
            ),
            Gradient(
                name="exponential",
                scale="e_fold_km",
                source="Boulding (1962), Conflict and Defense, exponential form",
                share=_exponential,
            ),
            Gradient(
                name="linear",
                scale="reach_km",
                source="Boulding (1962), Conflict and Defense",
                share=_linear,
            ),
        )
    }
)


def gradient(name: str) -> Gradient:
    """Return a gradient by its name.

    Raises
    ------
    UsageError
        If no gradient has that name.

    Notes
    -----
    Source: each gradient names its own.

    Examples
    --------
    >>> gradient("travel-day").scale
    'miles_per_day'
    """
    if name not in GRADIENTS:
        near = nearest(name, tuple(GRADIENTS))
        hint = f"Did you mean {near!r}?" if near else f"There are {', '.join(GRADIENTS)}."
        raise UsageError(f"There is no gradient called {shown(name)}.", hint=hint)
    return GRADIENTS[name]

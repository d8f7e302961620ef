"""Distances between states: the shortest between territories, and between capitals."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from sidelines.facts.official.folder import once_per_folder, read
from sidelines.facts.official.pairs import unordered

__all__ = ["Distances", "load_distances"]

_EARTH_RADIUS_KM = 6371.0088  # mean radius: IUGG (1980), Moritz, Geodetic Reference System 1980

Spell = tuple[int, int, float]
Seat = tuple[int, int, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Spells of the shortest distance [km] by unordered pair, and of capitals by state."""

    minimum: Mapping[tuple[int, int], tuple[Spell, ...]]
    capitals: Mapping[int, tuple[Seat, ...]]

    def minimum_km(self, a: int, b: int, year: int) -> float | None:
        """Return the shortest distance between two territories [km], or None."""
        held = self.minimum.get(unordered(a, b), ())
        return next((apart for first, last, apart in held if first <= year <= last), None)

    def capitals_km(self, a: int, b: int, year: int, *, nearest: bool = False) -> float | None:
        """Return the great circle between two capitals [km], or None.

        With `nearest` a year without a capital in the list takes the spell nearest in time.
        """
        one, other = (self._seat(cow, year, nearest=nearest) for cow in (a, b))
        return None if one is None or other is None else _great_circle_km(one, other)

    def _seat(self, cow: int, year: int, *, nearest: bool) -> tuple[float, float] | None:
        seats = self.capitals.get(cow, ())
        if not seats:
            return None
        first, last, lat, lon = min(seats, key=lambda seat: max(seat[0] - year, year - seat[1], 0))
        return (lat, lon) if nearest or first <= year <= last else None


def _great_circle_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance on a sphere [km]. Source: Sinnott (1984), Sky and Telescope 68(2)."""
    lat1, lon1, lat2, lon2 = map(radians, (*start, *end))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(chord, 1.0)))


@once_per_folder
def load_distances() -> Distances:
    """Return the distances of the user's copies."""
    return Distances(minimum=_minimum(), capitals=_capitals())


def _minimum() -> dict[tuple[int, int], tuple[Spell, ...]]:
    names = ["ccode1", "ccode2", "year_from", "year_to", "mindist_km"]
    columns = read("distance", "min_distance_spells_1886_2019.parquet", names)
    spells: dict[tuple[int, int], list[Spell]] = {}
    for a, b, *spell in zip(*(columns[name].tolist() for name in names), strict=True):
        first, last, apart = spell
        spells.setdefault(unordered(a, b), []).append((first, last, apart))
    return {pair: tuple(held) for pair, held in spells.items()}


def _capitals() -> dict[int, tuple[Seat, ...]]:
    names = ["ccode", "stdate", "enddate", "lat", "lng"]
    columns = read("states", "capitals.csv", names)
    seats: dict[int, list[Seat]] = {}
    for cow, start, end, lat, lon in zip(*(columns[name].tolist() for name in names), strict=True):
        seats.setdefault(cow, []).append((int(start[:4]), int(end[:4]), lat, lon))
    return {cow: tuple(held) for cow, held in seats.items()}

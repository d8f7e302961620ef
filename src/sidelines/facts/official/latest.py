"""The last value known: what a figure was at most a few years back."""

from collections.abc import Callable

__all__ = ["last_known"]


def last_known(
    look_up: Callable[[int, int], float | None], cow: int, *, year: int, back: int
) -> float | None:
    """Return the value of a year, else that of the nearest earlier year at most `back` years off.

    >>> last_known(lambda cow, year: 0.2 if year == 2016 else None, 2, year=2020, back=5)
    0.2
    """
    values = (look_up(cow, before) for before in range(year, year - back - 1, -1))
    return next((value for value in values if value is not None), None)

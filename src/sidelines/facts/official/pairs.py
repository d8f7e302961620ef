"""Pairs of states whose order does not matter."""

__all__ = ["unordered"]


def unordered(a: int, b: int) -> tuple[int, int]:
    """Return the pair with the lower number first.

    >>> unordered(365, 2)
    (2, 365)
    """
    return (a, b) if a <= b else (b, a)

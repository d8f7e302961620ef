"""scipy, the one package that fitting needs beyond the rest: loaded on first use."""

from importlib import import_module
from typing import Any

from sidelines.terms.errors import UsageError

__all__ = ["scipy_part"]


def scipy_part(name: str) -> Any:
    """Return a part of scipy by its name, or say how to install it.

    >>> float(scipy_part("special").ndtr(0.0))
    0.5
    """
    try:
        return import_module(f"scipy.{name}")
    except ModuleNotFoundError as missing:
        raise UsageError(
            "Fitting needs scipy, which is not installed.", hint="pip install 'sidelines[fit]'."
        ) from missing

"""scipy and scikit-learn, which fitting needs beyond the rest: loaded on first use."""

from importlib import import_module
from typing import Any

from sidelines.terms.errors import UsageError

__all__ = ["scipy_part", "sklearn_part"]


def scipy_part(name: str) -> Any:
    """Return a part of scipy by its name, or say how to install it.

    >>> float(scipy_part("special").ndtr(0.0))
    0.5
    """
    return _part(f"scipy.{name}", "scipy")


def sklearn_part(name: str) -> Any:
    """Return a part of scikit-learn by its name, or say how to install it.

    >>> sklearn_part("metrics").roc_auc_score([False, True], [0.1, 0.2])
    1.0
    """
    return _part(f"sklearn.{name}", "scikit-learn")


def _part(module: str, package: str) -> Any:
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"Fitting needs {package}, which is not installed.",
            hint="pip install '.[fit]'.",
        ) from missing

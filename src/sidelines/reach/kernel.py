"""The room's compiled kernel, where there is one; elsewhere its numpy twins, which are slower.

Both take the same steps; tests hold them together.
"""

import importlib
import os
from types import ModuleType

__all__ = ["compiled", "engine"]

_VERSION = 5  # of the calls in _kernel.c; raised together with the one there


def compiled() -> ModuleType | None:
    """Return the compiled kernel.

    Returns
    -------
    ModuleType or None
        None where it was not built, was built from another version of the source, or where the
        environment says SIDELINES_KERNEL=numpy.

    Notes
    -----
    Source: definition.
    """
    if os.environ.get("SIDELINES_KERNEL") == "numpy":
        return None
    try:
        module = importlib.import_module("sidelines.reach._kernel")
    except ImportError:
        return None
    return module if getattr(module, "VERSION", None) == _VERSION else None


def engine() -> str:
    """Return what finds ways here.

    Returns
    -------
    str
        'compiled' or 'numpy', which is some ten times slower.

    Notes
    -----
    Source: definition.
    """
    return "compiled" if compiled() else "numpy"

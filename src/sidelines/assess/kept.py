"""Draws that are dear to make, kept for a second asking as long as there is room."""

from collections.abc import Callable, Hashable
from threading import Lock

import numpy as np

__all__ = ["kept"]

_ROOM_BYTES = 2**26
_KEPT: dict[Hashable, np.ndarray] = {}
_ONE_AT_A_TIME = Lock()


def kept(key: Hashable, make: Callable[[], np.ndarray]) -> np.ndarray:
    """Return the draws under a key, made when first asked for; nobody may write into them.

    All that is kept fills at most 64 MiB; what has been there longest goes first.
    """
    found = _KEPT.get(key)
    if found is None:
        found = make()
        found.flags.writeable = False
        with _ONE_AT_A_TIME:
            _KEPT[key] = found
            while sum(one.nbytes for one in _KEPT.values()) > _ROOM_BYTES:
                del _KEPT[next(iter(_KEPT))]
    return found

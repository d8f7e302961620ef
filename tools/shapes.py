"""The checker behind the shapes in annotations; the test run names it in `pyproject.toml`."""

from typing import Any

import numpy as np
from beartype import BeartypeConf, beartype
from jaxtyping import Float

__all__ = ["check"]

# As in the type checker's eyes, a function that takes a float takes an int.
check = beartype(conf=BeartypeConf(is_pep484_tower=True))

# numpy turns arrays without axes into scalars as it computes: to a shape they are the same.
_Shaped: Any = type(Float[np.ndarray, ""])
_holds = _Shaped.__instancecheck__


def _holds_for_scalars_too(shaped: Any, value: object) -> bool:
    return bool(_holds(shaped, np.asarray(value) if isinstance(value, np.generic) else value))


_Shaped.__instancecheck__ = _holds_for_scalars_too

"""Draws of the model's slopes."""

import numpy as np

from sidelines.assess.parameters import Parameters
from sidelines.assess.sampling import draw_parameter
from sidelines.terms.arrays import Float

__all__ = ["draw_slopes"]


def draw_slopes(
    parameters: Parameters, *, draws: int, seed: int
) -> dict[str, Float[np.ndarray, " draw"]]:
    """Return draws of every slope by name; complementarity has one value and is off."""
    drawn = {
        name: draw_parameter(parameter, draws=draws, seed=seed, stream=f"slope {name}")
        for name, parameter in parameters.slopes.items()
    }
    return drawn | {"complementarity": np.full(draws, parameters.value("complementarity"))}

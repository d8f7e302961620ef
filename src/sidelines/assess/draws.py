"""Draws of the model's slopes and other numbers."""

import numpy as np

from sidelines.assess.parameters import Parameter, Parameters
from sidelines.assess.sampling import draw_parameter, standard_uniform
from sidelines.terms.arrays import Float
from sidelines.terms.normal import normal_quantile

__all__ = ["draw_number", "draw_slopes"]


def draw_number(
    parameter: Parameter, *, draws: int, seed: int, stream: str
) -> Float[np.ndarray, " draw"]:
    """Return draws of a number outside the slopes; shares and probabilities stay below one."""
    values = draw_parameter(parameter, draws=draws, seed=seed, stream=stream)
    return np.minimum(values, 1.0) if parameter.is_share else values


def draw_slopes(
    parameters: Parameters, *, draws: int, seed: int
) -> dict[str, Float[np.ndarray, " draw"]]:
    """Return draws of every slope by name; complementarity has one value and is off.

    Slopes that were fitted together are drawn together, log-normal around their medians.
    """
    drawn = {
        name: draw_parameter(parameter, draws=draws, seed=seed, stream=f"slope {name}")
        for name, parameter in parameters.slopes.items()
    }
    if parameters.together:
        streams = (f"slope {name}" for name in parameters.together)
        uniform = np.stack([standard_uniform(one, draws=draws, seed=seed) for one in streams])
        apart = normal_quantile(uniform)
        logs = np.array(parameters.factor) @ apart
        for name, log in zip(parameters.together, logs, strict=True):
            drawn[name] = parameters.slopes[name].value * np.exp(log)
    return drawn | {"complementarity": np.full(draws, parameters.value("complementarity"))}

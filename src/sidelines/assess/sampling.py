"""Draws of uncertain numbers: one stream per name, so that adding one leaves the others alone."""

import zlib
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from sidelines.assess.parameters import Parameter
from sidelines.crisis.quantity import Quantity
from sidelines.terms.arrays import Float
from sidelines.terms.normal import normal_quantile

__all__ = ["draw_parameter", "draw_quantity", "standard_uniform", "standard_uniforms"]

_Z80 = NormalDist().inv_cdf(0.9)


def _stream(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def standard_uniform(name: str, *, draws: int, seed: int) -> Float[np.ndarray, " draw"]:
    """Return uniform draws, one in each of `draws` equal strata, in an order of their own.

    Source: McKay, Beckman and Conover (1979), Technometrics 21(2), Latin hypercube sampling.
    """
    return standard_uniforms((name,), draws=draws, seed=seed)[0]


def standard_uniforms(
    names: Sequence[str], *, draws: int, seed: int
) -> Float[np.ndarray, "name draw"]:
    """Return the uniform draws of several names, each as `standard_uniform` has them."""
    found = np.empty((len(names), draws))
    for at, name in enumerate(names):
        stream = _stream(seed, name)
        found[at] = stream.permutation(draws)
        found[at] += stream.random(draws)
    found /= draws
    return found


def _triangular(uniform: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    if high == low:
        return np.full_like(uniform, mode)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - uniform) * (high - low) * (high - mode))
    return np.where(uniform < turn, rising, falling)


def draw_quantity(
    quantity: Quantity, name: str, *, draws: int, seed: int
) -> Float[np.ndarray, " draw"]:
    """Return draws of a number of a crisis file, inside the bounds it may not leave."""
    numbers = quantity.numbers
    uniform = standard_uniform(name, draws=draws, seed=seed)
    if quantity.kind == "value":
        return np.full(draws, numbers[0])
    if quantity.kind == "uniform":
        values = numbers[0] + uniform * (numbers[1] - numbers[0])
    elif quantity.kind == "triangular":
        values = _triangular(uniform, *numbers)
    elif quantity.kind == "normal":
        values = numbers[0] + numbers[1] * normal_quantile(uniform)
    elif quantity.kind == "lognormal":
        values = numbers[0] * np.exp(numbers[1] * normal_quantile(uniform))
    else:
        values = _stream(seed, name).beta(numbers[0], numbers[1], size=draws)
    return np.clip(values, quantity.low, quantity.high)


def draw_parameter(
    parameter: Parameter, *, draws: int, seed: int, stream: str
) -> Float[np.ndarray, " draw"]:
    """Return draws of a parameter: log-normal around its value, its range holding 80 %."""
    sigma = np.log(parameter.high / parameter.low) / (2 * _Z80)
    uniform = standard_uniform(stream, draws=draws, seed=seed)
    return parameter.value * np.exp(sigma * normal_quantile(uniform))

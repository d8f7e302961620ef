"""The way to the top of a smooth function: BFGS first, then Newton until nothing is left."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sidelines.history.extra import scipy_part
from sidelines.terms.arrays import Float

__all__ = ["Hessian", "Objective", "Optimum", "climb", "differenced_hessian"]

Objective = Callable[[np.ndarray], tuple[float, np.ndarray]]
Hessian = Callable[[np.ndarray], np.ndarray]

_DIFFERENCE = 1e-4  # truncation 1e-8 against the noise of gradients that are solved to 1e-10
_NEWTON_STEPS, _HALVINGS = 30, 30
_NOTHING_LEFT = 1e-18
_FLAT, _FLAT_BY_DIFFERENCES = 1e-11, 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """Where the climb ended.

    - `curvature`: the negative Hessian there
    - `decrement`: twice the gain that a further Newton step promises, the squared distance to the
      top in standard errors
    - `flat`: the direction in which the function does not fall, None at a proper top
    - `rising`: whether it bends upwards there, as it does beside a jump
    - `evaluations`: how often the function was asked
    """

    at: Float[np.ndarray, " slope"]
    value: float
    gradient: Float[np.ndarray, " slope"]
    curvature: Float[np.ndarray, "slope slope"]
    decrement: float
    flat: Float[np.ndarray, " slope"] | None
    rising: bool
    evaluations: int


def climb(
    objective: Objective,
    start: Float[np.ndarray, " slope"],
    *,
    hessian: Hessian | None = None,
    max_steps: int = 500,
) -> Optimum:
    """Return the top that is reached from a start.

    BFGS goes the way (Nocedal and Wright 2006, chapter 6), Newton steps with halving the last of
    it. Differences of the gradient stand in for a Hessian that is not given. Where the function is
    not finite the climb does not go.
    """
    calls = 0

    def fall(at: np.ndarray) -> tuple[float, np.ndarray]:
        nonlocal calls
        calls += 1
        value, gradient = objective(at)
        return (-value, -gradient) if np.isfinite(value) else (np.inf, np.zeros_like(at))

    def curve(at: np.ndarray) -> np.ndarray:
        return differenced_hessian(fall, at) if hessian is None else -hessian(at)

    with np.errstate(over="ignore", invalid="ignore"):
        found = scipy_part("optimize").minimize(
            fall, start, method="BFGS", jac=True, options={"gtol": 1e-5, "maxiter": max_steps}
        )
    at, (value, gradient) = found.x, fall(found.x)
    curvature, flattest = curve(at), _FLAT_BY_DIFFERENCES if hessian is None else _FLAT
    for _ in range(_NEWTON_STEPS):
        step, flat, rising = _newton_step(curvature, gradient, flattest=flattest)
        better = _step_down(fall, at, value=value, gradient=gradient, step=step)
        if better is None or -gradient @ step < _NOTHING_LEFT:
            break
        at, value, gradient = better
        curvature = curve(at)
    return Optimum(
        at=at,
        value=-value,
        gradient=-gradient,
        curvature=curvature,
        decrement=float(-gradient @ step),
        flat=flat,
        rising=rising,
        evaluations=calls,
    )


def differenced_hessian(
    objective: Objective, at: Float[np.ndarray, " slope"]
) -> Float[np.ndarray, "slope slope"]:
    """Return the symmetric part of the central differences of the gradient."""
    lengths = _DIFFERENCE * np.maximum(1.0, np.abs(at))
    rows = [
        (objective(at + move)[1] - objective(at - move)[1]) / (2.0 * length)
        for length, move in zip(lengths, np.diag(lengths), strict=True)
    ]
    square = np.array(rows)
    return 0.5 * (square + square.T)


def _newton_step(
    curvature: np.ndarray, gradient: np.ndarray, *, flattest: float
) -> tuple[np.ndarray, np.ndarray | None, bool]:
    """Return a step that goes down every way, the way that is flat, if any, and if it bends up."""
    size = np.abs(np.diag(curvature))
    scale = np.sqrt(np.where(size > np.finfo(float).tiny, size, 1.0))
    bends, directions = np.linalg.eigh(curvature / np.outer(scale, scale))
    steep = np.maximum(np.abs(bends), flattest)
    step = -(directions / steep @ (directions.T @ (gradient / scale))) / scale
    flat = None if bends[0] > flattest else directions[:, 0] / scale
    return step, flat, bool(bends[0] < -flattest)


def _step_down(
    fall: Objective, at: np.ndarray, *, value: float, gradient: np.ndarray, step: np.ndarray
) -> tuple[np.ndarray, float, np.ndarray] | None:
    """Return the next point, or None where neither value nor gradient gets smaller."""
    noise = 1e-13 * max(1.0, abs(value))
    for halving in range(_HALVINGS):
        there = at + 0.5**halving * step
        found, slope = fall(there)
        if found < value - noise or (
            found <= value + noise and np.abs(slope).max() < np.abs(gradient).max()
        ):
            return there, found, slope
    return None

"""Small models whose answers are known: a normal mean, counts, and made-up strategic cases."""

from collections.abc import Callable

import numpy as np
import pytest

from sidelines.history.estimate import Likelihood

Model = Callable[..., Likelihood]


def normal_mean(seen: np.ndarray, sd: float = 1.0) -> Likelihood:
    """Return the model of rows that scatter with a known spread around one slope, `level`."""
    seen = np.asarray(seen, dtype=float)

    def value(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        off = (seen - slopes[0]) / sd
        height = len(seen) * np.log(sd * np.sqrt(2 * np.pi))
        return float(-0.5 * off @ off - height), np.array([off.sum() / sd])

    def scores(slopes: np.ndarray) -> np.ndarray:
        return ((seen - slopes[0]) / sd**2)[:, None]

    return Likelihood(names=("level",), rows=len(seen), value=value, scores=scores)


def counts(seen: np.ndarray, design: np.ndarray) -> Likelihood:
    """Return the model of Poisson counts with rate exp(design @ slopes)."""

    def value(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        log_rate = design @ slopes
        return float(seen @ log_rate - np.exp(log_rate).sum()), design.T @ (seen - np.exp(log_rate))

    def scores(slopes: np.ndarray) -> np.ndarray:
        return design * (seen - np.exp(design @ slopes))[:, None]

    def hessian(slopes: np.ndarray) -> np.ndarray:
        return -design.T @ (np.exp(design @ slopes)[:, None] * design)

    names = tuple(f"x{which}" for which in range(design.shape[1]))
    return Likelihood(names=names, rows=len(seen), value=value, scores=scores, hessian=hessian)


@pytest.fixture(scope="session")
def normal_model() -> Model:
    return normal_mean


@pytest.fixture(scope="session")
def count_model() -> Model:
    return counts

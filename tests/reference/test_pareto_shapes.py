"""k-hat and effective sample size agree with another program: `pareto_shapes.toml`."""

import tomllib
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from sidelines.history.pareto import smooth_tail

CASES = tomllib.loads(Path(__file__).with_name("pareto_shapes.toml").read_text(encoding="utf-8"))


def log_ratios(kind: str, size: float, draws: int) -> np.ndarray:
    chance = (np.arange(draws) + 0.5) / draws
    if kind == "pareto":
        return -size * np.log1p(-chance)
    z = np.array([NormalDist().inv_cdf(one) for one in chance])
    return size * (z if kind == "log-normal" else z**2)


@pytest.mark.parametrize("case", CASES["case"])
def test_shape_and_effective_sample_size_are_those_of_arviz(case: dict[str, Any]) -> None:
    smoothed = smooth_tail(log_ratios(case["kind"], case["size"], case["draws"]))
    weight = np.exp(smoothed.log_weights)
    assert smoothed.shape == pytest.approx(case["shape"], abs=1e-12)
    assert 1 / (weight @ weight) == pytest.approx(case["effective"], rel=1e-12)

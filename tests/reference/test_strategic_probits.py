"""Published strategic probits come out again: `strategic_probits.toml`, on the real cases."""

import csv
from pathlib import Path

import numpy as np
import pytest

import strategic_fits

CASES = strategic_fits.read_cases()


def published(research_data: Path, model: str) -> tuple[np.ndarray, np.ndarray]:
    """Return what the R package printed: estimates and standard errors."""
    with (research_data / "deterrence/reference_fits.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["model"] == model]
    return tuple(np.array([float(row[key]) for row in rows]) for key in ("estimate", "se"))


@pytest.mark.parametrize("name", list(CASES))
def test_the_log_likelihood_is_the_published_one_or_higher(name: str, research_data: Path) -> None:
    fit = strategic_fits.fit(CASES[name], research_data)
    assert fit.converged
    assert fit.rows == CASES[name]["rows"]
    assert fit.gradient_norm < 1e-8
    assert 0 <= fit.log_likelihood - CASES[name]["log_likelihood"] < 1e-5


@pytest.mark.parametrize("name", list(CASES))
def test_coefficients_are_the_published_ones(name: str, research_data: Path) -> None:
    fit = strategic_fits.fit(CASES[name], research_data)
    estimates, errors = published(research_data, CASES[name]["reference"])
    # The R package's logit divides by the square root of two, as its probit does; ours has
    # shocks of scale one, as the replies of `choice` have.
    unit = np.sqrt(2.0) if "logit" in name else 1.0
    ours, spread = (unit * np.array([*part.values()]) for part in (fit.slopes, fit.standard_errors))
    assert np.abs((ours - estimates) / errors).max() < 1e-2
    assert np.abs(spread / errors - 1).max() < 1e-2

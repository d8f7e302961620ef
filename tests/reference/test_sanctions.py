"""The sanctions game of Crisman-Cox and Gibilisco (2019), against the numbers of the R package.

Source of the numbers: sigInt 0.2.0 on its own data set, `reference_fits.csv` beside the data.
"""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from sidelines.choice.crisis_signalling import SignallingGame, resist_equilibria, resist_prob
from sidelines.choice.roots import roots_on_grid
from sidelines.history.sanctions_fit import (
    Design,
    design,
    fit_nested,
    fit_pseudo,
    game_of,
    pseudo_log_likelihood,
)
from sidelines.terms.normal import bivariate_normal_cdf, normal_cdf

PSEUDO, NESTED = -3963.9557563186, -3932.4473775520
Table = dict[str, np.ndarray]


@pytest.fixture(scope="module")
def table(research_data: Path) -> Table:
    """Return the columns of the 418 dyad-decades."""
    with (research_data / "deterrence/sanctions_ties.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        name: np.array([float(row[name]) for row in rows]) for name in rows[0] if name != "gameID"
    }


@pytest.fixture(scope="module")
def counts(table: Table) -> np.ndarray:
    return np.stack([table[name] for name in ("sq", "cd", "sf", "bd")], axis=1)


@pytest.fixture(scope="module")
def regressors(table: Table) -> Design:
    return design(table)


def published(research_data: Path, kind: str) -> np.ndarray:
    with (research_data / "deterrence/reference_fits.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    chosen = [row for row in rows if row["model"] == f"sanctions_ties, {kind}"]
    return np.array([float(row["estimate"]) for row in chosen])


def multiple(roots: np.ndarray) -> int:
    return int(((~np.isnan(roots)).sum(axis=1) > 1).sum())


def test_the_likelihood_at_the_published_coefficients_is_the_published_one(
    research_data: Path, table: Table, regressors: Design, counts: np.ndarray
) -> None:
    game = game_of(regressors, published(research_data, "pseudo-likelihood"))
    value, _ = pseudo_log_likelihood(game, counts, resist=table["PRhat"], stand=table["PFhat"])
    assert value == pytest.approx(PSEUDO, abs=1e-9)


def test_our_optimum_is_the_published_one(
    research_data: Path, table: Table, regressors: Design, counts: np.ndarray
) -> None:
    fit = fit_pseudo(regressors, counts, resist=table["PRhat"], stand=table["PFhat"])
    assert fit.log_likelihood >= PSEUDO - 1e-9
    assert fit.vector == pytest.approx(published(research_data, "pseudo-likelihood"), abs=1e-7)


def test_nesting_ends_where_the_published_fit_does(
    research_data: Path, table: Table, regressors: Design, counts: np.ndarray
) -> None:
    fit = fit_nested(regressors, counts, resist=table["PRnpl"], stand=table["PFnpl"])
    assert fit.settled
    assert fit.log_likelihood == pytest.approx(NESTED, abs=1e-6)
    known = published(research_data, "nested pseudo-likelihood")
    assert fit.vector == pytest.approx(known, abs=1e-6)


def test_the_nested_fit_has_one_equilibrium_in_each_game(
    research_data: Path, table: Table, regressors: Design
) -> None:
    game = game_of(regressors, published(research_data, "nested pseudo-likelihood"))
    found = resist_equilibria(game, points=100)
    assert multiple(found) == 0
    assert found[:, 0] == pytest.approx(table["PRnpl"], abs=1e-7)


def floored_equilibria(game: SignallingGame) -> np.ndarray:
    """Return equilibria as the package finds them: the chance of a challenge at least 2.2e-16."""

    def off(resist: np.ndarray) -> np.ndarray:
        c = (game.SA[:, None] - (1 - resist) * game.VA[:, None]) / resist
        firm, back = game.WA[:, None] - c, game.a[:, None] - c
        challenge = 1.0 - normal_cdf(-firm) * normal_cdf(-back)
        lead = (firm - back) / math.sqrt(2)
        stand = bivariate_normal_cdf(lead, firm, correlation=math.sqrt(0.5))
        floored = stand / np.maximum(challenge, np.finfo(float).eps)
        return resist - resist_prob(game, floored)

    grid = np.tile(np.linspace(1e-4, 1.0, 1000), (len(game.SA), 1))
    return roots_on_grid(off, grid)


def test_the_second_equilibria_of_the_pseudo_fit_come_from_a_floor(
    research_data: Path, regressors: Design
) -> None:
    game = game_of(regressors, published(research_data, "pseudo-likelihood"))
    assert multiple(floored_equilibria(game)) == 58
    assert multiple(resist_equilibria(game, points=200)) == 0

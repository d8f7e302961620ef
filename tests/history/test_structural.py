"""The game learned from made-up contests, one a year from 1950."""

from collections.abc import Callable

import numpy as np
import pytest

from sidelines.assess.parameters import load_parameters
from sidelines.history.belief import belief_of
from sidelines.history.past_games import FREE, PastGames, past_games
from sidelines.history.structural import StructuralFit, sign_probs, structural_fit

MakeCases = Callable[..., dict[str, np.ndarray]]
PARAMETERS = load_parameters()


@pytest.fixture(scope="module")
def games(make_cases: MakeCases) -> PastGames:
    return past_games(make_cases(30), PARAMETERS)


@pytest.fixture(scope="module")
def fitted(games: PastGames) -> StructuralFit:
    return structural_fit(games, 1970, PARAMETERS)


def test_a_fit_sees_the_contests_that_began_before_its_year(fitted: StructuralFit) -> None:
    assert (fitted.before, fitted.contests) == (1970, 20)
    assert fitted.fit.converged


def test_later_contests_change_nothing(fitted: StructuralFit, make_cases: MakeCases) -> None:
    table = make_cases(30)
    early = {name: values[table["crisis_year"] < 1970] for name, values in table.items()}
    alone = structural_fit(past_games(early, PARAMETERS), 1970, PARAMETERS)
    assert alone.fit.slopes == pytest.approx(fitted.fit.slopes, rel=1e-6)


def test_every_free_slope_keeps_the_sign_of_theory(fitted: StructuralFit) -> None:
    assert set(fitted.fit.slopes) == set(FREE)
    assert min(fitted.fit.slopes.values()) > 0


def test_a_climb_from_elsewhere_ends_at_the_same_top(
    games: PastGames, fitted: StructuralFit
) -> None:
    start = {name: 1.3 * value for name, value in fitted.fit.slopes.items()}
    again = structural_fit(games, 1970, PARAMETERS, start=start)
    assert again.fit.slopes == pytest.approx(fitted.fit.slopes, rel=1e-3)


def test_a_long_forgotten_past_leaves_the_prior(games: PastGames) -> None:
    late = structural_fit(games, 2400, PARAMETERS).fit.slopes
    centres = {name: float(np.exp(belief_of(PARAMETERS.slopes[name]).mean)) for name in FREE}
    assert late == pytest.approx(centres, rel=1e-3)


def test_the_chance_of_a_sign_is_a_chance(games: PastGames, fitted: StructuralFit) -> None:
    found = sign_probs(games, fitted, PARAMETERS)
    assert set(found) == set(FREE)
    assert all(0 <= chance <= 1 for chance in found.values())

"""The structural game learned from past crises: fits that forget, and what they teach.

Every fit sees the crises that began before its year, older ones counting less. What a fit says of
all contests, later ones included, is the structural forecast of that year.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sidelines.assess.parameters import Parameters
from sidelines.history.belief import Belief, belief_of, normal
from sidelines.history.columns import Columns
from sidelines.history.estimate import Fit, estimate
from sidelines.history.models.effects import case_weight
from sidelines.history.past_games import FREE, PastGames, chances_at, likelihood_of, past_games
from sidelines.terms.arrays import Float
from sidelines.terms.normal import normal_cdf

__all__ = ["HALF_LIFE_YEARS", "StructuralFit", "structural_fits", "with_signs"]

HALF_LIFE_YEARS = 15.0  # chosen on 1955-2017 (development): 15 and 30 years and no forgetting


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuralFit:
    """The game fitted to the crises before a year.

    `chances` are those of every case, whenever it was, by rung above nothing.
    """

    before: int
    fit: Fit
    chances: Float[np.ndarray, "case rung"]
    contests: int


def structural_fits(
    cases: Columns, years: Sequence[int], parameters: Parameters
) -> Iterator[StructuralFit]:
    """Yield the fits of some years, in their order; each starts where the one before ended."""
    games = past_games(cases, parameters)
    everything = np.arange(len(games.year))
    prior = _prior(parameters)
    start: np.ndarray | None = None
    for before in years:
        fit = _fitted(games, before, prior=prior, start=start)
        start = np.array([fit.slopes[name] for name in FREE])
        at_all = chances_at(games, fit.slopes, everything)
        yield StructuralFit(
            before=before,
            fit=fit,
            chances=at_all[games.contest, games.role],
            contests=int((games.year < before).sum()),
        )


def _prior(parameters: Parameters) -> dict[str, Belief]:
    return {name: belief_of(parameters.slopes[name]) for name in FREE}


def _fitted(
    games: PastGames, before: int, *, prior: Mapping[str, Belief], start: np.ndarray | None
) -> Fit:
    past = np.flatnonzero(games.year < before)
    weight = case_weight(games.year[past], origin=before, half_life_years=HALF_LIFE_YEARS)
    likelihood = likelihood_of(games, past, weight=weight)
    return estimate(likelihood, prior=prior, start=start)


def with_signs(cases: Columns, fitted: StructuralFit, parameters: Parameters) -> dict[str, float]:
    """Return the chance that each slope has the sign of theory, were no sign imposed.

    The game is fitted once more with normal priors around zero, as wide as the model's own value is
    large; the chance is that of the normal approximation at the top.
    """
    games = past_games(cases, parameters)
    wide = {name: normal(0.0, parameters.slopes[name].value) for name in FREE}
    start = np.array([fitted.fit.slopes[name] for name in FREE])
    free = _fitted(games, fitted.before, prior=wide, start=start)
    return {
        name: float(normal_cdf(np.array(free.slopes[name] / free.standard_errors[name])))
        for name in FREE
    }

"""The structural game learned from past crises, the older ones counting less."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.assess.parameters import Parameters
from sidelines.history.belief import Belief, belief_of, normal
from sidelines.history.estimate import Fit, estimate
from sidelines.history.models.effects import case_weight
from sidelines.history.past_games import FREE, PastGames, likelihood_of
from sidelines.terms.normal import normal_cdf

__all__ = ["HALF_LIFE_YEARS", "StructuralFit", "sign_probs", "structural_fit"]

HALF_LIFE_YEARS = 15.0  # chosen on 1955-2017 (development) among 15, 30 and no forgetting


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuralFit:
    """The game fitted to the contests of crises that began before a year."""

    before: int
    fit: Fit
    contests: int


def structural_fit(
    games: PastGames,
    before: int,
    parameters: Parameters,
    *,
    start: Mapping[str, float] | None = None,
) -> StructuralFit:
    """Return the most probable slopes; the climb begins at `start`, else at the priors' centres."""
    prior = {name: belief_of(parameters.slopes[name]) for name in FREE}
    return _fitted(games, before, prior=prior, start=start)


def _fitted(
    games: PastGames,
    before: int,
    *,
    prior: Mapping[str, Belief],
    start: Mapping[str, float] | None,
) -> StructuralFit:
    past = np.flatnonzero(games.year < before)
    weight = case_weight(games.year[past], origin=before, half_life_years=HALF_LIFE_YEARS)
    fit = estimate(
        likelihood_of(games, past, weight=weight),
        prior=prior,
        start=None if start is None else np.array([start[name] for name in FREE]),
    )
    return StructuralFit(before=before, fit=fit, contests=len(past))


def sign_probs(games: PastGames, fitted: StructuralFit, parameters: Parameters) -> dict[str, float]:
    """Return the chance that each slope has the sign of theory, were no sign imposed.

    The game is fitted once more with normal priors around zero, as wide as the model's own value is
    large; the chance is that of the normal approximation at the top.
    """
    wide = {name: normal(0.0, parameters.slopes[name].value) for name in FREE}
    free = _fitted(games, fitted.before, prior=wide, start=fitted.fit.slopes).fit
    return {
        name: float(normal_cdf(np.array(free.slopes[name] / free.standard_errors[name])))
        for name in FREE
    }

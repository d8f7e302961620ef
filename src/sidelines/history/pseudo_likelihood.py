"""Nested pseudo-likelihood: slopes and beliefs in turn, where the fixed point may not be unique.

Given beliefs about the others every reply is a plain logit, so each round is an easy climb; the
replies then become the beliefs of the next (Aguirregabiria and Mira 2007, Econometrica 75(1)). No
equilibrium has to be picked: where the rounds come to rest, beliefs and replies are one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from sidelines.choice.expectations import (
    Prepared,
    company,
    expected_outcomes,
    mixture,
    prepare,
    times,
)
from sidelines.choice.game import Game
from sidelines.choice.levels import level_totals
from sidelines.history.belief import Belief, slopes_at
from sidelines.history.estimate import Fit, estimate
from sidelines.history.game_design import GameDesign, game_at
from sidelines.history.game_likelihood import Answer, Solver, game_likelihood
from sidelines.history.nested import modes_for
from sidelines.terms.arrays import Bool, Float

__all__ = ["PseudoFit", "fit_pseudo_likelihood", "frozen_solver"]

_UNDAMPED_ROUNDS, _DAMPING = 20, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PseudoFit:
    """Slopes and beliefs at rest.

    `fit` maximises the likelihood of replies to `beliefs`; its standard errors take these as known
    and are too small by what the data leave open about them. `rounds` were run and `gap` is the
    largest change of a belief in the last one; `settled` says whether that is nothing.
    """

    fit: Fit
    beliefs: Float[np.ndarray, "crisis power act"]
    rounds: int
    gap: float
    settled: bool


def fit_pseudo_likelihood(
    design: GameDesign,
    seen: Bool[np.ndarray, "crisis power act"],
    *,
    prior: Mapping[str, Belief] | None = None,
    beliefs: Float[np.ndarray, "crisis power act"] | None = None,
    max_rounds: int = 200,
    tolerance: float = 1e-8,
) -> PseudoFit:
    """Return slopes and beliefs that answer to each other.

    The first beliefs are those given (a first stage, or an equilibrium at other slopes), else that
    every possible act is as likely as any. Beliefs that will not come to rest are damped after 20
    rounds (Kasahara and Shimotsu 2012, Econometrica 80(5)). Different first beliefs may come to
    rest at different places; the likeliest of these is the estimate.
    """
    prepared = prepare(design.base, modes=modes_for(design.base))
    held = _even(design.base) if beliefs is None else beliefs
    start, rounds = None, 0
    while True:
        rounds += 1
        solver = frozen_solver(prepared, held)
        fit = estimate(game_likelihood(design, seen, solver=solver), prior=prior, start=start)
        start = slopes_at(fit.free, fit.space)
        replies = solver(game_at(design, start)).prob
        gap = float(np.abs(replies - held).max())
        held = held + (1.0 if rounds <= _UNDAMPED_ROUNDS else _DAMPING) * (replies - held)
        if gap < tolerance or rounds >= max_rounds:
            return PseudoFit(fit=fit, beliefs=held, rounds=rounds, gap=gap, settled=gap < tolerance)


def _even(game: Game) -> np.ndarray:
    possible = np.isfinite(game.own).astype(float)
    return possible / possible.sum(axis=2, keepdims=True)


def frozen_solver(prepared: Prepared, beliefs: Float[np.ndarray, "crisis power act"]) -> Solver:
    """Return a solver that lets every power reply to fixed beliefs about the others."""
    save, war, heated, joined = _expectations(prepared, beliefs)

    def answer(game: Game) -> Answer:
        entrapment = game.entrapment[:, None, None]
        risk = war + entrapment * heated
        fellows = joined[:, :, None] * game.joining
        by_level = game.gain[:, :, None] * save - game.dread * risk
        by_level = by_level + game.complementarity[:, None, None] * fellows
        utility = game.own + by_level[:, :, game.level]
        weight = np.exp(utility - utility.max(axis=2, keepdims=True))
        prob = weight / weight.sum(axis=2, keepdims=True)

        def pull_back(bar: np.ndarray) -> dict[str, np.ndarray]:
            own = prob * (bar - (prob * bar).sum(axis=2, keepdims=True))
            worth = level_totals(game, own)
            return {
                "own": own,
                "gain": (worth * save).sum(axis=2),
                "dread": -worth * risk,
                "entrapment": -(worth * game.dread * heated).sum(axis=(1, 2)),
                "complementarity": (worth * fellows).sum(axis=(1, 2)),
            }

        return Answer(prob=prob, pull_back=pull_back)

    return answer


def _expectations(
    prepared: Prepared, beliefs: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return what each power expects at each of its levels: save, war, war by others' heat.

    The last is the company it expects.
    """
    game = prepared.game
    powers = range(game.shape[1])
    levels = level_totals(game, beliefs)
    mixtures = [mixture(prepared, levels[:, i], i) for i in powers]
    joined = (levels * game.joining).sum(axis=2)
    nobody = (np.ones_like(mixtures[0][0]), np.zeros_like(mixtures[0][0]))
    others = [reduce(times, mixtures[:i] + mixtures[i + 1 :], nobody) for i in powers]
    cold, hot = (
        replace(prepared, game=replace(game, entrapment=np.full(len(levels), theta)))
        for theta in (0.0, 1.0)
    )
    plain = [expected_outcomes(cold, others[i], i) for i in powers]
    entrapped = [expected_outcomes(hot, others[i], i)[1] for i in powers]
    save, war = (np.stack(part, axis=1) for part in zip(*plain, strict=True))
    fellows = np.stack([company(game, joined, i) for i in powers], axis=1)
    return save, war, np.stack(entrapped, axis=1) - war, fellows

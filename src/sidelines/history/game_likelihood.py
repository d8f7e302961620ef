"""The game among outside powers, fitted to what they did: nested fixed point.

At every trial of the slopes each crisis is solved anew, and the gradient passes through its
equilibrium (Rust 1987; Seim 2006).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.choice.game import Game
from sidelines.history.estimate import Likelihood
from sidelines.history.game_design import GameDesign, game_at
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.errors import UsageError

__all__ = ["Answer", "Solver", "draw_acts", "game_likelihood"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a solver says of some games: chances of acts, and a way back from their derivatives.

    `pull_back` takes derivatives of any statistic in `prob` and returns its derivatives in payoff
    arrays, by their names, everybody's answers included.
    """

    prob: Float[np.ndarray, "crisis power act"]
    pull_back: Callable[[np.ndarray], Mapping[str, np.ndarray]]


Solver = Callable[[Game], Answer]


def game_likelihood(
    design: GameDesign,
    seen: Bool[np.ndarray, "crisis power act"],
    *,
    solver: Solver,
    weight: Float[np.ndarray, " crisis"] | None = None,
) -> Likelihood:
    """Return the likelihood of observed acts at the belief fixed point; a crisis is a row.

    `seen` holds all acts that agree with what was observed: one of them where the act is known,
    several where a source tells less (at least weapons; some bundle of that rung), all where it
    tells nothing. Given the slopes, powers act independently. `weight` says how much each crisis
    counts, all alike where it is not given.
    """
    _check_seen(design, seen)
    counts = np.ones(len(seen)) if weight is None else weight

    def chances(answer: Answer) -> np.ndarray:
        return (answer.prob * seen).sum(axis=2)

    def scores_at(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        answer = solver(game_at(design, slopes))
        chance = chances(answer)
        pulled = answer.pull_back(seen / chance[:, :, None])
        height = np.log(chance).sum(axis=1) @ counts
        return float(height), _by_slope(design, pulled) * counts[:, None]

    def gradient(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        height, scores = scores_at(slopes)
        return height, scores.sum(axis=0)

    return Likelihood(
        names=design.names,
        rows=len(seen),
        log_prob=lambda slopes: float(
            np.log(chances(solver(game_at(design, slopes)))).sum(axis=1) @ counts
        ),
        gradient=gradient,
        scores=lambda slopes: scores_at(slopes)[1],
    )


def _by_slope(design: GameDesign, pulled: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return derivatives in payoff arrays as derivatives in slopes, crisis by crisis."""
    crises, slopes = design.base.shape[0], len(design.names)
    scores = np.zeros((crises, slopes))
    for array, x in design.parts.items():
        flat = np.reshape(pulled[array], (crises, 1, -1))
        scores += (flat @ x.reshape(crises, -1, slopes))[:, 0]
    return scores


def _check_seen(design: GameDesign, seen: np.ndarray) -> None:
    if seen.shape != design.base.shape:
        raise UsageError(
            f"What was seen has shape {seen.shape}, the games {design.base.shape}.",
            hint="Both are (crisis, power, act).",
        )
    possible = (seen & np.isfinite(design.base.own)).any(axis=2)
    if not possible.all():
        crisis, power = np.argwhere(~possible)[0]
        raise UsageError(
            f"Power {power} of crisis {crisis} did nothing that it can do.",
            hint="Mark every act that agrees with the source; all of them where it is silent.",
        )


def draw_acts(
    prob: Float[np.ndarray, "crisis power act"], rng: np.random.Generator
) -> Bool[np.ndarray, "crisis power act"]:
    """Return one act per power and crisis, drawn with the given chances."""
    at = rng.uniform(size=(*prob.shape[:2], 1)) * prob.sum(axis=2, keepdims=True)
    which = (np.cumsum(prob, axis=2) < at).sum(axis=2)
    return which[:, :, None] == np.arange(prob.shape[2])

"""The crisis signalling game fitted to sanctions: a reference case for signals.

Threats and sanctions of 418 dyad-decades, each with counts of the four outcomes. Pseudo-likelihood
takes first-stage beliefs as given; nested pseudo-likelihood replaces them by the fitted game's own
replies until they agree.

Source: Crisman-Cox and Gibilisco (2019), PSRM 9(3), Estimating Signaling Games in International
Relations; Aguirregabiria and Mira (2007), Econometrica 75(1), for the nesting.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sidelines.choice.crisis_signalling import SignallingGame, challenge_and_stand, resist_prob
from sidelines.terms.arrays import Float
from sidelines.terms.normal import log_normal_cdf, normal_cdf, normal_density

__all__ = [
    "SANCTIONS",
    "Design",
    "SignallingFit",
    "design",
    "fit_nested",
    "fit_pseudo",
    "game_of",
    "pseudo_log_likelihood",
]

Columns = Mapping[str, Float[np.ndarray, " game"]]
Design = dict[str, Float[np.ndarray, "game _"]]
Loss = Callable[[np.ndarray], tuple[float, np.ndarray]]

SANCTIONS = {
    "SA": ("sqrt(senderecondep)", "senderdemocracy", "contig", "ally"),
    "VA": ("(Intercept)", "anticipatedsendercosts"),
    "CB": ("(Intercept)", "sqrt(targetecondep)", "anticipatedtargetcosts", "contig", "ally"),
    "WA": ("(Intercept)", "sqrt(senderecondep)", "senderdemocracy", "lncaprat"),
    "WB": ("(Intercept)", "targetdemocracy", "lncaprat"),
    "a": ("(Intercept)", "senderdemocracy"),
}

_HALF, _TINY = math.sqrt(0.5), 1e-300
_STEP, _FLAT, _NEWTON_STEPS = 1e-5, 1e-7, 4
_LOG_ROOT_TAU = 0.5 * math.log(2.0 * math.pi)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignallingFit:
    """A fitted game: coefficients by payoff and term, and in a row; log-likelihood; beliefs.

    `settled` tells whether the beliefs had stopped moving.
    """

    coefficients: dict[str, dict[str, float]]
    vector: Float[np.ndarray, " term"]
    log_likelihood: float
    gradient_norm: float
    rounds: int
    settled: bool
    resist: Float[np.ndarray, " game"]
    stand: Float[np.ndarray, " game"]


def design(columns: Columns) -> Design:
    """Return the regressors of each payoff, in the order of `SANCTIONS`."""
    return {
        payoff: np.stack([_term(columns, term) for term in terms], axis=1)
        for payoff, terms in SANCTIONS.items()
    }


def _term(columns: Columns, term: str) -> np.ndarray:
    if term == "(Intercept)":
        return np.ones(len(next(iter(columns.values()))))
    if term.startswith("sqrt("):
        return np.sqrt(columns[term[5:-1]])
    return columns[term]


def game_of(regressors: Design, coefficients: Float[np.ndarray, " term"]) -> SignallingGame:
    """Return the games that coefficients give; what B gets when A backs down counts as zero."""
    ends = np.cumsum([matrix.shape[1] for matrix in regressors.values()])
    parts = np.split(coefficients, ends[:-1])
    payoffs = {
        name: matrix @ part for (name, matrix), part in zip(regressors.items(), parts, strict=True)
    }
    return SignallingGame(VB=np.zeros(len(payoffs["SA"])), **payoffs)


def pseudo_log_likelihood(
    game: SignallingGame,
    counts: Float[np.ndarray, "game outcome"],
    *,
    resist: Float[np.ndarray, " game"],
    stand: Float[np.ndarray, " game"],
) -> tuple[float, dict[str, Float[np.ndarray, " game"]]]:
    """Return the log-likelihood of counts of outcomes at given beliefs, and its slopes.

    The slopes are by payoff and game. An outcome that never happened adds nothing, however
    unlikely it was.
    """
    quiet, conceded, firm, backed = counts.T
    at_stake = _challenge_slopes(game, resist)
    worth = (stand * game.WB + (1.0 - stand) * game.VB - game.CB) / stand
    terms = (
        (quiet, at_stake["quiet"]),
        (conceded, at_stake["challenge"]),
        (firm, at_stake["firm"]),
        (backed, at_stake["backed"]),
    )
    value = sum(float((count * one.log).sum()) for count, one in terms)
    resisted = firm + backed
    value += float((resisted * log_normal_cdf(worth) + conceded * log_normal_cdf(-worth)).sum())
    by_threshold = sum(count * one.threshold for count, one in terms)
    push = resisted * _hazard(worth) - conceded * _hazard(-worth)
    return value, {
        "SA": by_threshold / resist,
        "VA": -by_threshold * (1.0 - resist) / resist,
        "WA": np.sum([count * one.firm for count, one in terms], axis=0),
        "a": np.sum([count * one.back for count, one in terms], axis=0),
        "WB": push,
        "CB": -push / stand,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slopes:
    """Logarithm of a chance, and its slopes in threshold, `WA` and `a`."""

    log: np.ndarray
    firm: np.ndarray
    back: np.ndarray

    @property
    def threshold(self) -> np.ndarray:
        """The chances depend on distances from the threshold alone."""
        return -self.firm - self.back


def _hazard(x: np.ndarray) -> np.ndarray:
    """Return density over distribution function, far out as well."""
    return np.exp(-0.5 * x**2 - _LOG_ROOT_TAU - log_normal_cdf(x))


def _challenge_slopes(game: SignallingGame, resist: np.ndarray) -> dict[str, _Slopes]:
    """Return A's part of the likelihood: quiet, challenge, challenge and firm, challenge and back.

    With `v`, `w` the distances of the threshold from `WA` and `a`, nobody challenges with
    `Phi(v) Phi(w)`; standing firm is `Phi2((v - w) / sqrt 2, -v)` at correlation `1 / sqrt 2`.
    """
    threshold = (game.SA - (1.0 - resist) * game.VA) / resist
    v, w = threshold - game.WA, threshold - game.a
    challenge, stands = (part[:, 0] for part in challenge_and_stand(game, resist[:, None]))
    lead = (w - v) * _HALF
    either = normal_density(lead) * normal_cdf(-(v + w) * _HALF) * _HALF
    above = normal_density(v) * normal_cdf(w)
    other = normal_density(w) * normal_cdf(v)
    firm, backed = challenge * stands, challenge * (1.0 - stands)

    def over(chance: np.ndarray, by_firm: np.ndarray, by_back: np.ndarray) -> _Slopes:
        held = np.maximum(chance, _TINY)
        return _Slopes(log=np.log(held), firm=by_firm / held, back=by_back / held)

    return {
        "quiet": _Slopes(
            log=log_normal_cdf(v) + log_normal_cdf(w), firm=-_hazard(v), back=-_hazard(w)
        ),
        "challenge": over(challenge, above, other),
        "firm": over(firm, either + above, -either),
        "backed": over(backed, -either, either + other),
    }


def fit_pseudo(
    regressors: Design,
    counts: Float[np.ndarray, "game outcome"],
    *,
    resist: Float[np.ndarray, " game"],
    stand: Float[np.ndarray, " game"],
    start: Float[np.ndarray, " term"] | None = None,
) -> SignallingFit:
    """Return the coefficients with the largest pseudo-likelihood at given beliefs.

    Without a start, BFGS goes from zero first; then Newton, which a start must be close enough for.
    """
    from scipy.optimize import minimize

    def loss(coefficients: np.ndarray) -> tuple[float, np.ndarray]:
        game = game_of(regressors, coefficients)
        value, slopes = pseudo_log_likelihood(game, counts, resist=resist, stand=stand)
        return -value, -np.concatenate([m.T @ slopes[name] for name, m in regressors.items()])

    if start is None:
        zero = np.zeros(sum(m.shape[1] for m in regressors.values()))
        start = minimize(loss, zero, jac=True, method="BFGS", options={"gtol": 1e-6}).x
    best = _polished(loss, start)
    value, slope = loss(best)
    return _fit(best, value, slope, resist, stand)


def _polished(loss: Loss, x: np.ndarray) -> np.ndarray:
    """Return the optimum after Newton steps, with curvature from differences of slopes."""
    slope = loss(x)[1]
    for _ in range(_NEWTON_STEPS):
        if np.abs(slope).max() < _FLAT:
            break
        steps = _STEP * np.eye(len(x))
        change = np.stack([loss(x + step)[1] - loss(x - step)[1] for step in steps])
        curvature = (change + change.T) / (4.0 * _STEP)
        x = x - np.linalg.solve(curvature, slope)
        slope = loss(x)[1]
    return x


def _fit(
    coefficients: np.ndarray,
    loss: float,
    slope: np.ndarray,
    resist: np.ndarray,
    stand: np.ndarray,
) -> SignallingFit:
    values = iter(map(float, coefficients))
    return SignallingFit(
        coefficients={
            payoff: {term: next(values) for term in terms} for payoff, terms in SANCTIONS.items()
        },
        vector=coefficients,
        log_likelihood=-loss,
        gradient_norm=float(np.abs(slope).max()),
        rounds=1,
        settled=True,
        resist=resist,
        stand=stand,
    )


def fit_nested(
    regressors: Design,
    counts: Float[np.ndarray, "game outcome"],
    *,
    resist: Float[np.ndarray, " game"],
    stand: Float[np.ndarray, " game"],
    tolerance: float = 1e-9,
    rounds: int = 200,
) -> SignallingFit:
    """Return the fit whose beliefs are its own replies, from first-stage beliefs.

    Each round fits the pseudo-likelihood and lets both players reply to the beliefs; it stops when
    no belief moves by more than the tolerance.
    """
    fit = fit_pseudo(regressors, counts, resist=resist, stand=stand)
    made, moved = 1, np.inf
    while moved >= tolerance and made <= rounds:
        game = game_of(regressors, fit.vector)
        new_resist = resist_prob(game, fit.stand[:, None])[:, 0]
        new_stand = challenge_and_stand(game, fit.resist[:, None])[1][:, 0]
        moved = max(np.abs(new_resist - fit.resist).max(), np.abs(new_stand - fit.stand).max())
        fit = fit_pseudo(regressors, counts, resist=new_resist, stand=new_stand, start=fit.vector)
        made += 1
    return replace(fit, rounds=made, settled=bool(moved < tolerance))

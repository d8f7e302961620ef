"""The belief fixed point: everybody's choice probabilities, each a reply to the others'.

Private logit shocks make every act possible, so the Bayesian Nash equilibrium is a fixed point in
probabilities, the agent quantal response equilibrium (McKelvey and Palfrey 1995, 1998; Seim 2006).
This numpy twin is the definition; `sidelines.choice.kernel` runs the same steps in C.
"""

from dataclasses import dataclass

import numpy as np

from sidelines.choice.fourier import MODES, PERIOD, fit, phases, table
from sidelines.choice.game import Game
from sidelines.choice.replies import save_prob, war_prob
from sidelines.terms.arrays import Complex, Float, Int

__all__ = [
    "Prepared",
    "Solution",
    "act_shares",
    "company",
    "expected_outcomes",
    "level_worth",
    "mixture",
    "prepare",
    "products_after",
    "reply",
    "settle",
    "times",
]

# From which round on a reply is followed how far: the more it swings, the less.
_STEP_FROM = ((0, 1.0), (50, 0.3), (200, 0.1), (600, 0.02))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A game ready to be solved.

    `worth` of each level, the log-sum-exp over its acts [log-odds]; the outcome functions save and
    war as Fourier sums over total strength, `phase` of every level, and the largest error of the
    two between the nodes, per draw [1].
    """

    game: Game
    worth: Float[np.ndarray, "draw power level"]
    phase: Complex[np.ndarray, "draw power level mode"]
    save: Complex[np.ndarray, "draw mode"]
    war: Complex[np.ndarray, "draw mode"]
    fit_error: Float[np.ndarray, " draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Chances of levels (draw, power, level) [1], and how each draw got there.

    `residual` is the largest change that the last round of replies made [1]; `steps` counts rounds.
    """

    prob: Float[np.ndarray, "draw power level"]
    residual: Float[np.ndarray, " draw"]
    steps: Int[np.ndarray, " draw"]


def act_shares(game: Game) -> Float[np.ndarray, "draw power act"]:
    """Return the chance of each act given that its level is chosen.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Shares; they sum to one over the possible acts of a level, zero where it has none [1].

    Notes
    -----
    Source: McFadden (1978), nests of alternatives that are alike to others.
    """
    worth = level_worth(game)[:, :, game.level]
    return np.exp(np.where(game.own == -np.inf, -np.inf, game.own - np.nan_to_num(worth)))


def level_worth(game: Game) -> np.ndarray:
    """Return the log-sum-exp of own worth over the acts of each level."""
    worth = np.full(game.strength.shape, -np.inf)
    for level in range(game.levels):
        own = game.own[:, :, game.level == level]
        top = own.max(axis=2, initial=-np.inf, keepdims=True)
        shift = np.where(top == -np.inf, 0.0, top)
        total = np.exp(own - shift).sum(axis=2)
        some = total > 0
        worth[:, :, level] = np.where(
            some, shift[..., 0] + np.log(np.where(some, total, 1.0)), top[..., 0]
        )
    return worth


def prepare(game: Game, *, modes: int = MODES[0]) -> Prepared:
    """Return the game with its outcome functions fitted over the strengths that can occur.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    modes
        Fourier modes for all draws [1].

    Returns
    -------
    Prepared
        Ready for `settle`; where `fit_error` is too large, more modes are wanted [1].

    Notes
    -----
    Source: Fourier sums of the outcome functions; see `sidelines.choice.fourier`.
    """
    low = game.strength.min(axis=2).sum(axis=1)
    high = game.strength.max(axis=2).sum(axis=1)
    span = np.maximum(high - low, 1e-6)
    parts = table(modes)
    at, between = (low[:, None] + span[:, None] * points for points in (parts.at, parts.between))
    earlier = at - PERIOD * span[:, None]
    shift = phases(low[:, None], span, modes)[:, 0, :].conj()
    series, errors = [], []
    for outcome in (save_prob, war_prob):
        coefficient = fit(outcome(at, game.exchange), outcome(earlier, game.exchange), modes)
        fitted = np.hstack([coefficient.real, coefficient.imag]) @ parts.check
        errors.append(np.abs(fitted - outcome(between, game.exchange)).max(axis=1))
        series.append(coefficient * shift)
    return Prepared(
        game=game,
        worth=level_worth(game),
        phase=phases(game.strength, span, modes),
        save=series[0],
        war=series[1],
        fit_error=np.maximum(*errors),
    )


_Dual = tuple[np.ndarray, np.ndarray]


def times(a: _Dual, b: _Dual) -> _Dual:
    """Multiply dual numbers: a product over powers, and the sum over whose heat stands in it."""
    return a[0] * b[0], a[1] * b[0] + a[0] * b[1]


def mixture(prepared: Prepared, prob: Float[np.ndarray, "draw level"], i: int) -> _Dual:
    """Return the characteristic function of power i's delivery, plain and weighted by heat."""
    weights = np.stack([prob, prob * prepared.game.heat[:, i]], axis=1)
    both = weights @ prepared.phase[:, i]
    return both[:, 0], both[:, 1]


def products_after(prepared: Prepared, mixtures: list[_Dual]) -> list[_Dual]:
    """Return the products over the mixtures from each place on; the last is empty."""
    one = np.ones_like(prepared.save)
    products = [(one, np.zeros_like(one))]
    for dual in reversed(mixtures):
        products.append(times(products[-1], dual))
    return products[::-1]


def company(game: Game, joined: Float[np.ndarray, "draw power"], i: int) -> np.ndarray:
    """Return the mean expected joining of the others on power i's side; none if it is alone."""
    others = (game.side == game.side[i]) & (np.arange(len(game.side)) != i)
    return joined[:, others].sum(axis=1) / max(others.sum(), 1)


def expected_outcomes(
    prepared: Prepared, others: _Dual, i: int
) -> tuple[Float[np.ndarray, "draw level"], Float[np.ndarray, "draw level"]]:
    """Return expected save, and war with entrapment, at each level of power i."""
    value, heated = others
    entrapped = value + prepared.game.entrapment[:, None] * heated
    series = np.stack([prepared.save * value, prepared.war * entrapped], axis=2)
    both = (prepared.phase[:, i] @ series).real
    return both[:, :, 0], both[:, :, 1]


def _answer(prepared: Prepared, others: _Dual, joined: np.ndarray, i: int) -> np.ndarray:
    """Return power i's logit reply, (draw, level)."""
    game = prepared.game
    save, risk = expected_outcomes(prepared, others, i)
    pull = game.complementarity * company(game, joined, i)
    utility = (
        prepared.worth[:, i]
        + game.gain[:, i, None] * save
        - game.dread[:, i] * risk
        + pull[:, None] * game.joining[:, i]
    )
    weight = np.exp(utility - utility.max(axis=1, keepdims=True))
    return weight / weight.sum(axis=1, keepdims=True)


def _round(prepared: Prepared, prob: np.ndarray, *, step: float, in_turn: bool) -> np.ndarray:
    """Return mixtures moved towards the replies: to the others as they were, or as they stand."""
    powers = range(prob.shape[1])
    new = prob.copy()
    mixtures = [mixture(prepared, prob[:, i], i) for i in powers]
    joined = (prob * prepared.game.joining).sum(axis=2)
    after = products_after(prepared, mixtures)
    before = after[-1]
    for i in powers:
        answer = _answer(prepared, times(before, after[i + 1]), joined, i)
        new[:, i] += step * (answer - new[:, i])
        if in_turn:
            mixtures[i] = mixture(prepared, new[:, i], i)
            joined[:, i] = (new[:, i] * prepared.game.joining[:, i]).sum(axis=1)
        before = times(before, mixtures[i])
    return new


def reply(
    prepared: Prepared, prob: Float[np.ndarray, "draw power level"]
) -> Float[np.ndarray, "draw power level"]:
    """Return everybody's logit reply to the others' choice probabilities.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    prob
        Chances of levels, of all powers [1].

    Returns
    -------
    numpy.ndarray
        Replies; each sums to one over levels [1].

    Notes
    -----
    Source: Bajari, Hong, Krainer and Nekipelov (2010), J. Bus. Econ. Stat. 28(4), for the belief
    fixed point; expectations by characteristic functions (see `sidelines.choice.fourier`).
    """
    return _round(prepared, prob, step=1.0, in_turn=False)


def settle(
    prepared: Prepared,
    start: Float[np.ndarray, "draw power level"],
    *,
    tolerance: float = 1e-10,
    max_steps: int = 3000,
) -> Solution:
    """Return the fixed point reached from a start by replying in turn, again and again.

    Parameters
    ----------
    prepared
        A prepared game [payoffs in log-odds].
    start
        Chances of levels to start from [1].
    tolerance
        Largest change in a round that counts as none [1].
    max_steps
        Rounds after which the search stops; `residual` then tells how far it is off [1].

    Returns
    -------
    Solution
        Probabilities, residuals and rounds; a draw that has settled is left alone [1].

    Notes
    -----
    Source: Gauss-Seidel successive approximation, undamped for 50 rounds, then by steps of 0.3,
    after 200 of 0.1, after 600 of 0.02; converges undamped where the certificate of
    `sidelines.choice.certificate` holds (Stein-Rosenberg).
    """
    prob = start.copy()
    residual = np.full(len(start), np.inf)
    steps = np.full(len(start), max_steps)
    for number in range(1, max_steps + 1):
        step = next(step for past, step in reversed(_STEP_FROM) if number > past)
        moving = residual >= tolerance
        new = _round(prepared, prob, step=step, in_turn=True)
        change = np.abs(new - prob).max(axis=(1, 2), initial=0.0) / step
        residual = np.where(moving, change, residual)
        prob = np.where(moving[:, None, None], new, prob)
        steps[moving & (residual < tolerance)] = number
        if (residual < tolerance).all():
            break
    return Solution(prob=prob, residual=residual, steps=steps)

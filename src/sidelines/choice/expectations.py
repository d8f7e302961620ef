"""What each power may expect: a game's outcomes as Fourier sums, and its mixtures as factors.

The numpy definition of what the kernel prepares before it solves.
"""

from dataclasses import dataclass

import numpy as np

from sidelines.choice.fourier import MODES, PERIOD, fit, phases, table
from sidelines.choice.game import Game
from sidelines.choice.replies import save_prob, war_prob
from sidelines.terms.arrays import Complex, Float

__all__ = [
    "Dual",
    "Prepared",
    "act_shares",
    "company",
    "expected_outcomes",
    "level_worth",
    "mixture",
    "prepare",
    "products_after",
    "times",
]

Dual = tuple[Complex[np.ndarray, "draw mode"], Complex[np.ndarray, "draw mode"]]
"""A dual number: a product over powers, and the sum over whose heat stands in it."""


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
    """Return the log-sum-exp of own worth over the acts of each level.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Worth (draw, power, level); minus infinity where no act is possible [log-odds].

    Notes
    -----
    Source: McFadden (1978), the inclusive value of a nest.
    """
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


def times(a: Dual, b: Dual) -> Dual:
    """Return the product of two dual numbers.

    Parameters
    ----------
    a, b
        Products over powers that have none in common [1].

    Returns
    -------
    tuple of numpy.ndarray
        The product over all of them, and the sum over whose heat stands in it [1].

    Notes
    -----
    Source: Clifford (1873), dual numbers; the second part carries heat once.
    """
    return a[0] * b[0], a[1] * b[0] + a[0] * b[1]


def mixture(prepared: Prepared, prob: Float[np.ndarray, "draw level"], i: int) -> Dual:
    """Return the characteristic function of what a power delivers, plain and weighted by heat.

    Parameters
    ----------
    prepared
        A prepared game.
    prob
        The power's chances of levels [1].
    i
        Which power.

    Returns
    -------
    tuple of numpy.ndarray
        A dual number [1].

    Notes
    -----
    Source: definition.
    """
    weights = np.stack([prob, prob * prepared.game.heat[:, i]], axis=1)
    both = weights @ prepared.phase[:, i]
    return both[:, 0], both[:, 1]


def products_after(prepared: Prepared, mixtures: list[Dual]) -> list[Dual]:
    """Return the products over the mixtures from each place on; the last is empty.

    Parameters
    ----------
    prepared
        A prepared game.
    mixtures
        Dual numbers, in order [1].

    Returns
    -------
    list of tuple
        One more than there are mixtures [1].

    Notes
    -----
    Source: definition; suffix products, so that leaving one out needs no division.
    """
    one = np.ones_like(prepared.save)
    products = [(one, np.zeros_like(one))]
    for dual in reversed(mixtures):
        products.append(times(products[-1], dual))
    return products[::-1]


def company(game: Game, joined: Float[np.ndarray, "draw power"], i: int) -> np.ndarray:
    """Return the mean expected joining of the others on a power's side; none if it is alone.

    Parameters
    ----------
    game
        A batch of games.
    joined
        Expected joining of every power [1].
    i
        Which power.

    Returns
    -------
    numpy.ndarray
        Mean over its fellows, per draw [1].

    Notes
    -----
    Source: Gibilisco and Montero (2022), J. of Politics, complementarity between interveners.
    """
    others = (game.side == game.side[i]) & (np.arange(len(game.side)) != i)
    return joined[:, others].sum(axis=1) / max(others.sum(), 1)


def expected_outcomes(
    prepared: Prepared, others: Dual, i: int
) -> tuple[Float[np.ndarray, "draw level"], Float[np.ndarray, "draw level"]]:
    """Return what a power may expect at each of its levels, given the others' mixtures.

    Parameters
    ----------
    prepared
        A prepared game.
    others
        The dual product over all other powers [1].
    i
        Which power.

    Returns
    -------
    numpy.ndarray
        Two: expected save, and expected war with entrapment [1].

    Notes
    -----
    Source: expectations by characteristic functions; see `sidelines.choice.fourier`.
    """
    value, heated = others
    entrapped = value + prepared.game.entrapment[:, None] * heated
    series = np.stack([prepared.save * value, prepared.war * entrapped], axis=2)
    both = (prepared.phase[:, i] @ series).real
    return both[:, :, 0], both[:, :, 1]

"""The crisis signalling game: a challenge that may be a bluff, and the target's reading of it.

A challenges or leaves things as they are (payoff `SA`). If challenged, B concedes (`VA`, `CB`) or
resists. If resisted, A stands firm (`WA`, `WB`) or backs down (`a`, `VB`). A alone knows its `WA`
and `a`, B alone its `WB`: normal around the means given here, with standard deviation one.
"""

import math
from dataclasses import dataclass

import numpy as np

from sidelines.choice.roots import roots_on_grid
from sidelines.terms.arrays import Float
from sidelines.terms.normal import (
    bivariate_normal_cdf,
    log_normal_cdf,
    mills_ratio,
    normal_cdf,
)

__all__ = [
    "OUTCOMES",
    "SignallingGame",
    "challenge_and_stand",
    "outcome_probabilities",
    "resist_equilibria",
    "resist_prob",
]

OUTCOMES = ("status quo", "concede", "stand firm", "back down")

_EDGE, _TINY = 1e-12, 1e-300
_REACH, _MOST = 40.0, 700.0
_LOG_ROOT_TAU = 0.5 * math.log(2.0 * math.pi)
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignallingGame:
    """Payoffs of a batch of games, in the symbols of the paper [sd of the private part].

    `SA`, `VA`, `WA`, `a`: to A in the status quo, when B concedes, and on average when it
    stands firm and when it backs down. `CB`, `VB`, `WB`: to B when it concedes, when A backs
    down, and on average when A stands firm.
    """

    SA: Float[np.ndarray, " game"]
    VA: Float[np.ndarray, " game"]
    CB: Float[np.ndarray, " game"]
    VB: Float[np.ndarray, " game"]
    WA: Float[np.ndarray, " game"]
    WB: Float[np.ndarray, " game"]
    a: Float[np.ndarray, " game"]


def challenge_and_stand(
    game: SignallingGame, resist: Float[np.ndarray, "game belief"]
) -> tuple[Float[np.ndarray, "game belief"], Float[np.ndarray, "game belief"]]:
    """Return how likely A challenges, and how likely a challenger stands firm if resisted.

    A challenges if the better of standing firm and backing down is worth at least
    `c = (SA - (1 - p) VA) / p`, with p its belief that B resists.

    Parameters
    ----------
    game
        Payoffs of a batch of games [sd of the private part].
    resist
        A's belief that B resists; several per game [1].

    Returns
    -------
    numpy.ndarray
        Probability of a challenge [1].
    numpy.ndarray
        Probability of standing firm, given a challenge [1].

    Notes
    -----
    Source: Lewis and Schultz (2003), Political Analysis 11(4), equations of section 2;
    Crisman-Cox and Gibilisco (2019), PSRM 9(3). Far in the tail, where almost nobody challenges,
    both are scaled by the density at the threshold, so that their ratio keeps its digits.
    """
    c = (game.SA[:, None] - (1.0 - resist) * game.VA[:, None]) / np.maximum(resist, _EDGE)
    firm, back = c - game.WA[:, None], c - game.a[:, None]
    lead = np.broadcast_to((game.WA - game.a)[:, None], c.shape)
    below, under = normal_cdf(-firm), normal_cdf(-back)
    challenge = below + under - below * under
    body = bivariate_normal_cdf(lead / math.sqrt(2.0), -firm, correlation=math.sqrt(0.5))
    stand = body / np.maximum(challenge, _TINY)
    far = firm > 0.0
    stand[far] = _stand_in_tail(firm[far], lead[far])
    return challenge, stand


def _stand_in_tail(firm: np.ndarray, lead: np.ndarray) -> np.ndarray:
    """Return how likely a challenger stands firm, both chances taken over the density at `firm`.

    `firm` is how far the threshold lies above `WA`, `lead` how far `WA` lies above `a`.
    """
    back = firm + lead
    far = 2.0 * _REACH / (np.sqrt(firm**2 + 2.0 * _REACH) + firm)
    step = 0.5 * far[..., None] * (1.0 + _NODES)
    fall = np.exp(-firm[..., None] * step - 0.5 * step**2)
    stand = 0.5 * far * ((fall * normal_cdf(back[..., None] + step)) @ _WEIGHTS)
    above = np.log(mills_ratio(np.maximum(back, 0.0))) - 0.5 * lead * (firm + back)
    below = log_normal_cdf(-np.minimum(back, 0.0)) + 0.5 * firm**2 + _LOG_ROOT_TAU
    retreat = np.exp(np.minimum(np.where(back > 0.0, above, below), _MOST)) * normal_cdf(firm)
    return np.minimum(stand / (mills_ratio(firm) + retreat), 1.0)


def resist_prob(
    game: SignallingGame, stand: Float[np.ndarray, "game belief"]
) -> Float[np.ndarray, "game belief"]:
    """Return how likely B resists a challenge.

    Parameters
    ----------
    game
        Payoffs of a batch of games [sd of the private part].
    stand
        B's belief that A stands firm; several per game [1].

    Returns
    -------
    numpy.ndarray
        Probability `Phi((VB - CB) / F + WB - VB)` [1].

    Notes
    -----
    Source: Lewis and Schultz (2003), Political Analysis 11(4).
    """
    gain = (game.VB - game.CB)[:, None] / np.maximum(stand, _TINY)
    return normal_cdf(gain + (game.WB - game.VB)[:, None])


def outcome_probabilities(
    game: SignallingGame,
    *,
    resist: Float[np.ndarray, " game"],
    stand: Float[np.ndarray, " game"],
) -> Float[np.ndarray, "game outcome"]:
    """Return how likely each outcome is when both players act on given beliefs.

    Parameters
    ----------
    game
        Payoffs of a batch of games [sd of the private part].
    resist
        A's belief that B resists; in equilibrium it is right [1].
    stand
        B's belief that a challenger stands firm; in equilibrium it is right [1].

    Returns
    -------
    numpy.ndarray
        Probabilities in the order of `OUTCOMES`, summing to one [1].

    Notes
    -----
    Source: Crisman-Cox and Gibilisco (2019), PSRM 9(3): the pseudo-likelihood puts first-stage
    estimates where the beliefs stand.
    """
    challenge, firm = (part[:, 0] for part in challenge_and_stand(game, resist[:, None]))
    resisted = challenge * resist_prob(game, stand[:, None])[:, 0]
    conceded = challenge - resisted
    return np.stack([1.0 - challenge, conceded, resisted * firm, resisted * (1.0 - firm)], axis=1)


def resist_equilibria(game: SignallingGame, *, points: int = 400) -> Float[np.ndarray, "game root"]:
    """Return every equilibrium that a grid separates, as the chance that B resists.

    Parameters
    ----------
    game
        Payoffs of a batch of games [sd of the private part].
    points
        Points of the grid of beliefs, closer towards its ends; two equilibria between the same
        neighbours are not seen [1].

    Returns
    -------
    numpy.ndarray
        Chance to resist, rising, filled up with NaN; at least one per game [1].

    Notes
    -----
    Source: Crisman-Cox and Gibilisco (2019), PSRM 9(3): an equilibrium is a root of
    `p - Phi(...)`, one map of one belief.
    """

    def off(resist: np.ndarray) -> np.ndarray:
        return resist - resist_prob(game, challenge_and_stand(game, resist)[1])

    grid = 0.5 - 0.5 * np.cos(np.linspace(0.0, math.pi, points))
    return roots_on_grid(off, np.broadcast_to(grid, (len(game.SA), points)))

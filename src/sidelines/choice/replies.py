"""The last two moves: the attacker goes on or stops, the target resists or yields."""

from dataclasses import dataclass

import numpy as np

from sidelines.terms.arrays import Float

__all__ = ["Exchange", "attack_prob", "resist_prob", "save_prob", "war_prob"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The two parties' side of the crisis, one value per draw.

    `log_odds` that the target holds unaided [log-odds]; `attacker_resolve`, `target_resolve` from
    0 to 1 [1]; `attacker_cost` what going on costs beside a won stake of one [1]; `target_cost` the
    chance to hold, less resolve, at which resisting and yielding are even [1];
    `attacker_precision`, `target_precision` of the logit replies [1].
    """

    log_odds: Float[np.ndarray, " draw"]
    attacker_resolve: Float[np.ndarray, " draw"]
    target_resolve: Float[np.ndarray, " draw"]
    attacker_cost: Float[np.ndarray, " draw"]
    target_cost: Float[np.ndarray, " draw"]
    attacker_precision: Float[np.ndarray, " draw"]
    target_precision: Float[np.ndarray, " draw"]


def _logistic(log_odds: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def _hold(strength: np.ndarray, exchange: Exchange) -> np.ndarray:
    return _logistic(exchange.log_odds[:, None] + strength)


def resist_prob(
    strength: Float[np.ndarray, "draw node"], exchange: Exchange
) -> Float[np.ndarray, "draw node"]:
    """Return the chance that the target resists, given the strength delivered.

    Parameters
    ----------
    strength
        Net strength delivered to the target [log-odds].
    exchange
        The parties' side of the crisis.

    Returns
    -------
    numpy.ndarray
        Probability [1].

    Notes
    -----
    Source: logit best reply of the last mover (Signorino 1999, APSR 93(2)); it resists the more,
    the likelier it holds and the more resolved it is.
    """
    drive = _hold(strength, exchange) + exchange.target_resolve[:, None]
    drive = drive - exchange.target_cost[:, None]
    return _logistic(exchange.target_precision[:, None] * drive)


def attack_prob(
    strength: Float[np.ndarray, "draw node"], exchange: Exchange
) -> Float[np.ndarray, "draw node"]:
    """Return the chance that the attacker goes on, given the strength delivered.

    Parameters
    ----------
    strength
        Net strength delivered to the target [log-odds].
    exchange
        The parties' side of the crisis.

    Returns
    -------
    numpy.ndarray
        Probability [1].

    Notes
    -----
    Source: logit reply by backward induction (Signorino 1999, APSR 93(2)): resolve times the
    chance to prevail, less the cost of going on.
    """
    denied = resist_prob(strength, exchange) * _hold(strength, exchange)
    drive = exchange.attacker_resolve[:, None] * (1.0 - denied) - exchange.attacker_cost[:, None]
    return _logistic(exchange.attacker_precision[:, None] * drive)


def save_prob(
    strength: Float[np.ndarray, "draw node"], exchange: Exchange
) -> Float[np.ndarray, "draw node"]:
    """Return the chance that the target is saved: the attacker stops, or is resisted and fails.

    Parameters
    ----------
    strength
        Net strength delivered to the target [log-odds].
    exchange
        The parties' side of the crisis.

    Returns
    -------
    numpy.ndarray
        Probability; never falls in `strength` [1].

    Notes
    -----
    Source: definition, from the replies of attacker and target.
    """
    denied = resist_prob(strength, exchange) * _hold(strength, exchange)
    return 1.0 - attack_prob(strength, exchange) * (1.0 - denied)


def war_prob(
    strength: Float[np.ndarray, "draw node"], exchange: Exchange
) -> Float[np.ndarray, "draw node"]:
    """Return the chance that the attacker goes on and is resisted.

    Parameters
    ----------
    strength
        Net strength delivered to the target [log-odds].
    exchange
        The parties' side of the crisis.

    Returns
    -------
    numpy.ndarray
        Probability [1].

    Notes
    -----
    Source: definition, from the replies of attacker and target.
    """
    return attack_prob(strength, exchange) * resist_prob(strength, exchange)

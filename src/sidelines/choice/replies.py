"""The last two moves: the attacker goes on or stops, the target resists or yields."""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from sidelines.terms.arrays import Float
from sidelines.terms.normal import normal_cdf

__all__ = ["Exchange", "Link", "attack_prob", "hold_prob", "resist_prob", "save_prob", "war_prob"]


class Link(IntEnum):
    """How strength becomes a chance to hold: a contest of odds, or an exchange of salvos."""

    LOGIT = 0
    PROBIT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The two parties' side of the crisis, one value per draw.

    `standing` of the target unaided: log-odds that it holds under the logit link, a z-score under
    the probit link [the unit of strength]; `spread` by which the variance of a salvo grows with
    strength, zero under the logit link [1]; `attacker_resolve`, `target_resolve` from
    0 to 1 [1]; `attacker_cost` what going on costs beside a won stake of one [1]; `target_cost` the
    chance to hold, less resolve, at which resisting and yielding are even [1];
    `attacker_precision`, `target_precision` of the logit replies [1]; `link`.
    """

    standing: Float[np.ndarray, " draw"]
    spread: Float[np.ndarray, " draw"]
    attacker_resolve: Float[np.ndarray, " draw"]
    target_resolve: Float[np.ndarray, " draw"]
    attacker_cost: Float[np.ndarray, " draw"]
    target_cost: Float[np.ndarray, " draw"]
    attacker_precision: Float[np.ndarray, " draw"]
    target_precision: Float[np.ndarray, " draw"]
    link: Link = Link.LOGIT

    @classmethod
    def arrays(cls) -> tuple[str, ...]:
        """Names of the parts that have one value per draw, in the order the kernel reads them."""
        return tuple(entry.name for entry in fields(cls) if entry.name != "link")


def _logistic(log_odds: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def hold_prob(
    strength: Float[np.ndarray, "draw node"], exchange: Exchange
) -> Float[np.ndarray, "draw node"]:
    """Return the chance that the target holds if it resists, given the strength delivered.

    Parameters
    ----------
    strength
        Net strength delivered to the target [the unit of the exchange's `standing`].
    exchange
        The parties' side of the crisis.

    Returns
    -------
    numpy.ndarray
        Probability [1].

    Notes
    -----
    Source: logit link, Hirshleifer (1989), Public Choice 63; probit link, Armstrong (2005), Oper.
    Res. 53(5), net hits of a salvo as a normal variable whose variance grows with what is fired.
    """
    standing = exchange.standing[:, None] + strength
    if exchange.link is Link.LOGIT:
        return _logistic(standing)
    variance = np.maximum(1.0 + exchange.spread[:, None] * strength, 1e-6)
    return normal_cdf(standing / np.sqrt(variance))


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
    drive = hold_prob(strength, exchange) + exchange.target_resolve[:, None]
    drive -= exchange.target_cost[:, None]
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
    denied = resist_prob(strength, exchange) * hold_prob(strength, exchange)
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
        Probability; under the logit link it never falls in `strength` [1].

    Notes
    -----
    Source: definition, from the replies of attacker and target.
    """
    denied = resist_prob(strength, exchange) * hold_prob(strength, exchange)
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

"""The salvo of a crisis file: what batteries that a power brings change in the exchange.

A reading beside the answer, while the game decides by the ratio of strengths who holds; unless the
file says that the salvo decides. Then it is the contest of the game.
"""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.context import Context, lacking, quantity, settled
from sidelines.crisis.model import Power
from sidelines.effect.salvo import (
    Salvo,
    expected_loss,
    no_leaker_prob,
    threshold_batteries,
    with_more,
)
from sidelines.terms.arrays import Float
from sidelines.terms.roles import Side

__all__ = [
    "Batteries",
    "SalvoDraws",
    "batteries",
    "deciding",
    "gather_salvo",
    "what_batteries_change",
]

_NUMBERS = (
    "weapons",
    "hit_prob",
    "batteries",
    "shots_per_battery",
    "intercept_prob",
    "loss_per_hit",
)
_ABOVE_ZERO = {"shots_per_battery", "intercept_prob", "loss_per_hit"}
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvoDraws:
    """Draws of one pulse on the target's own batteries, and the batteries that each role brings."""

    own: Salvo
    brought: Float[np.ndarray, "draw role"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batteries:
    """What one role's batteries change, all others' in place; one value per draw.

    `standing` without them and `brought` by it; `threshold`: how many in all give even odds that
    nothing gets through; expected `loss` as a share of what is aimed at; `stops_all`: the chance
    that nothing gets through.
    """

    standing: Float[np.ndarray, " draw"]
    brought: Float[np.ndarray, " draw"]
    threshold: Float[np.ndarray, " draw"]
    loss_without: Float[np.ndarray, " draw"]
    loss_with: Float[np.ndarray, " draw"]
    stops_all_without: Float[np.ndarray, " draw"]
    stops_all_with: Float[np.ndarray, " draw"]


def gather_salvo(ctx: Context) -> SalvoDraws | None:
    """Return the draws of the file's salvo, or None where it has none."""
    salvo = ctx.crisis.salvo
    if salvo is None:
        return None
    drawn = {name: quantity(ctx, f"salvo.{name}", getattr(salvo, name)) for name in _NUMBERS}
    bounded = {
        name: np.maximum(values, _LEAST) if name in _ABOVE_ZERO else values
        for name, values in drawn.items()
    }
    brought = [_brought(ctx, power) for power in ctx.crisis.powers]
    return SalvoDraws(
        own=Salvo(**bounded, most=np.ones(ctx.draws)), brought=np.stack(brought, axis=1)
    )


def _brought(ctx: Context, power: Power) -> np.ndarray:
    """Return draws of the batteries that a power has delivered."""
    total = np.zeros(ctx.draws)
    for delivery in power.delivered:
        if delivery.batteries is not None:
            what = f"{power.power}.{power.side}.delivered[{delivery.title}].batteries"
            total = total + quantity(ctx, what, delivery.batteries)
    return total


def deciding(ctx: Context, found: SalvoDraws | None) -> Salvo | None:
    """Return the salvo against all batteries that are in place; None where it does not decide."""
    if found is None or not ctx.crisis.salvo_decides:
        return None
    return with_more(found.own, found.brought.sum(axis=1))


def batteries(ctx: Context, power: Power) -> Float[np.ndarray, " draw"]:
    """Return draws of the batteries that a power could still send; none where they decide nothing.

    The attackers' backers have none: batteries stop strikes on the target.
    """
    if not ctx.crisis.salvo_decides or power.side is not Side.TARGET:
        return np.zeros(ctx.draws)
    what, given = f"{power.power}.{power.side}.batteries", power.batteries
    values = lacking(ctx, "batteries", what) if given is None else quantity(ctx, what, given)
    return settled(ctx, what, values)


def what_batteries_change(found: SalvoDraws, row: int) -> Batteries:
    """Return the exchange with and without the batteries of one role."""
    brought = found.brought[:, row]
    without = with_more(found.own, found.brought.sum(axis=1) - brought)
    joined = with_more(without, brought)
    return Batteries(
        standing=without.batteries,
        brought=brought,
        threshold=threshold_batteries(found.own),
        loss_without=expected_loss(without),
        loss_with=expected_loss(joined),
        stops_all_without=no_leaker_prob(without),
        stops_all_with=no_leaker_prob(joined),
    )

"""What every gathering step needs: the crisis, the world, the parameters, the draws."""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.notes import Notes
from sidelines.assess.parameters import Parameter, Parameters
from sidelines.assess.sampling import draw_parameter, draw_quantity
from sidelines.crisis.model import Crisis, Power
from sidelines.crisis.quantity import Quantity
from sidelines.facts.world import World
from sidelines.terms.arrays import Float

__all__ = ["Context", "lacking", "number", "quantity", "tie"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One assessment in the making."""

    crisis: Crisis
    world: World
    parameters: Parameters
    notes: Notes
    draws: int
    seed: int

    def opponents(self, power: Power) -> tuple[str, ...]:
        """Return the parties that a power would stand against."""
        return self.crisis.parties(power.side.other)

    def friends(self, power: Power) -> tuple[str, ...]:
        """Return the parties that a power would back."""
        return self.crisis.parties(power.side)


def quantity(ctx: Context, what: str, given: Quantity) -> Float[np.ndarray, " draw"]:
    """Return draws of a number of the crisis file, noted under its name."""
    return draw_quantity(ctx.notes.take(what, given), what, draws=ctx.draws, seed=ctx.seed)


def number(ctx: Context, name: str) -> Float[np.ndarray, " draw"]:
    """Return draws of a number of the parameters, the same wherever it is used."""
    return _bounded(ctx, ctx.parameters.numbers[name], f"number {name}")


def tie(ctx: Context, kind: str) -> Float[np.ndarray, " draw"]:
    """Return draws of how far a kind of tie obliges [share]."""
    return _bounded(ctx, ctx.parameters.ties[kind], f"tie {kind}")


def lacking(ctx: Context, kind: str, what: str) -> Float[np.ndarray, " draw"]:
    """Return the wide range that stands in for a missing input, and note what was missing."""
    ctx.notes.lack(what)
    return _bounded(ctx, ctx.parameters.missing[kind], f"missing {what}")


def _bounded(ctx: Context, parameter: Parameter, stream: str) -> np.ndarray:
    values = draw_parameter(parameter, draws=ctx.draws, seed=ctx.seed, stream=stream)
    return np.minimum(values, 1.0) if parameter.is_share else values

"""What every gathering step needs: the crisis, the world, the parameters, the draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sidelines.assess.draws import draw_number
from sidelines.assess.notes import Notes
from sidelines.assess.parameters import Parameter, Parameters
from sidelines.assess.sampling import draw_quantity
from sidelines.assess.settings import Change, Setting
from sidelines.crisis.model import Crisis, Power
from sidelines.crisis.quantity import Quantity
from sidelines.facts.world import World
from sidelines.terms.arrays import Float

__all__ = ["Context", "lacking", "loudness", "number", "quantity", "settled", "tie"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One assessment in the making; `powers` are those of the crisis that are gathered."""

    crisis: Crisis
    powers: tuple[Power, ...]
    world: World
    parameters: Parameters
    notes: Notes
    draws: int
    seed: int
    settings: Mapping[str, tuple[Setting, ...]] = field(default_factory=dict)

    def opponents(self, power: Power) -> tuple[str, ...]:
        """Return the parties that a power would stand against."""
        return self.crisis.parties(power.side.other)

    def friends(self, power: Power) -> tuple[str, ...]:
        """Return the parties that a power would back."""
        return self.crisis.parties(power.side)


def quantity(ctx: Context, what: str, given: Quantity) -> Float[np.ndarray, " draw"]:
    """Return draws of a number of the crisis file, noted under its name."""
    return draw_quantity(ctx.notes.take(what, given), what, draws=ctx.draws, seed=ctx.seed)


def settled(ctx: Context, what: str, values: Float[np.ndarray, " draw"]) -> np.ndarray:
    """Return an input after the what-if settings that name it, and note what they did."""
    made = []
    for setting in ctx.settings.get(what, ()):
        new = setting.apply(values)
        moved = bool((new != values).any())
        before, after = float(values.mean()), float(new.mean())
        made.append(Change(setting=setting, before=before, after=after, changes_something=moved))
        values = new
    if made:
        ctx.notes.changes[what] = tuple(made)
    return values


def number(ctx: Context, name: str) -> Float[np.ndarray, " draw"]:
    """Return draws of a number of the parameters, the same wherever it is used."""
    return _bounded(ctx, ctx.parameters.numbers[name], f"number {name}")


def loudness(ctx: Context, cost: str) -> Float[np.ndarray, " draw"]:
    """Return draws of how loud a cheap or a costly signal is [share]; both move together."""
    return _bounded(ctx, ctx.parameters.numbers[f"{cost}_loudness"], "loudness")


def tie(ctx: Context, kind: str) -> Float[np.ndarray, " draw"]:
    """Return draws of how far a kind of tie obliges [share]; all kinds rise and fall together."""
    return _bounded(ctx, ctx.parameters.ties[kind], "ties")


def lacking(ctx: Context, kind: str, what: str) -> Float[np.ndarray, " draw"]:
    """Return the wide range that stands in for a missing input, and note what was missing."""
    ctx.notes.lack(what)
    return _bounded(ctx, ctx.parameters.missing[kind], f"missing {what}")


def _bounded(ctx: Context, parameter: Parameter, stream: str) -> np.ndarray:
    return draw_number(parameter, draws=ctx.draws, seed=ctx.seed, stream=stream)

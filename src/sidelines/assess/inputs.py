"""What the model knows about one crisis, as draws: one array per input."""

from dataclasses import astuple, dataclass, fields, replace

import numpy as np

from sidelines.effect.salvo import Salvo
from sidelines.terms.arrays import Bool, Float, Int
from sidelines.terms.roles import Side

__all__ = ["PER_DRAW", "Inputs", "Role", "of_role", "spliced", "take", "with_role"]


_OF_PARTIES = {"attack_strength", "target_strength", "attack_resolve", "target_resolve"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One outside power on one side. A power that may back either side has two roles."""

    power: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Draws of everything a game is built from; axes draw, role.

    All are shares from 0 to 1 unless said otherwise.

    - `roles`: which power on which side, in the order of the arrays
    - `strength`: share of world capabilities
    - `arrival` (..., carried): share of each instrument of `CARRIED` that could arrive and be
      sustained
    - `overstretch`: share of its forces tied down elsewhere
    - `stake`: what it gains if the side prevails
    - `commitment`: how far its ties oblige it
    - `danger`: how bad a war with the other side would be for it
    - `exposure`: economic exposure to the other side's markets and sanctions
    - `rents`: gains from arms and oil
    - `said`: how loudly it has spoken for the side already
    - `reserved`: whether it has declared itself neutral or mediator (0 or 1)
    - `flow` (..., instrument): support that flowed before the crisis
    - `done` (role, instrument): instruments used in this crisis already
    - `batteries`: of interceptors that it could still send, a number; zero where they decide
      nothing
    - `attack_strength`, `target_strength` (draw): what the parties bring, above zero
    - `attack_resolve`, `target_resolve` (draw)
    - `salvo`: what decides who holds, against all batteries that are in place; None where the
      ratio of strengths does
    """

    roles: tuple[Role, ...]
    strength: Float[np.ndarray, "draw role"]
    arrival: Float[np.ndarray, "draw role carried"]
    overstretch: Float[np.ndarray, "draw role"]
    stake: Float[np.ndarray, "draw role"]
    commitment: Float[np.ndarray, "draw role"]
    danger: Float[np.ndarray, "draw role"]
    exposure: Float[np.ndarray, "draw role"]
    rents: Float[np.ndarray, "draw role"]
    said: Float[np.ndarray, "draw role"]
    reserved: Float[np.ndarray, "draw role"]
    flow: Float[np.ndarray, "draw role instrument"]
    done: Bool[np.ndarray, "role instrument"]
    batteries: Float[np.ndarray, "draw role"]
    attack_strength: Float[np.ndarray, " draw"]
    target_strength: Float[np.ndarray, " draw"]
    attack_resolve: Float[np.ndarray, " draw"]
    target_resolve: Float[np.ndarray, " draw"]
    salvo: Salvo | None = None

    def row(self, power: str, side: Side) -> int:
        """Return the place of a role in the arrays."""
        return self.roles.index(Role(power=power, side=side))


_FIGURES = tuple(e.name for e in fields(Inputs) if e.name not in {"roles", "salvo"})
PER_DRAW = tuple(name for name in _FIGURES if name != "done")
"""The inputs that are drawn, in their order."""


def take(inputs: Inputs, draws: Int[np.ndarray, " some"]) -> Inputs:
    """Return the inputs of some draws."""
    changes = {name: getattr(inputs, name)[draws] for name in PER_DRAW}
    salvo = inputs.salvo
    if salvo is not None:
        salvo = Salvo(**{e.name: getattr(salvo, e.name)[draws] for e in fields(salvo)})
    return replace(inputs, salvo=salvo, **changes)


def of_role(inputs: Inputs, row: int) -> Inputs:
    """Return the inputs of one role, and those of the parties."""
    changes = {
        name: getattr(inputs, name)[:, [row]] for name in PER_DRAW if name not in _OF_PARTIES
    }
    return replace(inputs, roles=(inputs.roles[row],), done=inputs.done[[row]], **changes)


def with_role(inputs: Inputs, row: int, **values: np.ndarray | float) -> Inputs:
    """Return the inputs with some of one role's inputs put to other values."""
    changes = {}
    for name, value in values.items():
        array = getattr(inputs, name).copy()
        array[:, row] = value
        changes[name] = array
    return replace(inputs, **changes)


def spliced(inputs: Inputs, some: Inputs) -> Inputs:
    """Return the inputs with those of some roles, and of the parties, put in place of theirs."""
    rows = [inputs.roles.index(role) for role in some.roles]
    changes = {}
    for name in _FIGURES:
        new, known = getattr(some, name), getattr(inputs, name)
        if name not in _OF_PARTIES:
            whole = known.copy()
            axis = 0 if name == "done" else 1
            np.moveaxis(whole, axis, 0)[rows] = np.moveaxis(new, axis, 0)
            new = whole
        changes[name] = new
    return replace(inputs, salvo=some.salvo, **changes)


def alike(one: Inputs, other: Inputs) -> bool:
    """Say whether two sets of inputs hold the same figures, in the order of the same roles."""
    mine, theirs = (() if of.salvo is None else astuple(of.salvo) for of in (one, other))
    return np.array_equal(mine, theirs) and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in _FIGURES
    )

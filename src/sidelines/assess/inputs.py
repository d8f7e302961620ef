"""What the model knows about one crisis, as draws: one array per input."""

from dataclasses import dataclass, fields, replace

import numpy as np

from sidelines.terms.arrays import Bool, Float
from sidelines.terms.roles import Side

__all__ = ["SIDES", "Inputs", "of_powers", "side_index", "take"]

SIDES: tuple[Side, ...] = (Side.TARGET, Side.ATTACKER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Draws of everything a game is built from; axes draw, power, side (target, attacker).

    All are shares from 0 to 1 unless said otherwise.

    - `powers`: ids, in the order of the arrays
    - `may_back` (power, side): whether the power may back that side at all
    - `strength` (draw, power): share of world capabilities
    - `arrival`: share of the power's forces that could arrive and be sustained
    - `overstretch`: share of its forces tied down elsewhere
    - `stake`: what it gains if the side prevails
    - `commitment`: how far its ties oblige it
    - `danger`: how bad a war with the other side would be for it
    - `exposure`: economic exposure to the other side's markets and sanctions
    - `rents`: gains from arms and oil
    - `said`: how loudly it has spoken for the side already
    - `reserved`: whether it has declared itself neutral or mediator (0 or 1)
    - `flow` (..., instrument): support already flowing
    - `attack_strength`, `target_strength` (draw): what the parties bring, above zero
    - `attack_resolve`, `target_resolve` (draw)
    """

    powers: tuple[str, ...]
    may_back: Bool[np.ndarray, "power side"]
    strength: Float[np.ndarray, "draw power"]
    arrival: Float[np.ndarray, "draw power side"]
    overstretch: Float[np.ndarray, "draw power side"]
    stake: Float[np.ndarray, "draw power side"]
    commitment: Float[np.ndarray, "draw power side"]
    danger: Float[np.ndarray, "draw power side"]
    exposure: Float[np.ndarray, "draw power side"]
    rents: Float[np.ndarray, "draw power side"]
    said: Float[np.ndarray, "draw power side"]
    reserved: Float[np.ndarray, "draw power side"]
    flow: Float[np.ndarray, "draw power side instrument"]
    attack_strength: Float[np.ndarray, " draw"]
    target_strength: Float[np.ndarray, " draw"]
    attack_resolve: Float[np.ndarray, " draw"]
    target_resolve: Float[np.ndarray, " draw"]


def side_index(side: Side) -> int:
    """Return the place of a side on the side axis."""
    return SIDES.index(side)


def take(inputs: Inputs, draws: int) -> Inputs:
    """Return the first draws of the inputs."""
    changes = {
        entry.name: getattr(inputs, entry.name)[:draws]
        for entry in fields(inputs)
        if entry.name not in {"powers", "may_back"}
    }
    return replace(inputs, **changes)


def of_powers(inputs: Inputs, power: str, side: Side, **values: np.ndarray | float) -> Inputs:
    """Return the inputs with some of one power's inputs on one side put to other values."""
    row, column = inputs.powers.index(power), side_index(side)
    changes = {}
    for name, value in values.items():
        array = getattr(inputs, name).copy()
        array[:, row, column] = value
        changes[name] = array
    return replace(inputs, **changes)

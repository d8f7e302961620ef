"""One change of one input: to a value, by a step, a percentage, or part of the way to a value."""

import re
from dataclasses import dataclass

import numpy as np

from sidelines.crisis.levers import CRISIS_INPUTS, POWER_INPUTS
from sidelines.terms.errors import UsageError, nearest

__all__ = ["ROLE_INPUTS", "Change", "Setting", "parse_setting"]

ROLE_INPUTS: tuple[str, ...] = (*POWER_INPUTS, "arrival", "caution")
"""What may be changed of one power: the inputs of a crisis file, and two that are worked out from
them: the share of its forces that could arrive, and its danger once threats are counted."""

_MOST = {"distance_km": 20_037.6, "lift_t_per_day": 1e7, "batteries": 1e6}
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<number>\d+(\.\d+)?(e[+-]?\d+)?)(?P<percent>%?)")
_WAY = re.compile(r"(?P<share>\d+(\.\d+)?)%to(?P<end>\d+(\.\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One change: set to a value, add to it, scale it by a percentage, or move it towards `end`."""

    name: str
    kind: str
    amount: float
    end: float = 0.0

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Return the changed values, inside what the input can take."""
        if self.kind == "set":
            new = np.full_like(values, self.amount)
        elif self.kind == "add":
            new = values + self.amount
        elif self.kind == "towards":
            new = values + self.amount / 100.0 * (self.end - values)
        else:
            new = values * (1.0 + self.amount / 100.0)
        return np.clip(new, 0.0, _MOST.get(self.name, 1.0))


def parse_setting(text: str) -> Setting:
    """Return the setting behind `overstretch=-50%`, `stake=0.8`, `stake=+0.2` or `stake=60%to1`.

    >>> parse_setting("overstretch=-50%").kind
    'scale'
    """
    name, equals, value = text.partition("=")
    known = (*ROLE_INPUTS, *CRISIS_INPUTS)
    if name not in known:
        near = nearest(name, known)
        hint = f"Did you mean {near!r}?" if near else f"Known: {', '.join(known)}."
        raise UsageError(f"{name!r} is no input that can be changed.", code="E211", hint=hint)
    if way := _WAY.fullmatch(value):
        return _towards(name, float(way["share"]), float(way["end"]))
    match = _NUMBER.fullmatch(value)
    if not equals or match is None:
        example = f"{name}=0.5, {name}=+0.1, {name}=-50% or {name}=60%to1"
        raise UsageError(f"{text!r} is no change.", code="E212", hint=f"Write {example}.")
    amount = float(match["number"]) * (-1 if match["sign"] == "-" else 1)
    if match["percent"]:
        return Setting(name=name, kind="scale", amount=amount)
    if match["sign"]:
        return Setting(name=name, kind="add", amount=amount)
    most = _MOST.get(name, 1.0)
    if amount > most:
        share = f"Did you mean {name}={amount / 100:g} or {name}=+{amount:g}%?" if most == 1 else ""
        raise UsageError(
            f"{name} lies between 0 and {most:,g}, not at {amount:g}.", code="E212", hint=share
        )
    return Setting(name=name, kind="set", amount=amount)


def _towards(name: str, share: float, end: float) -> Setting:
    """Return the setting that goes part of the way to a value that the input can take."""
    most = _MOST.get(name, 1.0)
    if share > 100:
        said = f"{share:g}% of the way lies beyond its end."
        raise UsageError(said, code="E212", hint=f"Write {name}=100%to{end:g} or {name}={end:g}.")
    if end > most:
        said = f"{name} lies between 0 and {most:,g}, not at {end:g}."
        raise UsageError(said, code="E212", hint=f"Write {name}={share:g}%to{most:g}.")
    return Setting(name=name, kind="towards", amount=share, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a setting did to an input: its mean before and after, and whether any draw moved."""

    setting: Setting
    before: float
    after: float
    changes_something: bool

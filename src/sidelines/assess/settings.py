"""One change of one input: to a value, by a step, or by a percentage."""

import re
from dataclasses import dataclass

import numpy as np

from sidelines.crisis.levers import CRISIS_INPUTS, POWER_INPUTS
from sidelines.terms.errors import UsageError, nearest

__all__ = ["Change", "Setting", "parse_setting"]

_MOST = {"distance_km": 20_037.6, "lift_t_per_day": 1e7}
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<number>\d+(\.\d+)?(e[+-]?\d+)?)(?P<percent>%?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One change: set to a value, add to it, or scale it by a percentage."""

    name: str
    kind: str
    amount: float

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Return the changed values, inside what the input can take."""
        if self.kind == "set":
            new = np.full_like(values, self.amount)
        elif self.kind == "add":
            new = values + self.amount
        else:
            new = values * (1.0 + self.amount / 100.0)
        return np.clip(new, 0.0, _MOST.get(self.name, 1.0))


def parse_setting(text: str) -> Setting:
    """Return the setting behind `overstretch=-50%`, `stake=0.8` or `commitment=+0.2`.

    >>> parse_setting("overstretch=-50%").kind
    'scale'
    """
    name, equals, value = text.partition("=")
    known = (*POWER_INPUTS, *CRISIS_INPUTS)
    if name not in known:
        near = nearest(name, known)
        hint = f"Did you mean {near!r}?" if near else f"Known: {', '.join(known)}."
        raise UsageError(f"{name!r} is no input that can be changed.", code="E211", hint=hint)
    match = _NUMBER.fullmatch(value)
    if not equals or match is None:
        example = f"{name}=0.5, {name}=+0.1 or {name}=-50%"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a setting did to an input: its mean before and after, and whether any draw moved."""

    setting: Setting
    before: float
    after: float
    changes_something: bool

"""What if: the same draws with some inputs changed, and the difference it makes."""

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sidelines.assess.arrival import Arrival, changed
from sidelines.assess.assessment import Assessment, entry_of, solve_inputs
from sidelines.assess.inputs import Inputs, Role, with_role
from sidelines.assess.outcomes import at_least
from sidelines.assess.overrides import overridden
from sidelines.crisis.levers import CRISIS_INPUTS, POWER_INPUTS
from sidelines.crisis.model import Power
from sidelines.terms.arrays import Float
from sidelines.terms.errors import UsageError, nearest
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side

__all__ = ["Change", "Setting", "WhatIf", "parse_setting", "what_if"]

_ARRIVAL_PARTS = {
    "distance_km": "distance_km",
    "lift_t_per_day": "lift_t_per_day",
    "open_way_prob": "open_prob",
}
_CRISIS_ARRAYS = {
    "attack.resolve": "attack_resolve",
    "attack.strength": "attack_strength",
    "defence.resolve": "target_resolve",
    "defence.strength": "target_strength",
}
_UNBOUNDED = {"distance_km", "lift_t_per_day"}
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
        name = self.name.rsplit(".", 1)[-1]
        return np.maximum(new, 0.0) if name in _UNBOUNDED else np.clip(new, 0.0, 1.0)


def parse_setting(text: str) -> Setting:
    """Return the setting behind `overstretch=-50%`, `stake=0.8` or `commitment=+0.2`.

    >>> parse_setting("overstretch=-50%").kind
    'scale'
    """
    name, equals, value = text.partition("=")
    known = (*POWER_INPUTS, *_CRISIS_ARRAYS)
    if name not in known:
        near = nearest(name, known)
        hint = f"Did you mean {near!r}?" if near else f"Known: {', '.join(known)}."
        if name in CRISIS_INPUTS:
            hint = f"{name} can be set in a crisis file or by an event, not here."
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
    if name not in _UNBOUNDED and amount > 1:
        raise UsageError(
            f"{name} lies between 0 and 1, not at {amount:g}.",
            code="E212",
            hint=f"Did you mean {name}={amount / 100:g} or {name}=+{amount:g}%?",
        )
    return Setting(name=name, kind="set", amount=amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a setting did to an input: its mean before and after."""

    setting: Setting
    before: float
    after: float

    @property
    def changes_something(self) -> bool:
        """Whether the input differs at all."""
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """An assessment with changed inputs beside the one it came from."""

    power: str
    side: Side
    changes: tuple[Change, ...]
    before: Assessment
    after: Assessment

    def difference(self, rung: Rung) -> Float[np.ndarray, " draw"]:
        """Return the change of the chance to reach a rung, per draw."""
        row = self.before.inputs.row(self.power, self.side)
        return at_least(self.after.prob, row, rung) - at_least(self.before.prob, row, rung)


def what_if(
    answer: Assessment, power: str, settings: tuple[Setting, ...], *, side: Side | None = None
) -> WhatIf:
    """Return the answer with inputs of one power (or of the parties) changed, draw by draw."""
    entry = entry_of(answer.crisis, power, side)
    inputs, arrivals = answer.inputs, dict(answer.arrivals)
    changes = []
    for setting in settings:
        inputs, change = _changed(inputs, arrivals, entry, setting)
        changes.append(change)
    equilibria = solve_inputs(inputs, answer.slopes, answer.parameters)
    after = replace(
        answer,
        inputs=inputs,
        arrivals=arrivals,
        equilibria=equilibria,
        prob=overridden(equilibria.prob, answer.crisis, inputs.roles),
    )
    return WhatIf(
        power=entry.power, side=entry.side, changes=tuple(changes), before=answer, after=after
    )


def _changed(
    inputs: Inputs,
    arrivals: dict[Role, Arrival],
    entry: Power,
    setting: Setting,
) -> tuple[Inputs, Change]:
    row = inputs.row(entry.power, entry.side)
    key = inputs.roles[row]
    made: dict[str, Any] = {}
    if setting.name in _CRISIS_ARRAYS:
        field = _CRISIS_ARRAYS[setting.name]
        old = getattr(inputs, field)
        new = np.maximum(setting.apply(old), 1e-5)
        made = {field: new}
        inputs = replace(inputs, **made)
    elif setting.name in _ARRIVAL_PARTS:
        part = _ARRIVAL_PARTS[setting.name]
        old = getattr(arrivals[key], part)
        new = setting.apply(old)
        own = inputs.strength[:, row]
        arrivals[key] = changed(arrivals[key], own, **{part: new})
        inputs = with_role(inputs, row, arrival=arrivals[key].arrival)
    elif setting.name == "strength":
        old = inputs.strength[:, row]
        new = np.maximum(setting.apply(old), 1e-5)
        inputs = with_role(inputs, row, strength=new)
    else:
        old = getattr(inputs, setting.name)[:, row]
        new = setting.apply(old)
        inputs = with_role(inputs, row, **{setting.name: new})
    return inputs, Change(setting=setting, before=float(old.mean()), after=float(new.mean()))

"""The inputs that an event, a what-if or a lever may set, by the name users write.

`attack.resolve` names an input of the crisis, `RUS.stake` one of a power on every side it may
back, `TUR.attacker.stake` one of a power on one side.
"""

from dataclasses import dataclass

from sidelines.terms.errors import NotFoundError, UsageError, nearest, shown
from sidelines.terms.roles import Side
from sidelines.terms.states import find_actor

__all__ = ["CRISIS_INPUTS", "POWER_INPUTS", "Address", "parse_address"]

CRISIS_INPUTS: tuple[str, ...] = (
    "attack.resolve",
    "attack.committed",
    "attack.strength",
    "defence.resolve",
    "defence.committed",
    "defence.strength",
    "control.air",
    "control.sea",
    "control.land",
)
POWER_INPUTS: tuple[str, ...] = (
    "stake",
    "exposure",
    "rents",
    "danger",
    "commitment",
    "overstretch",
    "strength",
    "distance_km",
    "lift_t_per_day",
    "open_way_prob",
    "batteries",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Which input is meant: of the crisis where `power` is None."""

    input: str
    power: str | None = None
    side: Side | None = None


def parse_address(text: str) -> Address:
    """Return the input behind a name, or raise with the nearest good name.

    >>> parse_address("RUS.stake")
    Address(input='stake', power='RUS', side=None)
    """
    if text in CRISIS_INPUTS:
        return Address(input=text)
    head, *rest = text.split(".")
    sides = {side.value: side for side in Side}
    side = sides.get(rest[0]) if len(rest) == 2 else None
    if not rest or len(rest) > 2 or (len(rest) == 2 and side is None):
        near = nearest(text, CRISIS_INPUTS)
        hint = f"Did you mean {near!r}?" if near else _allowed()
        raise UsageError(f"{shown(text)} names no input.", code="E211", hint=hint)
    if rest[-1] not in POWER_INPUTS:
        near = nearest(rest[-1], POWER_INPUTS)
        hint = f"Did you mean {near!r}?" if near else _allowed()
        raise UsageError(f"{shown(rest[-1])} is no input of a power.", code="E211", hint=hint)
    try:
        return Address(input=rest[-1], power=find_actor(head), side=side)
    except NotFoundError as error:
        raise UsageError(error.message, code="E211", hint=error.hint) from None


def _allowed() -> str:
    return f"Allowed: {', '.join(CRISIS_INPUTS)} and POWER.{', POWER.'.join(POWER_INPUTS)}."

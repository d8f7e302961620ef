"""The draws that the page's sliders move, as a document and as bytes.

The bytes hold, for each column in the order of the layout, its lowest and highest value as 32-bit
floats, little-endian; then, for each column that varies, one byte a draw.
"""

from dataclasses import astuple, fields
from typing import Any

import numpy as np

from sidelines.assess.parameters import Scales
from sidelines.assess.sliders import Column, Sliders
from sidelines.crisis.model import Override
from sidelines.effect.salvo import Salvo, added_strength, standing_and_spread, sure_strength
from sidelines.terms.ladder import INSTRUMENTS
from sidelines.terms.roles import Side

__all__ = ["FIRST_DRAWS", "draws_bytes", "draws_document", "role_name"]

FIRST_DRAWS = 64
"""Draws behind the first, provisional answer to a slider."""


def role_name(power: str, side: Side) -> str:
    """Return the name under which the page knows a role: RUS.target."""
    return f"{power}.{side.value}"


def draws_document(sliders: Sliders) -> dict[str, Any]:
    """Return what the bytes of the draws mean, and what else the page needs to solve the game."""
    answer, inputs = sliders.answer, sliders.inputs
    overrides = {(one.power, one.side): one.overrides for one in answer.crisis.powers}
    names = list(sliders.columns)
    roles = [
        {
            "name": role_name(role.power, role.side),
            "power": role.power,
            "side": role.side.value,
            "done": int(inputs.done[row] @ (1 << np.arange(len(INSTRUMENTS)))),
            "headline": {
                "offset": list(blend.offset),
                "forecast": [None if np.isnan(one) else one for one in blend.forecast],
            },
            "overrides": [_override(one) for one in overrides[role.power, role.side]],
        }
        for row, (role, blend) in enumerate(zip(inputs.roles, answer.headline.blends, strict=True))
    ]
    scales = zip(fields(Scales), astuple(answer.parameters.scales), strict=True)
    return {
        "draws": len(next(iter(sliders.slopes.values()))),
        "first": FIRST_DRAWS,
        "layout": [_extent(name, sliders.columns[name], len(roles)) for name in names],
        "slopes": list(sliders.slopes),
        "scales": {field.name: values.tolist() for field, values in scales},
        "roles": roles,
        "starts": {str(draw): place.tolist() for draw, place in sliders.starts.items()},
        "salvo": None if inputs.salvo is None else _salvo(inputs.salvo),
    }


def _extent(name: str, columns: tuple[Column, ...], roles: int) -> list[Any]:
    """Return name, roles and width of an input's columns; those of slopes and parties are one."""
    one = len(columns) == 1 and (name.startswith(("slope.", "attack_", "target_")))
    return [name, 1, 1] if one else [name, roles, len(columns) // roles]


def _override(one: Override) -> dict[str, Any]:
    return {"rung": one.rung, "at_least": one.at_least, "probability": one.probability}


def _salvo(salvo: Salvo) -> dict[str, list[float]]:
    standing, spread = standing_and_spread(salvo)
    each = added_strength(salvo, np.ones_like(standing))
    found = {
        "standing": standing,
        "spread": spread,
        "per_battery": each,
        "sure": sure_strength(salvo),
    }
    return {
        name: np.broadcast_to(values, standing.shape).tolist() for name, values in found.items()
    }


def draws_bytes(sliders: Sliders) -> bytes:
    """Return the draws themselves."""
    columns = [one for some in sliders.columns.values() for one in some]
    bounds = np.array([(one.low, one.high) for one in columns], dtype="<f4")
    varying = [one.steps.astype(np.uint8).tobytes() for one in columns if one.high > one.low]
    return bounds.tobytes() + b"".join(varying)

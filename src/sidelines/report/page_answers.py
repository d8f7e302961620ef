"""What the page reckons by itself, reckoned here: for browsers without the kernel, and as proof."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sidelines.assess.attribution import FLIP_AT, removed
from sidelines.assess.inputs import Inputs, with_role
from sidelines.assess.levers import LEVERS
from sidelines.assess.outcomes import (
    at_least,
    instrument_probabilities,
    rung_probabilities,
)
from sidelines.assess.shapley import SETS, minimal, shapley_values
from sidelines.assess.sliders import Moves, Sliders, choices, moved
from sidelines.assess.statistic import parse_statistic
from sidelines.report.page_draws import role_name
from sidelines.terms.arrays import Float
from sidelines.terms.errors import UsageError, nearest, shown
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import FACTORS

__all__ = ["answer_document", "moves_of", "present_of", "why_answer"]

_LOW, _HIGH = 0.1, 0.9


def _rows(sliders: Sliders) -> dict[str, int]:
    """Return the rows of the roles by the names that the page knows them by."""
    return {role_name(one.power, one.side): n for n, one in enumerate(sliders.inputs.roles)}


def moves_of(given: Any, sliders: Sliders) -> Moves:
    """Return moves as the page writes them, by role and lever, checked; raise `UsageError`."""
    rows = _rows(sliders)
    if not isinstance(given, dict):
        raise UsageError("moves must be an object: by role, then by lever.")
    moves: dict[int, dict[str, float]] = {}
    for role, levers in given.items():
        row = rows[_one_of(role, tuple(rows), "role")]
        if not isinstance(levers, dict):
            raise UsageError(f"moves of {shown(role)} must be an object by lever.")
        for lever, share in levers.items():
            _one_of(lever, tuple(LEVERS), "lever")
            if isinstance(share, bool) or not isinstance(share, int | float) or not abs(share) <= 1:
                raise UsageError(
                    f"{role} {lever} must move by a share from -1 to 1, not {shown(str(share))}."
                )
            if share:
                moves.setdefault(row, {})[lever] = float(share)
    return moves


def _one_of(word: Any, known: tuple[str, ...], what: str) -> str:
    if isinstance(word, str) and word in known:
        return word
    near = nearest(word, known) if isinstance(word, str) else None
    hint = f"Did you mean {near}?" if near else f"One of {', '.join(known[:12])}."
    raise UsageError(f"{shown(str(word))} is no {what}.", hint=hint)


def answer_document(
    prob: Float[np.ndarray, "draw role bundle"], sliders: Sliders
) -> dict[str, Any]:
    """Return everybody's chances as the page has them."""
    rungs = rung_probabilities(prob).mean(axis=0)
    used = instrument_probabilities(prob).mean(axis=0)
    return {
        "draws": len(prob),
        "unsettled": 0,
        "roles": [
            {
                "rungs": rungs[row].tolist(),
                "instruments": used[row].tolist(),
                "atLeast": [_interval(at_least(prob, row, rung)) for rung in list(Rung)[1:]],
            }
            for row in range(len(sliders.inputs.roles))
        ],
    }


def _interval(values: np.ndarray) -> dict[str, float]:
    low, high = np.quantile(values, [_LOW, _HIGH])
    return {"p": float(values.mean()), "low": float(low), "high": float(high)}


def present_of(sliders: Sliders) -> list[dict[str, float]]:
    """Return the mean of each lever's input, role by role; of several parts, the last one's."""
    arrays = {lever: getattr(sliders.inputs, name) for lever, name in LEVERS.items()}
    return [
        {
            lever: float((values[:, row] if values.ndim == 2 else values[:, row, -1]).mean())
            for lever, values in arrays.items()
        }
        for row in range(len(sliders.inputs.roles))
    ]


def why_answer(sliders: Sliders, asked: Mapping[str, Any], moves: Moves) -> dict[str, Any]:
    """Return the split of a role's restraint over the draws of the page."""
    rows = _rows(sliders)
    row = rows[_one_of(asked.get("role"), tuple(rows), "role")]
    statistic = parse_statistic(str(asked.get("statistic")))
    if not statistic.is_chance:
        raise UsageError("the page splits chances only.", hint="Ask: sidelines why")
    standing = moved(sliders.inputs, moves)

    def value(inputs: Inputs) -> np.ndarray:
        prob = choices(sliders, inputs)[:, row]
        return statistic.of(prob, np.zeros_like(prob))

    values = {some: value(removed(standing, row, some)) for some in SETS}
    means = {some: float(one.mean()) for some, one in values.items()}
    nothing, everything = frozenset[Any](), frozenset(FACTORS)
    shares = shapley_values(values, of=FACTORS).mean(axis=0)
    sets = minimal(one for one in means if means[one] >= FLIP_AT)
    return {
        "from": means[nothing],
        "to": means[everything],
        "factors": {
            factor.value: float(share) for factor, share in zip(FACTORS, shares, strict=True)
        },
        "minimalSets": [
            {
                "factors": [factor.value for factor in one],
                "p": means[frozenset(one)],
                "shareOfDraws": float((values[frozenset(one)] >= FLIP_AT).mean()),
            }
            for one in sets
        ],
        "rents": means[nothing] - float(value(with_role(standing, row, rents=0.0)).mean()),
    }

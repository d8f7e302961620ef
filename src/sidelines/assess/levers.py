"""Levers: for each input, how much of a change alone would flip the verdict."""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.assessment import Assessment, entry_of, solve_inputs
from sidelines.assess.inputs import take, with_role
from sidelines.assess.outcomes import at_least
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side

__all__ = ["LEVERS", "Lever", "find_levers"]

LEVERS: dict[str, float] = {
    "stake": 1.0,
    "commitment": 1.0,
    "arrival": 1.0,
    "overstretch": 0.0,
    "danger": 0.0,
    "exposure": 0.0,
}
_LEVER_DRAWS = 100
_HALVINGS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One input moved as far as it goes, and where on the way the goal is reached, if at all.

    `present`, `limit` and `threshold` are means of the input; `prob` the chance at the limit.
    """

    name: str
    present: float
    limit: float
    prob: float
    threshold: float | None


def find_levers(
    answer: Assessment,
    power: str,
    *,
    side: Side | None = None,
    rung: Rung = Rung.FORCES,
    goal: float = 0.5,
) -> tuple[Lever, ...]:
    """Return what each lever alone does to the chance of a rung, the strongest first."""
    entry = entry_of(answer.crisis, power, side)
    inputs = take(answer.inputs, _LEVER_DRAWS)
    slopes = {name: values[:_LEVER_DRAWS] for name, values in answer.slopes.items()}
    near = answer.equilibria.branch[:_LEVER_DRAWS]
    row = inputs.row(entry.power, entry.side)

    def chance(name: str, share: float) -> float:
        present = getattr(inputs, name)[:, row]
        moved = present + share * (LEVERS[name] - present)
        other = with_role(inputs, row, **{name: moved})
        prob = solve_inputs(other, slopes, answer.parameters, near=near).prob
        return float(at_least(prob, row, rung).mean())

    def threshold(name: str) -> float | None:
        present = float(getattr(inputs, name)[:, row].mean())
        low, high = 0.0, 1.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if chance(name, middle) >= goal else (middle, high)
        return present + high * (LEVERS[name] - present)

    found = []
    for name, limit in LEVERS.items():
        prob = chance(name, 1.0)
        found.append(
            Lever(
                name=name,
                present=float(np.mean(getattr(inputs, name)[:, row])),
                limit=limit,
                prob=prob,
                threshold=threshold(name) if prob >= goal else None,
            )
        )
    return tuple(sorted(found, key=lambda lever: -lever.prob))

"""The one place where an answer is solved again with other inputs: splits, levers, paths.

Everything here starts from an answer that is known and stays on its branch. Between the sets of an
attribution or the steps of a lever only one role's inputs differ; whoever makes that faster changes
the inside of these functions and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sidelines.assess.assessment import Assessment, solve_inputs
from sidelines.assess.excerpt import excerpt
from sidelines.assess.inputs import Inputs, of_role, take
from sidelines.assess.parameters import Parameters
from sidelines.assess.payoffs import build_game, bundle_levels
from sidelines.assess.statistic import Statistic
from sidelines.choice.equilibria import Equilibria
from sidelines.choice.expectations import act_shares, level_worth
from sidelines.choice.game import Game, take_draws, with_power
from sidelines.choice.kernel import solve
from sidelines.choice.levels import merged
from sidelines.crisis.model import Power
from sidelines.terms.arrays import Float, Int

__all__ = [
    "Part",
    "Slopes",
    "Tick",
    "answered",
    "delivered_by_bundle",
    "part_of",
    "present",
    "resettle",
    "resolve",
    "respond",
    "silent",
    "some_slopes",
]

_TOLERANCE = 1e-7  # far below what a hundred draws can tell apart
_ONE_ROUND = 1e30  # as a tolerance: the first round of replies is the last

Tick = Callable[[], None]
"""Told after every solution, so that a door can show how far a long question has come."""

Slopes = dict[str, Float[np.ndarray, " draw"]]


def silent() -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some draws of an answer, seen from one role: what every new solution starts from.

    `inputs` are those of the role alone; `game`, bundles that are alike to others merged, and
    `branch`, the equilibrium as things stand, are of all roles, this one first.
    """

    inputs: Inputs
    slopes: Slopes
    parameters: Parameters
    game: Game
    branch: Float[np.ndarray, "draw role level"]


def part_of(answer: Assessment, entry: Power, *, draws: int) -> Part:
    """Return the draws of an answer that stand for all, seen from one entry."""
    keep = np.sort(excerpt(answer, draws))
    inputs, slopes = take(answer.inputs, keep), some_slopes(answer, keep)
    row = inputs.row(entry.power, entry.side)
    order = np.array([row, *(i for i in range(len(inputs.roles)) if i != row)])
    return Part(
        inputs=of_role(inputs, row),
        slopes=slopes,
        parameters=answer.parameters,
        game=_in_order(take_draws(answer.game, keep), order),
        branch=answer.equilibria.branch[keep][:, order],
    )


def _in_order(game: Game, order: Int[np.ndarray, " power"]) -> Game:
    """Return a game with its powers in another order."""
    names = ("own", "strength", "gain", "dread", "heat", "joining")
    changed = {name: getattr(game, name)[:, order] for name in names}
    return replace(game, side=game.side[order], **changed)


def some_slopes(answer: Assessment, keep: Int[np.ndarray, " some"]) -> Slopes:
    """Return the slopes of some draws."""
    return {name: values[keep] for name, values in answer.slopes.items()}


def present(answer: Assessment, entry: Power, statistic: Statistic) -> Float[np.ndarray, " draw"]:
    """Return a statistic as things stand, structural, over all draws of an answer."""
    return _of(answer, entry, statistic, answer.equilibria.prob)


def answered(answer: Assessment, entry: Power, statistic: Statistic) -> Float[np.ndarray, " draw"]:
    """Return a statistic of the headline, with the user's overrides, over all draws."""
    return _of(answer, entry, statistic, answer.prob)


def _of(answer: Assessment, entry: Power, statistic: Statistic, prob: np.ndarray) -> np.ndarray:
    row = answer.inputs.row(entry.power, entry.side)
    if statistic.is_chance:
        return statistic.of(prob[:, row], np.zeros_like(prob[:, row]))
    added = entry.side.sign * answer.game.strength[:, row, bundle_levels()]
    return statistic.of(prob[:, row], added)


def resolve(part: Part, inputs: Inputs) -> Float[np.ndarray, "draw bundle"]:
    """Return what the role does under other inputs of its own, once all the others respond."""
    return _choices(part, inputs, tolerance=_TOLERANCE)


def respond(part: Part, inputs: Inputs) -> Float[np.ndarray, "draw bundle"]:
    """Return what the role does under other inputs of its own while the others stay as they are.

    The powers reply in turn, so the reply of the first is one to the others as they were.
    """
    return _choices(part, inputs, tolerance=_ONE_ROUND)


def _choices(part: Part, inputs: Inputs, *, tolerance: float) -> np.ndarray:
    own = build_game(inputs, part.slopes, part.parameters.scales)
    game = with_power(part.game, 0, merged(own, level_worth(own)))
    found = solve(game, part.branch[None], tolerance=tolerance)
    return found.prob[0][:, 0][:, own.level] * act_shares(own)[:, 0]


def delivered_by_bundle(part: Part, inputs: Inputs) -> Float[np.ndarray, "draw bundle"]:
    """Return what each bundle of the role adds to its side [the unit of strength]."""
    own = build_game(inputs, part.slopes, part.parameters.scales)
    return inputs.roles[0].side.sign * own.strength[:, 0, own.level]


def resettle(
    inputs: Inputs,
    slopes: Slopes,
    parameters: Parameters,
    *,
    near: Float[np.ndarray, "draw role level"],
) -> Equilibria:
    """Return everybody's choices under other inputs, on the branch of a neighbouring answer."""
    return solve_inputs(inputs, slopes, parameters, near=near)

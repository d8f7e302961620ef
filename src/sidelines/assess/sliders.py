"""What the page's sliders move: an answer over its excerpt, each input one of 256 values.

Rounded so, all inputs of thirty roles fit in the weight of a photograph. The page and this module
start from the same rounded values, so they agree to the last digits; the rounding itself moves no
answer by more than a few hundredths of a point.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sidelines.assess.assessment import Assessment, final
from sidelines.assess.excerpt import EXCERPT_DRAWS, excerpt
from sidelines.assess.inputs import PER_DRAW, Inputs, take, with_role
from sidelines.assess.levers import LEVERS
from sidelines.assess.payoffs import build_game
from sidelines.assess.resolving import Slopes, some_slopes
from sidelines.choice.equilibria import quiet_start
from sidelines.choice.game import Game
from sidelines.choice.kernel import solve
from sidelines.choice.levels import act_chances
from sidelines.terms.arrays import Float, Int

__all__ = ["STEPS", "Column", "Moves", "Sliders", "choices", "moved", "settled", "sliders_of"]

STEPS = 255
_TOLERANCE = 1e-7
_ASTRAY = 0.05  # a start from quiet that ends so far from the answer is on another branch

Moves = Mapping[int, Mapping[str, float]]
"""By row of a role, then by lever: the share of the way to all (above zero) or to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One input over draws, as steps of a 255th between its lowest and highest value."""

    low: float
    high: float
    steps: Int[np.ndarray, " draw"]

    @property
    def values(self) -> Float[np.ndarray, " draw"]:
        """The values that the steps stand for."""
        return self.low + (self.high - self.low) * (self.steps / STEPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sliders:
    """An answer over the draws that stand for all.

    - `columns`: by input, then role by role and part by part; those of slopes as `slope.NAME`
    - `inputs`, `slopes`: what the columns hold
    - `starts`: by draw, where the answer stands, if solving from quiet leads elsewhere
    - `branch`: the equilibrium as things stand
    """

    answer: Assessment
    columns: dict[str, tuple[Column, ...]]
    inputs: Inputs
    slopes: Slopes
    starts: dict[int, Float[np.ndarray, "role level"]]
    branch: Float[np.ndarray, "draw role level"]


def sliders_of(answer: Assessment, *, draws: int = EXCERPT_DRAWS) -> Sliders:
    """Return what the sliders of an answer move."""
    keep = excerpt(answer, draws)
    inputs, slopes = take(answer.inputs, keep), some_slopes(answer, keep)
    columns = {name: _columns(getattr(inputs, name)) for name in PER_DRAW}
    columns |= {f"slope.{name}": _columns(values) for name, values in slopes.items()}
    rounded: dict[str, Any] = {
        name: _array(columns[name], getattr(inputs, name)) for name in PER_DRAW
    }
    inputs = replace(inputs, **rounded)
    slopes = {name: columns[f"slope.{name}"][0].values for name in slopes}
    game = build_game(inputs, slopes, answer.parameters.scales)
    start, known = quiet_start(game), answer.equilibria.branch[keep]
    branch = solve(game, start[None], tolerance=_TOLERANCE).prob[0]
    astray = np.flatnonzero(np.abs(branch - known).max(axis=(1, 2)) > _ASTRAY)
    starts = {int(d): known[d].round(3) for d in astray}
    for d, place in starts.items():
        start[d] = place
    if starts:
        branch = solve(game, start[None], tolerance=_TOLERANCE).prob[0]
    return Sliders(
        answer=answer, columns=columns, inputs=inputs, slopes=slopes, starts=starts, branch=branch
    )


def _columns(values: np.ndarray) -> tuple[Column, ...]:
    return tuple(_column(one) for one in values.reshape(len(values), -1).T)


def _column(values: Float[np.ndarray, " draw"]) -> Column:
    low, high = float(np.float32(values.min())), float(np.float32(values.max()))
    share = (values - low) / (high - low) if high > low else np.zeros(len(values))
    return Column(low=low, high=high, steps=np.rint(np.clip(share, 0.0, 1.0) * STEPS).astype(int))


def _array(columns: tuple[Column, ...], like: np.ndarray) -> np.ndarray:
    return np.stack([one.values for one in columns], axis=1).reshape(like.shape)


def moved(inputs: Inputs, moves: Moves) -> Inputs:
    """Return inputs with some roles' levers moved, every draw by the same share of its way."""
    for row, levers in moves.items():
        changes = {}
        for lever, share in levers.items():
            now = getattr(inputs, LEVERS[lever])[:, row]
            changes[LEVERS[lever]] = now + share * ((1.0 - now) if share > 0.0 else now)
        inputs = with_role(inputs, row, **changes)
    return inputs


def choices(sliders: Sliders, inputs: Inputs) -> Float[np.ndarray, "draw role bundle"]:
    """Return what everybody chooses under other inputs, on the branch of the answer."""
    game: Game = build_game(inputs, sliders.slopes, sliders.answer.parameters.scales)
    found = solve(game, sliders.branch[None], tolerance=_TOLERANCE)
    return act_chances(game, found.prob[0], found.shares)


def settled(sliders: Sliders, moves: Moves) -> Float[np.ndarray, "draw role bundle"]:
    """Return what is answered with some levers moved, once everybody has responded."""
    answer = sliders.answer
    prob = choices(sliders, moved(sliders.inputs, moves))
    return final(prob, answer.headline, answer.crisis, sliders.inputs.roles)

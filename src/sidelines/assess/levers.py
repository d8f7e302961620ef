"""Levers: which inputs of a power, alone or two together, would carry a statistic past a goal.

An input is moved in every draw by the same share of the way to one of its ends, nothing or all; the
others respond. A search between both ends finds the share at which the mean passes the goal.
Pairs are moved by the same share each. Of an input that never gets there, how far it gets is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import log

import numpy as np

from sidelines.assess.assessment import Assessment, entry_of
from sidelines.assess.attribution import FLIP_AT
from sidelines.assess.excerpt import EXCERPT_DRAWS
from sidelines.assess.inputs import with_role
from sidelines.assess.resolving import Part, Tick, delivered_by_bundle, part_of, resolve, silent
from sidelines.assess.statistic import Goal, Statistic
from sidelines.terms.arrays import Float
from sidelines.terms.roles import Side

__all__ = ["LEVERS", "Levers", "Move", "find_levers", "goal_of"]

LEVERS: dict[str, str] = {
    "stake": "stake",
    "commitment": "commitment",
    "arrival": "arrival",
    "overstretch": "overstretch",
    "caution": "danger",
    "exposure": "exposure",
    "rents": "rents",
}
"""The name that `what-if` takes, and the input of the model behind it."""

_FINE = 1 / 64
_MOST_STEPS = 12
_IDLE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One or two inputs moved towards an end, and where on the way the goal is passed, if at all.

    - `present`, `limit`: the mean of each input now, over all draws, and the end it is moved to
    - `value`: the statistic at the end; `flips` the share of draws past the goal there
    - `share`: of the way to the end at which the mean passes the goal; None where it never does
    """

    names: tuple[str, ...]
    present: tuple[float, ...]
    limit: tuple[float, ...]
    value: float
    flips: float | None
    share: float | None

    @property
    def threshold(self) -> tuple[float, ...] | None:
        """The mean of each input where the goal is passed."""
        if self.share is None:
            return None
        ways = zip(self.present, self.limit, strict=True)
        return tuple(now + self.share * (end - now) for now, end in ways)

    @property
    def size(self) -> float:
        """How far the inputs are moved in all: the sum of their changes [share]."""
        reached = self.threshold or self.limit
        return sum(abs(there - now) for now, there in zip(self.present, reached, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """What each input can do for a goal, alone and with another.

    - `before` (draw): the statistic as things stand; `done`: it is settled by what was done
    - `singles`: one per input, the strongest first; `ends`: per input, the statistic with nothing
      of it and with all of it
    - `pairs`: one per two inputs that each help, the strongest first
    """

    power: str
    side: Side
    statistic: Statistic
    goal: Goal | None
    done: bool
    before: Float[np.ndarray, " draw"]
    singles: tuple[Move, ...]
    pairs: tuple[Move, ...]
    ends: dict[str, tuple[float, float]]

    @property
    def met(self) -> bool:
        """Whether the goal is met as things stand."""
        return self.goal is not None and bool(self.goal.met(self.before.mean()))

    @property
    def reaching(self) -> tuple[Move, ...]:
        """The moves that pass the goal, the smallest first."""
        found = [move for move in (*self.singles, *self.pairs) if move.share is not None]
        return tuple(sorted(found, key=lambda move: move.size))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """One power's place in an answer, the statistic, the goal, and whom to tell.

    `present` is the mean of each lever's input over all draws, of which the search uses some.
    """

    part: Part
    present: dict[str, float]
    statistic: Statistic
    goal: Goal | None
    upwards: bool
    before: float
    tick: Tick

    def input(self, name: str) -> np.ndarray:
        """Return the draws of a lever's input."""
        return getattr(self.part.inputs, LEVERS[name])[:, 0]

    def values(self, moves: Iterable[tuple[str, float]], share: float) -> np.ndarray:
        """Return the statistic per draw with some inputs moved by a share towards their ends."""
        changes = {
            LEVERS[name]: self.input(name) + share * (end - self.input(name)) for name, end in moves
        }
        other = with_role(self.part.inputs, 0, **changes)
        prob = resolve(self.part, other)
        self.tick()
        return self.statistic.of(prob, delivered_by_bundle(self.part, other))

    def threshold(self, moves: list[tuple[str, float]], goal: Goal, end: float) -> float:
        """Return the smallest share that was found to pass a goal which the whole way passes.

        Where the mean should pass it is read off a straight line in log-odds between both ends of
        the bracket; a step to the side that did not move last closes it from there.
        """
        low, high = 0.0, 1.0
        start, side = self.before, 1.0
        for _ in range(_MOST_STEPS):
            if high - low <= _FINE:
                break
            guess = low + (high - low) * _crossing(goal, start, end) + side * _FINE / 2
            share = min(max(guess, low + _FINE / 2), high - _FINE / 2)
            value = float(self.values(moves, share).mean())
            if goal.met(value):
                high, end, side = share, value, -1.0
            else:
                low, start, side = share, value, 1.0
        return high

    def move(self, moves: list[tuple[str, float]], values: np.ndarray) -> Move:
        """Return a move, given the statistic per draw at its end."""
        goal = self.goal
        passed = goal is not None and bool(goal.met(values.mean()))
        return Move(
            names=tuple(name for name, _ in moves),
            present=tuple(self.present[name] for name, _ in moves),
            limit=tuple(end for _, end in moves),
            value=float(values.mean()),
            flips=None if goal is None else float(goal.met(values).mean()),
            share=self.threshold(moves, goal, float(values.mean())) if goal and passed else None,
        )

    def strongest(self, moves: Iterable[Move]) -> tuple[Move, ...]:
        """Return the moves in the order of what they do at their ends."""
        return tuple(sorted(moves, key=lambda move: -move.value if self.upwards else move.value))


def _shown(values: np.ndarray) -> float:
    """Return the mean of an input; of one that differs by instrument, that of forces."""
    return float((values if values.ndim == 1 else values[:, -1]).mean())


def _crossing(goal: Goal, start: float, end: float) -> float:
    """Return where between two values a goal lies [share of the way from start to end]."""
    if goal.statistic.is_chance:
        start, level, end = (_log_odds(value) for value in (start, goal.level, end))
    else:
        level = goal.level
    return (level - start) / (end - start) if end != start else 0.5


def _log_odds(chance: float) -> float:
    inside = min(max(chance, 1e-9), 1 - 1e-9)
    return log(inside / (1 - inside))


def goal_of(statistic: Statistic, before: float) -> Goal | None:
    """Return the goal that turns a verdict over: even odds, from wherever the chance stands."""
    if not statistic.is_chance:
        return None
    upwards = before < FLIP_AT
    return Goal(statistic=statistic, upwards=upwards, level=FLIP_AT, strict=not upwards)


def find_levers(
    answer: Assessment,
    power: str,
    *,
    goal: Goal | None = None,
    statistic: Statistic | None = None,
    side: Side | None = None,
    draws: int = EXCERPT_DRAWS,
    tick: Tick = silent,
) -> Levers:
    """Return what each input of a power could do for a goal, over draws that represent all.

    Where only a statistic is given, the goal is even odds. A goal that is met, or that what was
    done puts out of reach, moves nothing.
    """
    entry = entry_of(answer.crisis, power, side)
    about = goal.statistic if goal is not None else statistic
    assert about is not None, "a goal or a statistic is needed"
    part = part_of(answer, entry, draws=draws)
    row = answer.crisis.powers.index(entry)
    delivered = delivered_by_bundle(part, part.inputs)
    before = about.of(resolve(part, part.inputs), delivered)
    goal = goal or goal_of(about, float(before.mean()))
    search = _Search(
        part=part,
        present={
            name: _shown(getattr(answer.inputs, field)[:, row]) for name, field in LEVERS.items()
        },
        statistic=about,
        goal=goal,
        upwards=goal is None or goal.upwards,
        before=float(before.mean()),
        tick=tick,
    )
    done = about.is_done(part.inputs.done[0])
    idle = done or (goal is not None and bool(goal.met(before.mean())))
    singles, pairs, ends = ((), (), {}) if idle else _moves(search)
    return Levers(
        power=entry.power,
        side=entry.side,
        statistic=about,
        goal=goal,
        done=done,
        before=before,
        singles=singles,
        pairs=pairs,
        ends=ends,
    )


def _moves(
    search: _Search,
) -> tuple[tuple[Move, ...], tuple[Move, ...], dict[str, tuple[float, float]]]:
    """Return every single move, every pair, and the statistic at both ends of every input."""
    singles: list[Move] = []
    ends: dict[str, tuple[float, float]] = {}
    for name in LEVERS:
        nothing, all_ = (search.values([(name, end)], 1.0) for end in (0.0, 1.0))
        ends[name] = float(nothing.mean()), float(all_.mean())
        towards_all = (ends[name][1] >= ends[name][0]) is search.upwards
        best = all_ if towards_all else nothing
        singles.append(search.move([(name, float(towards_all))], best))
    sign = 1.0 if search.upwards else -1.0
    helping = [one for one in singles if sign * (one.value - search.before) > _IDLE]
    pairs: list[Move] = []
    for one, other in combinations(helping, 2) if search.goal is not None else ():
        both = [(one.names[0], one.limit[0]), (other.names[0], other.limit[0])]
        pairs.append(search.move(both, search.values(both, 1.0)))
    return search.strongest(singles), search.strongest(pairs), ends

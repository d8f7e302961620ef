"""A crisis as a dated path: before and after each day, which entry moved whom, and by how much.

Everything is told with what is known on the as-of day: facts, slopes and draws stay the same along
the path, so that differences are paired and come from the dated entries of the crisis file alone.
The path is solved backwards from the answer that is known, and stays on its branch.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from sidelines.assess.assessment import Assessment, context_of
from sidelines.assess.excerpt import EXCERPT_DRAWS, excerpt
from sidelines.assess.gather import gather
from sidelines.assess.headline import adjusted
from sidelines.assess.inputs import Inputs, alike, spliced, take
from sidelines.assess.outcomes import rung_probabilities
from sidelines.assess.resolving import Slopes, Tick, resettle, silent, some_slopes
from sidelines.crisis.shocks import after_events
from sidelines.crisis.timeline import Entry, crisis_with, timeline, touched
from sidelines.terms.arrays import Bool, Float, Int

__all__ = ["Part", "Path", "Step", "beginning", "trace"]

Reached = Float[np.ndarray, "draw role rung"]
"""The chance that each role reaches each rung above nothing, or more."""

Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one event, one threat, or one power's own entries of a day did.

    `moved` is the mean of what they do when the parts come in the order of the file and when they
    come in reverse; so the parts of a day add up to what the day did.
    """

    entries: Entries
    changes_inputs: bool
    moved: Reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One day of the path: the chances before and after it, what was done by then, its parts."""

    date: dt.date
    before: Reached
    after: Reached
    done_before: Bool[np.ndarray, "role instrument"]
    done_after: Bool[np.ndarray, "role instrument"]
    parts: tuple[Part, ...]

    @property
    def moved(self) -> Reached:
        """What the day did, per draw."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A crisis day by day; no steps where nothing in it is dated from `since` on.

    `answer` is where it ends, without overrides.
    """

    answer: Assessment
    since: dt.date
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What stays the same along a path: the answer at its end, the draws, whom to tell."""

    answer: Assessment
    keep: Int[np.ndarray, " some"]
    slopes: Slopes
    tick: Tick


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """A crisis in which some entries have happened: everybody's inputs and choices."""

    happened: frozenset[Entry]
    inputs: Inputs
    prob: Float[np.ndarray, "draw role bundle"]
    branch: Float[np.ndarray, "draw role level"]

    @property
    def reached(self) -> Reached:
        """The chance of each rung above nothing, or more."""
        rungs = rung_probabilities(self.prob)
        return rungs[:, :, ::-1].cumsum(axis=2)[:, :, -2::-1]


def beginning(answer: Assessment) -> dt.date | None:
    """Return the day of the first event that is known, where there is one."""
    return min((event.date for event in answer.known.events), default=None)


def trace(
    answer: Assessment, *, since: dt.date, draws: int = EXCERPT_DRAWS, tick: Tick = silent
) -> Path:
    """Return the path of a crisis from a day on to the as-of day of its answer, on some draws."""
    dated = timeline(answer.known)
    days = groupby((entry for entry in dated if entry.date >= since), key=lambda entry: entry.date)
    keep = np.sort(excerpt(answer, draws))
    asked = _Asked(answer=answer, keep=keep, slopes=some_slopes(answer, keep), tick=tick)
    state = _State(
        happened=frozenset(dated),
        inputs=take(answer.inputs, keep),
        prob=adjusted(answer.equilibria.prob[keep], answer.headline),
        branch=answer.equilibria.branch[keep],
    )
    steps: list[Step] = []
    for day, parts in reversed([(day, _parts(entries)) for day, entries in days]):
        step, state = _step(asked, day, parts, state)
        steps.append(step)
    return Path(answer=answer, since=since, steps=tuple(reversed(steps)))


def _parts(entries: Iterable[Entry]) -> list[Entries]:
    """Return the parts of a day: each event, each threat, then each power's own entries."""
    day = tuple(entries)
    shocks = [(entry,) for entry in day if entry.power is None]
    powers = dict.fromkeys(entry.power for entry in day if entry.power is not None)
    return [*shocks, *(tuple(entry for entry in day if entry.power == power) for power in powers)]


def _step(asked: _Asked, day: dt.date, parts: list[Entries], after: _State) -> tuple[Step, _State]:
    """Return one day of the path, and the state before it."""
    onwards = _chain(asked, parts, after)
    before = onwards[0]
    reverse = [*_chain(asked, parts[-2::-1], after)[::-1], before]
    split = [
        _part(entries, onwards[i : i + 2], reverse[i : i + 2][::-1])
        for i, entries in enumerate(parts)
    ]
    step = Step(
        date=day,
        before=before.reached,
        after=after.reached,
        done_before=before.inputs.done,
        done_after=after.inputs.done,
        parts=tuple(split),
    )
    return step, before


def _part(entries: Entries, *orders: list[_State]) -> Part:
    """Return a part, given the states without and with it in both orders of the day."""
    return Part(
        entries=entries,
        changes_inputs=any(without.inputs is not with_.inputs for without, with_ in orders),
        moved=np.mean([with_.reached - without.reached for without, with_ in orders], axis=0),
    )


def _chain(asked: _Asked, parts: Sequence[Entries], after: _State) -> list[_State]:
    """Return the states before, between and after the parts of a day, in this order."""
    states = [after]
    for entries in reversed(parts):
        states.append(_without(asked, states[-1], entries))
    return states[::-1]


def _without(asked: _Asked, state: _State, entries: Entries) -> _State:
    """Return the state in which some entries have not happened yet."""
    happened = state.happened - set(entries)
    inputs = _inputs(asked, happened, entries, state.inputs)
    if inputs is state.inputs:
        return replace(state, happened=happened)
    found = resettle(inputs, asked.slopes, asked.answer.parameters, near=state.branch)
    asked.tick()
    prob = adjusted(found.prob, asked.answer.headline)
    return _State(happened=happened, inputs=inputs, prob=prob, branch=found.branch)


def _inputs(asked: _Asked, happened: frozenset[Entry], entries: Entries, with_: Inputs) -> Inputs:
    """Return the inputs without some entries: those with them, where that changes nothing.

    Only the powers that the entries touch are gathered again. Support that flowed is never more
    than it was with the entries: a delivery adds to what the tables know, it takes nothing away.
    """
    answer = asked.answer
    reach = [touched(entry) for entry in entries]
    crisis = after_events(crisis_with(answer.known, happened))
    powers = tuple(
        power for power in crisis.powers if any(one is None or power.power in one for one in reach)
    )
    if not powers:
        return with_
    ctx = context_of(answer, {}, crisis=crisis, powers=powers)
    some = take(gather(ctx).inputs, asked.keep)
    rows = [with_.roles.index(role) for role in some.roles]
    some = replace(some, flow=np.minimum(some.flow, with_.flow[:, rows]))
    inputs = spliced(with_, some)
    return with_ if alike(inputs, with_) else inputs

"""What a question is about: reaching a rung, using an instrument, or strength delivered."""

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sidelines.assess.outcomes import bundle_rungs
from sidelines.assess.payoffs import bundle_matrix
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.errors import NotFoundError, UsageError, nearest, shown
from sidelines.terms.ladder import INSTRUMENTS, RUNGS, Rung

__all__ = ["STATISTICS", "Goal", "Statistic", "parse_goal", "parse_statistic", "reaching"]

_PREFIX = "instrument:"
_GOAL = re.compile(
    r"\s*(?P<word>[^<>=\s]+)\s*(?P<sign>[<>]=?)\s*(?P<number>\d*\.?\d+)\s*(?P<percent>%?)\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One number per draw about one role.

    `kind` rung: the chance of that rung or more; instrument: the chance that it is used;
    delivered: what the role is expected to add to its side [log-odds that the side prevails; where
    a salvo decides, its standard deviations].
    """

    kind: Literal["rung", "instrument", "delivered"]
    word: str

    @property
    def name(self) -> str:
        """The statistic as users write it."""
        return _PREFIX + self.word if self.kind == "instrument" else self.word

    @property
    def title(self) -> str:
        """The statistic as it is printed."""
        if self.kind == "delivered":
            return "expected strength delivered"
        if self.kind == "instrument":
            return f"P({self.word} used)"
        return "P(forces)" if self.word == "forces" else f"P(at least {self.word})"

    @property
    def is_chance(self) -> bool:
        """Whether the number is a probability."""
        return self.kind != "delivered"

    def is_done(self, done: Bool[np.ndarray, " instrument"]) -> bool:
        """Tell whether what a role has done in the crisis already settles the statistic at one."""
        if not self.is_chance:
            return False
        place = INSTRUMENTS.index(self.word)
        return bool(done[place] if self.kind == "instrument" else done[place:].any())

    def of(
        self,
        prob: Float[np.ndarray, "draw bundle"],
        delivered: Float[np.ndarray, "draw bundle"],
    ) -> Float[np.ndarray, " draw"]:
        """Return the statistic of a role that takes each bundle with these probabilities."""
        if self.kind == "delivered":
            return (prob * delivered).sum(axis=1)
        place = INSTRUMENTS.index(self.word)
        wanted = (
            bundle_matrix()[:, place] > 0 if self.kind == "instrument" else bundle_rungs() > place
        )
        return prob[:, wanted].sum(axis=1)


def reaching(rung: Rung) -> Statistic:
    """Return the chance of a rung above nothing, or more."""
    return Statistic(kind="rung", word=rung.word)


STATISTICS: tuple[Statistic, ...] = (
    *(Statistic(kind="rung", word=word) for word in INSTRUMENTS),
    *(Statistic(kind="instrument", word=word) for word in INSTRUMENTS),
    Statistic(kind="delivered", word="delivered"),
)


def parse_statistic(text: str) -> Statistic:
    """Return the statistic behind `forces`, `instrument:weapons` or `delivered`.

    Raises `UsageError` for nothing, which is no deed, and `NotFoundError` with the nearest word.

    >>> parse_statistic("instrument:weapons").title
    'P(weapons used)'
    """
    word = text.lower()
    if word == RUNGS[0]:
        said = "'nothing' is no deed that a power could be held back from."
        raise UsageError(said, hint=f"One of {', '.join(INSTRUMENTS)}.")
    known = {statistic.name: statistic for statistic in STATISTICS}
    if word in known:
        return known[word]
    what = "instrument" if word.startswith(_PREFIX) else "rung"
    near = nearest(word, tuple(known))
    allowed = f"One of {', '.join(INSTRUMENTS)}; instrument:NAME; delivered."
    hint = f"Did you mean {near}?" if near else allowed
    raise NotFoundError(f"{shown(text)} is no {what}.", hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A bound that a statistic should pass: from below (`upwards`) or from above."""

    statistic: Statistic
    upwards: bool
    level: float
    strict: bool = False

    @property
    def text(self) -> str:
        """The goal as users write it."""
        sign = (">" if self.upwards else "<") + ("" if self.strict else "=")
        level = f"{100 * self.level:.4g}%" if self.statistic.is_chance else f"{self.level:.4g}"
        return f"{self.statistic.name}{sign}{level}"

    def met(self, values: Float[np.ndarray, "*shape"] | float) -> Bool[np.ndarray, "*shape"]:
        """Tell which values are past the bound."""
        beyond = np.asarray(values) - self.level
        if not self.upwards:
            beyond = -beyond
        return beyond > 0 if self.strict else beyond >= 0

    @property
    def reverse(self) -> "Goal":
        """The goal that is met exactly where this one is not."""
        return Goal(
            statistic=self.statistic,
            upwards=not self.upwards,
            level=self.level,
            strict=not self.strict,
        )


def parse_goal(text: str) -> Goal:
    """Return the goal behind `forces>50%`, `weapons>=0.3` or `instrument:money<10%`.

    >>> parse_goal("weapons>=0.3").text
    'weapons>=30%'
    """
    match = _GOAL.fullmatch(text)
    if match is None:
        said = f"{shown(text)} is no goal."
        raise UsageError(
            said, code="E213", hint='Write "forces>50%", "weapons>=0.3" or "forces<10%".'
        )
    statistic = parse_statistic(match["word"])
    level = float(match["number"]) / (100.0 if match["percent"] else 1.0)
    goal = Goal(
        statistic=statistic,
        upwards=match["sign"].startswith(">"),
        level=level,
        strict=not match["sign"].endswith("="),
    )
    _check_within_reach(goal, match)
    return goal


def _check_within_reach(goal: Goal, match: re.Match[str]) -> None:
    """Refuse a chance above one, and a bound that no chance can pass."""
    if not goal.statistic.is_chance:
        if match["percent"]:
            said = "delivered strength is counted in its own unit, not in per cent."
            raise UsageError(said, code="E213", hint=f"Write {match['word']}{match['sign']}0.5.")
        return
    if goal.level > 1.0:
        number = match["number"]
        hint = "" if match["percent"] else f"Did you mean {match['word']}{match['sign']}{number}%?"
        raise UsageError(
            f"a chance lies between 0 and 1, not at {goal.level:g}.", code="E213", hint=hint
        )
    if not goal.strict and goal.level == (0.0 if goal.upwards else 1.0):
        said = f"every chance is at {'least 0' if goal.upwards else 'most 100'}%."
        raise UsageError(
            said,
            code="E213",
            hint=f"Write {match['word']}{match['sign']}{1 if goal.upwards else 99}%.",
        )
    if goal.strict and goal.level == (1.0 if goal.upwards else 0.0):
        said = f"no chance is {'above 100' if goal.upwards else 'below 0'}%."
        raise UsageError(
            said,
            code="E213",
            hint=f"Write {match['word']}{match['sign']}{99 if goal.upwards else 1}%.",
        )

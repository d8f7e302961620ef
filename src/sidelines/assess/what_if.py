"""What if: the same draws with some inputs changed, and the difference it makes."""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.again import assess_again
from sidelines.assess.assessment import Assessment, entry_of
from sidelines.assess.outcomes import at_least
from sidelines.assess.settings import Change, Setting
from sidelines.crisis.levers import CRISIS_INPUTS
from sidelines.terms.arrays import Float
from sidelines.terms.errors import UsageError
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side

__all__ = ["WhatIf", "what_if"]


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
    """Return the answer with inputs of one power or of the parties changed.

    Every other input keeps its draws. A setting means what the same name means in a crisis file:
    danger before threats, strength before the share committed, distance before lift.
    """
    entry = entry_of(answer.crisis, power, side)
    named: dict[str, tuple[Setting, ...]] = {}
    for setting in settings:
        inner = setting.name in CRISIS_INPUTS
        name = setting.name if inner else f"{entry.power}.{entry.side}.{setting.name}"
        named[name] = (*named.get(name, ()), setting)
    after = assess_again(answer, named)
    made = after.notes.changes
    unread = [name for name in named if name not in made]
    if unread:
        said = f"{unread[0]} enters no role of {answer.crisis.id}, so it can change nothing."
        raise UsageError(said, code="E212")
    changes = tuple(change for name in named for change in made[name])
    return WhatIf(power=entry.power, side=entry.side, changes=changes, before=answer, after=after)

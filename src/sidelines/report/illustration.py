"""What the model gave to what really happened, beside a base rate: an illustration, never skill.

One crisis is one case, its inputs were written by people who know how it ended, and the slopes are
priors. The table shows what the model says, not how good it is.
"""

from dataclasses import dataclass

from sidelines.assess.assessment import Assessment
from sidelines.assess.outcomes import at_least
from sidelines.crisis.outcome import Outcome
from sidelines.facts.base_rates import base_rate
from sidelines.facts.world import load_world
from sidelines.terms.ladder import INSTRUMENTS, Rung
from sidelines.terms.roles import Side

__all__ = ["Row", "beside_outcome"]

_STEPS = (Rung.WORDS, Rung.MONEY, Rung.FORCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Whether a power went to a rung or further; what model and base rate gave to that.

    `model` and `base` are probabilities of what happened; `done` says that it had happened by the
    as-of date already, so that there was nothing to foresee.
    """

    power: str
    side: Side
    rung: Rung
    happened: bool
    done: bool
    model: float
    base: float


def beside_outcome(answer: Assessment, outcome: Outcome) -> tuple[Row, ...]:
    """Return a row per power, side and step (words, money, forces) whose outcome is known."""
    world = load_world(answer.as_of, retrospective=True)
    rows = []
    for index, role in enumerate(answer.inputs.roles):
        used = outcome.used(role.power, role.side)
        for rung in _STEPS:
            happened = _reached(used, rung)
            rate = base_rate(world, role.power, rung.word)
            if happened is None or rate is None:
                continue
            prob = float(at_least(answer.prob, index, rung).mean())
            rows.append(
                Row(
                    power=role.power,
                    side=role.side,
                    rung=rung,
                    happened=happened,
                    done=bool(answer.inputs.done[index, rung - 1 :].any()),
                    model=prob if happened else 1.0 - prob,
                    base=rate.value if happened else 1.0 - rate.value,
                )
            )
    return tuple(rows)


def _reached(used: dict[str, bool | None], rung: Rung) -> bool | None:
    """Tell whether a rung was reached: yes if any instrument from there on is known to be used."""
    found = [used.get(word) for word in INSTRUMENTS[rung - 1 :]]
    if any(found):
        return True
    return None if None in found else False

"""Why not further: an exact split of restraint among five factors, in equilibrium.

For each of the 32 sets of factors, the factors of the set are removed from one power, the game is
solved again (the others respond), and the statistic read. The Shapley value of a factor is its
average contribution over all orders of removal; the five add up to the whole difference. The same
32 values give the interactions of every pair, and every smallest set of removals that would flip
the verdict. A second set of 32, in which the others stay as they are, gives the direct part.

What removal means (this *is* the answer, so it is printed beside it):
"""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.assessment import Assessment, entry_of
from sidelines.assess.excerpt import EXCERPT_DRAWS
from sidelines.assess.inputs import Inputs, with_role
from sidelines.assess.resolving import (
    Tick,
    delivered_by_bundle,
    part_of,
    resolve,
    respond,
    silent,
)
from sidelines.assess.shapley import SETS, Values, interaction_indices, minimal, shapley_values
from sidelines.assess.statistic import Statistic
from sidelines.terms.arrays import Float
from sidelines.terms.roles import FACTORS, Factor, Side

__all__ = [
    "FLIP_AT",
    "REMOVALS",
    "SPLIT_SOLUTIONS",
    "Attribution",
    "Removals",
    "attribute",
    "remove",
    "removed",
]

FLIP_AT = 0.5
SPLIT_SOLUTIONS = 2 * len(SETS) + 1
REMOVALS: dict[Factor, str] = {
    Factor.GEOGRAPHY: "all that it sends could arrive over secure ways and be sustained",
    Factor.OVERSTRETCH: "none of its forces tied down elsewhere",
    Factor.CAUTION: "no fear of a war with the other side",
    Factor.ECONOMY: "no exposure to the other side's markets and sanctions",
    Factor.COMMITMENT: "bound by a defence pact that this attack invokes",
}
_REMOVED = {
    Factor.GEOGRAPHY: ("arrival", 1.0),
    Factor.OVERSTRETCH: ("overstretch", 0.0),
    Factor.CAUTION: ("danger", 0.0),
    Factor.ECONOMY: ("exposure", 0.0),
    Factor.COMMITMENT: ("commitment", 1.0),
}
_NONE, _ALL = frozenset[Factor](), frozenset(FACTORS)

Choices = dict[frozenset[Factor], Float[np.ndarray, "draw bundle"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals:
    """What one power would do without each set of factors; every statistic is read off it.

    `whole`: once the others have responded; `direct`: while the others stay as they are;
    `delivered`: what each bundle adds to its side; `without_rents`: nothing removed but rents.
    """

    power: str
    side: Side
    whole: Choices
    direct: Choices
    delivered: Choices
    without_rents: Float[np.ndarray, "draw bundle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The split of one power's restraint on one side, for one statistic.

    - `before`, `after` (draw): structural, with no factor and with all five removed
    - `shares` (draw, factor): they add up to `after - before`
    - `direct_after`, `direct_shares`: the same while the others stay as they are
    - `first`, `last` (factor): a factor's effect removed alone, and removed last
    - `pairs` (draw, pair): Shapley interaction of two factors
    - `values`: the mean per set of removals; `flips`: the share of draws in which a set lifts the
      statistic to even odds; `minimal_sets`: the smallest sets whose mean gets there. Strength
      delivered has no even odds: there both are empty
    - `rents`: what rents add to `before`
    """

    power: str
    side: Side
    statistic: Statistic
    before: Float[np.ndarray, " draw"]
    after: Float[np.ndarray, " draw"]
    shares: Float[np.ndarray, "draw factor"]
    direct_after: Float[np.ndarray, " draw"]
    direct_shares: Float[np.ndarray, "draw factor"]
    first: Float[np.ndarray, " factor"]
    last: Float[np.ndarray, " factor"]
    pairs: Float[np.ndarray, "draw pair"]
    values: dict[frozenset[Factor], float]
    flips: dict[frozenset[Factor], float]
    minimal_sets: tuple[tuple[Factor, ...], ...]
    rents: float

    @property
    def sum_error(self) -> float:
        """How far the shares are from adding up to the difference they explain [1]."""
        return float(np.abs(self.shares.sum(axis=1) - (self.after - self.before)).max())


def removed(inputs: Inputs, row: int, factors: frozenset[Factor]) -> Inputs:
    """Return the inputs with some factors removed from one role.

    A commitment above the reference pact is never lowered.
    """
    changes: dict[str, np.ndarray | float] = {}
    for factor in sorted(factors):
        name, value = _REMOVED[factor]
        present = getattr(inputs, name)[:, row]
        changes[name] = np.maximum(present, value) if value else np.minimum(present, value)
    return with_role(inputs, row, **changes)


def remove(
    answer: Assessment,
    power: str,
    *,
    side: Side | None = None,
    draws: int = EXCERPT_DRAWS,
    tick: Tick = silent,
) -> Removals:
    """Return what a power would do without each set of factors; every statistic is read off it."""
    entry = entry_of(answer.crisis, power, side)
    part = part_of(answer, entry, draws=draws)
    free = {factors: removed(part.inputs, 0, factors) for factors in SETS}
    whole, direct = {}, {}
    for factors, inputs in free.items():
        whole[factors] = _told(resolve(part, inputs), tick)
        direct[factors] = _told(respond(part, inputs), tick)
    poorer = with_role(part.inputs, 0, rents=0.0)
    return Removals(
        power=entry.power,
        side=entry.side,
        whole=whole,
        direct=direct,
        delivered={factors: delivered_by_bundle(part, inputs) for factors, inputs in free.items()},
        without_rents=_told(resolve(part, poorer), tick),
    )


def _told(prob: np.ndarray, tick: Tick) -> np.ndarray:
    tick()
    return prob


def attribute(removals: Removals, statistic: Statistic) -> Attribution:
    """Split what keeps a statistic down among the five factors."""
    delivered = removals.delivered
    values: Values = {
        factors: statistic.of(prob, delivered[factors]) for factors, prob in removals.whole.items()
    }
    direct: Values = {
        factors: statistic.of(prob, delivered[factors]) for factors, prob in removals.direct.items()
    }
    means = {factors: float(value.mean()) for factors, value in values.items()}
    flips = {
        factors: float((value >= FLIP_AT).mean())
        for factors, value in values.items()
        if statistic.is_chance
    }
    poorer = statistic.of(removals.without_rents, delivered[_NONE])
    return Attribution(
        power=removals.power,
        side=removals.side,
        statistic=statistic,
        before=values[_NONE],
        after=values[_ALL],
        shares=shapley_values(values, of=FACTORS),
        direct_after=direct[_ALL],
        direct_shares=shapley_values(direct, of=FACTORS),
        first=np.array([means[frozenset({f})] - means[_NONE] for f in FACTORS]),
        last=np.array([means[_ALL] - means[_ALL - {f}] for f in FACTORS]),
        pairs=interaction_indices(values),
        values=means,
        flips=flips,
        minimal_sets=minimal(one for one in flips if means[one] >= FLIP_AT),
        rents=means[_NONE] - float(poorer.mean()),
    )


__doc__ = (__doc__ or "") + "\n".join(f"- {factor}: {text}" for factor, text in REMOVALS.items())

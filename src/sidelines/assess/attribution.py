"""Why not further: an exact split of restraint among five factors, in equilibrium.

For each of the 32 sets of factors, the factors of the set are removed from one power, the game is
solved again (the others respond), and the statistic read. The Shapley value of a factor is its
average contribution over all orders of removal; the five add up to the whole difference. The same
32 numbers give every smallest set of removals that would flip the verdict.

What removal means (this *is* the answer, so it is printed beside it):
"""

from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from sidelines.assess.assessment import Assessment, entry_of, solve_inputs
from sidelines.assess.inputs import Inputs, take, with_role
from sidelines.assess.outcomes import at_least
from sidelines.terms.arrays import Float
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import FACTORS, Factor, Side

__all__ = ["FLIP_AT", "REMOVALS", "Attribution", "attribute", "removed", "shapley_values"]

FLIP_AT = 0.5
ATTRIBUTION_DRAWS = 100
REMOVALS: dict[Factor, str] = {
    Factor.GEOGRAPHY: "all its forces could arrive over secure ways and be sustained",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The split of one power's restraint on one side, for reaching one rung.

    `before` and `after` are structural probabilities per draw, with no factor and with all five
    removed; `shares` (draw, factor) add up to `after - before`; `first` and `last` are a factor's
    effect removed alone and removed last; `values` the mean per set of removals.
    """

    power: str
    side: Side
    rung: Rung
    before: Float[np.ndarray, " draw"]
    after: Float[np.ndarray, " draw"]
    shares: Float[np.ndarray, "draw factor"]
    first: Float[np.ndarray, " factor"]
    last: Float[np.ndarray, " factor"]
    values: dict[frozenset[Factor], float]
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


def shapley_values(
    values: dict[frozenset[Factor], Float[np.ndarray, " draw"]],
) -> Float[np.ndarray, "draw factor"]:
    """Return the Shapley value of each factor, per draw, from the values of all sets.

    Source: Shapley (1953), A Value for n-Person Games.
    """
    count = len(FACTORS)
    weight = [factorial(n) * factorial(count - n - 1) / factorial(count) for n in range(count)]
    shares = []
    for factor in FACTORS:
        rest = [other for other in FACTORS if other is not factor]
        shares.append(
            sum(
                weight[size] * (values[frozenset({*chosen, factor})] - values[frozenset(chosen)])
                for size in range(count)
                for chosen in combinations(rest, size)
            )
        )
    return np.stack(shares, axis=1)


def _all_sets() -> list[frozenset[Factor]]:
    return [
        frozenset(chosen)
        for size in range(len(FACTORS) + 1)
        for chosen in combinations(FACTORS, size)
    ]


def attribute(
    answer: Assessment,
    power: str,
    *,
    side: Side | None = None,
    rung: Rung = Rung.FORCES,
    draws: int = ATTRIBUTION_DRAWS,
) -> Attribution:
    """Split what keeps a power from a rung among the five factors, over the first draws."""
    entry = entry_of(answer.crisis, power, side)
    inputs = take(answer.inputs, draws)
    slopes = {name: values[:draws] for name, values in answer.slopes.items()}
    near = answer.equilibria.branch[:draws]
    row = inputs.row(entry.power, entry.side)

    def statistic(changed: Inputs) -> np.ndarray:
        prob = solve_inputs(changed, slopes, answer.parameters, near=near).prob
        return at_least(prob, row, rung)

    values = {factors: statistic(removed(inputs, row, factors)) for factors in _all_sets()}
    none, everything = frozenset[Factor](), frozenset(FACTORS)
    without_rents = statistic(with_role(inputs, row, rents=0.0))
    means = {factors: float(value.mean()) for factors, value in values.items()}
    return Attribution(
        power=entry.power,
        side=entry.side,
        rung=rung,
        before=values[none],
        after=values[everything],
        shares=shapley_values(values),
        first=np.array([means[frozenset({f})] - means[none] for f in FACTORS]),
        last=np.array([means[everything] - means[everything - {f}] for f in FACTORS]),
        values=means,
        minimal_sets=_minimal_sets(means),
        rents=means[none] - float(without_rents.mean()),
    )


def _minimal_sets(means: dict[frozenset[Factor], float]) -> tuple[tuple[Factor, ...], ...]:
    """Return every smallest set of removals that lifts the statistic to one half."""
    flipping = [factors for factors, value in means.items() if value >= FLIP_AT]
    smallest = [one for one in flipping if not any(other < one for other in flipping)]
    ordered = [tuple(f for f in FACTORS if f in factors) for factors in smallest]
    return tuple(sorted(ordered, key=lambda one: (len(one), one)))


__doc__ = (__doc__ or "") + "\n".join(f"- {factor}: {text}" for factor, text in REMOVALS.items())

"""What makes geography of a power: its restraint by geography, split by five obstacles.

Each obstacle is taken away in turn, alone and together with others, and what arrives of each
instrument is reckoned anew; an obstacle's part is its Shapley value. The worth of an act falls in
proportion to what does not arrive, so the points that geography explains are split in that
proportion. What taking away means (this *is* the answer, so it is printed beside it):
"""

from dataclasses import dataclass, replace

import numpy as np

from sidelines.assess.arrival import arrived
from sidelines.assess.assessment import Assessment, context_of, entry_of
from sidelines.assess.notes import Notes
from sidelines.assess.shapley import sets_of, shapley_values
from sidelines.assess.ways import OBSTACLES, Obstacle, own_overland, routes_of
from sidelines.terms.arrays import Float
from sidelines.terms.ladder import CARRIED
from sidelines.terms.roles import Side

__all__ = ["WITHOUT", "Geography", "geography"]

WITHOUT: dict[Obstacle, str] = {
    Obstacle.DISTANCE: "the theatre lay next door",
    Obstacle.ACCESS: "everybody on its ways gave leave",
    Obstacle.SAFETY: "nothing on its ways or before the theatre was dangerous",
    Obstacle.BASES: "it had a base as near as the nearest of any power",
    Obstacle.LIFT: "all that it sends could be carried at once",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography:
    """What each obstacle takes from what arrives.

    - `taken` (draw, instrument, obstacle): of each instrument that has to be carried, in the order
      of `CARRIED`; over the obstacles it adds up to what does not arrive [share]
    - `shares` (obstacle): of the cost of what does not arrive, by how far each instrument has to be
      carried; they add up to one, all zero where everything arrives [1]
    """

    taken: Float[np.ndarray, "draw instrument obstacle"]
    shares: Float[np.ndarray, " obstacle"]


def geography(answer: Assessment, power: str, *, side: Side | None = None) -> Geography:
    """Return how obstacles share in what does not arrive of a power's instruments."""
    entry = entry_of(answer.crisis, power, side)
    row = answer.inputs.row(entry.power, entry.side)
    asked = context_of(answer, {}, powers=(entry,))
    aside = Notes(as_of=asked.notes.as_of, stale_months=asked.notes.stale_months)
    ctx = replace(asked, notes=aside)
    routes = replace(routes_of(ctx, entry), granted_overland=own_overland(ctx, entry, granted=True))
    strength = answer.inputs.strength[:, row]
    values = {
        some: arrived(ctx, entry, routes, strength=strength, without=some).shares
        for some in sets_of(OBSTACLES)
    }
    taken = np.stack(
        [
            shapley_values({some: one[:, k] for some, one in values.items()}, of=OBSTACLES)
            for k in range(len(CARRIED))
        ],
        axis=1,
    )
    haul = answer.parameters.scales.haul[-len(CARRIED) :]
    cost = np.tensordot(taken.mean(axis=0), haul, axes=(0, 0))
    total = float(cost.sum())
    return Geography(taken=taken, shares=cost / total if total > 0.0 else np.zeros(len(OBSTACLES)))

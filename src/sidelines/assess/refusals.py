"""Who refuses a power in each draw, from the chances of leave and what holders share."""

import numpy as np

from sidelines.assess.context import Context
from sidelines.assess.kept import kept
from sidelines.assess.permissions import Permissions
from sidelines.assess.sampling import standard_uniforms
from sidelines.crisis.model import Power
from sidelines.reach.access import refusals_from
from sidelines.terms.arrays import Bool
from sidelines.terms.roles import Means

__all__ = ["drawn_refusals"]


def drawn_refusals(
    ctx: Context, power: Power, means: Means, said: Permissions
) -> Bool[np.ndarray, "draw holder"]:
    """Return who refuses a power leave in each draw, by the mean chance of each holder.

    Each holder has luck of its own, each group one, and all of them one for what the power asks
    for in this crisis by any means. The answer is kept for a second asking: nobody may write into
    it.
    """
    chance, common = 1.0 - said.mean_prob, said.common
    own = (f"leave {power.power} {means} {name}" for name in (*said.holders, *said.groups))
    names = (*own, f"leave {power.power} in all")

    def draw() -> np.ndarray:
        return refusals_from(
            standard_uniforms(names, draws=ctx.draws, seed=ctx.seed).T,
            chance,
            group=said.group,
            loading=np.full(len(chance), said.loading),
            common=common,
        )

    weights = (said.group.tobytes(), said.loading, common.tobytes())
    return kept(("refusals", names, chance.tobytes(), weights, ctx.draws, ctx.seed), draw)

"""A user's own probability in place of the model's, by Jeffrey's rule."""

import numpy as np

from sidelines.assess.inputs import side_index
from sidelines.assess.outcomes import acts_at_least
from sidelines.crisis.model import Crisis, Override
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side

__all__ = ["overridden"]


def _acts(override: Override, side: Side) -> Bool[np.ndarray, " act"]:
    rung = Rung[override.rung.upper()]
    if rung is Rung.NOTHING:
        return ~acts_at_least(Rung.WORDS, side_index(side))
    reached = acts_at_least(rung, side_index(side))
    if override.at_least or rung is Rung.FORCES:
        return reached
    return reached & ~acts_at_least(Rung(rung + 1), side_index(side))


def overridden(
    prob: Float[np.ndarray, "draw power act"], crisis: Crisis, powers: tuple[str, ...]
) -> Float[np.ndarray, "draw power act"]:
    """Return probabilities in which every override of the crisis holds, the last one exactly.

    Inside and outside the overridden set the proportions stay. Source: Jeffrey (1965), The Logic
    of Decision, ch. 11.
    """
    result = prob.copy()
    for entry in crisis.powers:
        row = powers.index(entry.power)
        for override in entry.overrides:
            inside = _acts(override, entry.side)
            held = result[:, row, inside].sum(axis=1, keepdims=True)
            wanted = override.probability
            result[:, row, inside] *= wanted / np.maximum(held, 1e-12)
            result[:, row, ~inside] *= (1.0 - wanted) / np.maximum(1.0 - held, 1e-12)
    return result

"""A user's own probability in place of the model's, by Jeffrey's rule."""

import numpy as np

from sidelines.assess.inputs import Role
from sidelines.assess.outcomes import bundle_rungs
from sidelines.crisis.model import Crisis, Override
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.ladder import Rung

__all__ = ["overridden"]


def _bundles(override: Override) -> Bool[np.ndarray, " bundle"]:
    rung = Rung[override.rung.upper()]
    upwards = override.at_least and rung is not Rung.NOTHING
    return bundle_rungs() >= rung if upwards else bundle_rungs() == rung


def overridden(
    prob: Float[np.ndarray, "draw role bundle"], crisis: Crisis, roles: tuple[Role, ...]
) -> Float[np.ndarray, "draw role bundle"]:
    """Return probabilities in which every override of the crisis holds, the last one exactly.

    Inside and outside the overridden set the proportions stay. Source: Jeffrey (1965), The Logic
    of Decision, ch. 11.
    """
    if not any(entry.overrides for entry in crisis.powers):
        return prob
    result = prob.copy()
    for entry in crisis.powers:
        row = roles.index(Role(power=entry.power, side=entry.side))
        for override in entry.overrides:
            inside = _bundles(override)
            for part, wanted in (
                (inside, override.probability),
                (~inside, 1 - override.probability),
            ):
                held = result[:, row, part].sum(axis=1, keepdims=True)
                even = np.full(part.sum(), 1.0 / part.sum())
                share = np.where(held > 0, result[:, row, part] / np.where(held > 0, held, 1), even)
                result[:, row, part] = wanted * share
    return result

"""From a crisis and the facts of its day to the draws that the game is built from."""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.arrival import Arrival, arrival
from sidelines.assess.bonds import commitment, flow, rents, said
from sidelines.assess.burdens import danger, exposure, overstretch
from sidelines.assess.context import Context, lacking, quantity
from sidelines.assess.inputs import SIDES, Inputs, side_index
from sidelines.assess.strengths import party_resolve, party_strength, power_strength
from sidelines.crisis.model import Power
from sidelines.terms.ladder import INSTRUMENTS
from sidelines.terms.roles import Side

__all__ = ["Gathered", "gather"]

_PER_SIDE = (
    "arrival",
    "overstretch",
    "stake",
    "commitment",
    "danger",
    "exposure",
    "rents",
    "said",
    "reserved",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The inputs of one assessment, and how each power's arrival came about."""

    inputs: Inputs
    arrivals: dict[tuple[str, Side], Arrival]


def gather(ctx: Context) -> Gathered:
    """Return the draws of every input; what was missing or assumed is in the notes."""
    entries = ctx.crisis.powers
    ids = tuple(dict.fromkeys(entry.power for entry in entries))
    strength = {}
    for entry in entries:
        if entry.power not in strength or entry.strength is not None:
            strength[entry.power] = power_strength(ctx, entry)
    party = {side: party_strength(ctx, side) for side in SIDES}
    shape = (ctx.draws, len(ids), len(SIDES))
    arrays = {name: np.zeros(shape) for name in _PER_SIDE}
    flows = np.zeros((*shape, len(INSTRUMENTS)))
    may_back = np.zeros(shape[1:], dtype=bool)
    arrivals = {}
    for entry in entries:
        row, column = ids.index(entry.power), side_index(entry.side)
        found = arrival(ctx, entry, strength[entry.power])
        arrivals[entry.power, entry.side] = found
        values = _values(ctx, entry, found, strength[entry.power], party[entry.side.other])
        for name, value in values.items():
            arrays[name][:, row, column] = value
        flows[:, row, column] = flow(ctx, entry)
        may_back[row, column] = True
    inputs = Inputs(
        powers=ids,
        may_back=may_back,
        strength=np.stack([strength[id_] for id_ in ids], axis=1),
        flow=flows,
        attack_strength=party[Side.ATTACKER],
        target_strength=party[Side.TARGET],
        attack_resolve=party_resolve(ctx, Side.ATTACKER),
        target_resolve=party_resolve(ctx, Side.TARGET),
        **arrays,
    )
    return Gathered(inputs=inputs, arrivals=arrivals)


def _values(
    ctx: Context, power: Power, found: Arrival, strength: np.ndarray, other: np.ndarray
) -> dict[str, np.ndarray]:
    what = f"{power.power}.{power.side}.stake"
    stake = lacking(ctx, "stake", what) if power.stake is None else quantity(ctx, what, power.stake)
    return {
        "arrival": found.arrival,
        "overstretch": overstretch(ctx, power),
        "stake": stake,
        "commitment": commitment(ctx, power),
        "danger": danger(ctx, power, own_strength=strength, other_strength=other),
        "exposure": exposure(ctx, power),
        "rents": rents(ctx, power),
        "said": said(ctx, power),
        "reserved": np.full(ctx.draws, float(power.stance is not None)),
    }

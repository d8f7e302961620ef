"""From a crisis and the facts of its day to the draws that the game is built from."""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.arrival import Arrival, arrival
from sidelines.assess.bonds import commitment, done, flow, rents, said
from sidelines.assess.burdens import danger, exposure, overstretch
from sidelines.assess.context import Context, lacking, quantity, settled
from sidelines.assess.inputs import Inputs, Role
from sidelines.assess.salvo import SalvoDraws, batteries, deciding, gather_salvo
from sidelines.assess.strengths import party_resolve, party_strength, power_strength
from sidelines.crisis.model import Power
from sidelines.terms.roles import Side

__all__ = ["Gathered", "gather"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The inputs of one assessment, how each role's arrival came about, and the salvo."""

    inputs: Inputs
    arrivals: dict[Role, Arrival]
    salvo: SalvoDraws | None


def gather(ctx: Context) -> Gathered:
    """Return the draws of every input; what was missing or assumed is in the notes."""
    entries = ctx.powers
    roles = tuple(Role(power=entry.power, side=entry.side) for entry in entries)
    party = {side: party_strength(ctx, side) for side in Side}
    arrivals: dict[Role, Arrival] = {}
    columns: list[dict[str, np.ndarray]] = []
    for role, entry in zip(roles, entries, strict=True):
        strength = power_strength(ctx, entry)
        arrivals[role] = arrival(ctx, entry, strength)
        other = party[entry.side.other]
        columns.append(_column(ctx, entry, arrivals[role], strength, other))
    salvo = gather_salvo(ctx)
    stacked = {name: np.stack([one[name] for one in columns], axis=1) for name in columns[0]}
    inputs = Inputs(
        roles=roles,
        done=np.stack([done(entry) for entry in entries]),
        attack_strength=party[Side.ATTACKER],
        target_strength=party[Side.TARGET],
        attack_resolve=party_resolve(ctx, Side.ATTACKER),
        target_resolve=party_resolve(ctx, Side.TARGET),
        salvo=deciding(ctx, salvo),
        **stacked,
    )
    return Gathered(inputs=inputs, arrivals=arrivals, salvo=salvo)


def _column(
    ctx: Context, power: Power, found: Arrival, strength: np.ndarray, other: np.ndarray
) -> dict[str, np.ndarray]:
    """Return the draws of one role's inputs."""
    role = f"{power.power}.{power.side}"
    what = f"{role}.stake"
    arriving = [settled(ctx, f"{role}.arrival", share) for share in found.shares.T]
    stake = lacking(ctx, "stake", what) if power.stake is None else quantity(ctx, what, power.stake)
    return {
        "strength": strength,
        "arrival": np.stack(arriving, axis=1),
        "overstretch": overstretch(ctx, power),
        "stake": settled(ctx, what, stake),
        "commitment": commitment(ctx, power),
        "danger": danger(ctx, power, own_strength=strength, other_strength=other),
        "exposure": exposure(ctx, power),
        "rents": rents(ctx, power),
        "said": said(ctx, power),
        "reserved": np.full(ctx.draws, float(power.stance is not None)),
        "flow": flow(ctx, power),
        "batteries": batteries(ctx, power),
    }

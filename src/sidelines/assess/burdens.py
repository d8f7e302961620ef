"""What holds a power back besides geography: overstretch, danger, exposure."""

import numpy as np

from sidelines.assess.context import Context, lacking, number, quantity, settled
from sidelines.crisis.model import Power
from sidelines.facts.economy import energy_share, sanctions, trade_share
from sidelines.facts.nuclear import is_nuclear
from sidelines.facts.record import Fact
from sidelines.facts.wars import wars
from sidelines.reach.slack import overstretch_share
from sidelines.terms.arrays import Float

__all__ = ["danger", "exposure", "overstretch"]

_GREAT_WAR = 2
_FUELS = ("crude", "gas")
_BITING = {"comprehensive", "financial", "energy"}


def _name(power: Power, what: str) -> str:
    return f"{power.power}.{power.side}.{what}"


def overstretch(ctx: Context, power: Power) -> Float[np.ndarray, " draw"]:
    """Return draws of the share of forces tied down: given, from commitments, or from wars."""
    what = _name(power, "overstretch")
    return settled(ctx, what, _overstretch(ctx, power, what))


def _overstretch(ctx: Context, power: Power, what: str) -> np.ndarray:
    if power.overstretch is not None:
        return quantity(ctx, what, power.overstretch)
    if power.commitments is not None:
        shares = [
            quantity(ctx, _name(power, f"commitments[{one.title}]"), one.share)
            for one in power.commitments
        ]
        return overstretch_share(np.stack([*shares, np.zeros(ctx.draws)], axis=-1))
    found = wars(ctx.world, power.power)
    if found is None:
        return lacking(ctx, "overstretch", what)
    shares = [number(ctx, "idle_share")]
    for fact in found:
        ctx.notes.fact(f"{power.power}.war", fact)
        great = fact.value.role == "primary" and fact.value.intensity == _GREAT_WAR
        shares.append(number(ctx, "war_share" if great else "minor_war_share"))
    return overstretch_share(np.stack(shares, axis=-1))


def danger(
    ctx: Context,
    power: Power,
    *,
    own_strength: Float[np.ndarray, " draw"],
    other_strength: Float[np.ndarray, " draw"],
) -> Float[np.ndarray, " draw"]:
    """Return draws of how bad a war with the other side would be, raised by its threats.

    A what-if may set `danger`, before threats, or `caution`, with them.
    """
    what = _name(power, "danger")
    if power.danger is not None:
        level = quantity(ctx, what, power.danger)
    else:
        level = _known_danger(ctx, power, own_strength, other_strength)
    level = settled(ctx, what, level)
    for index, threat in enumerate(ctx.crisis.threats):
        if threat.by in ctx.opponents(power) and power.power in threat.against:
            force = quantity(ctx, f"threats[{threat.title or index}]", threat.strength)
            level = level + number(ctx, "threat_weight") * force * (1.0 - level)
    return settled(ctx, _name(power, "caution"), np.clip(level, 0.0, 1.0))


def _known_danger(
    ctx: Context, power: Power, own_strength: np.ndarray, other_strength: np.ndarray
) -> np.ndarray:
    """Return danger from the other side's weapons; wide where it is not known whether nuclear."""
    unknown = False
    for party in ctx.opponents(power):
        fact = is_nuclear(ctx.world, party)
        if fact is None:
            unknown = True
        elif fact.value:
            ctx.notes.fact(f"{party}.nuclear", fact)
            return number(ctx, "danger_nuclear")
    if unknown:
        return lacking(ctx, "danger", _name(power, "danger"))
    weight = 2.0 * other_strength / (own_strength + other_strength)
    return np.clip(number(ctx, "danger_conventional") * weight, 0.0, 1.0)


def exposure(ctx: Context, power: Power) -> Float[np.ndarray, " draw"]:
    """Return draws of exposure to the other side's markets: given, or from trade."""
    what = _name(power, "exposure")
    if power.exposure is not None:
        return settled(ctx, what, quantity(ctx, what, power.exposure))
    share = _share_at_stake(ctx, power)
    if share is None:
        return settled(ctx, what, lacking(ctx, "exposure", what))
    level = share / (share + number(ctx, "exposure_half"))
    left = number(ctx, "sanctioned_share") if _sanctioned(ctx, power) else np.ones(ctx.draws)
    return settled(ctx, what, level * left)


def _share_at_stake(ctx: Context, power: Power) -> float | None:
    """Return the share of trade with the other side, or of fuel imports where that is larger."""
    shares = []
    for kind in ("trade", *_FUELS):
        known = [
            (party, fact)
            for party in ctx.opponents(power)
            if (fact := _dependence(ctx, power.power, party, kind)) is not None
        ]
        for party, fact in known:
            ctx.notes.fact(f"{power.power}.{kind}.{party}", fact)
        if known:
            shares.append(sum(fact.value for _, fact in known))
    return max(shares, default=None)


def _dependence(ctx: Context, power: str, party: str, kind: str) -> Fact[float] | None:
    if kind == "trade":
        return trade_share(ctx.world, power, party)
    return energy_share(ctx.world, power, party, fuel=kind)


def _sanctioned(ctx: Context, power: Power) -> bool:
    """Tell whether the other side has taken away already what exposure could lose."""
    for party in ctx.opponents(power):
        for fact in sanctions(ctx.world, party, power.power):
            if fact.value.kind in _BITING:
                ctx.notes.fact(f"{power.power}.sanctions.{party}", fact)
                return True
    return False

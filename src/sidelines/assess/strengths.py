"""How strong: shares of world capabilities, of powers and of the two parties."""

import numpy as np

from sidelines.assess.context import Context, lacking, number, quantity, settled
from sidelines.crisis.model import Power, Strength
from sidelines.facts.strength import gdp_busd, strength_share
from sidelines.facts.world import latest, lookup, rows
from sidelines.terms.arrays import Float
from sidelines.terms.roles import Side

__all__ = ["party_resolve", "party_strength", "power_strength"]

_FLOOR = 1e-5


def power_strength(ctx: Context, power: Power) -> Float[np.ndarray, " draw"]:
    """Return draws of a power's share of world capabilities."""
    if power.strength is not None:
        strength = quantity(ctx, f"{power.power}.strength", power.strength)
    else:
        strength = _known_strength(ctx, power.power)
    return np.maximum(settled(ctx, f"{power.power}.{power.side}.strength", strength), _FLOOR)


def _known_strength(ctx: Context, id_: str) -> np.ndarray:
    """Return the capability index, else the share of world product, else a wide range."""
    fact = strength_share(ctx.world, id_)
    if fact is not None:
        ctx.notes.fact(f"{id_}.strength", fact)
        return np.full(ctx.draws, max(fact.value, _FLOOR))
    product = gdp_busd(ctx.world, id_)
    if product is not None:
        ctx.notes.fact(f"{id_}.gdp", product)
        ctx.notes.lack(f"{id_}.strength (share of world product stands in)")
        share = product.value / _world_product(ctx)
        return np.maximum(share * number(ctx, "gdp_strength_ratio"), _FLOOR)
    return lacking(ctx, "strength", f"{id_}.strength")


def _world_product(ctx: Context) -> float:
    """Return the product of all states with a figure [billion USD]."""
    ids = {row.fields["id"] for row in rows(ctx.world, "gdp")}
    newest = (latest(ctx.world, lookup(ctx.world, "gdp", {"id": id_})) for id_ in sorted(ids))
    return sum(float(row.fields["value"]) for row in newest if row is not None)


def _party(ctx: Context, side: Side) -> tuple[str, Strength]:
    crisis = ctx.crisis
    return ("defence", crisis.defence) if side is Side.TARGET else ("attack", crisis.attack)


def party_strength(ctx: Context, side: Side) -> Float[np.ndarray, " draw"]:
    """Return draws of what a party brings to the theatre [share of world capabilities]."""
    name, given = _party(ctx, side)
    if given.strength is not None:
        total = quantity(ctx, f"{name}.strength", given.strength)
    else:
        total = np.sum([_known_strength(ctx, id_) for id_ in ctx.crisis.parties(side)], axis=0)
    if given.committed is not None:
        share = quantity(ctx, f"{name}.committed", given.committed)
    else:
        share = lacking(ctx, "committed", f"{name}.committed")
    total = settled(ctx, f"{name}.strength", total)
    return np.maximum(total * settled(ctx, f"{name}.committed", share), _FLOOR)


def party_resolve(ctx: Context, side: Side) -> Float[np.ndarray, " draw"]:
    """Return draws of a party's resolve, from 0 to 1."""
    name, given = _party(ctx, side)
    what = f"{name}.resolve"
    if given.resolve is None:
        return settled(ctx, what, lacking(ctx, "resolve", what))
    return settled(ctx, what, quantity(ctx, what, given.resolve))

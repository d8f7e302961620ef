"""What ties, trade in arms and earlier support make of a power: duty, rents, flow, loudness."""

import numpy as np

from sidelines.assess.context import Context, lacking, loudness, number, quantity, settled, tie
from sidelines.crisis.model import Delivery, Power, Signal, Tie
from sidelines.facts.ties import arms_class, ideal_point_distance, pacts
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.ladder import INSTRUMENTS
from sidelines.terms.roles import Side, TieKind

__all__ = ["commitment", "done", "flow", "rents", "said"]

_PACTS = {
    "defence": TieKind.DEFENCE_PACT,
    "neutrality": TieKind.NEUTRALITY_PACT,
    "non-aggression": TieKind.NON_AGGRESSION,
    "consultation": TieKind.CONSULTATION,
}


def _name(power: Power, what: str) -> str:
    return f"{power.power}.{power.side}.{what}"


def _obliges(power: Power, kind: TieKind, obliges: bool | None) -> str:
    """Return the parameter of a tie: a defence pact counts in full only where it is invoked."""
    invoked = power.side is Side.TARGET if obliges is None else obliges
    uninvoked = kind is TieKind.DEFENCE_PACT and not invoked
    return "defence-pact-not-invoked" if uninvoked else kind.value


def commitment(ctx: Context, power: Power) -> Float[np.ndarray, " draw"]:
    """Return draws of how far a power's ties oblige it: given, from its ties, or from facts.

    Ties add up like independent chances to be bound: `1 - prod(1 - tie)`.
    """
    what = _name(power, "commitment")
    return settled(ctx, what, _commitment(ctx, power, what))


def _commitment(ctx: Context, power: Power, what: str) -> np.ndarray:
    if power.commitment is not None:
        return quantity(ctx, what, power.commitment)
    ties = _known_ties(ctx, power) if power.ties is None else power.ties
    if ties is None:
        return lacking(ctx, "commitment", what)
    if power.ties is not None:
        _note_left_out(ctx, power)
    free = np.ones(ctx.draws)
    for kind in sorted({_obliges(power, one.kind, one.obliges) for one in ties}):
        free = free * (1.0 - tie(ctx, kind))
    return 1.0 - free


def _note_left_out(ctx: Context, power: Power) -> None:
    """Note a defence pact that the tables know and the file's own list of ties leaves out."""
    listed = {one.kind for one in power.ties or ()}
    for party in ctx.friends(power):
        kinds = {fact.value.kind for fact in pacts(ctx.world, power.power, party) or ()}
        if "defence" in kinds and TieKind.DEFENCE_PACT not in listed:
            ctx.notes.assumed.append(
                f"{_name(power, 'ties')} without the defence pact of the tables"
            )


def _known_ties(ctx: Context, power: Power) -> tuple[Tie, ...] | None:
    """Return the ties that the tables know, or None where they were never asked."""
    found: list[Tie] = []
    asked = False
    for party in ctx.friends(power):
        owed = pacts(ctx.world, power.power, party)
        for fact in owed or ():
            ctx.notes.fact(f"{power.power}.pact.{party}", fact)
            found.append(Tie(kind=_PACTS[fact.value.kind], with_=party))
        asked = asked or owed is not None
        arms = arms_class(ctx.world, power.power, party)
        if arms is not None and arms.value in {"principal", "major"}:
            ctx.notes.fact(f"{power.power}.arms.{party}", arms)
            found.append(Tie(kind=TieKind.ARMS_TRADE, with_=party))
        votes = ideal_point_distance(ctx.world, power.power, party)
        if votes is not None and votes.value < ctx.parameters.value("aligned_distance"):
            ctx.notes.fact(f"{power.power}.alignment.{party}", votes)
            found.append(Tie(kind=TieKind.ALIGNMENT, with_=party))
        asked = asked or arms is not None or votes is not None
    return tuple(found) if asked else None


def _arms_flow(ctx: Context, power: Power) -> np.ndarray | None:
    """Return how strongly weapons flow already, by the tables; None where they do not say."""
    flows = []
    for party in ctx.friends(power):
        fact = arms_class(ctx.world, power.power, party)
        if fact is not None:
            ctx.notes.fact(f"{power.power}.arms.{party}", fact)
            known = np.zeros(ctx.draws)
            flows.append(known if fact.value == "none" else number(ctx, f"arms_{fact.value}"))
    return np.max(flows, axis=0) if flows else None


def rents(ctx: Context, power: Power) -> Float[np.ndarray, " draw"]:
    """Return draws of what a power gains from arms and oil."""
    what = _name(power, "rents")
    if power.rents is not None:
        return settled(ctx, what, quantity(ctx, what, power.rents))
    arms = _arms_flow(ctx, power)
    return settled(ctx, what, lacking(ctx, "rents", what) if arms is None else arms)


def flow(ctx: Context, power: Power) -> Float[np.ndarray, "draw instrument"]:
    """Return draws of the support flowing before the crisis, per instrument, at its strongest."""
    result = np.zeros((ctx.draws, len(INSTRUMENTS)))
    for delivery in power.delivered:
        column = INSTRUMENTS.index(delivery.instrument)
        drawn = quantity(ctx, _name(power, f"delivered[{delivery.title}]"), delivery.flow)
        result[:, column] = np.maximum(result[:, column], drawn)
    weapons = INSTRUMENTS.index("weapons")
    if not any(delivery.instrument == "weapons" for delivery in power.delivered):
        arms = _arms_flow(ctx, power)
        if arms is not None:
            result[:, weapons] = arms
    return result


def done(power: Power) -> Bool[np.ndarray, " instrument"]:
    """Return the instruments that a power has used for the side in this crisis already."""
    acts: tuple[Signal | Delivery, ...] = (*power.signals, *power.delivered)
    used = {act.instrument for act in acts if act.done}
    return np.array([instrument in used for instrument in INSTRUMENTS])


def said(ctx: Context, power: Power) -> Float[np.ndarray, " draw"]:
    """Return draws of how loudly a power has spoken for the side: its loudest signal."""
    if not power.signals:
        return np.zeros(ctx.draws)
    costs = sorted({signal.cost for signal in power.signals})
    return np.max([loudness(ctx, cost) for cost in costs], axis=0)

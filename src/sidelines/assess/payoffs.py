"""From inputs and slopes to the game: what each bundle is worth to each role.

An act is one of the 64 bundles of instruments. Costs add up over the instruments of a bundle; risk,
commitment and the other side's sanctions follow its highest instrument, because whoever fights is
not made safer by withholding weapons too. What was done in this crisis already stays done: bundles
without it are no longer possible.
"""

from functools import cache

import numpy as np

from sidelines.assess.inputs import Inputs
from sidelines.assess.parameters import Scales
from sidelines.choice.game import Game
from sidelines.choice.replies import Exchange, Link
from sidelines.effect.contest import delivered_log_odds, hold_log_odds
from sidelines.effect.salvo import Salvo, added_strength, standing_and_spread, sure_strength
from sidelines.terms.arrays import Float, Int
from sidelines.terms.ladder import BUNDLE_COUNT, CARRIED, INSTRUMENTS
from sidelines.terms.roles import Side

__all__ = ["build_game", "bundle_levels", "bundle_matrix", "top"]

_TALK = 2  # words and diplomatic: the instruments that deliver nothing
_LEVELS = 2 ** (len(INSTRUMENTS) - _TALK)
_CARRIED = [INSTRUMENTS.index(name) for name in CARRIED]
_ARMED = [INSTRUMENTS.index(name) - _TALK for name in ("weapons", "forces")]


@cache
def bundle_matrix() -> Float[np.ndarray, "bundle instrument"]:
    """Return which instruments each bundle holds."""
    numbers = np.arange(BUNDLE_COUNT)
    return (numbers[:, None] >> np.arange(len(INSTRUMENTS)) & 1).astype(float)


@cache
def bundle_levels() -> Int[np.ndarray, " bundle"]:
    """Return the level of each bundle: bundles that differ in talk alone are alike to others."""
    return np.arange(BUNDLE_COUNT) >> _TALK


def top(scale: Float[np.ndarray, " instrument"]) -> Float[np.ndarray, " bundle"]:
    """Return, per bundle, the largest value of a scale over its instruments; nothing has zero."""
    return (bundle_matrix() * scale).max(axis=1)


def _each(values: np.ndarray) -> np.ndarray:
    """Spread one value per draw over roles and bundles."""
    return values[:, None, None]


def _worth(
    inputs: Inputs, slopes: dict[str, np.ndarray], scales: Scales
) -> Float[np.ndarray, "draw role bundle"]:
    """Return the worth of every bundle, whatever the others do [log-odds].

    All terms but shame are a number per draw and role times a number per bundle.
    """
    uses = bundle_matrix()
    material = uses[:, _TALK:].max(axis=1)
    by_draw = {name: values[:, None] for name, values in slopes.items()}
    everywhere = np.ones_like(inputs.strength)
    held_up = by_draw["geography"][:, :, None] * (1.0 - inputs.arrival) * scales.haul[_CARRIED]
    terms = (
        (-by_draw["inertia"] * everywhere, uses @ scales.inertia),
        *((-held_up[:, :, k], uses[:, one]) for k, one in enumerate(_CARRIED)),
        (-by_draw["overstretch"] * inputs.overstretch, uses @ scales.haul),
        (-by_draw["neutrality"] * inputs.reserved, material),
        (by_draw["accompaniment"] * everywhere, uses @ scales.company * material),
        (by_draw["commitment"] * inputs.commitment, top(scales.duty)),
        (-by_draw["economy"] * inputs.exposure, top(scales.offence)),
        (by_draw["rents"] * inputs.rents, uses[:, INSTRUMENTS.index("weapons")]),
        *(
            (by_draw["flow"] * inputs.flow[:, :, instrument], uses[:, instrument])
            for instrument in range(len(INSTRUMENTS))
        ),
    )
    amounts, kinds = zip(*terms, strict=True)
    worth = np.stack(amounts, axis=2) @ np.stack(kinds)
    shame = np.maximum(top(scales.loudness), inputs.said[:, :, None])
    shame -= top(scales.deed)
    np.maximum(shame, 0.0, out=shame)
    shame *= _each(slopes["audience"])
    worth -= shame
    undone = ((1.0 - uses) @ inputs.done.T > 0).T
    worth[:, undone] = -np.inf
    return worth


def _delivered(
    inputs: Inputs, slopes: dict[str, np.ndarray], scales: Scales
) -> Float[np.ndarray, "draw role level"]:
    """Return what each material sub-bundle adds for the target, net of sign.

    In log-odds; where a salvo decides, in standard deviations of it.
    """
    held = (np.arange(_LEVELS)[:, None] >> np.arange(len(INSTRUMENTS) - _TALK) & 1).astype(float)
    if inputs.salvo is not None:
        return _stopping(inputs, inputs.salvo)[:, :, None] * held[:, _ARMED].max(axis=1)
    haul, share = scales.haul[_TALK:], scales.strength[_TALK:]
    free = 1.0 - haul * inputs.overstretch[:, :, None]
    sent = inputs.strength[:, :, None] * share * free
    sent[:, :, [one - _TALK for one in _CARRIED]] *= inputs.arrival
    amount = sent @ held.T
    for_target = np.array([role.side is Side.TARGET for role in inputs.roles])
    own = np.where(for_target, inputs.target_strength[:, None], inputs.attack_strength[:, None])
    added = delivered_log_odds(amount, own[:, :, None], decisiveness=_each(slopes["decisiveness"]))
    return np.where(for_target, 1.0, -1.0)[:, None] * added


def _stopping(inputs: Inputs, salvo: Salvo) -> Float[np.ndarray, "draw role"]:
    """Return what each role's batteries add to the target's standing: they arrive as weapons do."""
    arriving = inputs.batteries * inputs.arrival[:, :, CARRIED.index("weapons")]
    return np.minimum(added_strength(salvo, arriving.T), sure_strength(salvo)).T


def _contest(
    inputs: Inputs, slopes: dict[str, np.ndarray]
) -> tuple[Float[np.ndarray, " draw"], Float[np.ndarray, " draw"], Link]:
    """Return how the target stands unaided, how luck grows with help, and which contest decides."""
    if inputs.salvo is not None:
        return *standing_and_spread(inputs.salvo), Link.PROBIT
    parties = inputs.target_strength, inputs.attack_strength
    standing = hold_log_odds(*parties, decisiveness=slopes["decisiveness"])
    return standing, np.zeros_like(standing), Link.LOGIT


def build_game(inputs: Inputs, slopes: dict[str, np.ndarray], scales: Scales) -> Game:
    """Return the game that inputs and slopes describe, one per draw."""
    draws, roles = inputs.strength.shape
    signs = np.array([role.side.sign for role in inputs.roles])
    whole = (draws, roles, _LEVELS)
    standing, spread, link = _contest(inputs, slopes)
    heat, joining = (top(scale)[:: 2**_TALK] for scale in (scales.heat, scales.joining))
    return Game(
        own=_worth(inputs, slopes, scales),
        level=bundle_levels(),
        side=signs,
        strength=_delivered(inputs, slopes, scales),
        gain=slopes["stake"][:, None] * inputs.stake * signs,
        dread=_each(slopes["caution"]) * inputs.danger[:, :, None] * heat,
        heat=np.broadcast_to(heat, whole).copy(),
        joining=np.broadcast_to(joining, whole).copy(),
        entrapment=slopes["entrapment"],
        complementarity=slopes["complementarity"],
        exchange=Exchange(
            standing=standing,
            spread=spread,
            attacker_resolve=inputs.attack_resolve,
            target_resolve=inputs.target_resolve,
            attacker_cost=slopes["attacker_cost"],
            target_cost=slopes["target_cost"],
            attacker_precision=slopes["attacker_precision"],
            target_precision=slopes["target_precision"],
            link=link,
        ),
    )

"""From inputs and slopes to the game: what each act is worth to each power.

An act is one bundle for one side: act 0 is nothing, acts 1 to 63 are the bundles for the target,
acts 64 to 126 the bundles for the attacker. Costs add up over the instruments of a bundle; risk,
commitment and the rivals' sanctions follow its highest instrument, because whoever fights is not
made safer by withholding weapons too.
"""

from functools import cache

import numpy as np

from sidelines.assess.inputs import SIDES, Inputs
from sidelines.assess.parameters import Scales
from sidelines.choice.game import Game
from sidelines.effect.contest import delivered_log_odds, hold_log_odds
from sidelines.choice.replies import Exchange
from sidelines.terms.arrays import Float
from sidelines.terms.ladder import BUNDLE_COUNT, INSTRUMENTS

__all__ = ["ACT_COUNT", "build_game", "bundle_matrix", "side_probabilities"]

ACT_COUNT = 2 * BUNDLE_COUNT - 1
_TALK = 2  # words and diplomatic: the instruments that deliver nothing
_LEVELS = 2 ** (len(INSTRUMENTS) - _TALK)


@cache
def bundle_matrix() -> Float[np.ndarray, "bundle instrument"]:
    """Return which instruments each bundle holds."""
    numbers = np.arange(BUNDLE_COUNT)
    return (numbers[:, None] >> np.arange(len(INSTRUMENTS)) & 1).astype(float)


def _top(scale: np.ndarray) -> np.ndarray:
    """Return, per bundle, the largest value of a scale over its instruments; nothing has zero."""
    return (bundle_matrix() * scale).max(axis=1)


def _levels() -> np.ndarray:
    """Return the level of strength of each act: its instruments that deliver, per side."""
    material = np.arange(BUNDLE_COUNT) >> _TALK
    against = np.where(material[1:] > 0, material[1:] + _LEVELS - 1, 0)
    return np.concatenate([material, against])


def _each(values: np.ndarray) -> np.ndarray:
    """Spread one value per draw over powers and bundles."""
    return values[:, None, None]


def _worth(
    inputs: Inputs, slopes: dict[str, np.ndarray], scales: Scales, side: int
) -> Float[np.ndarray, "draw power bundle"]:
    """Return the worth of every bundle for one side, whatever the others do [log-odds]."""
    uses = bundle_matrix()
    material = uses[:, _TALK:].max(axis=1)

    def of(name: str) -> np.ndarray:
        return getattr(inputs, name)[:, :, side, None]

    haul = _each(slopes["geography"]) * (1.0 - of("arrival"))
    haul = haul + _each(slopes["overstretch"]) * of("overstretch")
    cost = _each(slopes["inertia"]) * (uses @ scales.inertia) + haul * (uses @ scales.haul)
    cost = cost + _each(slopes["neutrality"]) * of("reserved") * material
    flowing = _each(slopes["flow"]) * (inputs.flow[:, :, side] @ uses.T)
    company = _each(slopes["accompaniment"]) * (uses @ scales.company) * material
    duty = _each(slopes["commitment"]) * of("commitment") * _top(scales.duty)
    sanction = _each(slopes["economy"]) * of("exposure") * _top(scales.offence)
    rent = _each(slopes["rents"]) * of("rents") * uses[:, INSTRUMENTS.index("weapons")]
    loud = np.maximum(_top(scales.loudness), of("said"))
    shame = _each(slopes["audience"]) * np.maximum(loud - _top(scales.deed), 0.0)
    return flowing + company + duty + rent - cost - sanction - shame


def _delivered(
    inputs: Inputs, slopes: dict[str, np.ndarray], scales: Scales, side: int
) -> Float[np.ndarray, "draw power level"]:
    """Return the log-odds that each material sub-bundle adds for the side it backs."""
    held = (np.arange(_LEVELS)[:, None] >> np.arange(len(INSTRUMENTS) - _TALK) & 1).astype(float)
    haul, share = scales.haul[_TALK:], scales.strength[_TALK:]
    arrives = 1.0 - haul * (1.0 - inputs.arrival[:, :, side, None])
    free = 1.0 - haul * inputs.overstretch[:, :, side, None]
    amount = (inputs.strength[:, :, None] * share * arrives * free) @ held.T
    own = (inputs.target_strength, inputs.attack_strength)[side]
    return delivered_log_odds(amount, _each(own), decisiveness=_each(slopes["decisiveness"]))


def build_game(inputs: Inputs, slopes: dict[str, np.ndarray], scales: Scales) -> Game:
    """Return the game that inputs and slopes describe, one per draw."""
    worth = [_worth(inputs, slopes, scales, side) for side in range(len(SIDES))]
    barred = np.where(inputs.may_back, 0.0, -np.inf)
    own_target = worth[0] + worth[1][:, :, :1]
    own_attacker = worth[1] + worth[0][:, :, :1] + barred[:, 1, None]
    own_target[:, :, 1:] += barred[:, 0, None]
    delivered = [_delivered(inputs, slopes, scales, side) for side in range(len(SIDES))]
    heat, dread_scale = _top(scales.heat), _top(scales.heat)
    dread = [
        _each(slopes["caution"]) * inputs.danger[:, :, side, None] * dread_scale
        for side in range(len(SIDES))
    ]
    stake = slopes["stake"][:, None] * np.where(inputs.may_back, inputs.stake, 0.0)[:, :, 0]
    against = slopes["stake"][:, None] * np.where(inputs.may_back, inputs.stake, 0.0)[:, :, 1]
    draws, powers = inputs.strength.shape
    return Game(
        own=np.concatenate([own_target, own_attacker[:, :, 1:]], axis=2),
        strength=np.concatenate([delivered[0], -delivered[1][:, :, 1:]], axis=2),
        level=_levels(),
        gain=stake - against,
        dread=np.concatenate([dread[0], dread[1][:, :, 1:]], axis=2),
        heat=np.broadcast_to(np.concatenate([heat, heat[1:]]), (draws, powers, ACT_COUNT)),
        entrapment=slopes["entrapment"],
        exchange=Exchange(
            log_odds=hold_log_odds(
                inputs.target_strength,
                inputs.attack_strength,
                decisiveness=slopes["decisiveness"],
            ),
            attacker_resolve=inputs.attack_resolve,
            target_resolve=inputs.target_resolve,
            attacker_cost=slopes["attacker_cost"],
            attacker_precision=slopes["attacker_precision"],
            target_precision=slopes["target_precision"],
        ),
    )


def side_probabilities(
    prob: Float[np.ndarray, "draw power act"], side: int
) -> Float[np.ndarray, "draw power bundle"]:
    """Return the chance of each bundle for one side; doing nothing for it takes the rest."""
    acts = prob[:, :, 1:BUNDLE_COUNT] if side == 0 else prob[:, :, BUNDLE_COUNT:]
    nothing = 1.0 - acts.sum(axis=2, keepdims=True)
    return np.concatenate([np.maximum(nothing, 0.0), acts], axis=2)

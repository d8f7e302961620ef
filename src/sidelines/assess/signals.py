"""Words as the attacker hears them: a reading of the answer that changes nothing in it.

Each power is taken to be resolved or not; together the two types fight as often as the answer
says. Signals on record that the crisis file calls cheap cost nothing; costly ones have a sunk cost,
and tie hands by the audience cost of the game itself. The others are taken at their expected
strength.
"""

from dataclasses import dataclass

import numpy as np

from sidelines.assess.assessment import Assessment
from sidelines.assess.draws import draw_number
from sidelines.assess.inputs import Role
from sidelines.assess.payoffs import bundle_levels, top
from sidelines.choice.game import Game
from sidelines.choice.replies import attack_prob, save_prob
from sidelines.choice.signals import Heard, SignalGame, hear, signal_equilibria, two_types
from sidelines.terms.arrays import Bool, Float
from sidelines.terms.ladder import BUNDLE_COUNT, INSTRUMENTS

__all__ = ["Words", "words_heard"]

_FORCES = BUNDLE_COUNT // 2  # the bit of the highest instrument
_EDGE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the attacker makes of one role's words, per draw.

    - `kind`: the costliest signal on record: none, cheap or costly
    - `before`, `after`, `if_costly`: belief that the power would fight; with no costly signal on
      record, `after` equals `before`, and `if_costly` is what one would have done
    - `attack_before`, `attack_after`, `attack_if_costly`: chance that the attacker goes on
    - `several`: whether the signalling game has several equilibria; the one whose words tell least
      is shown
    """

    kind: str
    before: Float[np.ndarray, " draw"]
    after: Float[np.ndarray, " draw"]
    if_costly: Float[np.ndarray, " draw"]
    attack_before: Float[np.ndarray, " draw"]
    attack_after: Float[np.ndarray, " draw"]
    attack_if_costly: Float[np.ndarray, " draw"]
    several: Bool[np.ndarray, " draw"]


def words_heard(answer: Assessment, roles: tuple[Role, ...]) -> tuple[Words, ...]:
    """Return what the attacker makes of the words of some roles, in their order."""
    rows = [answer.inputs.roles.index(role) for role in roles]
    kinds = [_kind(answer, role) for role in roles]
    game = _signal_game(answer, rows, np.array([kind == "costly" for kind in kinds]))
    found = signal_equilibria(game)
    heard = hear(game, found[:, :, 0])
    several = np.isfinite(found).sum(axis=2) > 1
    return tuple(_words(kind, heard, several, place) for place, kind in enumerate(kinds))


def _words(kind: str, heard: Heard, several: np.ndarray, place: int) -> Words:
    spoken = kind == "costly"
    return Words(
        kind=kind,
        before=heard.before[:, place],
        after=(heard.after if spoken else heard.before)[:, place],
        if_costly=heard.after[:, place],
        attack_before=heard.attack_before[:, place],
        attack_after=(heard.attack_after if spoken else heard.attack_before)[:, place],
        attack_if_costly=heard.attack_after[:, place],
        several=several[:, place],
    )


def _kind(answer: Assessment, role: Role) -> str:
    entries = (e for e in answer.crisis.powers if (e.power, e.side) == (role.power, role.side))
    costs = {signal.cost for entry in entries for signal in entry.signals}
    return "costly" if "costly" in costs else "cheap" if costs else "none"


def _number(answer: Assessment, name: str, *, stream: str | None = None) -> np.ndarray:
    """Return draws of a number of the parameters as a column, the same wherever it is used."""
    parameter = answer.parameters.numbers[name]
    stream = stream or f"number {name}"
    return draw_number(parameter, draws=answer.draws, seed=answer.seed, stream=stream)[:, None]


def _signal_game(answer: Assessment, rows: list[int], costly: np.ndarray) -> SignalGame:
    """Return the game in which the words of some roles are costly."""
    ones = np.ones((answer.draws, len(rows)))
    prob = answer.prob[:, rows]
    audience = _audience(answer, prob)
    prior = _number(answer, "signal_resolved_share") * ones
    tied = audience * costly  # hands that words on record tie already
    weak, strong = two_types(
        prob[:, :, _FORCES:].sum(axis=2),
        prior=prior,
        apart=_number(answer, "signal_types_apart") * ones,
    )
    attack, deterrence, relief = _stakes(answer, rows)
    return SignalGame(
        unresolved=weak - tied,
        resolved=strong - tied,
        prior=prior,
        sunk=_number(answer, "signal_sunk") * ones,
        sunk_ratio=np.maximum(_number(answer, "signal_cost_ratio"), 1.0) * ones,
        audience=audience,
        worth_of_words=_worth_of_words(answer, rows),
        relief=relief,
        attack=attack,
        deterrence=deterrence,
    )


def _audience(answer: Assessment, prob: np.ndarray) -> np.ndarray:
    """Return what not fighting costs after a costly signal: loudness beyond the other deeds."""
    loud = _number(answer, "costly_loudness", stream="loudness")
    deed = top(answer.parameters.scales.deed)[np.arange(BUNDLE_COUNT) % _FORCES]
    beyond = np.maximum(loud - deed, 0.0)
    return answer.slopes["audience"][:, None] * np.einsum("drb,db->dr", prob, beyond)


def _worth_of_words(answer: Assessment, rows: list[int]) -> np.ndarray:
    """Return what a signal is worth by itself: duty redeemed, less the effort of speaking."""
    scales, words = answer.parameters.scales, INSTRUMENTS.index("words")
    duty = answer.slopes["commitment"][:, None] * answer.inputs.commitment[:, rows]
    return duty * scales.duty[words] - answer.slopes["inertia"][:, None] * scales.inertia[words]


def _stakes(answer: Assessment, rows: list[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return log-odds to attack a power that stays out, what its forces change, and the relief."""
    game = answer.game
    idle, fighting = _delivered(game, answer.prob, rows)
    out, alone = attack_prob(idle, game.exchange), save_prob(idle, game.exchange)
    joined = attack_prob(fighting, game.exchange)
    attack = _log_odds(out)
    lost = (1.0 - alone) / np.maximum(out, _EDGE)
    return attack, attack - _log_odds(joined), game.gain[:, rows] * lost


def _delivered(game: Game, prob: np.ndarray, rows: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return total strength if a power leaves its forces out, and if it sends them."""
    acts = np.arange(BUNDLE_COUNT)
    means = [
        np.einsum("drb,drb->dr", prob, game.strength[:, :, bundle_levels()[act]])
        for act in (acts, acts % _FORCES, acts % _FORCES + _FORCES)
    ]
    own, without, with_forces = (mean[:, rows] for mean in means)
    others = means[0].sum(axis=1)[:, None] - own
    return others + without, others + with_forces


def _log_odds(chance: np.ndarray) -> np.ndarray:
    chance = np.clip(chance, _EDGE, 1.0 - _EDGE)
    return np.log(chance) - np.log1p(-chance)

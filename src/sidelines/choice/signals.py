"""Words as signals: what a listener believes after loud words, and what they cost the speaker.

A power is resolved or not and alone knows it; a share `prior` of its like is resolved. It speaks
loudly or not. The attacker hears it, revises its belief by Bayes' rule, and goes on or stops. If it
goes on, the power fights or not. Loud words cost twice:

- *sunk*, when spoken: `sunk` to the resolved, `sunk_ratio` times as much to the unresolved, because
  resolve is readiness to bear costs;
- *tied hands*, when the attack goes on and no deed follows: `audience`, to whoever backs down.

Every choice is a logit by backward induction. With `w` its log-odds to fight, a type fights after
loud words with `L(w + audience)`; being tested is then worth less to it than after silence, by
`loss = log(1 + e^w) - log(e^-audience + e^w)`. It speaks with `L(y - cost)`, where

    cost = sunk + a_loud * loss,    y = worth_of_words + relief * (a_quiet - a_loud)

and `a` is the chance that the attacker goes on. What its stopping is worth, `relief`, is the same
to both types: the resolved want the target saved more, the unresolved want more to be spared the
test, and we let the two cancel. So costs alone tell the types apart. With `C` the cost to the
unresolved less that to the resolved and `S` the log-likelihood ratio of loud words, that of silence
is `S - C` and

    y = cost_resolved + S + log(e^(C - S) - 1) - log(e^S - 1),    0 < S < C

so that an equilibrium is a root in one belief. Where nothing costs anything, `C = 0`: words are as
likely from either type, the posterior equals the prior, and there is no other equilibrium.
"""

from dataclasses import dataclass, fields

import numpy as np

from sidelines.choice.roots import bracketed_roots, roots_on_grid
from sidelines.terms.arrays import Bool, Float

__all__ = [
    "Heard",
    "SignalGame",
    "has_one_equilibrium",
    "hear",
    "signal_equilibria",
    "two_types",
]

_FARTHEST, _POINTS = 80.0, 321
_MOST, _CLIP = 50.0, 700.0
_FREE = 1e-15  # words that cost less than rounding cost nothing
_TINY = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalGame:
    """A batch of signalling games, one per draw and power; each power speaks to the attacker.

    - `unresolved`, `resolved`: log-odds that each type fights without a word said, the second at
      least the first [log-odds]
    - `prior`: share of the resolved type [1]
    - `sunk`: what loud words cost the resolved type when spoken, at least zero [log-odds]
    - `sunk_ratio`: how many times as much they cost the unresolved, at least one [1]
    - `audience`: what not fighting costs after loud words, at least zero [log-odds]
    - `worth_of_words`: what speaking is worth whatever the attacker does [log-odds]
    - `relief`: what it is worth that the attacker stops; below zero for its backers [log-odds]
    - `attack`: log-odds that the attacker goes on, sure that the power stays out [log-odds]
    - `deterrence`: by how much being sure of a fight lowers them; below zero for the attacker's
      backers [log-odds]
    """

    unresolved: Float[np.ndarray, "draw power"]
    resolved: Float[np.ndarray, "draw power"]
    prior: Float[np.ndarray, "draw power"]
    sunk: Float[np.ndarray, "draw power"]
    sunk_ratio: Float[np.ndarray, "draw power"]
    audience: Float[np.ndarray, "draw power"]
    worth_of_words: Float[np.ndarray, "draw power"]
    relief: Float[np.ndarray, "draw power"]
    attack: Float[np.ndarray, "draw power"]
    deterrence: Float[np.ndarray, "draw power"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the attacker believes, and what it does, before words, after loud ones, after silence.

    - `before`, `after`, `after_silence`: belief that the power would fight [1]
    - `resolved_after`, `resolved_after_silence`: belief that it is resolved [1]
    - `attack_before`, `attack_after`, `attack_after_silence`: chance that the attacker goes on [1]
    - `speaks_resolved`, `speaks_unresolved`: chance that each type speaks loudly [1]
    - `error`: how far the beliefs that the speaker reckons with are from those that its words
      bring about [1]
    """

    before: Float[np.ndarray, "draw power"]
    after: Float[np.ndarray, "draw power"]
    after_silence: Float[np.ndarray, "draw power"]
    resolved_after: Float[np.ndarray, "draw power"]
    resolved_after_silence: Float[np.ndarray, "draw power"]
    attack_before: Float[np.ndarray, "draw power"]
    attack_after: Float[np.ndarray, "draw power"]
    attack_after_silence: Float[np.ndarray, "draw power"]
    speaks_resolved: Float[np.ndarray, "draw power"]
    speaks_unresolved: Float[np.ndarray, "draw power"]
    error: Float[np.ndarray, "draw power"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fixed:
    """What does not depend on beliefs: chances to fight, losses by tied hands, bounds."""

    game: SignalGame
    prior: np.ndarray
    loud_weak: np.ndarray
    loud_strong: np.ndarray
    quiet_weak: np.ndarray
    quiet_strong: np.ndarray
    loss_strong: np.ndarray
    loss_gap: np.ndarray
    likeliest_attack: np.ndarray
    largest_gap: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Belief:
    """What follows from a log-likelihood ratio of loud words, one or several per game."""

    resolved: np.ndarray
    fight: np.ndarray
    attack: np.ndarray
    quiet_resolved: np.ndarray
    quiet_fight: np.ndarray
    quiet_attack: np.ndarray
    cost_resolved: np.ndarray
    cost_gap: np.ndarray


def _logistic(log_odds: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(log_odds, -_CLIP, _CLIP)))  # small ones keep their digits


def _loss(log_odds: np.ndarray, audience: np.ndarray) -> np.ndarray:
    """Return what tied hands take from the value of being tested [log-odds]."""
    return -np.log1p(_logistic(-log_odds) * np.expm1(-audience))


def _log_odds(chance: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.log(chance) - np.log1p(-chance)


def _mixed(share: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return low + share * (high - low)


def _fixed(game: SignalGame) -> _Fixed:
    weak, strong = (_logistic(w + game.audience) for w in (game.unresolved, game.resolved))
    # Loud words never speak for weakness: the least belief after them is that before.
    least = np.where(game.deterrence >= 0.0, game.prior, 1.0)
    likeliest = _logistic(game.attack - game.deterrence * _mixed(least, weak, strong))
    loss_strong = _loss(game.resolved, game.audience)
    loss_gap = _loss(game.unresolved, game.audience) - loss_strong
    gap = game.sunk * (game.sunk_ratio - 1.0) + likeliest * loss_gap
    return _Fixed(
        game=game,
        prior=_log_odds(game.prior),
        loud_weak=weak,
        loud_strong=strong,
        quiet_weak=_logistic(game.unresolved),
        quiet_strong=_logistic(game.resolved),
        loss_strong=loss_strong,
        loss_gap=loss_gap,
        likeliest_attack=likeliest,
        largest_gap=np.where(gap > _FREE, gap, 0.0),
    )


def _believed(fixed: _Fixed, ratio: np.ndarray) -> _Belief:
    game = fixed.game
    resolved = _logistic(fixed.prior + ratio)
    fight = _mixed(resolved, fixed.loud_weak, fixed.loud_strong)
    attack = _logistic(game.attack - game.deterrence * fight)
    gap = game.sunk * (game.sunk_ratio - 1.0) + attack * fixed.loss_gap
    quiet = _logistic(fixed.prior + ratio - gap)
    quiet_fight = _mixed(quiet, fixed.quiet_weak, fixed.quiet_strong)
    return _Belief(
        resolved=resolved,
        fight=fight,
        attack=attack,
        quiet_resolved=quiet,
        quiet_fight=quiet_fight,
        quiet_attack=_logistic(game.attack - game.deterrence * quiet_fight),
        cost_resolved=game.sunk + attack * fixed.loss_strong,
        cost_gap=gap,
    )


def _drive(game: SignalGame, belief: _Belief) -> np.ndarray:
    """Return what speaking is worth before its costs: `y` from the attacker's replies."""
    drive = game.worth_of_words + game.relief * (belief.quiet_attack - belief.attack)
    return np.clip(drive, -_MOST, _MOST)


def has_one_equilibrium(game: SignalGame) -> Bool[np.ndarray, "draw power"]:
    """Return where it is proved that the game has one equilibrium.

    Parameters
    ----------
    game
        A batch of signalling games [log-odds].

    Returns
    -------
    numpy.ndarray
        True where words cost both types the same, nothing for example, or where the attacker's
        reply moves too little with what it hears to feed on itself [1].

    Notes
    -----
    Source: worked out here. The equation at the top of the module falls in `S` by at least one, and
    the replies give back at most `bend * (|relief| + l)`, with `bend` the steepest change of the
    chance to go on per unit of log-likelihood and `l` the loss of the unresolved, which counts only
    where loud words make an attack likelier. Where that is below one, belief after loud words also
    rises with either cost.
    """
    fixed = _fixed(game)
    ends = (fixed.loud_weak, fixed.loud_strong, fixed.quiet_weak, fixed.quiet_strong)
    replies = np.stack([_logistic(game.attack - game.deterrence * end) for end in ends])
    low, high = replies.min(axis=0), replies.max(axis=0)
    steepest = np.clip(0.5, low, high)
    apart = np.maximum(fixed.loud_strong - fixed.loud_weak, fixed.quiet_strong - fixed.quiet_weak)
    bend = np.abs(game.deterrence) * steepest * (1.0 - steepest) * apart / 4.0
    louder = np.where(game.deterrence < 0.0, fixed.loss_gap + fixed.loss_strong, 0.0)
    return (bend * (np.abs(game.relief) + louder) < 1.0) | (fixed.largest_gap == 0.0)


def signal_equilibria(game: SignalGame) -> Float[np.ndarray, "draw power root"]:
    """Return every equilibrium that is found, as the log-likelihood ratio of loud words.

    Parameters
    ----------
    game
        A batch of signalling games [log-odds].

    Returns
    -------
    numpy.ndarray
        How much likelier loud words are from the resolved than from the unresolved type, rising,
        filled up with NaN; zero where words cost nothing [log-odds].

    Notes
    -----
    Source: Fearon (1997), J. Conflict Resolution 41(1), for the two costs; Lewis and Schultz
    (2003), Political Analysis 11(4), for choices with private noise; Crawford and Sobel (1982),
    Econometrica 50(6), for words that cost nothing. One root where there is one by proof, else all
    that a grid of 321 points separates.
    """
    shape = game.prior.shape
    flat = SignalGame(**{e.name: getattr(game, e.name).reshape(-1, 1) for e in fields(game)})
    proved = has_one_equilibrium(flat)[:, 0]
    several = _searched(_some(flat, ~proved))
    found = np.full((proved.size, max(1, several.shape[1])), np.nan)
    found[~proved, : several.shape[1]] = several
    found[proved, :1] = _followed(_some(flat, proved))
    return found.reshape(*shape, -1)


def _some(game: SignalGame, keep: np.ndarray) -> SignalGame:
    return SignalGame(**{entry.name: getattr(game, entry.name)[keep] for entry in fields(game)})


def _followed(game: SignalGame) -> np.ndarray:
    fixed = _fixed(game)
    ends = (np.full_like(fixed.largest_gap, end) for end in (-_FARTHEST, _FARTHEST))
    place = bracketed_roots(lambda place: _excess(fixed, place), *ends)
    return fixed.largest_gap * _logistic(place)


def _searched(game: SignalGame) -> np.ndarray:
    fixed = _fixed(game)
    grid = np.broadcast_to(np.linspace(-_FARTHEST, _FARTHEST, _POINTS), (len(game.prior), _POINTS))
    return fixed.largest_gap * _logistic(roots_on_grid(lambda place: _excess(fixed, place), grid))


def _excess(fixed: _Fixed, place: np.ndarray) -> np.ndarray:
    """Return by how much the `y` behind a belief exceeds the `y` that the belief brings about.

    A place, from minus to plus infinity, stands for the share `L(place)` of the largest ratio.
    """
    ratio = fixed.largest_gap * _logistic(place)
    belief = _believed(fixed, ratio)
    unused = (fixed.likeliest_attack - belief.attack) * fixed.loss_gap
    left = fixed.largest_gap * _logistic(-place) - unused
    y = belief.cost_resolved + ratio + _log_expm1(left) - _log_expm1(ratio)
    return np.where(left > 0.0, y, -np.inf) - _drive(fixed.game, belief)


def _log_expm1(x: np.ndarray) -> np.ndarray:
    return np.log(np.expm1(np.clip(x, _TINY, _CLIP)))


def hear(game: SignalGame, ratio: Float[np.ndarray, "draw power"]) -> Heard:
    """Return what the attacker believes and does in one equilibrium.

    Parameters
    ----------
    game
        A batch of signalling games [log-odds].
    ratio
        The equilibrium of each, as `signal_equilibria` gives it [log-odds].

    Returns
    -------
    Heard
        Beliefs, replies and choices, and by how much they fail to agree [1].

    Notes
    -----
    Source: Bayes' rule on the choices of both types; see `signal_equilibria`.
    """
    belief = _believed(_fixed(game), ratio)
    before = _mixed(game.prior, _logistic(game.unresolved), _logistic(game.resolved))
    eager = _drive(game, belief) - belief.cost_resolved
    loud = _posterior(game.prior, eager, belief.cost_gap)
    quiet = _posterior(game.prior, -eager, -belief.cost_gap)
    return Heard(
        before=before,
        after=belief.fight,
        after_silence=belief.quiet_fight,
        resolved_after=belief.resolved,
        resolved_after_silence=belief.quiet_resolved,
        attack_before=_logistic(game.attack - game.deterrence * before),
        attack_after=belief.attack,
        attack_after_silence=belief.quiet_attack,
        speaks_resolved=_logistic(eager),
        speaks_unresolved=_logistic(eager - belief.cost_gap),
        error=np.maximum(np.abs(loud - belief.resolved), np.abs(quiet - belief.quiet_resolved)),
    )


def _posterior(prior: np.ndarray, eager: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """Return the share of the resolved among those who act, by Bayes' rule on log-odds to act."""
    resolved, unresolved = prior * _logistic(eager), (1.0 - prior) * _logistic(eager - gap)
    return resolved / np.maximum(resolved + unresolved, _TINY)


def two_types(
    fight: Float[np.ndarray, "draw power"],
    *,
    prior: Float[np.ndarray, "draw power"],
    apart: Float[np.ndarray, "draw power"],
) -> tuple[Float[np.ndarray, "draw power"], Float[np.ndarray, "draw power"]]:
    """Return the log-odds to fight of two types that together fight with a given chance.

    Parameters
    ----------
    fight
        Chance that a power of unknown type fights [1].
    prior
        Share of the resolved type [1].
    apart
        By how much the log-odds of the resolved exceed those of the unresolved [log-odds].

    Returns
    -------
    numpy.ndarray
        Log-odds of the unresolved type [log-odds].
    numpy.ndarray
        Log-odds of the resolved type [log-odds].

    Notes
    -----
    Source: definition, `fight = prior * L(w + apart) + (1 - prior) * L(w)`, a quadratic in `e^w`;
    chances nearer to 0 or 1 than 1e-12 are taken as that near.
    """
    chance = np.clip(fight, 1e-12, 1.0 - 1e-12)
    times = np.exp(apart)
    middle = prior * times + 1.0 - prior - chance * (1.0 + times)
    ends = times * (1.0 - chance)
    half = 0.5 * (np.abs(middle) + np.sqrt(middle**2 + 4.0 * ends * chance))
    odds = np.where(middle > 0.0, chance / half, half / ends)
    return np.log(odds), np.log(odds) + apart

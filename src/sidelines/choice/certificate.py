"""A certificate that a game has one equilibrium: between any two, nothing can differ.

Take two equilibria, and for power j the changes of its expected utilities between them. They move
its mixture, and with it what the others expect of it; that moves their utilities. If each link of
this chain shrinks what passes through it, the only change is none.

Measure levels against the first one: `d` the difference in strength, `dread`, `heat`, `joining`.
A *talk* level differs in none of them, so beliefs never change what it is worth. Whatever the
others do, level l is worth at most `worth + best` where `best` bounds what beliefs can add, so in
every equilibrium its mass is at most `pi`, its weight over its weight and that of talk.

1. If utilities change by at most `w` against the first level, an expectation of `h >= 0` changes
   by at most `c(h, w) = min(M[h w] + M[h] M[w], range h max w / 2)`, where `M` bounds a mean:
   `M[h] = min(sum pi h, max h)`. That is the covariance of h and w under a logit mixture,
   integrated from one equilibrium to the other. The range of h is its largest value, or twice
   that where levels lie on both sides of the first.
2. The change of power j's utilities is at most `|gain| d B + dread R + |complementarity| joining C`
   where B, R and C bound the changes of marginal save, of risk, and of company.
3. One power after the other is moved from the first equilibrium to the second: B is at most the
   sum over the others of `bend * change of E[d]`; R of `slope * (1 + entrapment * heat of all) *
   change of E[d] + entrapment * war * change of E[heat]`; C the mean of changes of E[joining].
   Slope and bend bound the first and second derivative of the outcomes; where levels lie so far
   apart that the range of the outcome is the better bound, `d` is capped accordingly.

Together these are a map `L` with no negative entry. Where a positive x has `L x < x` in every
entry, the spectral radius is below one (Collatz 1942, Wielandt 1950), and B = R = C = 0.
"""

from dataclasses import dataclass

import numpy as np

from sidelines.choice.expectations import level_worth
from sidelines.choice.game import Game
from sidelines.choice.replies import save_prob, war_prob
from sidelines.terms.arrays import Float

__all__ = ["contraction_bound"]

_GRID = 257
_MARGIN = 1.1
_ROUNDS = 24
_TINY = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Curve:
    """Extremes of an outcome function on a grid of strengths, per draw; last axes are free."""

    low: np.ndarray
    high: np.ndarray
    slope: np.ndarray
    bend: np.ndarray

    @property
    def osc(self) -> np.ndarray:
        return self.high - self.low


def _curve(values: np.ndarray, step: np.ndarray) -> _Curve:
    parts = (
        values.min(axis=1),
        values.max(axis=1),
        np.abs(np.diff(values, axis=1)).max(axis=1) / step * _MARGIN,
        np.abs(np.diff(values, n=2, axis=1)).max(axis=1) / step**2 * _MARGIN,
    )
    low, high, slope, bend = (part[:, None, None] for part in parts)
    return _Curve(low=low, high=high, slope=slope, bend=bend)


def contraction_bound(game: Game) -> Float[np.ndarray, " draw"]:
    """Return a bound on how far any difference between two equilibria is passed on.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Upper bound on the spectral radius, per draw; below one there is exactly one equilibrium,
        and replying again and again leads to it [1].

    Notes
    -----
    Source: written out at the top of this module; derivatives of the outcome functions are
    bounded on a grid of 257 points, with ten per cent added for what lies between.
    """
    lowest, highest = game.strength.min(axis=2), game.strength.max(axis=2)
    low = lowest.sum(axis=1)
    span = np.maximum((highest - lowest).sum(axis=1), 1e-6)
    grid = low[:, None] + span[:, None] * (np.arange(_GRID) / (_GRID - 1))
    save = _curve(save_prob(grid, game.exchange), span / (_GRID - 1))
    war = _curve(war_prob(grid, game.exchange), span / (_GRID - 1))
    return _radius(game, save, war, *_moments(game, save, war))


def _moments(game: Game, save: _Curve, war: _Curve) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return c(h, w) for every pair, by name (draw, power), and bounds on expected heat."""
    worth = level_worth(game)
    first = (slice(None), slice(None), slice(0, 1))
    moves = {name: getattr(game, name) for name in ("strength", "heat", "joining")}
    moves = {name: values - values[first] for name, values in moves.items()}
    distance, heat, joining = (np.abs(move) for move in moves.values())
    talk = (distance == 0) & (game.dread == 0) & (heat == 0) & (joining == 0)
    possible = worth > -np.inf
    pull = np.abs(game.complementarity)[:, None, None]
    gain = np.abs(game.gain)[:, :, None]
    best = np.where(possible, worth, 0.0)
    best = best + gain * np.minimum(distance * save.slope, save.osc) - game.dread * war.low
    best = best + pull * joining
    mass = np.where(talk | ~possible, 0.0, _most_mass(best, np.where(talk, worth, -np.inf)))
    cap = np.maximum(
        2 * save.slope / np.maximum(save.bend, _TINY),
        np.sqrt(2 * save.osc / np.maximum(save.bend, _TINY)),
    )
    limits = {"save": cap, "war": war.osc / np.maximum(war.slope, _TINY)}
    carried = {
        "save": np.minimum(distance, limits["save"]),
        "war": np.minimum(distance, limits["war"]),
        "heat": heat,
        "joining": joining,
    }
    moved = {
        "B": gain * carried["save"],
        "R": game.dread + game.dread[first],
        "C": pull * joining,
    }

    def most(h: np.ndarray) -> np.ndarray:
        return np.where(possible, h, 0.0).max(axis=2)

    def mean(h: np.ndarray) -> np.ndarray:
        return np.minimum((mass * np.where(possible, h, 0.0)).sum(axis=2), most(h))

    def extent(name: str) -> np.ndarray:
        """Return the range of what is carried, levels on both sides of the first included."""
        move = moves[{"save": "strength", "war": "strength"}.get(name, name)]
        whole = most(np.maximum(move, 0.0)) + most(np.maximum(-move, 0.0))
        return np.minimum(whole, limits[name][:, :, 0]) if name in limits else whole

    pairs = {
        f"{name} {kind}": np.minimum(mean(h * w) + mean(h) * mean(w), 0.5 * extent(name) * most(w))
        for name, h in carried.items()
        for kind, w in moved.items()
    }
    hottest = np.maximum(most(game.heat), game.heat[:, :, 0])
    return pairs, np.minimum(mean(heat) + game.heat[:, :, 0], hottest)


def _most_mass(best: np.ndarray, talk: np.ndarray) -> np.ndarray:
    """Return the weight of each level over its weight and that of talk; one without any talk."""
    top = talk.max(axis=2, keepdims=True)
    shift = np.where(top == -np.inf, 0.0, top)
    total = np.exp(talk - shift).sum(axis=2, keepdims=True)
    ahead = np.where(total > 0, best - shift - np.log(np.where(total > 0, total, 1.0)), np.inf)
    less = np.exp(-np.abs(ahead))
    return np.where(ahead >= 0, 1.0, less) / (1.0 + less)


def _radius(
    game: Game, save: _Curve, war: _Curve, pairs: dict[str, np.ndarray], heat: np.ndarray
) -> np.ndarray:
    """Return the least Collatz-Wielandt bound over rounds of the power method."""
    same = game.side[:, None] == game.side[None, :]
    fellows = np.maximum(same.sum(axis=1) - 1, 1)
    entrapment = game.entrapment[:, None]
    hotter = 1.0 + entrapment * heat.sum(axis=1, keepdims=True)

    def passed_on(name: str, state: dict[str, np.ndarray]) -> np.ndarray:
        return sum(pairs[f"{name} {kind}"] * state[kind] for kind in state)

    state = {kind: np.ones_like(game.gain) for kind in "BRC"}
    bound = np.full(len(game.gain), np.inf)
    for _ in range(_ROUNDS):
        change = {name: passed_on(name, state) for name in ("save", "war", "heat", "joining")}
        others = {name: part.sum(axis=1, keepdims=True) - part for name, part in change.items()}
        new = {
            "B": save.bend[:, :, 0] * others["save"],
            "R": war.slope[:, :, 0] * hotter * others["war"]
            + entrapment * war.high[:, :, 0] * others["heat"],
            "C": (change["joining"] @ same - change["joining"]) / fellows,
        }
        ratio = np.stack([new[kind] / state[kind] for kind in "BRC"], axis=2).max(
            axis=(1, 2), initial=0.0
        )
        bound = np.minimum(bound, ratio)
        top = np.stack(list(new.values())).max(axis=(0, 2), initial=0.0)[:, None]
        state = {kind: part / np.maximum(top, _TINY) + 1e-9 for kind, part in new.items()}
    return bound

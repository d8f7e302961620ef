"""The game among outside powers: what each act is worth, delivers and risks."""

from dataclasses import dataclass, fields, replace

import numpy as np

from sidelines.choice.replies import Exchange
from sidelines.terms.arrays import Bool, Float, Int

__all__ = ["Game", "check_game", "take_draws", "with_power"]

_LARGEST = 1e9
_ROUNDING = 1e-9  # a mean of shares may exceed one by so much
_BOUNDED = {"dread": _LARGEST, "heat": 1.0, "joining": 1.0, "entrapment": _LARGEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """A batch of games, one per draw, all with the same powers and acts.

    Acts that deliver and risk the same are alike to everybody else: they share a *level*. The
    utility of act k, of level l, to power i, given the acts of the others, is

        own[i, k] + gain[i] * E[save(M)]
          - dread[i, l] * (E[war(M)] + entrapment * E[war(M) * sum of others' heat])
          + complementarity * joining[i, l] * mean of E[joining] of the others on its side

    where `M` is the net strength delivered, power i's own part included. An act that a power
    cannot take has `own` of minus infinity.

    - `own` (draw, power, act): worth of the act whatever others do [log-odds]
    - `level` (act): which level an act belongs to
    - `side` (power): +1 for backers of the target, -1 for backers of the attacker
    - `strength` (draw, power, level): net strength delivered to the target [log-odds]
    - `gain` (draw, power): worth of the target being saved; below zero for the attacker's
      backers [log-odds]
    - `dread` (draw, power, level): worth lost in a war that the act draws the power into [log-odds]
    - `heat` (draw, power, level): how far the act widens the war for everybody, 0 to 1 [1]
    - `joining` (draw, power, level): how far the act is one that company makes easier [1]
    - `entrapment` (draw): how much others' heat raises one's own risk [1]
    - `complementarity` (draw): worth of acting in company; below zero where powers would rather
      leave it to others [log-odds]
    - `exchange`: the parties' side of the crisis
    """

    own: Float[np.ndarray, "draw power act"]
    level: Int[np.ndarray, " act"]
    side: Int[np.ndarray, " power"]
    strength: Float[np.ndarray, "draw power level"]
    gain: Float[np.ndarray, "draw power"]
    dread: Float[np.ndarray, "draw power level"]
    heat: Float[np.ndarray, "draw power level"]
    joining: Float[np.ndarray, "draw power level"]
    entrapment: Float[np.ndarray, " draw"]
    complementarity: Float[np.ndarray, " draw"]
    exchange: Exchange

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of draws, powers and acts."""
        draws, powers, acts = self.own.shape
        return draws, powers, acts

    @property
    def levels(self) -> int:
        """Number of levels."""
        return self.strength.shape[2]


def take_draws(game: Game, keep: slice | Int[np.ndarray, " n"] | Bool[np.ndarray, " draw"]) -> Game:
    """Return the game of some draws.

    Parameters
    ----------
    game
        A batch of games.
    keep
        Which draws, by slice, mask or number [1].

    Returns
    -------
    Game
        The same game with fewer draws.

    Notes
    -----
    Source: definition.
    """
    kept = {
        entry.name: getattr(game, entry.name)[keep]
        for entry in fields(game)
        if entry.name not in {"level", "side", "exchange"}
    }
    part = game.exchange
    parties = {name: getattr(part, name)[keep] for name in part.arrays()}
    return replace(game, **kept, exchange=replace(part, **parties))


def with_power(game: Game, i: int, other: Game, place: int = 0) -> Game:
    """Return the game with one power's payoffs taken from another game.

    Parameters
    ----------
    game
        A batch of games.
    i
        Which power to replace [1].
    other
        A batch with as many draws and the same acts and levels.
    place
        Which of its powers takes the place of power i [1].

    Returns
    -------
    Game
        The game with that power in it; the exchange stays.

    Notes
    -----
    Source: definition.
    """
    changed = {}
    for name in ("own", "strength", "gain", "dread", "heat", "joining"):
        values, new = getattr(game, name), getattr(other, name)[:, place]
        if not np.array_equal(values[:, i], new):
            values = values.copy()
            values[:, i] = new
        changed[name] = values
    return replace(game, **changed)


def check_game(game: Game) -> None:
    """Refuse a game that has no answer.

    Parameters
    ----------
    game
        A batch of games.

    Raises
    ------
    ValueError
        If a shape is wrong, a number is missing or out of all proportion, what cannot be below zero
        is, a share is above one, or a power has no possible act; the first such array is named.

    Notes
    -----
    Source: definition; a payoff of a billion log-odds is a mistake, not a preference.
    """
    arrays = {
        entry.name: getattr(game, entry.name)
        for entry in fields(game)
        if entry.name not in {"own", "exchange"}
    }
    arrays |= {name: getattr(game.exchange, name) for name in game.exchange.arrays()}
    arrays["own"] = np.maximum(game.own, -_LARGEST)  # minus infinity is a good value there
    for name, values in arrays.items():
        if values.shape != (wanted := _shape(game, name)):
            raise ValueError(f"{name} has shape {values.shape}; wanted {wanted}.")
        # the extremes of an array that holds a NaN are NaN, which fails this too
        if values.size and not (-_LARGEST <= values.min() <= values.max() <= _LARGEST):
            where = tuple(int(n) for n in np.argwhere(~(np.abs(values) <= _LARGEST))[0])
            raise ValueError(
                f"{name}{list(where)} is {values[where]:g}; it must lie between "
                f"-{_LARGEST:g} and {_LARGEST:g}."
            )
    for name, most in _BOUNDED.items():  # the certificate stands on these
        values = getattr(game, name)
        if values.size and not (0 <= values.min() <= values.max() <= most + _ROUNDING):
            off = (values < 0) | (values > most + _ROUNDING)
            where = tuple(int(n) for n in np.argwhere(off)[0])
            raise ValueError(
                f"{name}{list(where)} is {values[where]:g}; it must lie between 0 and {most:g}."
            )
    stuck = game.own.max(axis=2) == -np.inf
    if stuck.any():
        draw, power = (int(n) for n in np.argwhere(stuck)[0])
        raise ValueError(f"power {power} has no possible act in draw {draw}: give it at least one.")
    if not 0 <= game.level.min() <= game.level.max() < game.levels:
        raise ValueError(f"level must lie between 0 and {game.levels - 1}.")


def _shape(game: Game, name: str) -> tuple[int, ...]:
    """Return the shape that an array of the game must have."""
    draws, powers, acts = game.shape
    one = {"level": (acts,), "side": (powers,), "gain": (draws, powers), "own": game.shape}
    if name in {"strength", "dread", "heat", "joining"}:
        return draws, powers, game.levels
    return one.get(name, (draws,))

"""Games whose payoffs are linear in named slopes: the design behind the game's likelihood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from sidelines.choice.game import Game
from sidelines.choice.replies import Exchange
from sidelines.terms.arrays import Float
from sidelines.terms.errors import UsageError, nearest, shown

__all__ = [
    "PAYOFFS",
    "GameDesign",
    "build_game_design",
    "game_at",
    "stack_game_designs",
    "trace_game_design",
]

PAYOFFS = ("own", "gain", "dread", "entrapment", "complementarity")


@dataclass(frozen=True, slots=True, kw_only=True)
class GameDesign:
    """Games, one per crisis in the place of draws, whose payoffs move with some slopes.

    A payoff array of the game is that of `base` plus `parts[array] @ slopes`; each part has the
    shape of its array and the slopes behind it. Crises with fewer powers are filled up with powers
    that have one possible act.
    """

    names: tuple[str, ...]
    base: Game
    parts: Mapping[str, np.ndarray]


def build_game_design(base: Game, slopes: Mapping[str, Mapping[str, np.ndarray]]) -> GameDesign:
    """Return the design in which each named slope multiplies some covariates, array by array.

    `{"far": {"own": -haul * far}, "stake": {"gain": stake}}` takes `far` off the worth of acts
    that must be hauled, and makes a saved target worth `stake`. Covariates are broadcast to the
    shape of their array.
    """
    parts: dict[str, np.ndarray] = {}
    for which, (name, effects) in enumerate(slopes.items()):
        for array, covariate in effects.items():
            if array not in PAYOFFS:
                near = nearest(array, PAYOFFS)
                hint = f"Did you mean {near!r}?" if near else f"Use {', '.join(PAYOFFS)}."
                raise UsageError(f"Slope {name!r} moves {shown(array)}, no payoff.", hint=hint)
            if not np.isfinite(covariate).all():
                raise UsageError(
                    f"A covariate of slope {name!r} in {array!r} is missing or not finite.",
                    hint="Leave the crisis out, or say what is assumed.",
                )
            shape = getattr(base, array).shape
            part = parts.setdefault(array, np.zeros((*shape, len(slopes))))
            part[..., which] = covariate
    return GameDesign(names=tuple(slopes), base=base, parts=parts)


def game_at(design: GameDesign, slopes: Float[np.ndarray, " slope"]) -> Game:
    """Return the games at some values of the slopes."""
    moved = {array: getattr(design.base, array) + x @ slopes for array, x in design.parts.items()}
    return replace(design.base, **moved)


def trace_game_design(
    names: Sequence[str], build: Callable[[dict[str, float]], Game]
) -> GameDesign:
    """Return the design of games that somebody else builds from slopes.

    The games are built once without any slope, once for each, and once with all to see that
    payoffs are linear and nothing else moves; a slope that bends the game is refused by name.
    """
    nothing = dict.fromkeys(names, 0.0)
    base = build(nothing)
    parts = {array: np.zeros((*getattr(base, array).shape, len(names))) for array in PAYOFFS}
    for which, name in enumerate(names):
        one, two = (build({**nothing, name: size}) for size in (1.0, 2.0))
        for array, part in parts.items():
            part[..., which] = _moved(one, base, array)
            if not np.allclose(_moved(two, base, array), 2.0 * part[..., which]):
                raise _bent(name)
        if _rest(one) != _rest(base):
            raise _bent(name)
    return GameDesign(
        names=tuple(names),
        base=base,
        parts={array: part for array, part in parts.items() if part.any()},
    )


def _moved(game: Game, base: Game, array: str) -> np.ndarray:
    """Return by how much a payoff array has moved; acts that are impossible stay so."""
    now, then = getattr(game, array), getattr(base, array)
    if not np.array_equal(np.isfinite(now), np.isfinite(then)):
        return np.full(now.shape, np.nan)
    return np.where(np.isfinite(then), now, 0.0) - np.where(np.isfinite(then), then, 0.0)


def _rest(game: Game) -> list[list[float]]:
    """Return all that slopes may not move."""
    whole = {entry.name: getattr(game, entry.name) for entry in fields(game)}
    parties = whole.pop("exchange")
    whole |= {entry.name: getattr(parties, entry.name) for entry in fields(parties)}
    return [np.ravel(values).tolist() for name, values in whole.items() if name not in PAYOFFS]


def _bent(name: str) -> UsageError:
    return UsageError(
        f"The slope {name!r} does not move payoffs linearly.", hint="Hold it at a value instead."
    )


def stack_game_designs(designs: Sequence[GameDesign]) -> GameDesign:
    """Return one design of all crises in a row; smaller ones are filled up with idle powers.

    An idle power can do its first act only, which delivers and risks nothing. Powers stand on
    places, not on sides: where company counts, the same place must be on the same side throughout.
    """
    first = designs[0]
    powers = max(one.base.shape[1] for one in designs)
    arrays = sorted({array for one in designs for array in one.parts})
    company = "complementarity" in arrays or any(one.base.complementarity.any() for one in designs)
    sides = np.array([np.pad(one.base.side, (0, powers - one.base.shape[1])) for one in designs])
    for one, side in zip(designs, sides, strict=True):
        if one.names != first.names or not np.array_equal(one.base.level, first.base.level):
            raise UsageError("The crises differ in slopes or acts.", hint="Use the same for all.")
        if one.base.exchange.link != first.base.exchange.link:
            raise UsageError("The crises differ in their contest.", hint="Fit each kind apart.")
        if company and (side * sides[0] < 0).any():
            raise UsageError(
                "Company counts, and a place has powers of both sides.",
                hint="Order the powers of every crisis by side, with idle ones between.",
            )
    bases = [_widened(one.base, powers) for one in designs]
    return GameDesign(
        names=first.names,
        base=_joined(bases, np.where(sides.sum(axis=0) < 0, -1, 1)),
        parts={
            array: np.concatenate(
                [_part(one, array, base) for one, base in zip(designs, bases, strict=True)]
            )
            for array in arrays
        },
    )


def _widened(base: Game, powers: int) -> Game:
    """Return the game with idle powers at the end."""
    extra = powers - base.shape[1]
    wide: dict[str, Any] = {
        name: _padded(getattr(base, name), extra)
        for name in ("own", "strength", "gain", "dread", "heat", "joining")
    }
    wide["own"][:, base.shape[1] :, 1:] = -np.inf
    return replace(base, **wide, side=np.pad(base.side, (0, extra), constant_values=1))


def _padded(values: np.ndarray, extra: int) -> np.ndarray:
    return np.pad(values, [(0, extra if axis == 1 else 0) for axis in range(values.ndim)])


def _part(design: GameDesign, array: str, wide: Game) -> np.ndarray:
    shape = getattr(wide, array).shape
    part = design.parts.get(array)
    if part is None:
        return np.zeros((*shape, len(design.names)))
    return part if len(shape) == 1 else _padded(part, shape[1] - part.shape[1])


def _joined(bases: Sequence[Game], side: np.ndarray) -> Game:
    def together(parts: Sequence[object], names: Sequence[str]) -> dict[str, Any]:
        return {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}

    exchanges = [base.exchange for base in bases]
    names = [e.name for e in fields(Game) if e.name not in {"level", "side", "exchange"}]
    parties = together(exchanges, Exchange.arrays())
    return replace(
        bases[0],
        **together(bases, names),
        side=side,
        exchange=replace(exchanges[0], **parties),
    )

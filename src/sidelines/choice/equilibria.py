"""All equilibria we can find: one where the certificate holds, corner starts where it does not."""

from dataclasses import dataclass

import numpy as np

from sidelines.choice.certificate import contraction_radius
from sidelines.choice.game import Game, take_draws
from sidelines.choice.solve import Prepared, fitting_modes, prepare, solve
from sidelines.terms.arrays import Bool, Float

__all__ = ["Equilibria", "find_equilibria", "quiet_start"]

_SAME = 1e-6
_ROUGH = 1e-4
_FAR = 1e-2
_BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Equilibria:
    """What a batch of games settles on.

    - `prob` (draw, power, act): choice probabilities; the mean over the equilibria found where
      there is more than one [1]
    - `certified` (draw): the contraction certificate proves that there is only one
    - `multiple` (draw): more than one was found
    - `lowest`, `highest` (draw, power, act): extremes over the equilibria found [1]
    - `converged` (draw): the fixed point was reached
    - `fit_error`: largest error of the fitted outcome functions [1]
    """

    prob: Float[np.ndarray, "draw power act"]
    certified: Bool[np.ndarray, " draw"]
    multiple: Bool[np.ndarray, " draw"]
    lowest: Float[np.ndarray, "draw power act"]
    highest: Float[np.ndarray, "draw power act"]
    converged: Bool[np.ndarray, " draw"]
    fit_error: float


def quiet_start(game: Game) -> Float[np.ndarray, "draw power act"]:
    """Return the start at which every power takes its first possible act, nothing.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Degenerate choice probabilities [1].

    Notes
    -----
    Source: definition.
    """
    return _all_on(np.isfinite(game.own).argmax(axis=2), game.shape[2])


def _all_on(act: np.ndarray, acts: int) -> np.ndarray:
    return (act[:, :, None] == np.arange(acts)).astype(float)


def _corner_starts(game: Game) -> list[np.ndarray]:
    """Return all quiet, all for the target, all for the attacker, and both at their utmost."""
    possible = np.isfinite(game.own)
    delivered = game.strength[:, :, game.level]
    most = np.where(possible, delivered, -np.inf).argmax(axis=2)
    least = np.where(possible, delivered, np.inf).argmin(axis=2)
    hottest = np.where(possible, np.abs(delivered), -np.inf).argmax(axis=2)
    acts = game.shape[2]
    return [quiet_start(game), *(_all_on(act, acts) for act in (most, least, hottest))]


def find_equilibria(
    game: Game,
    *,
    tolerance: float = 1e-9,
    near: Float[np.ndarray, "draw power act"] | None = None,
) -> Equilibria:
    """Return the equilibria of a batch of games.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    tolerance
        Largest change per step that counts as none [1].
    near
        Choice probabilities of a neighbouring game to start from; then only the equilibrium on
        their branch is followed, and no other is looked for [1].

    Returns
    -------
    Equilibria
        Probabilities, proofs of uniqueness, and the extremes where there are several [1].

    Notes
    -----
    Source: contraction certificate (Dobrushin); otherwise starts at the extremes, which bracket
    all equilibria where acts are complements (Topkis 1979, Milgrom and Roberts 1990) and are a
    check where they are not.
    """
    modes = fitting_modes(game)
    batches = [
        (count, chosen[first : first + _BATCH])
        for count in np.unique(modes)
        for chosen in [np.flatnonzero(modes == count)]
        for first in range(0, len(chosen), _BATCH)
    ]
    parts = [
        _batch(take_draws(game, some), int(count), tolerance, None if near is None else near[some])
        for count, some in batches
    ]
    back = np.argsort(np.concatenate([some for _, some in batches]))
    joined = {
        name: np.concatenate([getattr(part, name) for part in parts])[back]
        for name in ("prob", "certified", "multiple", "lowest", "highest", "converged")
    }
    return Equilibria(**joined, fit_error=max(part.fit_error for part in parts))


def _batch(game: Game, modes: int, tolerance: float, near: np.ndarray | None) -> Equilibria:
    certified = contraction_radius(game) < 1.0
    prepared = prepare(game, modes=modes)
    first = solve(prepared, quiet_start(game) if near is None else near, tolerance=tolerance)
    found = [first.prob]
    converged = first.residual < tolerance * 10
    doubtful = np.flatnonzero(~certified) if near is None else np.array([], dtype=int)
    if doubtful.size:
        part = take_draws(game, doubtful)
        ready = prepare(part, modes=modes)
        for start in _corner_starts(part)[1:]:
            other = first.prob.copy()
            other[doubtful] = _settled(ready, start, first.prob[doubtful], tolerance)
            found.append(other)
    stack = np.stack(found)
    lowest, highest = stack.min(axis=0), stack.max(axis=0)
    return Equilibria(
        prob=_mean_of_distinct(stack),
        certified=certified,
        multiple=(highest - lowest).max(axis=(1, 2), initial=0.0) > _SAME,
        lowest=lowest,
        highest=highest,
        converged=converged,
        fit_error=prepared.fit_error,
    )


def _settled(
    prepared: Prepared, start: np.ndarray, known: np.ndarray, tolerance: float
) -> np.ndarray:
    """Return where a start leads; the known equilibrium where it leads close to that one.

    A rough solution tells the two apart; only draws that end elsewhere are solved in full.
    """
    rough = solve(prepared, start, tolerance=_ROUGH).prob
    elsewhere = np.flatnonzero(np.abs(rough - known).max(axis=(1, 2), initial=0.0) > _FAR)
    settled = known.copy()
    if elsewhere.size:
        fine = solve(
            prepare(take_draws(prepared.game, elsewhere)), rough[elsewhere], tolerance=tolerance
        )
        reached = fine.residual < tolerance * 10
        settled[elsewhere[reached]] = fine.prob[reached]
    return settled


def _mean_of_distinct(stack: np.ndarray) -> np.ndarray:
    """Return the mean over distinct equilibria: one found from two starts counts once."""
    if len(stack) == 1:
        return stack[0]
    gaps = np.abs(stack[:, None] - stack[None, :]).max(axis=(3, 4), initial=0.0)
    earlier = np.tril(np.ones((len(stack), len(stack)), dtype=bool), -1)[:, :, None]
    fresh = ~((gaps <= _SAME) & earlier).any(axis=1)
    weights = fresh / fresh.sum(axis=0)
    return np.einsum("sd,sdpk->dpk", weights, stack)

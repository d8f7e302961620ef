"""Games solved in bulk: by the compiled kernel where there is one, by the numpy twin elsewhere.

Both take the same steps; tests hold them together to 1e-12.
"""

import importlib
import os
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from sidelines.choice import adjoint, certificate, expectations
from sidelines.choice import solve as twin
from sidelines.choice.adjoint import Gradient
from sidelines.choice.fourier import MODES, kernel_table
from sidelines.choice.game import Game, take_draws
from sidelines.choice.newton import polish
from sidelines.choice.replies import Exchange
from sidelines.terms.arrays import Float

__all__ = ["Solved", "compiled", "contraction_bound", "engine", "game_arrays", "pull_back", "solve"]

_VERSION = 2  # of the calls below; raised together with the one in _kernel.c
_FIT_TOLERANCE = 1e-6
_MAX_STEPS = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """Where each start led, in each draw.

    - `prob` (start, draw, power, level): chances of levels [1]
    - `residual` (start, draw): largest change that the last round of replies made [1]
    - `steps` (start, draw): rounds of replies
    - `fit_error` (draw): largest error of the fitted outcome functions [1]
    - `shares` (draw, power, act): chance of an act given its level [1]
    - `worth` (draw, power, level): worth of a level, the log-sum-exp over its acts [log-odds]
    """

    prob: Float[np.ndarray, "start draw power level"]
    residual: Float[np.ndarray, "start draw"]
    steps: Float[np.ndarray, "start draw"]
    fit_error: Float[np.ndarray, " draw"]
    shares: Float[np.ndarray, "draw power act"]
    worth: Float[np.ndarray, "draw power level"]


def compiled() -> ModuleType | None:
    """Return the compiled kernel.

    Returns
    -------
    ModuleType or None
        None where it was not built, was built from another version of the source, or where the
        environment says SIDELINES_KERNEL=numpy.

    Notes
    -----
    Source: definition.
    """
    if os.environ.get("SIDELINES_KERNEL") == "numpy":
        return None
    try:
        module = importlib.import_module("sidelines.choice._kernel")
    except ImportError:
        return None
    return module if getattr(module, "VERSION", None) == _VERSION else None


def engine() -> str:
    """Return what solves games here.

    Returns
    -------
    str
        'compiled' or 'numpy'.

    Notes
    -----
    Source: definition.
    """
    return "compiled" if compiled() else "numpy"


def _sizes(game: Game, *, modes: int, starts: int, max_steps: int) -> tuple[int, ...]:
    link = int(game.exchange.link)
    return (*game.shape, game.levels, modes, link, starts, max_steps)


def game_arrays(game: Game, modes: int) -> tuple[Float[np.ndarray, "..."], ...]:
    """Return a game's arrays in the order of the kernel's enum, up to the table.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    modes
        Fourier modes [1].

    Returns
    -------
    numpy.ndarray
        A tuple of them: contiguous doubles, payoffs [log-odds] first, the table last [1].

    Notes
    -----
    Source: `enum array` of _kernel.c.
    """
    exchange = [getattr(game.exchange, name) for name in Exchange.arrays()]
    arrays = (
        *(game.own, game.level, game.side, game.strength, game.dread, game.heat, game.joining),
        *(game.gain, game.entrapment, game.complementarity, np.stack(exchange, axis=1)),
        kernel_table(modes),
    )
    return tuple(np.ascontiguousarray(array, dtype=float) for array in arrays)


def _blank(game: Game, starts: int) -> Solved:
    draws, powers, acts = game.shape
    return Solved(
        prob=np.zeros((starts, draws, powers, game.levels)),
        residual=np.full((starts, draws), np.inf),
        steps=np.zeros((starts, draws)),
        fit_error=np.full(draws, np.inf),
        shares=np.zeros((draws, powers, acts)),
        worth=np.zeros((draws, powers, game.levels)),
    )


def solve(
    game: Game,
    starts: Float[np.ndarray, "start draw power level"],
    *,
    tolerance: float = 1e-10,
    fit_tolerance: float = _FIT_TOLERANCE,
    max_steps: int = _MAX_STEPS,
) -> Solved:
    """Return the fixed points reached from some starts.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    starts
        Chances of levels to start from [1].
    tolerance
        Largest change in a round that counts as none [1].
    fit_tolerance
        Largest error of the outcome functions; more Fourier modes are taken until it holds, or the
        most there are are in use [1].
    max_steps
        Rounds after which Newton's method takes over [1].

    Returns
    -------
    Solved
        Chances, residuals, rounds and fit errors [1].

    Raises
    ------
    ValueError
        If starts are not those of this game's draws, powers and levels.

    Notes
    -----
    Source: see `sidelines.choice.solve.settle` and `sidelines.choice.newton.polish`.
    """
    if starts.shape[1:] != game.strength.shape:
        raise ValueError(f"starts have shape {starts.shape}; wanted (any, *{game.strength.shape}).")
    result = _blank(game, len(starts))
    left = np.arange(game.shape[0])
    for modes in MODES:  # the last takes all that is left
        if not left.size:
            break
        whole = len(left) == game.shape[0]
        part = game if whole else take_draws(game, left)
        begin = starts if whole else starts[:, left]
        enough = np.inf if modes == MODES[-1] else fit_tolerance
        found = _solve_with(part, begin, modes, (enough, tolerance), max_steps)
        fitted = found.fit_error < enough
        _fill(result, left[fitted], found, fitted)
        _polish_unsettled(game, result, left[fitted], modes, tolerance)
        left = left[~fitted]
    return result


def _fill(result: Solved, places: np.ndarray, found: Solved, fitted: np.ndarray) -> None:
    result.prob[:, places] = found.prob[:, fitted]
    result.residual[:, places] = found.residual[:, fitted]
    result.steps[:, places] = found.steps[:, fitted]
    result.fit_error[places] = found.fit_error[fitted]
    result.shares[places] = found.shares[fitted]
    result.worth[places] = found.worth[fitted]


def _polish_unsettled(
    game: Game, result: Solved, places: np.ndarray, modes: int, tolerance: float
) -> None:
    """Take up by Newton's method what replying again and again has not settled."""
    for n, residual in enumerate(result.residual):
        some = places[residual[places] >= tolerance]
        if some.size:
            ready = expectations.prepare(take_draws(game, some), modes=modes)
            found = polish(ready, result.prob[n, some], tolerance=tolerance)
            result.prob[n, some] = found.prob
            residual[some] = found.residual
            result.steps[n, some] += found.steps


def _solve_with(
    game: Game, starts: np.ndarray, modes: int, tolerances: tuple[float, float], max_steps: int
) -> Solved:
    """Solve the draws that a number of modes fits; the others keep an infinite residual."""
    kernel = compiled()
    if kernel is None:
        return _solve_in_numpy(game, starts, modes, tolerances, max_steps)
    found = _blank(game, len(starts))
    kernel.run(
        "solve",
        _sizes(game, modes=modes, starts=len(starts), max_steps=max_steps),
        (
            *game_arrays(game, modes),
            *(np.array(tolerances), np.ascontiguousarray(starts, dtype=float)),
            *(found.prob, found.residual, found.steps, found.fit_error, found.shares),
            found.worth,
        ),
    )
    return found


def _solve_in_numpy(
    game: Game, starts: np.ndarray, modes: int, tolerances: tuple[float, float], max_steps: int
) -> Solved:
    enough, tolerance = tolerances
    prepared = expectations.prepare(game, modes=modes)
    found = _blank(game, len(starts))
    fitted = prepared.fit_error < enough
    if fitted.any():
        ready = (
            prepared
            if fitted.all()
            else expectations.prepare(take_draws(game, fitted), modes=modes)
        )
        for n, start in enumerate(starts):
            settled = twin.settle(ready, start[fitted], tolerance=tolerance, max_steps=max_steps)
            found.prob[n, fitted] = settled.prob
            found.residual[n, fitted] = settled.residual
            found.steps[n, fitted] = settled.steps
        found.shares[fitted] = expectations.act_shares(ready.game)
        found.worth[fitted] = ready.worth
    found.fit_error[:] = prepared.fit_error
    return found


def contraction_bound(game: Game) -> Float[np.ndarray, " draw"]:
    """Return a bound on how far any difference between two equilibria is passed on.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Per draw; below one there is exactly one equilibrium [1].

    Notes
    -----
    Source: see `sidelines.choice.certificate`.
    """
    kernel = compiled()
    if kernel is None:
        return certificate.contraction_bound(game)
    draws, powers, acts = game.shape
    bound, unused = np.empty(draws), np.empty(0)
    kernel.run(
        "certify",
        _sizes(game, modes=MODES[0], starts=0, max_steps=0),
        (
            *(*game_arrays(game, MODES[0]), unused, unused, bound),
            *(unused, unused, unused, np.empty((draws, powers, acts)), unused),
        ),
    )
    return bound


def pull_back(
    game: Game,
    prob: Float[np.ndarray, "draw power level"],
    bar: Float[np.ndarray, "draw power level"],
    *,
    modes: int,
) -> Gradient:
    """Return a statistic's gradient in payoffs, the equilibrium following.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    prob
        Their equilibria [1].
    bar
        Derivatives of the statistic in the chances of levels [its unit].
    modes
        Fourier modes [1].

    Returns
    -------
    Gradient
        Derivatives in payoffs [the statistic's unit per log-odds].

    Notes
    -----
    Source: see `sidelines.choice.adjoint`.
    """
    kernel = compiled()
    if kernel is None:
        return adjoint.pull_back(expectations.prepare(game, modes=modes), prob, bar)
    draws, powers, _ = game.shape
    worth, dread = np.empty_like(prob), np.empty_like(prob)
    rest = np.empty((draws, powers + 2))
    given = (np.ascontiguousarray(bar, dtype=float), np.ascontiguousarray(prob, dtype=float))
    kernel.run(
        "adjoint",
        _sizes(game, modes=modes, starts=0, max_steps=0),
        (
            *game_arrays(game, modes),
            np.empty(2),
            *given,
            worth,
            dread,
            rest,
            np.empty(0),
            np.empty(0),
        ),
    )
    return Gradient(
        worth=worth,
        dread=dread,
        gain=rest[:, :powers],
        entrapment=rest[:, powers],
        complementarity=rest[:, powers + 1],
    )

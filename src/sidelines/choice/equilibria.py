"""All equilibria we can find: one where the certificate holds, corner starts where it does not."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sidelines.choice.game import Game, check_game, take_draws
from sidelines.choice.homotopy import follow_principal_branch
from sidelines.choice.kernel import contraction_bound, solve
from sidelines.choice.levels import act_chances, level_totals
from sidelines.terms.arrays import Bool, Float, Int

__all__ = ["Equilibria", "corner_starts", "distinct", "find_equilibria", "quiet_start"]

_SAME = 1e-6
_ROUGH = 1e-4
_FAR = 1e-2
_FITTED = 1e-6
_WIDE = 3.0  # bound from which on powers are set apart; none had several below 4 in 1,126
_APART = 6  # so many powers, those that deliver and risk most
_STILL = 10  # times the tolerance: what a residual may be


@dataclass(frozen=True, slots=True, kw_only=True)
class Equilibria:
    """What a batch of games settles on.

    - `prob` (draw, power, act): choice probabilities; the mean over the equilibria found where
      there is more than one [1]
    - `branch` (draw, power, level): the equilibrium to follow when the game is changed a little:
      the principal one where there are several [1]
    - `several`: for every draw with more than one, by its number, all that were found
      (equilibrium, power, act), the followed one first [1]
    - `certified` (draw): the contraction certificate proves that there is only one
    - `converged` (draw): the fixed point was reached
    - `fit_error` (draw): largest error of the fitted outcome functions [1]
    - `shares` (draw, power, act): chance of an act given its level [1]
    - `worth` (draw, power, level): worth of a level [log-odds]
    """

    prob: Float[np.ndarray, "draw power act"]
    branch: Float[np.ndarray, "draw power level"]
    several: dict[int, Float[np.ndarray, "equilibrium power act"]]
    certified: Bool[np.ndarray, " draw"]
    converged: Bool[np.ndarray, " draw"]
    fit_error: Float[np.ndarray, " draw"]
    shares: Float[np.ndarray, "draw power act"]
    worth: Float[np.ndarray, "draw power level"]

    @property
    def count(self) -> Int[np.ndarray, " draw"]:
        """How many were found."""
        counts = np.ones(len(self.prob), dtype=int)
        for draw, found in self.several.items():
            counts[draw] = len(found)
        return counts


def quiet_start(game: Game) -> Float[np.ndarray, "draw power level"]:
    """Return the start at which every power takes its first possible act, nothing.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Degenerate chances of levels [1].

    Notes
    -----
    Source: definition.
    """
    return _all_on(game.level[np.isfinite(game.own).argmax(axis=2)], game.levels)


def _all_on(level: np.ndarray, levels: int) -> np.ndarray:
    return (level[:, :, None] == np.arange(levels)).astype(float)


def corner_starts(game: Game) -> Float[np.ndarray, "start draw power level"]:
    """Return four starts: all quiet, all for the target, all for the attacker, both at their most.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].

    Returns
    -------
    numpy.ndarray
        Degenerate chances of levels [1].

    Notes
    -----
    Source: Topkis (1979), Milgrom and Roberts (1990): the extreme equilibria of a supermodular game
    are reached from its extreme profiles.
    """
    possible = level_totals(game, np.isfinite(game.own).astype(float)) > 0
    most = np.where(possible, game.strength, -np.inf).argmax(axis=2)
    least = np.where(possible, game.strength, np.inf).argmin(axis=2)
    hottest = np.where(game.side > 0, most, least)
    corners = [_all_on(level, game.levels) for level in (most, least, hottest)]
    return np.stack([quiet_start(game), *corners])


def _other_corners(game: Game) -> Float[np.ndarray, "start draw power level"]:
    """Return the corners but the quiet one; where company pulls, also all joining in."""
    corners = corner_starts(game)[1:]
    if not game.complementarity.any():
        return corners
    possible = level_totals(game, np.isfinite(game.own).astype(float)) > 0
    joining = np.where(possible, game.joining, -1.0).argmax(axis=2)
    return np.concatenate([corners, _all_on(joining, game.levels)[None]])


def _starts_apart(game: Game) -> Float[np.ndarray, "start draw power level"]:
    """Return the starts at which one power stands apart from all the others.

    Where help by one makes help by another needless, equilibria differ in who helps; corners, which
    treat all alike, lead to one of them only.
    """
    corners = corner_starts(game)
    quiet, hottest = corners[0], corners[-1]
    apart = []
    weight = np.ptp(game.strength, axis=2).mean(axis=0) + np.ptp(game.heat, axis=2).mean(axis=0)
    for i in np.argsort(-weight, kind="stable")[:_APART]:
        only, all_but = quiet.copy(), hottest.copy()
        only[:, i], all_but[:, i] = hottest[:, i], quiet[:, i]
        apart += [only, all_but]
    return np.array(apart).reshape(-1, *game.strength.shape)


def find_equilibria(
    game: Game,
    *,
    tolerance: float = 1e-9,
    near: Float[np.ndarray, "draw power level"] | None = None,
) -> Equilibria:
    """Return the equilibria of a batch of games.

    Parameters
    ----------
    game
        A batch of games [payoffs in log-odds].
    tolerance
        Largest change per round of replies that counts as none [1].
    near
        Chances of levels in a neighbouring game to start from; then only the equilibrium on their
        branch is followed, and no other is looked for [1].

    Returns
    -------
    Equilibria
        Probabilities, proofs of uniqueness, and all that were found where there are several [1].

    Raises
    ------
    ValueError
        If a number of the game is missing or out of all proportion; see `check_game`.

    Notes
    -----
    Source: contraction certificate (`sidelines.choice.certificate`); otherwise starts at the
    extremes, which bracket all equilibria where acts are complements (Topkis 1979, Milgrom and
    Roberts 1990), and where the bound is wide with one power apart from the others; of several, the
    principal branch is followed (McKelvey and Palfrey 1995).
    """
    check_game(game)
    draws = game.shape[0]
    first = solve(game, (quiet_start(game) if near is None else near)[None], tolerance=tolerance)
    bound = np.full(draws, np.inf) if near is not None else contraction_bound(game)
    # the bound's grid misses what no fit follows
    bound = np.where(first.fit_error < _FITTED, bound, np.inf)
    certified = bound < 1.0
    branch, residual = first.prob[0], first.residual[0]
    prob = act_chances(game, branch, first.shares)
    doubtful = np.flatnonzero(~certified) if near is None else np.array([], dtype=int)
    stuck = doubtful[residual[doubtful] >= _STILL * tolerance]
    if stuck.size:
        again = follow_principal_branch(take_draws(game, stuck), tolerance=tolerance)
        branch[stuck], residual[stuck] = again.prob[0], again.residual[0]
        prob[stuck] = act_chances(take_draws(game, stuck), branch[stuck], first.shares[stuck])
    settled = residual[doubtful] < _STILL * tolerance
    several: dict[int, list[np.ndarray]] = {}
    for starts, least in ((_other_corners, 1.0), (_starts_apart, _WIDE)):
        some = bound[doubtful] >= least
        places = doubtful[some]
        more = _others(game, places, branch[places], settled[some], starts, tolerance)
        several |= {n: distinct(several.get(n, []) + found) for n, found in more.items()}
    apart = {}
    if several:
        places = np.array(list(several))
        principal = follow_principal_branch(take_draws(game, places), tolerance=_ROUGH).prob[0]
        for draw, end in zip(several, principal, strict=True):
            gaps = [float(np.abs(each - end).max()) for each in several[draw]]
            found = [several[draw][n] for n in np.argsort(gaps, kind="stable")]
            one, here = take_draws(game, slice(draw, draw + 1)), slice(draw, draw + 1)
            acts = [act_chances(one, each[None], first.shares[here]) for each in found]
            apart[draw], branch[draw] = np.concatenate(acts), found[0]
            prob[draw] = apart[draw].mean(axis=0)
    return Equilibria(
        prob=prob,
        branch=branch,
        several=apart,
        certified=certified,
        converged=residual < _STILL * tolerance,
        fit_error=first.fit_error,
        shares=first.shares,
        worth=first.worth,
    )


def _others(
    game: Game,
    doubtful: np.ndarray,
    known: np.ndarray,
    settled: np.ndarray,
    starts: Callable[[Game], np.ndarray],
    tolerance: float,
) -> dict[int, list[np.ndarray]]:
    """Return the equilibria of the draws that have several, as found from the other starts.

    A rough solution tells whether a start leads elsewhere; only then is it solved in full.
    """
    if not doubtful.size:
        return {}
    part = take_draws(game, doubtful)
    rough = solve(part, starts(part), tolerance=_ROUGH).prob
    elsewhere = np.abs(rough - known).max(axis=(0, 2, 3), initial=0.0) > _FAR
    if not elsewhere.any():
        return {}
    fine = solve(take_draws(part, elsewhere), rough[:, elsewhere], tolerance=tolerance)
    still = fine.residual < _STILL * tolerance
    several = {}
    for n, place in enumerate(np.flatnonzero(elsewhere)):
        reached = [fine.prob[start, n] for start in range(len(rough)) if still[start, n]]
        found = distinct([known[place], *reached] if settled[place] else reached)
        if len(found) > 1:
            several[int(doubtful[place])] = found
    return several


def distinct(points: list[np.ndarray]) -> list[np.ndarray]:
    """Return the points that differ, each once.

    Parameters
    ----------
    points
        Chances of levels, from several starts [1].

    Returns
    -------
    list of numpy.ndarray
        The first of each that lie within a millionth of one another [1].

    Notes
    -----
    Source: definition.
    """
    found: list[np.ndarray] = []
    for point in points:
        if all(float(np.abs(point - other).max()) > _SAME for other in found):
            found.append(point)
    return found

"""One seven-rung game of three powers: Gambit's logit solver against the kernel, solving only.

Needs pygambit (GPL; wanted by nothing else here). Without it, says so and stops.
"""

import itertools
import sys
import time

import numpy as np

from kernel import made_up, solve_s
from sidelines.choice import kernel
from sidelines.choice.equilibria import quiet_start
from sidelines.choice.game import Game, take_draws
from sidelines.choice.replies import save_prob, war_prob

BAR, GAMES, POWERS, RUNGS = 150.0, 10, 3, 7


def tables(game: Game) -> list[np.ndarray]:
    """Return the payoffs of one draw, profile by profile, one table a power."""
    payoffs = [np.zeros((RUNGS,) * POWERS) for _ in range(POWERS)]
    for profile in itertools.product(range(RUNGS), repeat=POWERS):
        delivered = sum(game.strength[0, j, k] for j, k in enumerate(profile))
        strength = np.array([[delivered]])
        save = save_prob(strength, game.exchange)[0, 0]
        war = war_prob(strength, game.exchange)[0, 0]
        heat = [game.heat[0, j, k] for j, k in enumerate(profile)]
        for i, rung in enumerate(profile):
            risk = war * (1 + game.entrapment[0] * (sum(heat) - heat[i]))
            worth = game.own[0, i, rung] + game.gain[0, i] * save
            payoffs[i][profile] = worth - game.dread[0, i, rung] * risk
    return payoffs


def main() -> None:
    try:
        import pygambit
    except ImportError:
        print("against Gambit: not measured; pip install pygambit==17.0.0b2 to compare")
        return
    game = made_up(POWERS, RUNGS, RUNGS, draws=2000)
    ours = solve_s(game) / 2000
    theirs, gap = [], 0.0
    for draw in range(GAMES):
        one = take_draws(game, slice(draw, draw + 1))
        table = pygambit.StrategicGame.from_arrays(*tables(one))
        start = time.process_time()
        found = pygambit.qre.logit_solve_lambda(table, lam=1.0)[0].profile
        theirs.append(time.process_time() - start)
        near = kernel.solve(one, quiet_start(one)[None], fit_tolerance=1e-11).prob[0, 0]
        told = [list(dict(found[str(i + 1)]).values()) for i in range(POWERS)]
        gap = max(gap, float(np.abs(near - np.array(told, dtype=float)).max()))
    ratio = float(np.mean(theirs)) / ours
    print(f"pygambit {pygambit.__version__}: {1e6 * np.mean(theirs):.0f} us a game, solving only")
    print(
        f"kernel: {1e6 * ours:.1f} us; {ratio:.0f} x (at least {BAR:g}); answers within {gap:.0e}"
    )
    if ratio < BAR:
        sys.exit("below the bar")


if __name__ == "__main__":
    main()

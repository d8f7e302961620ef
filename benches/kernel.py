"""The decision core: kernel against twin, bundles against rungs, gradient against value.

Ratios are taken in one run, so that they hold on a busy machine; microseconds are of one thread.
"""

import os
import sys
import time
from collections.abc import Callable

import numpy as np

from sidelines.choice import kernel
from sidelines.choice.equilibria import quiet_start
from sidelines.choice.game import Game
from sidelines.choice.replies import Exchange

FASTER, BUNDLES, GRADIENT = 8.0, 10.0, 2.5
ROUNDS = 7


def made_up(powers: int, acts: int, levels: int, *, draws: int, seed: int = 1) -> Game:
    """Return random games of the research's shape: seven rungs, or 64 bundles on 16 levels."""
    rng = np.random.default_rng(seed)
    side = rng.choice([-1, 1], powers)
    amount = np.sort(rng.uniform(0, 1.5, (draws, powers, levels)), axis=2)
    heat = np.sort(rng.uniform(0, 1, (draws, powers, levels)), axis=2)
    own = rng.normal(-1, 1, (draws, powers, acts))
    amount[:, :, 0] = heat[:, :, 0] = own[:, :, 0] = 0.0
    sharp = rng.uniform(2, 6, (2, draws))
    return Game(
        own=own,
        level=np.arange(acts) * levels // acts,
        side=side,
        strength=side[:, None] * amount,
        gain=side * rng.uniform(0, 3, (draws, powers)),
        dread=heat * rng.uniform(0, 2, (draws, powers, 1)),
        heat=heat,
        joining=heat,
        entrapment=rng.uniform(0, 1, draws),
        complementarity=np.zeros(draws),
        exchange=Exchange(
            standing=rng.uniform(-2, 1, draws),
            spread=np.zeros(draws),
            attacker_resolve=rng.uniform(0.3, 1, draws),
            target_resolve=rng.uniform(0.3, 1, draws),
            attacker_cost=rng.uniform(0.1, 0.5, draws),
            target_cost=np.full(draws, 0.5),
            attacker_precision=sharp[0],
            target_precision=sharp[1],
        ),
    )


def least_s(run: Callable[[], object]) -> float:
    """Return the least CPU time of several runs [s]."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def solve_s(game: Game) -> float:
    starts = quiet_start(game)[None]
    return least_s(lambda: kernel.solve(game, starts))


def twin_s(game: Game) -> float:
    os.environ["SIDELINES_KERNEL"] = "numpy"
    try:
        return solve_s(game)
    finally:
        del os.environ["SIDELINES_KERNEL"]


def gradient_s(game: Game) -> float:
    starts = quiet_start(game)[None]
    bar = np.ones_like(starts[0])

    def run() -> None:
        solved = kernel.solve(game, starts)
        kernel.pull_back(game, solved.prob[0], bar, modes=16)

    return least_s(run)


def main() -> None:
    if kernel.engine() != "compiled":
        sys.exit("no compiled kernel here: install a C compiler, then `make clean run`")
    draws = 2000
    failed = []

    def tell(what: str, ratio: float, bar: float, *, more: bool) -> None:
        good = ratio >= bar if more else ratio <= bar
        failed.extend([] if good else [what])
        print(f"{what:<44} {ratio:6.2f} x  ({'at least' if more else 'at most'} {bar:g})")

    for powers in (2, 3, 4, 6):
        game = made_up(powers, 7, 7, draws=draws)
        ours, twin, both = solve_s(game), twin_s(game), gradient_s(game)
        print(f"seven rungs, {powers} powers: {1e6 * ours / draws:.1f} us a game")
        tell("  kernel against twin", twin / ours, FASTER, more=True)
        if powers == 3:
            tell("  value with gradient against value", both / ours, GRADIENT, more=False)
        else:
            print(f"  value with gradient against value         {both / ours:6.2f} x")
    bundles = made_up(6, 64, 16, draws=draws)
    many = solve_s(bundles)
    print(f"64 bundles, 6 powers: {1e6 * many / draws:.1f} us a game")
    tell("  kernel against twin", twin_s(bundles) / many, FASTER, more=True)
    tell("  against seven rungs", many / ours, BUNDLES, more=False)
    if failed:
        sys.exit(f"below the bar: {', '.join(what.strip() for what in failed)}")


if __name__ == "__main__":
    main()

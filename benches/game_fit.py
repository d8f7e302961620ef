"""CPU time of fitting the game: 400 made-up crises of three powers, seven slopes."""

import sys
import time

import numpy as np

from sidelines.choice.game import Game
from sidelines.choice.kernel import engine
from sidelines.choice.replies import Exchange
from sidelines.history.belief import free_at, normal, positive
from sidelines.history.estimate import estimate
from sidelines.history.game_design import GameDesign, build_game_design, game_at
from sidelines.history.game_likelihood import draw_acts, game_likelihood
from sidelines.history.nested import nested_solver
from sidelines.history.posterior import draw_posterior, learned

CRISES, POWERS, ACTS, DRAWS, REPEATS = 400, 3, 4, 1000, 20
FURTHEST = 3.0  # standard errors from the truth
TRUTH = {
    "base": 1.0,
    "far": 1.0,
    "busy": 0.8,
    "pact": 1.2,
    "exposure": 0.7,
    "stake": 4.0,
    "danger": 3.0,
}


def made_up_crises(seed: int, *, crises: int, powers: int, acts: int) -> GameDesign:
    """Return crises with random powers, every third a backer of the attacker, and seven slopes."""
    rng = np.random.default_rng(seed)
    side = np.where(np.arange(powers) % 3 == 2, -1, 1)
    ladder = np.arange(acts) / (acts - 1)
    amount = rng.uniform(0.2, 1.2, (crises, powers, 1)) * ladder
    heat = np.tile(ladder**2, (crises, powers, 1))
    one = np.ones(crises)
    base = Game(
        own=np.zeros((crises, powers, acts)),
        level=np.arange(acts),
        side=side,
        strength=amount * side[:, None],
        gain=np.zeros((crises, powers)),
        dread=np.zeros((crises, powers, acts)),
        heat=heat,
        joining=heat,
        entrapment=0.3 * one,
        complementarity=0.0 * one,
        exchange=Exchange(
            standing=rng.uniform(-2, 1, crises),
            spread=0.0 * one,
            attacker_resolve=rng.uniform(0.3, 1, crises),
            target_resolve=rng.uniform(0.3, 1, crises),
            attacker_cost=rng.uniform(0.1, 0.5, crises),
            target_cost=0.5 * one,
            attacker_precision=4.0 * one,
            target_precision=4.0 * one,
        ),
    )
    far, busy, exposure, danger = rng.uniform(size=(4, crises, powers, 1))
    pact = (rng.uniform(size=(crises, powers, 1)) < 0.4).astype(float)
    acting = (ladder > 0).astype(float)
    return build_game_design(
        base,
        {
            "base": {"own": -ladder},
            "far": {"own": -ladder * far},
            "busy": {"own": -ladder * busy},
            "pact": {"own": acting * pact},
            "exposure": {"own": -acting * exposure},
            "stake": {"gain": side * rng.uniform(size=(crises, powers))},
            "danger": {"dread": danger * heat},
        },
    )


def main() -> None:
    design = made_up_crises(0, crises=CRISES, powers=POWERS, acts=ACTS)
    truth = np.array([*TRUTH.values()])
    solver = nested_solver(design.base)
    seen = draw_acts(solver(game_at(design, truth)).prob, np.random.default_rng(1))
    model = game_likelihood(design, seen, solver=solver)
    times = []
    for ask in (lambda: model.log_prob(truth), lambda: model.gradient(truth)):
        laps = [time.process_time()]
        for _ in range(REPEATS):
            ask()
            laps.append(time.process_time())
        times.append(np.diff(laps).min())
    print(f"{engine()}: value {1e3 * times[0]:.1f} ms, value and gradient {1e3 * times[1]:.1f} ms")
    prior = {name: positive(2.0, 1.0) for name in TRUTH} | {"base": normal(0.0, 3.0)}
    fit = estimate(model, prior=prior)
    print(f"fit: {fit.seconds:.2f} s CPU, {fit.evaluations} evaluations, {fit.status}")
    began = time.process_time()
    posterior = draw_posterior(model, fit, rng=np.random.default_rng(1), draws=DRAWS)
    print(
        f"{DRAWS:,} draws: {time.process_time() - began:.2f} s CPU, worth {posterior.effective:.0f}"
        f" independent ones, k-hat {posterior.shape:.2f}, {posterior.status}"
    )
    for name, found in learned(posterior).items():
        print(f"  {name:<9} true {TRUTH[name]:4.1f}, found {found.mean:5.2f} ({found.sd:.2f})")
    off = (fit.free - free_at(truth, fit.space)) / np.sqrt(np.diag(fit.covariance))
    if not fit.converged or np.abs(off).max() > FURTHEST:
        sys.exit(f"the slopes were not found again: {off.round(1)} standard errors off")


if __name__ == "__main__":
    main()

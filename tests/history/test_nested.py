from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice.equilibria import find_equilibria
from sidelines.history.belief import normal, positive, slopes_at, space_of
from sidelines.history.estimate import estimate
from sidelines.history.game_design import GameDesign, game_at
from sidelines.history.game_likelihood import draw_acts, game_likelihood
from sidelines.history.nested import nested_solver, uncertified

MakeCrises = Callable[..., GameDesign]


def acted(design: GameDesign, slopes: np.ndarray, seed: int) -> np.ndarray:
    prob = nested_solver(design.base)(game_at(design, slopes)).prob
    return draw_acts(prob, np.random.default_rng(seed))


def in_pairs(design: GameDesign) -> GameDesign:
    """Return the design with every level split into two acts that only their power can tell."""
    base = design.base
    own = np.repeat(base.own, 2, axis=2) + np.tile([0.0, -0.7], base.levels)
    parts = {**design.parts, "own": np.repeat(design.parts["own"], 2, axis=2)}
    return replace(design, base=replace(base, own=own, level=np.repeat(base.level, 2)), parts=parts)


def test_the_solver_gives_the_equilibrium(make_crises: MakeCrises, truth: np.ndarray) -> None:
    design = make_crises(0, crises=20, powers=3, acts=4)
    game = game_at(design, truth)
    expected = find_equilibria(game, tolerance=1e-12).prob
    assert nested_solver(design.base)(game).prob == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("shape", [lambda design: design, in_pairs])
def test_the_gradient_passes_through_the_fixed_point(
    shape: Callable[[GameDesign], GameDesign], make_crises: MakeCrises, truth: np.ndarray
) -> None:
    design = shape(make_crises(1, crises=15, powers=3, acts=4))
    solver = nested_solver(design.base)
    model = game_likelihood(design, acted(design, truth, seed=1), solver=solver)
    at, steps = 1.1 * truth, 1e-4 * np.eye(7)
    slopes = [(model.log_prob(at + s) - model.log_prob(at - s)) / 2e-4 for s in steps]
    assert model.gradient(at)[1] == pytest.approx(np.array(slopes), abs=1e-6)


def test_entrapment_and_company_have_gradients_too(
    make_crises: MakeCrises, truth: np.ndarray
) -> None:
    design = make_crises(1, crises=8, powers=3, acts=3)
    game, ones = game_at(design, truth), np.ones(8)
    solver = nested_solver(design.base)
    bar = np.random.default_rng(0).normal(size=(8, 3, 3))
    pulled = solver(game).pull_back(bar)
    for array in ("entrapment", "complementarity"):
        ends = [
            replace(game, **{array: getattr(game, array) + step * ones}) for step in (-1e-4, 1e-4)
        ]
        low, high = ((solver(end).prob * bar).sum(axis=(1, 2)) for end in ends)
        assert pulled[array] == pytest.approx((high - low) / 2e-4, abs=1e-6)


def test_the_slopes_that_made_the_crises_are_found_again(
    make_crises: MakeCrises, truth: np.ndarray
) -> None:
    design = make_crises(0, crises=400, powers=3, acts=4)
    seen = acted(design, truth, seed=1)
    fit = estimate(game_likelihood(design, seen, solver=nested_solver(design.base)))
    errors = np.array([*fit.standard_errors.values()])
    assert fit.converged
    assert np.abs((fit.free - truth) / errors).max() < 2.5
    assert errors.max() < 0.6 * truth.max()


def test_crises_with_perhaps_several_equilibria_are_named(
    make_crises: MakeCrises, truth: np.ndarray
) -> None:
    design = make_crises(0, crises=30, powers=3, acts=4)
    assert len(uncertified(game_at(design, 0.3 * truth))) == 0
    assert len(uncertified(game_at(design, 20 * truth))) > 10


def test_errors_are_as_large_as_they_are_said_to_be(make_crises: MakeCrises) -> None:
    """Slopes drawn from their priors, crises from the slopes, then estimated: 25 times three."""
    rng = np.random.default_rng(8)
    whole = make_crises(5, crises=30, powers=2, acts=3)
    names = ("base", "pact", "danger")
    keep = [whole.names.index(name) for name in names]
    parts = {array: part[..., keep] for array, part in whole.parts.items()}
    design = replace(whole, names=names, parts=parts)
    prior = {"base": normal(1.0, 0.7), "pact": positive(1.0, 0.5), "danger": positive(2.0, 0.5)}
    space, solver = space_of(names, prior), nested_solver(design.base)
    off = []
    for _ in range(25):
        free = space.mean + space.sd * rng.normal(size=3)
        seen = draw_acts(solver(game_at(design, slopes_at(free, space))).prob, rng)
        fit = estimate(game_likelihood(design, seen, solver=solver), prior=prior)
        off.append((fit.free - free) / np.sqrt(np.diag(fit.covariance)))
    total = (np.array(off) ** 2).sum(axis=0)
    assert np.all((total > 11.5) & (total < 44.3))  # 1 and 99 % points, 25 degrees of freedom

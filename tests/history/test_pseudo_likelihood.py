from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice.expectations import prepare
from sidelines.choice.game import Game
from sidelines.choice.kernel import solve
from sidelines.choice.replies import Exchange
from sidelines.history.belief import normal
from sidelines.history.estimate import estimate
from sidelines.history.game_design import GameDesign, build_game_design, game_at
from sidelines.history.game_likelihood import draw_acts, game_likelihood
from sidelines.history.nested import nested_solver, uncertified
from sidelines.history.pseudo_likelihood import fit_pseudo_likelihood, frozen_solver

MakeCrises = Callable[..., GameDesign]


def test_an_equilibrium_is_the_reply_to_itself(make_crises: MakeCrises, truth: np.ndarray) -> None:
    design = make_crises(0, crises=20, powers=3, acts=4)
    company = replace(design.base, complementarity=np.full(20, 0.8))
    game = game_at(replace(design, base=company), truth)
    prob = nested_solver(company)(game).prob
    replies = frozen_solver(prepare(company, modes=48), prob)(game).prob
    assert replies == pytest.approx(prob, abs=1e-8)


def test_every_payoff_has_its_gradient(make_crises: MakeCrises, truth: np.ndarray) -> None:
    design = make_crises(1, crises=4, powers=3, acts=3)
    game = game_at(design, truth)
    rng = np.random.default_rng(0)
    beliefs = rng.dirichlet(np.ones(3), size=(4, 3))
    solver = frozen_solver(prepare(design.base, modes=48), beliefs)
    bar = rng.normal(size=(4, 3, 3))
    for array, slope in solver(game).pull_back(bar).items():
        change = rng.normal(size=slope.shape)
        ends = [
            replace(game, **{array: getattr(game, array) + step * change}) for step in (-1e-5, 1e-5)
        ]
        low, high = ((solver(end).prob * bar).sum() for end in ends)
        assert (slope * change).sum() == pytest.approx((high - low) / 2e-5, abs=1e-8)


def test_at_rest_beliefs_and_replies_are_one(make_crises: MakeCrises, truth: np.ndarray) -> None:
    design = make_crises(0, crises=60, powers=3, acts=3)
    solver = nested_solver(design.base)
    seen = draw_acts(solver(game_at(design, truth)).prob, np.random.default_rng(1))
    found = fit_pseudo_likelihood(design, seen, prior=dict.fromkeys(design.names, normal(1, 2)))
    assert found.settled
    assert found.fit.converged
    assert solver(game_at(design, found.fit.free)).prob == pytest.approx(found.beliefs, abs=1e-6)


def test_with_one_equilibrium_it_stays_near_the_nested_fixed_point(
    make_crises: MakeCrises, truth: np.ndarray
) -> None:
    design = make_crises(0, crises=400, powers=3, acts=4)
    solver = nested_solver(design.base)
    seen = draw_acts(solver(game_at(design, truth)).prob, np.random.default_rng(1))
    nested = estimate(game_likelihood(design, seen, solver=solver))
    pseudo = fit_pseudo_likelihood(design, seen)
    errors = np.array([*nested.standard_errors.values()])
    assert np.abs((pseudo.fit.free - nested.free) / errors).max() < 0.3
    assert pseudo.fit.log_likelihood <= nested.log_likelihood


def bandwagon(crises: int) -> GameDesign:
    """Return pairs of powers that would join together or not at all: cost 4, company worth 8."""
    rng = np.random.default_rng(6)
    nothing, one = np.zeros((crises, 2, 2)), np.ones(crises)
    join = np.tile([0.0, 1.0], (crises, 2, 1))
    base = Game(
        own=nothing,
        level=np.arange(2),
        side=np.ones(2, dtype=int),
        strength=nothing,
        gain=nothing[:, :, 0],
        dread=nothing,
        heat=nothing,
        joining=join,
        entrapment=0.0 * one,
        complementarity=0.0 * one,
        exchange=Exchange(**dict.fromkeys(Exchange.arrays(), one)),
    )
    cost = join * rng.uniform(0.6, 1.4, (crises, 2, 1))
    return build_game_design(base, {"cost": {"own": -cost}, "company": {"complementarity": one}})


def test_where_beliefs_tip_it_comes_to_rest_at_what_was_seen() -> None:
    """At the very slopes found, the nested fixed point, begun in quiet, is far less likely."""
    design, truth = bandwagon(80), np.array([4.0, 8.0])
    game = game_at(design, truth)
    all_join = np.tile([0.0, 1.0], (1, 80, 2, 1))
    seen = draw_acts(solve(game, all_join, tolerance=1e-12).prob[0], np.random.default_rng(2))
    pseudo = fit_pseudo_likelihood(design, seen)
    errors = np.array([*pseudo.fit.standard_errors.values()])
    quiet = game_likelihood(design, seen, solver=nested_solver(design.base))
    assert len(uncertified(game)) == 80
    assert pseudo.settled
    assert np.abs((pseudo.fit.free - truth) / errors).max() < 3
    assert quiet.log_prob(pseudo.fit.free) < pseudo.fit.log_likelihood - 10


def test_too_few_rounds_are_no_rest(make_crises: MakeCrises, truth: np.ndarray) -> None:
    design = make_crises(0, crises=60, powers=3, acts=3)
    seen = draw_acts(
        nested_solver(design.base)(game_at(design, truth)).prob, np.random.default_rng(1)
    )
    prior = dict.fromkeys(design.names, normal(1, 2))
    found = fit_pseudo_likelihood(design, seen, prior=prior, max_rounds=1)
    assert not found.settled
    assert found.gap > 1e-3

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sidelines.assess.inputs import Inputs, Role
from sidelines.assess.parameters import load_parameters
from sidelines.assess.payoffs import build_game
from sidelines.choice.game import Game
from sidelines.choice.replies import Link
from sidelines.history.belief import belief_of, slopes_at, space_of
from sidelines.history.estimate import estimate
from sidelines.history.game_design import (
    GameDesign,
    build_game_design,
    game_at,
    stack_game_designs,
    trace_game_design,
)
from sidelines.history.game_likelihood import draw_acts, game_likelihood
from sidelines.history.nested import nested_solver
from sidelines.terms.errors import UsageError
from sidelines.terms.ladder import CARRIED, INSTRUMENTS
from sidelines.terms.roles import Side

MakeCrises = Callable[..., GameDesign]

LEARNT = ("stake", "geography", "commitment", "caution", "entrapment")


@pytest.fixture
def design(make_crises: MakeCrises) -> GameDesign:
    return make_crises(2, crises=5, powers=3, acts=4)


def crisis(seed: int) -> Inputs:
    """Return one made-up crisis as the assessment sees it: two backers of the target, a draw."""
    rng = np.random.default_rng(seed)
    names = ("strength", "overstretch", "stake", "commitment", "danger", "exposure")
    return Inputs(
        roles=tuple(Role(power=f"P{i}", side=Side.TARGET) for i in range(2)),
        **{name: rng.uniform(0.01, 0.9, (1, 2)) for name in (*names, "rents", "said")},
        arrival=rng.uniform(0.01, 0.9, (1, 2, len(CARRIED))),
        reserved=np.zeros((1, 2)),
        flow=rng.uniform(0, 0.2, (1, 2, len(INSTRUMENTS))),
        done=np.array([[True, *[False] * 5], [False] * 6]),
        batteries=np.zeros((1, 2)),
        attack_strength=np.array([0.2]),
        target_strength=np.array([0.05]),
        attack_resolve=np.array([0.7]),
        target_resolve=np.array([0.8]),
    )


def assessed(inputs: Inputs, names: tuple[str, ...] = LEARNT) -> GameDesign:
    """Return the design of the assessment's own payoffs; the other slopes keep their values."""
    parameters = load_parameters()

    def build(slopes: dict[str, float]) -> Game:
        values = {name: one.value for name, one in parameters.slopes.items()}
        values |= {"complementarity": 0.0, **slopes}
        spread = {name: np.array([value]) for name, value in values.items()}
        return build_game(inputs, spread, parameters.scales)

    return trace_game_design(names, build)


def test_payoffs_are_linear_in_the_slopes(design: GameDesign, truth: np.ndarray) -> None:
    none, once, twice = (game_at(design, scale * truth) for scale in (0.0, 1.0, 2.0))
    for array in design.parts:
        parts = [getattr(game, array) for game in (none, once, twice)]
        assert parts[2] - parts[0] == pytest.approx(2 * (parts[1] - parts[0]))


def test_what_no_slope_moves_stays_as_it_is(design: GameDesign, truth: np.ndarray) -> None:
    moved = game_at(design, truth)
    assert moved.strength is design.base.strength
    assert moved.exchange is design.base.exchange


def test_an_impossible_act_stays_impossible(design: GameDesign, truth: np.ndarray) -> None:
    own = design.base.own.copy()
    own[0, 1, 3] = -np.inf
    moved = game_at(replace(design, base=replace(design.base, own=own)), truth)
    assert np.argwhere(moved.own == -np.inf).tolist() == [[0, 1, 3]]


@pytest.mark.parametrize(
    ("effects", "message"),
    [
        ({"gains": 1.0}, "Did you mean 'gain'"),
        ({"zeal": 1.0}, "Use own, gain, dread, entrapment, complementarity"),
        ({"own": np.nan}, "'far' in 'own' is missing or not finite"),
    ],
)
def test_a_design_that_makes_no_sense_is_refused(
    effects: dict[str, Any], message: str, design: GameDesign
) -> None:
    with pytest.raises(UsageError, match=message):
        build_game_design(design.base, {"far": {k: np.array(v) for k, v in effects.items()}})


def test_the_payoffs_of_an_assessment_are_traced_exactly() -> None:
    traced, slopes = assessed(crisis(0)), np.array([4.0, 1.5, 3.0, 2.0, 0.4])
    parameters = load_parameters()
    values = {name: one.value for name, one in parameters.slopes.items()}
    values["complementarity"] = 0.0
    values |= dict(zip(LEARNT, slopes, strict=True))
    spread = {name: np.array([value]) for name, value in values.items()}
    whole, game = build_game(crisis(0), spread, parameters.scales), game_at(traced, slopes)
    for array in ("own", "gain", "dread", "entrapment"):
        assert getattr(game, array) == pytest.approx(getattr(whole, array))


@pytest.mark.parametrize("name", ["decisiveness", "attacker_cost"])
def test_a_slope_that_bends_the_game_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=f"'{name}' does not move payoffs linearly"):
        assessed(crisis(0), ("stake", name))


@pytest.mark.parametrize(
    "bend",
    [
        lambda base, size: replace(base, gain=base.gain + size**2),
        lambda base, size: replace(base, own=np.where(size > 0.5, -np.inf, base.own)),
    ],
    ids=["squared", "forbidding"],
)
def test_a_payoff_that_moves_by_a_curve_is_refused(
    bend: Callable[[Game, float], Game], design: GameDesign
) -> None:
    with pytest.raises(UsageError, match="'far' does not move payoffs linearly"):
        trace_game_design(["far"], lambda slopes: bend(design.base, slopes["far"]))


def test_crises_of_any_size_stand_in_one_design(make_crises: MakeCrises, truth: np.ndarray) -> None:
    designs = [make_crises(n, crises=3, powers=powers, acts=4) for n, powers in enumerate((2, 4))]
    stacked = stack_game_designs(designs)
    prob = nested_solver(stacked.base)(game_at(stacked, truth)).prob
    for part, design in zip((prob[:3, :2], prob[3:]), designs, strict=True):
        alone = nested_solver(design.base)(game_at(design, truth)).prob
        assert part == pytest.approx(alone, abs=1e-8)
    assert prob[:3, 2:] == pytest.approx(np.tile([1.0, 0, 0, 0], (3, 2, 1)))


def test_slopes_of_the_model_itself_are_found_again_from_bundles() -> None:
    """Slopes drawn from the priors that ship, 80 crises of two powers, 64 bundles each."""
    rng = np.random.default_rng(1)
    design = stack_game_designs([assessed(crisis(seed)) for seed in range(80)])
    prior = {name: belief_of(load_parameters().slopes[name]) for name in LEARNT}
    space, solver = space_of(LEARNT, prior), nested_solver(design.base)
    free = space.mean + space.sd * rng.normal(size=len(LEARNT))
    seen = draw_acts(solver(game_at(design, slopes_at(free, space))).prob, rng)
    fit = estimate(game_likelihood(design, seen, solver=solver), prior=prior)
    errors = np.sqrt(np.diag(fit.covariance))
    assert fit.converged
    assert np.abs((fit.free - free) / errors).max() < 2.5
    assert errors[LEARNT.index("commitment")] < 0.7 * space.sd[LEARNT.index("commitment")]


def test_a_slope_may_move_other_payoffs_elsewhere(make_crises: MakeCrises) -> None:
    first = make_crises(0, crises=2, powers=2, acts=3)
    bold = replace(first, parts={a: x for a, x in first.parts.items() if a != "dread"})
    stacked = stack_game_designs([first, bold])
    assert stacked.parts["dread"][:2].any()
    assert not stacked.parts["dread"][2:].any()


def test_assessed_crises_can_be_stacked() -> None:
    stacked = stack_game_designs([assessed(crisis(0)), assessed(crisis(1))])
    assert stacked.base.shape == (2, 2, 64)
    assert stacked.parts["entrapment"].shape == (2, len(LEARNT))


def companions(design: GameDesign, side: int) -> GameDesign:
    base = replace(
        design.base,
        complementarity=np.ones(design.base.shape[0]),
        side=np.full(design.base.shape[1], side),
    )
    return replace(design, base=base)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda one: replace(one, names=tuple("abcdefg")), "differ in slopes or acts"),
        (
            lambda one: replace(
                one,
                base=replace(one.base, exchange=replace(one.base.exchange, link=Link.PROBIT)),
            ),
            "differ in their contest",
        ),
        (lambda one: companions(one, -1), "a place has powers of both sides"),
    ],
    ids=["slopes", "contest", "sides"],
)
def test_crises_that_do_not_go_together_are_refused(
    change: Callable[[GameDesign], GameDesign], message: str, make_crises: MakeCrises
) -> None:
    one = companions(make_crises(0, crises=2, powers=2, acts=3), 1)
    with pytest.raises(UsageError, match=message):
        stack_game_designs([one, change(one)])

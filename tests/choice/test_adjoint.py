from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice.adjoint import jacobian
from sidelines.choice.equilibria import quiet_start
from sidelines.choice.expectations import prepare
from sidelines.choice.game import Game
from sidelines.choice.kernel import pull_back, solve
from sidelines.choice.solve import reply

MakeGame = Callable[..., Game]

STEP = 1e-5


@pytest.fixture
def made(game: MakeGame) -> Game:
    return game(11, powers=3, acts=6, draws=6, family="bandwagon", scale=0.5)


@pytest.fixture
def bar(made: Game) -> np.ndarray:
    return np.random.default_rng(2).normal(size=(6, 3, made.levels))


def equilibrium(game: Game) -> np.ndarray:
    return solve(game, quiet_start(game)[None], tolerance=1e-14, fit_tolerance=1e-9).prob[0]


def slope(game: Game, name: str, place: tuple[int, ...], bar: np.ndarray) -> np.ndarray:
    """Return the derivative of the statistic in one payoff by central differences."""
    ends = []
    for step in (STEP, -STEP):
        moved = getattr(game, name).copy()
        moved[(slice(None), *place)] += step
        ends.append((equilibrium(replace(game, **{name: moved})) * bar).sum(axis=(1, 2)))
    return (ends[0] - ends[1]) / (2 * STEP)


@pytest.mark.parametrize(
    ("name", "place"),
    [("gain", (1,)), ("dread", (2, 1)), ("entrapment", ()), ("complementarity", ())],
)
@pytest.mark.usefixtures("either_engine")
def test_gradients_agree_with_differences(
    made: Game, bar: np.ndarray, name: str, place: tuple[int, ...]
) -> None:
    found = getattr(pull_back(made, equilibrium(made), bar, modes=48), name)
    assert found[(slice(None), *place)] == pytest.approx(slope(made, name, place, bar), abs=1e-8)


@pytest.mark.usefixtures("either_engine")
def test_the_gradient_in_worth_is_that_of_all_acts_of_the_level(
    made: Game, bar: np.ndarray
) -> None:
    found = pull_back(made, equilibrium(made), bar, modes=48).worth[:, 0, 1]
    acts = np.flatnonzero(made.level == 1)
    total = np.sum([slope(made, "own", (0, act), bar) for act in acts], axis=0)
    assert found == pytest.approx(total, abs=1e-8)


def test_the_jacobian_is_the_derivative_of_the_reply(made: Game) -> None:
    prob = equilibrium(made)
    ready = prepare(made, modes=48)
    moved = [prob.copy(), prob.copy()]
    moved[0][:, 2, 1] += STEP
    moved[1][:, 2, 1] -= STEP
    change = (reply(ready, moved[0]) - reply(ready, moved[1])) / (2 * STEP)
    assert jacobian(ready, prob)[:, :, :, 2, 1] == pytest.approx(change, abs=1e-8)


def test_nobody_moves_with_its_own_mixture(made: Game) -> None:
    moves = jacobian(prepare(made, modes=32), equilibrium(made))
    assert all((moves[:, i, :, i] == 0).all() for i in range(3))


@pytest.mark.usefixtures("either_engine")
def test_a_power_alone_has_the_gradient_of_a_softmax(game: MakeGame) -> None:
    made = game(3, powers=1, acts=5)
    prob = equilibrium(made)
    bar = np.zeros_like(prob)
    bar[..., 1] = 1.0
    found = pull_back(made, prob, bar, modes=24).worth[0, 0]
    one = np.eye(made.levels)[1]
    assert found == pytest.approx(prob[0, 0, 1] * (one - prob[0, 0]))


@pytest.mark.usefixtures("either_engine")
def test_at_a_fold_there_is_no_gradient_and_no_other_draw_is_troubled(game: MakeGame) -> None:
    made = game(3, powers=2, acts=2, draws=2, one_sided=True)
    pair, nothing = np.ones(2), np.zeros((2, 2, 2))
    level = np.array([[0.0, 1.0]] * 2)
    folded = replace(
        made,
        own=-2.0 * np.array([level, level]),
        level=np.arange(2),
        strength=np.zeros((2, 2, 2)),
        gain=np.zeros((2, 2)),
        dread=nothing,
        joining=np.array([level, level]),
        heat=nothing,
        complementarity=np.array([4.0, 3.9]) * pair,
    )
    even, bar = np.full((2, 2, 2), 0.5), np.ones((2, 2, 1)) * np.array([0.0, 1.0])
    found = pull_back(folded, even, bar, modes=16).complementarity
    assert np.isnan(found[0])
    assert found[1] == pytest.approx(10.0)

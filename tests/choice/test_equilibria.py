from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice.equilibria import distinct, find_equilibria, quiet_start
from sidelines.choice.expectations import prepare
from sidelines.choice.game import Game, take_draws
from sidelines.choice.homotopy import follow_principal_branch
from sidelines.choice.kernel import Solved, solve
from sidelines.choice.solve import settle

MakeGame = Callable[..., Game]

FAMILIES = ["mild", "threshold", "bandwagon"]
OUT = np.array([[[1.0, 0.0], [1.0, 0.0]]])
IN = np.array([[[0.0, 1.0], [0.0, 1.0]]])


def test_more_than_one_equilibrium_is_reported(bandwagon: Game) -> None:
    assert find_equilibria(bandwagon).count.tolist() == [2]


def test_the_answer_is_the_mean_over_distinct_equilibria(bandwagon: Game) -> None:
    prepared = prepare(bandwagon, modes=64)
    ends = [settle(prepared, start).prob for start in (OUT, IN)]
    assert find_equilibria(bandwagon).prob == pytest.approx(np.mean(ends, axis=0), abs=1e-6)


def test_an_equilibrium_found_from_several_starts_counts_once(lopsided: Game) -> None:
    joins = find_equilibria(lopsided).prob[0, :2, 1]
    assert joins == pytest.approx([0.505, 0.505], abs=0.02)


def test_the_extremes_are_staying_out_and_joining_together(bandwagon: Game) -> None:
    found = find_equilibria(bandwagon)
    joins = np.sort(found.several[0][:, :, 1], axis=0)
    assert joins == pytest.approx(np.array([[0.018, 0.018], [0.992, 0.992]]), abs=0.001)


@pytest.mark.parametrize(("near", "joins"), [(OUT, 0.018), (IN, 0.992)], ids=["out", "in"])
def test_a_start_nearby_keeps_to_its_branch(
    bandwagon: Game, near: np.ndarray, joins: float
) -> None:
    found = find_equilibria(bandwagon, near=near)
    assert found.prob[0, :, 1] == pytest.approx([joins, joins], abs=0.001)
    assert found.several == {}


def test_a_certified_game_has_one_equilibrium(game: MakeGame) -> None:
    found = find_equilibria(game(1, powers=3, acts=5, draws=60))
    assert (found.count[found.certified] == 1).all()


def test_one_equilibrium_stands_alone(game: MakeGame) -> None:
    assert find_equilibria(game(1, powers=3, acts=5, draws=60)).several == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_made_up_games_converge(game: MakeGame, family: str) -> None:
    assert find_equilibria(game(9, powers=4, acts=6, draws=60, family=family)).converged.all()


def test_of_several_equilibria_the_principal_one_is_followed(bandwagon: Game) -> None:
    branch = find_equilibria(bandwagon).branch
    assert branch == pytest.approx(follow_principal_branch(bandwagon).prob[0], abs=1e-6)


def test_company_alone_can_hold_powers_together(bandwagon: Game) -> None:
    nothing = np.zeros((1, 2, 2))
    together = replace(
        bandwagon,
        own=np.array([[[0.0, -3.0], [0.0, -3.0]]]),
        strength=nothing,
        joining=np.array([[[0.0, 1.0], [0.0, 1.0]]]),
        complementarity=np.array([6.0]),
    )
    assert find_equilibria(together).count.tolist() == [2]


def test_either_of_two_may_be_the_one_that_helps(game: MakeGame) -> None:
    made = game(504, powers=4, acts=7, draws=250, family="threshold", one_sided=True, scale=8.0)
    rng = np.random.default_rng(0)
    many = solve(made, rng.dirichlet(np.full(made.levels, 0.2), size=(60, 250, 4))).prob
    several = np.array([len(distinct(list(many[:, draw]))) > 1 for draw in range(250)])
    assert (find_equilibria(made).count[several] > 1).mean() > 0.95


def test_what_no_fit_follows_is_not_certified(game: MakeGame) -> None:
    made = game(1, powers=2, acts=4)
    made.strength[0, 0, 1] = 1e4
    step = np.array([5000.0])
    cliff = replace(made.exchange, attacker_precision=step, target_precision=step)
    found = find_equilibria(replace(made, exchange=cliff, gain=1e-9 * made.gain))
    assert not found.certified.any()


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("one_sided", [True, False], ids=["one side", "both sides"])
@pytest.mark.usefixtures("kernel")
def test_corners_find_nearly_all_that_sixty_starts_find(
    game: MakeGame, family: str, one_sided: bool
) -> None:
    made = game(5, powers=3, acts=7, draws=300, family=family, one_sided=one_sided, scale=2.0)
    rng = np.random.default_rng(0)
    starts = rng.dirichlet(np.full(made.levels, 0.2), size=(60, 300, 3))
    many = solve(made, starts).prob
    most = np.array([len(distinct(list(many[:, draw]))) for draw in range(300)])
    assert find_equilibria(made).count.sum() >= 0.99 * most.sum()


def test_a_search_that_does_not_settle_is_taken_up_from_the_principal_branch(
    bandwagon: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = find_equilibria(bandwagon).branch

    def never(game: Game, starts: np.ndarray, **options: float) -> Solved:
        found = solve(game, starts, **options)
        return replace(found, residual=np.ones_like(found.residual))

    monkeypatch.setattr("sidelines.choice.equilibria.solve", never)
    assert find_equilibria(bandwagon).branch == pytest.approx(plain, abs=1e-6)


def test_probabilities_are_a_mixture_even_where_equilibria_are_averaged(bandwagon: Game) -> None:
    assert find_equilibria(bandwagon).prob.sum(axis=2) == pytest.approx(np.ones((1, 2)))


def test_many_draws_are_answered_like_few(game: MakeGame) -> None:
    made = game(12, powers=3, acts=5, draws=120)
    late = take_draws(made, slice(100, 120))
    there = find_equilibria(made).prob[100:]
    assert find_equilibria(late).prob == pytest.approx(there, abs=1e-8)


def test_the_quiet_start_takes_the_first_possible_act(game: MakeGame) -> None:
    made = game(2, powers=2, acts=4)
    made.own[0, 1, made.level == 0] = -np.inf
    assert quiet_start(made)[0].argmax(axis=1).tolist() == [0, 1]

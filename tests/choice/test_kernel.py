"""The compiled kernel against its twin, and what both refuse."""

import contextlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sidelines.choice import adjoint, certificate
from sidelines.choice.equilibria import corner_starts, find_equilibria, quiet_start
from sidelines.choice.expectations import prepare
from sidelines.choice.game import Game, check_game
from sidelines.choice.kernel import (
    compiled,
    contraction_bound,
    engine,
    game_arrays,
    pull_back,
    solve,
)
from sidelines.choice.replies import Link

MakeGame = Callable[..., Game]

FAMILIES = ["mild", "threshold", "bandwagon"]
CLOSE = 1e-12


def by_twin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")


def salvo(made: Game) -> Game:
    spread = np.random.default_rng(1).uniform(0, 0.3, made.shape[0])
    return replace(made, exchange=replace(made.exchange, link=Link.PROBIT, spread=spread))


@pytest.mark.parametrize("link", [Link.LOGIT, Link.PROBIT])
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("powers", "acts"), [(1, 2), (2, 5), (3, 7), (6, 13)])
@pytest.mark.usefixtures("kernel")
def test_kernel_and_twin_solve_alike(
    game: MakeGame,
    monkeypatch: pytest.MonkeyPatch,
    link: Link,
    family: str,
    powers: int,
    acts: int,
) -> None:
    made = game(3, powers=powers, acts=acts, draws=20, family=family)
    made = salvo(made) if link is Link.PROBIT else made
    fast = solve(made, corner_starts(made), tolerance=1e-13)
    by_twin(monkeypatch)
    slow = solve(made, corner_starts(made), tolerance=1e-13)
    for name in ("prob", "fit_error", "shares", "worth"):
        assert getattr(fast, name) == pytest.approx(getattr(slow, name), abs=CLOSE)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.usefixtures("kernel")
def test_kernel_and_twin_certify_alike(game: MakeGame, family: str) -> None:
    made = game(3, powers=5, acts=9, draws=20, family=family)
    slow = certificate.contraction_bound(made)
    assert contraction_bound(made) == pytest.approx(slow, rel=1e-9)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.usefixtures("kernel")
def test_kernel_and_twin_pull_back_alike(game: MakeGame, family: str) -> None:
    made = game(3, powers=4, acts=6, draws=20, family=family)
    prob = solve(made, quiet_start(made)[None], fit_tolerance=1e9).prob[0]
    bar = np.random.default_rng(0).normal(size=prob.shape)
    fast = pull_back(made, prob, bar, modes=32)
    slow = adjoint.pull_back(prepare(made, modes=32), prob, bar)
    for name in ("worth", "dread", "gain", "entrapment", "complementarity"):
        # relative to the largest: near a fold gradients are large
        scale = max(1.0, float(np.abs(getattr(slow, name)).max()))
        assert getattr(fast, name) == pytest.approx(getattr(slow, name), abs=CLOSE * scale)


@pytest.mark.usefixtures("kernel")
def test_the_compiled_kernel_is_used_where_there_is_one() -> None:
    assert engine() == "compiled"


def test_the_twin_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    by_twin(monkeypatch)
    assert engine() == "numpy"


def test_without_a_compiled_kernel_the_twin_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sidelines.choice._kernel", None)
    assert compiled() is None


@pytest.mark.usefixtures("kernel")
def test_a_kernel_built_from_another_version_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled(), "VERSION", 0)
    assert engine() == "numpy"


@pytest.mark.usefixtures("either_engine")
def test_hard_draws_get_more_modes_and_keep_their_place(game: MakeGame) -> None:
    made = game(7, powers=3, acts=6, draws=9)
    steep = np.where(np.arange(9) % 3 == 1, 12.0, 1.0)
    sharp = replace(made.exchange, attacker_precision=made.exchange.attacker_precision * steep)
    mixed = replace(made, exchange=sharp)
    found = solve(mixed, quiet_start(mixed)[None])
    assert found.fit_error.max() < 1e-6
    assert found.residual.max() < 1e-10


@pytest.mark.usefixtures("either_engine")
def test_a_step_too_steep_for_any_fit_is_told_by_its_error(game: MakeGame) -> None:
    made = game(5, powers=2, acts=4)
    sharp = np.array([5000.0])
    cliff = replace(made.exchange, attacker_precision=sharp, target_precision=sharp)
    found = solve(replace(made, exchange=cliff), quiet_start(made)[None])
    assert found.fit_error > 1e-6


@pytest.mark.parametrize(
    ("name", "value"), [("gain", np.nan), ("strength", np.inf), ("dread", 1e12), ("own", np.nan)]
)
def test_what_is_no_number_is_refused_by_name(game: MakeGame, name: str, value: float) -> None:
    made = game(1, powers=2, acts=4)
    getattr(made, name)[0, 1] = value
    with pytest.raises(ValueError, match=rf"{name}\[0, 1"):
        check_game(made)


def test_a_power_without_a_possible_act_is_refused(game: MakeGame) -> None:
    made = game(1, powers=2, acts=4)
    made.own[0, 1] = -np.inf
    with pytest.raises(ValueError, match="power 1 has no possible act"):
        check_game(made)


def test_an_exchange_that_is_no_number_is_refused(game: MakeGame) -> None:
    made = game(1, powers=2, acts=4)
    made.exchange.standing[0] = np.nan
    with pytest.raises(ValueError, match="standing"):
        check_game(made)


def test_a_level_that_does_not_exist_is_refused(game: MakeGame) -> None:
    made = game(1, powers=2, acts=4)
    made.level[3] = 9
    with pytest.raises(ValueError, match="between 0 and 1"):
        check_game(made)


@pytest.mark.usefixtures("kernel")
def test_the_kernel_hands_out_its_jacobian_when_asked(game: MakeGame) -> None:
    made = game(3, powers=3, acts=6, draws=4)
    prob = solve(made, quiet_start(made)[None]).prob[0]
    cells, module = 3 * made.levels, compiled()
    assert module is not None
    moves = np.zeros((4, cells, cells))
    outputs = (np.empty_like(prob), np.empty_like(prob), np.empty((4, 5)), moves, np.empty(0))
    sizes = (*made.shape, made.levels, 24, 0, 1, 0)
    module.run("adjoint", sizes, (*game_arrays(made, 24), np.empty(2), prob, prob, *outputs))
    slow = adjoint.jacobian(prepare(made, modes=24), prob).reshape(moves.shape)
    assert moves == pytest.approx(slow, abs=CLOSE)


@pytest.mark.parametrize(
    ("sizes", "arrays"), [((1,), ()), ((1,) * 8, (np.zeros(1),))], ids=["sizes", "arrays"]
)
@pytest.mark.usefixtures("kernel")
def test_the_kernel_refuses_a_call_with_too_little(
    sizes: tuple[int, ...], arrays: tuple[np.ndarray, ...]
) -> None:
    module = compiled()
    assert module is not None
    with pytest.raises(ValueError, match="wrong number"):
        module.run("solve", sizes, arrays)


@pytest.mark.parametrize("name", ["gain", "heat", "side", "entrapment"])
def test_an_array_of_the_wrong_shape_is_refused_by_name(game: MakeGame, name: str) -> None:
    made = game(1, powers=3, acts=4, draws=5)
    object.__setattr__(made, name, getattr(made, name)[:1])  # past the tests' own type checks
    with pytest.raises(ValueError, match=f"{name} has shape"):
        check_game(made)


@pytest.mark.parametrize(
    ("name", "value"), [("heat", 1.5), ("joining", 4.0), ("dread", -0.1), ("entrapment", -1.0)]
)
def test_what_the_certificate_stands_on_is_checked(game: MakeGame, name: str, value: float) -> None:
    made = game(1, powers=2, acts=4)
    getattr(made, name)[0] = value
    with pytest.raises(ValueError, match=rf"{name}\[0.* must lie between 0 and"):
        check_game(made)


@pytest.mark.usefixtures("either_engine")
def test_starts_of_other_draws_are_refused(game: MakeGame) -> None:
    made = game(1, powers=3, acts=6, draws=9)
    with pytest.raises(ValueError, match="starts have shape"):
        find_equilibria(made, near=quiet_start(made)[:1])


@pytest.mark.usefixtures("kernel")
def test_the_kernel_reads_no_array_past_its_end() -> None:
    module = compiled()
    assert module is not None
    with pytest.raises(ValueError, match="array 0 is shorter"):
        module.run("solve", (10**6, 3, 3, 3, 16, 0, 1, 1), (np.zeros(1),) * 20)


@pytest.mark.parametrize(
    ("call", "sizes"),
    [("guess", (1,) * 4 + (16, 0, 1, 1)), ("solve", (1, -5, 3, 3, 16, 0, 1, 1))],
    ids=["call", "size"],
)
@pytest.mark.usefixtures("kernel")
def test_the_kernel_refuses_what_it_does_not_know(call: str, sizes: tuple[int, ...]) -> None:
    module = compiled()
    assert module is not None
    with pytest.raises(ValueError, match="no such"):
        module.run(call, sizes, (np.zeros(1),) * 20)


@pytest.mark.usefixtures("either_engine")
@pytest.mark.parametrize("seed", range(30))
def test_wild_games_are_refused_or_answered_never_worse(game: MakeGame, seed: int) -> None:
    rng = np.random.default_rng(seed)
    made = game(seed, powers=int(rng.integers(1, 4)), acts=int(rng.integers(1, 6)), draws=2)
    name = rng.choice(["own", "strength", "gain", "dread", "heat", "entrapment"])
    values = getattr(made, name)
    values[rng.random(values.shape) < 0.3] = rng.choice([np.nan, np.inf, -np.inf, 1e9, -1e9, 1e5])
    with contextlib.suppress(ValueError):
        found = find_equilibria(made)
        assert found.prob.sum(axis=2) == pytest.approx(np.ones(found.prob.shape[:2]))


@pytest.mark.usefixtures("either_engine")
def test_a_crisis_without_powers_has_an_empty_answer(game: MakeGame) -> None:
    made = game(1, powers=2, acts=4, draws=3)
    names = ("own", "strength", "gain", "dread", "heat", "joining")
    none = replace(made, side=made.side[:0], **{name: getattr(made, name)[:, :0] for name in names})
    assert find_equilibria(none).prob.shape == (3, 0, 4)


@pytest.mark.usefixtures("either_engine")
def test_with_one_rung_there_is_nothing_to_choose(game: MakeGame) -> None:
    made = game(1, powers=2, acts=1, draws=3)
    assert (find_equilibria(made).prob == 1).all()

"""The kernel under the address and undefined-behaviour sanitizers, on fuzzed games."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sidelines.choice import kernel
from sidelines.choice.equilibria import corner_starts
from sidelines.choice.game import Game
from sidelines.choice.replies import Link

MakeGame = Callable[..., Game]

HERE = Path(__file__).parent
ROOM = HERE.parents[1] / "src/sidelines/choice"
CALLS = ["solve", "certify", "adjoint"]
WILD = [0.0, -0.0, 1.0, -1.0, 700.0, 1e9, -1e9, 5e-324, 1e-300, np.nan, np.inf, -np.inf]
SHAPES = [(1, 1), (1, 2), (2, 3), (3, 7), (5, 70), (9, 4)]


class Writer:
    """Stands in for the compiled kernel and keeps its calls as bytes."""

    def __init__(self) -> None:
        self.cases: list[bytes] = []

    def run(self, call: str, sizes: tuple[int, ...], arrays: tuple[np.ndarray, ...]) -> None:
        parts = [np.array([CALLS.index(call), *sizes], dtype=np.int32).tobytes()]
        for array in arrays:
            parts += [np.array([array.size], dtype=np.int32).tobytes(), array.tobytes()]
        self.cases.append(b"".join(parts))


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no C compiler here")
    out = tmp_path_factory.mktemp("sanitized") / "sanitized"
    checks = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1"]
    plain = ["-std=gnu11", "-ffp-contract=off", "-fno-math-errno", "-Wno-psabi", f"-I{ROOM}"]
    built = subprocess.run(
        [compiler, *checks, *plain, str(HERE / "sanitized.c"), "-o", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode and "asan" in built.stderr:
        pytest.skip("this compiler comes without its sanitizers")
    assert built.returncode == 0, built.stderr
    return out


def all_calls(game: Game, modes: int = 16) -> None:
    kernel.solve(game, corner_starts(game), max_steps=60)
    kernel.contraction_bound(game)
    prob = np.full(game.strength.shape, 1.0 / game.levels)
    kernel.pull_back(game, prob, prob, modes=modes)


def wild(game: Game, rng: np.random.Generator) -> Game:
    """Return the game with some of its numbers replaced by the worst there are."""
    changes = {}
    for name in ("own", "strength", "gain", "dread", "heat", "joining", "entrapment"):
        values = np.array(getattr(game, name), dtype=float)
        hit = rng.random(values.shape) < 0.15
        values[hit] = rng.choice(WILD, size=int(hit.sum()))
        changes[name] = values
    return replace(game, **changes)


@pytest.mark.parametrize("fuzzed", [False, True], ids=["sound", "wild"])
@pytest.mark.parametrize("link", [Link.LOGIT, Link.PROBIT])
def test_no_game_makes_the_kernel_step_out_of_bounds(
    game: MakeGame, program: Path, monkeypatch: pytest.MonkeyPatch, link: Link, fuzzed: bool
) -> None:
    writer = Writer()
    monkeypatch.setattr(kernel, "compiled", lambda: writer)
    monkeypatch.setattr(kernel, "_polish_unsettled", lambda *_: None)
    rng = np.random.default_rng(4)
    for powers, acts in SHAPES:
        made = game(powers, powers=powers, acts=acts, draws=3, family="bandwagon")
        made = replace(made, exchange=replace(made.exchange, link=link))
        all_calls(wild(made, rng) if fuzzed else made)
    ran = subprocess.run([program], input=b"".join(writer.cases), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    assert int(ran.stdout) == len(writer.cases)

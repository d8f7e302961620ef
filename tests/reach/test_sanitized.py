"""The kernel of ways under the address and undefined-behaviour sanitizers."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sidelines.reach import harbour, holders, room, search, sight
from sidelines.reach.roadmap import words_of
from sidelines.reach.trip import Trip

MakeTrip = Callable[..., Trip]

HERE = Path(__file__).parent
ROOM = HERE.parents[1] / "src/sidelines/reach"
CALLS = ["areas", "water", "clear", "clear packed", "ways", "project", "flood"]


class Writer:
    """Stands in for the compiled kernel and keeps its calls as bytes."""

    def __init__(self) -> None:
        self.cases: list[bytes] = []

    def run(
        self,
        call: str,
        sizes: tuple[int, ...],
        numbers: tuple[float, ...],
        arrays: tuple[np.ndarray, ...],
    ) -> None:
        head = [CALLS.index(call), len(sizes), len(numbers), *sizes]
        parts = [np.array(head, dtype=np.int64).tobytes(), np.array(numbers).tobytes()]
        for array in arrays:
            parts.append(np.array([array.size, array.itemsize], dtype=np.int64).tobytes())
            parts.append(array.tobytes())
        self.cases.append(b"".join(parts))


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no C compiler here")
    out = tmp_path_factory.mktemp("sanitized") / "sanitized"
    checks = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1"]
    plain = ["-std=gnu11", "-ffp-contract=off", "-Wno-psabi", "-DSL_PLAIN", f"-I{ROOM}"]
    built = subprocess.run(
        [compiler, *checks, *plain, str(HERE / "sanitized.c"), "-lm", "-o", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode and "asan" in built.stderr:
        pytest.skip("this compiler comes without its sanitizers")
    assert built.returncode == 0, built.stderr
    return out


def look_around(rng: np.random.Generator) -> None:
    """Look from the poles, the date line and elsewhere, to there and to where one stands."""
    edges = np.array([[90.0, 0.0], [-90.0, 0.0], [0.0, 180.0], [0.0, -180.0], [10.0, 20.0]])
    ends = np.concatenate(
        [edges, np.stack([rng.uniform(-90, 90, 9), rng.uniform(-180, 180, 9)], 1)]
    )
    grid = rng.integers(0, 90, (18, 36)).astype(np.uint16)
    land = (rng.random((18, 5)) * 9).astype(np.uint8)
    gates = rng.uniform(-90, 90, (7, 2, 2))
    blocks = rng.integers(0, 2, (20, 36)).astype(np.uint16)
    room.room_map(blocks)
    room.room_map(land[:16])
    free = np.full((5, 9), 1 << 16 | 40_000, dtype=np.uint32)
    sight.areas_crossed(blocks, ends[0], ends, step_km=200, graze_km=10, room=free)
    for start in ends:
        sight.areas_crossed(grid, start, ends, step_km=200, graze_km=10)
        sight.areas_crossed(grid, start, ends[:0], step_km=200, graze_km=10, areas=30)
        harbour.harbour(land, start, within_km=3000, gates=gates)
        sight.open_water(
            land, start, ends, step_km=99, graze_km=900, gates=gates, gate_areas=np.arange(7)
        )


def travel(made: Trip, rng: np.random.Generator) -> None:
    refused = np.zeros((4, made.words), dtype=np.uint64)
    refused[:, 0] = rng.integers(0, 64, 4)
    search.search(made, refused)
    few = np.array([words_of(np.array([k]), words=made.words) for k in range(5)])
    holders._project(made.sets, holders._holders_by_area(few, made.words), refused[0])


def test_no_call_makes_the_kernel_step_out_of_bounds(
    make_trip: MakeTrip, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = Writer()
    for module in (sight, search, holders, room, harbour):
        monkeypatch.setattr(module, "compiled", lambda: writer)
    rng = np.random.default_rng(4)
    look_around(rng)
    for seed in range(6):
        travel(make_trip(seed, areas=6 + 60 * (seed % 3), direct=seed % 2 == 0), rng)
    ran = subprocess.run([program], input=b"".join(writer.cases), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    assert int(ran.stdout) == len(writer.cases)

"""What every test may rely on: no network, a fixed search, real data or a stated reason."""

import gzip
import math
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pydantic import TypeAdapter

from sidelines.assess import estimates, learned
from sidelines.assess.estimates import Estimates, Task
from sidelines.assess.forecast import Linear, Logits, Term

settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

_LOCAL = {"127.0.0.1", "::1", "localhost"}

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeFit = Callable[..., Estimates]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test that talks to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int] | str) -> None:
        if self.family != socket.AF_UNIX and address[0] not in _LOCAL:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def research_data() -> Path:
    """Return the folder with the research data, or skip and say what is missing."""
    folder = Path(os.environ.get("SIDELINES_DATA", ""))
    if not os.environ.get("SIDELINES_DATA") or not folder.is_dir():
        pytest.skip("SIDELINES_DATA names no folder with research data")
    return folder


@pytest.fixture
def sidelines(tmp_path: Path) -> Run:
    """Return a function that runs the command line in a folder of its own."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).with_name("sidelines"), *arguments],
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def made_up_task(
    *chances: float,
    name: str = "icb",
    powers: tuple[int, ...] = (2, 365),
    rungs: tuple[str, ...] = ("words", "money", "forces"),
    weight: float = 0.5,
) -> Task:
    """Return a record whose forecast gives every case the same chances, step by step."""
    nothing = Term(name="wars", fill=0.0, mean=0.0, sd=1.0, slope=0.0)
    steps = (Linear(constant=math.log(p / (1.0 - p)), terms=(nothing,)) for p in chances)
    return Task(
        name=name,
        powers=powers,
        rungs=rungs,
        weights=(weight,) * len(rungs),
        forecast=Logits(steps=tuple(steps)),
    )


def made_up_fit(**changes: Any) -> Estimates:
    """Return a fit to three made-up crises; no slope learned, one record of the superpowers."""
    fit = Estimates(
        format=1,
        before=2020,
        arms=False,
        specification="made-up",
        cases=12,
        crises=3,
        cases_sha256="0" * 64,
        vintages={"icb": "2024-01-01"},
        slopes=(),
        log_factor=(),
        tasks=(made_up_task(0.6, 0.3, 0.1),),
        record=(),
    )
    return replace(fit, **changes)


@pytest.fixture(scope="session")
def make_task() -> Callable[..., Task]:
    return made_up_task


@pytest.fixture(scope="session")
def make_fit() -> MakeFit:
    return made_up_fit


def _forget_fits() -> None:
    for read in _READ:
        read.cache_clear()


_READ = (estimates.estimates_before, estimates._read)
_SHIPPED = estimates._folder


@pytest.fixture(autouse=True, scope="session")
def priors_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let answers rest on priors alone: what a mechanism does must not move with every fit."""
    empty = tmp_path_factory.mktemp("no-fits")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimates, "_folder", lambda: empty)
        _forget_fits()
        yield
    _forget_fits()


@pytest.fixture
def shipped_fits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let answers use the fits that ship."""
    monkeypatch.setattr(estimates, "_folder", _SHIPPED)
    _forget_fits()
    yield
    _forget_fits()


@pytest.fixture
def keep_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return a function that writes fits to a folder that stands in for the package's own.

    No register of deliveries is found meanwhile.
    """
    kept = (estimates.estimates_before, estimates._read)
    folder = tmp_path / "fits"
    folder.mkdir()
    (folder / "README.md").write_text("What these are.", encoding="utf-8")
    monkeypatch.setattr(estimates, "_folder", lambda: folder)
    monkeypatch.setattr(learned, "holds", lambda _: False)

    def write(*fits: Estimates) -> None:
        for fit in fits:
            text = TypeAdapter(Estimates).dump_json(fit)
            (folder / f"{fit.name}.json.gz").write_bytes(gzip.compress(text))

    for read in kept:
        read.cache_clear()
    yield write
    for read in kept:
        read.cache_clear()

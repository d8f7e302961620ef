"""Serving: one process on this machine, on a free port unless told."""

import socket
import webbrowser
from collections.abc import Callable

import uvicorn

from sidelines.terms.errors import UsageError
from sidelines.web.app import build_app
from sidelines.web.guard import is_loopback
from sidelines.web.shelf import Shelf

__all__ = ["serve"]

_WAITING = 128


def serve(
    shelf: Shelf,
    *,
    crisis: str | None,
    host: str,
    port: int,
    is_opened: bool,
    tell: Callable[[str], None],
) -> None:
    """Serve until interrupted; `tell` hears where.

    Raises `UsageError` where host or port cannot be had.
    """
    listener = _listener(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    if crisis is not None:
        address += f"crisis/{crisis}/"
    tell(f"Sidelines is at {address}  (Ctrl-C ends it)")
    outside = not is_loopback(host)
    if outside:
        tell(f"warning: {host} is more than this machine: whoever reaches it can ask.")
    app = build_app(
        shelf, hosts=(shown, socket.gethostname()) if outside else (), any_address=outside
    )
    if is_opened:
        webbrowser.open(address)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_WAITING,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=16_384,
    )
    with listener:
        uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, or asyncio leaves Nagle's delay of 40 ms on every reply.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(_WAITING)
    except OSError as error:
        found.close()
        said = f"{host}, port {port}, cannot be had: {error.strerror}."
        raise UsageError(said, hint="Leave --port out for a free one.") from None
    return found

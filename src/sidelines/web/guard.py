"""What the server lets in: requests to this machine, from its own pages, of a bearable size."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["MOST_BYTES", "Guard", "is_loopback"]

MOST_BYTES = 16_384
_LONGEST_PATH = 512
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


def is_loopback(host: str) -> bool:
    """Tell whether a host to listen on is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """Refuses what comes under another name, from another page, or too large; adds headers.

    A page on another site may make a browser send requests here, and a name that points here may
    be anybody's (DNS rebinding): so Host and Origin must be our own. `hosts` are further names;
    with `any_address` every bare address is one too, for a server that others may reach.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: Iterable[str] = (), any_address: bool = False
    ) -> None:
        self.app = app
        self.hosts = _OWN_NAMES | {host.lower() for host in hosts}
        self.any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        body = b"" if refusal else await _body(receive)
        if body is None:
            refusal = (413, "The request is too large.")
        if refusal:
            await _refuse(send, *refusal)
            return

        async def read() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def reply(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        await self.app(scope, read, reply)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_own(hosts[0]):
            return 421, "This server does not answer under that name."
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != hosts[0].lower():
            return 403, "Another page may not ask this server."
        if (
            headers.get("sec-fetch-site") in {"cross-site", "same-site"}
            and scope["method"] != "GET"
        ):
            return 403, "Another page may not ask this server."
        if len(scope["raw_path"]) > _LONGEST_PATH:
            return 414, "The address is too long."
        length = headers.get("content-length")
        if length is not None and not (length.isdigit() and int(length) <= MOST_BYTES):
            return 413, "The request is too large."
        return None

    def _is_own(self, host: str) -> bool:
        name = host.lower()
        name = name if name.endswith("]") else name.rpartition(":")[0] or name
        if name in self.hosts:
            return True
        return self.any_address and _is_address(name.strip("[]"))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


async def _body(receive: Receive) -> bytes | None:
    """Return the body of a request, None as soon as it is too large."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        more = message.get("more_body", False)
    return body


async def _refuse(send: Send, status: int, said: str) -> None:
    text = said.encode()
    head = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(text)).encode()),
        (b"connection", b"close"),
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": text})

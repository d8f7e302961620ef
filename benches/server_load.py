"""A server under load: cached and fresh what-ifs at a steady rate, errors, delay and memory."""

import http.client
import json
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path

SECONDS = 60
CACHED_PER_S, FRESH_PER_S = 200, 5
CONNECTIONS = 8
BAR_MS = 50
CRISIS = "iran-2026"
LEVERS = ("stake", "commitment", "caution", "overstretch")
ANSWER = f"/crisis/{CRISIS}/parts/answer"
MALFORMED = {
    "no JSON": ("POST", ANSWER, b"{", {}),
    "no object": ("POST", ANSWER, b"[]", {}),
    "deep": ("POST", ANSWER, b"[" * 16_000, {}),
    "no such lever": ("POST", ANSWER, b'{"moves": {"CHN.target": {"luck": 5}}}', {}),
    "too large": ("POST", ANSWER, b"x" * 20_000, {}),
    "said too large": ("POST", ANSWER, b"", {"Content-Length": "99999999999"}),
    "no such part": ("GET", f"/crisis/{CRISIS}/parts/passwords", None, {}),
    "no such crisis": ("GET", "/crisis/atlantis/parts/crisis", None, {}),
    "out of the house": ("GET", "/static/..%2f..%2fpyproject.toml", None, {}),
    "another name": ("GET", "/", None, {"Host": "example.org"}),
    "another page": ("POST", ANSWER, b"{}", {"Origin": "http://example.org"}),
}


class Load:
    """Requests sent at a steady rate over a few connections, and what became of them."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.delays_ms: dict[str, list[float]] = {"cached": [], "fresh": []}
        self.faults: Counter[str] = Counter()

    def send(self, kind: str, per_s: float, body: Callable[[], bytes]) -> None:
        """Ask for an answer `per_s` times a second; behind schedule, ask at once."""
        line = http.client.HTTPConnection(self.host, timeout=30)
        line.connect()
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # head and body go apart
        start = time.perf_counter()
        for turn in range(round(per_s * SECONDS)):
            wait = start + turn / per_s - time.perf_counter()
            if wait > 0:
                time.sleep(wait)
            asked = time.perf_counter()
            try:
                line.request("POST", ANSWER, body(), {"Accept-Encoding": "gzip"})
                reply = line.getresponse()
                reply.read()
                if reply.status != HTTPStatus.OK:
                    self.faults[f"{kind}: {reply.status}"] += 1
            except OSError as error:
                self.faults[f"{kind}: {error}"] += 1
                line.close()
            self.delays_ms[kind].append(1000 * (time.perf_counter() - asked))
        line.close()


def moved(random_: random.Random) -> bytes:
    """Return a what-if that nobody has asked before."""
    levers = {lever: random_.uniform(-1, 1) for lever in LEVERS}
    return json.dumps({"moves": {"CHN.target": levers}}).encode()


def resident_mb(process: int) -> float:
    """Return the memory that a process holds [MB]."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found
    return int(found[1]) / 1000


def refused_ms(
    host: str, method: str, path: str, body: bytes | None, more: dict[str, str]
) -> float:
    """Return how long a bad request takes to be refused [ms]."""
    line = http.client.HTTPConnection(host, timeout=30)
    start = time.perf_counter()
    line.putrequest(method, path, skip_host="Host" in more)
    given = {} if body is None else {"Content-Length": str(len(body))}
    for name, value in {**given, **more}.items():
        line.putheader(name, value)
    line.endheaders(body)
    status = line.getresponse().status
    line.close()
    assert 400 <= status < 500, (method, path, status)
    return 1000 * (time.perf_counter() - start)


def share(values: list[float], of: float) -> float:
    """Return a quantile."""
    return sorted(values)[min(len(values) - 1, int(of * len(values)))]


def main() -> None:
    command = [sys.executable, "-m", "sidelines", "serve", CRISIS, "--no-open"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = re.search(r"http://([^/\s]+)", server.stderr.readline())
        assert found
        load = Load(found[1])
        threading.Thread(target=server.stderr.read, daemon=True).start()
        known = [moved(random.Random(seed)) for seed in range(20)]
        wild = random.Random(99)
        warm = Load(load.host)
        for one in known:
            warm.send("fresh", 1 / SECONDS, partial(bytes, one))
        before = resident_mb(server.pid)
        turns = random.Random(1)
        workers = [
            threading.Thread(
                target=load.send,
                args=("cached", CACHED_PER_S / CONNECTIONS, lambda: turns.choice(known)),
            )
            for _ in range(CONNECTIONS)
        ]
        workers.append(
            threading.Thread(target=load.send, args=("fresh", FRESH_PER_S, lambda: moved(wild)))
        )
        start = time.perf_counter()
        memory = []
        for worker in workers:
            worker.start()
        while any(worker.is_alive() for worker in workers):
            time.sleep(5)
            memory.append(resident_mb(server.pid))
        took = time.perf_counter() - start
        for kind, delays in load.delays_ms.items():
            print(
                f"{kind:<7} {len(delays):6} requests, {len(delays) / took:5.1f} a second, "
                f"p50 {share(delays, 0.5):6.1f} ms, p99 {share(delays, 0.99):6.1f} ms"
            )
        print(f"faults  {dict(load.faults) or 'none'}")
        print("memory ", " ".join(f"{value:.0f}" for value in (before, *memory)), "MB")
        slowest = 0.0
        for name, (method, path, body, more) in MALFORMED.items():
            delay = share([refused_ms(load.host, method, path, body, more) for _ in range(20)], 0.5)
            slowest = max(slowest, delay)
            print(f"refused {name:<18} {delay:5.1f} ms")
        server.terminate()
    if load.faults or slowest > BAR_MS:
        sys.exit("The server did not hold the load.")


if __name__ == "__main__":
    main()

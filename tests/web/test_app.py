import gzip
import json

import pytest
from tests.web.conftest import Ask

from sidelines.crisis.read import bundled_ids
from sidelines.report.page import PARTS
from sidelines.web.guard import MOST_BYTES, is_loopback

GEORGIA = "/crisis/georgia-2008/"
ANSWER = f"{GEORGIA}parts/answer"


def test_the_index_lists_every_bundled_crisis(ask: Ask) -> None:
    status, _, body = ask("/parts/crises")
    assert status == 200
    assert [one["id"] for one in json.loads(body)["crises"]] == list(bundled_ids())


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_a_page_is_there(ask: Ask, name: str) -> None:
    status, _, body = ask(f"{GEORGIA}parts/{name}")
    assert status == 200
    assert body


def test_parts_come_compressed_to_whoever_takes_them_so(ask: Ask) -> None:
    _, plain, body = ask("/static/page.js")
    _, told, packed = ask("/static/page.js", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain
    assert told["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == body


def test_pages_run_no_script_but_their_own(ask: Ask) -> None:
    _, told, body = ask(GEORGIA)
    policy = told["content-security-policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "unsafe-inline" not in policy
    assert b'<script type="module" src=' in body
    assert body.count(b"<script") == 1


def test_the_same_levers_give_the_same_bytes_and_other_levers_others(ask: Ask) -> None:
    moved = {"moves": {"USA.target": {"stake": 0.5, "rents": -1}}}
    turned = {"moves": {"USA.target": {"rents": -1, "stake": 0.5}}}
    _, _, one = ask(ANSWER, method="POST", body=moved)
    _, _, again = ask(ANSWER, method="POST", body=turned)
    _, _, other = ask(ANSWER, method="POST", body={"moves": {}})
    assert one == again
    assert one != other


def test_why_is_answered_for_chances(ask: Ask) -> None:
    asked = {"role": "USA.target", "statistic": "forces"}
    status, _, body = ask(f"{GEORGIA}parts/why", method="POST", body=asked)
    found = json.loads(body)
    assert status == 200
    assert sum(found["factors"].values()) == pytest.approx(found["to"] - found["from"])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "no JSON"),
        (b"[]", "must be a JSON object"),
        (b"[" * 8000, "no JSON"),
        ({"moves": []}, "by role"),
        ({"moves": {"USA.target": 3}}, "by lever"),
        ({"moves": {"USA.targit": {"stake": 0.1}}}, "Did you mean USA.target"),
        ({"moves": {"USA.target": {"steak": 0.1}}}, "Did you mean stake"),
        ({"moves": {"USA.target": {"stake": 2}}}, "from -1 to 1"),
        ({"moves": {"USA.target": {"stake": True}}}, "from -1 to 1"),
        ({"moves": {"USA.target": {"stake": float("nan")}}}, "from -1 to 1"),
        ({"moves": {"USA.target": {"stake": "1"}}}, "from -1 to 1"),
    ],
)
def test_a_bad_question_is_refused_and_told_why(ask: Ask, body: object, said: str) -> None:
    status, _, told = ask(ANSWER, method="POST", body=body)
    assert status == 400
    assert said in told.decode()


def test_the_server_splits_no_strength(ask: Ask) -> None:
    asked = {"role": "USA.target", "statistic": "delivered"}
    assert ask(f"{GEORGIA}parts/why", method="POST", body=asked)[0] == 400


@pytest.mark.parametrize(
    "path",
    [
        "/crisis/nowhere-1999/",
        "/crisis/nowhere-1999/parts/crisis",
        f"{GEORGIA}parts/secrets",
        "/static/../../pyproject.toml",
        "/static/..%2f..%2fpyproject.toml",
        "/static/%2e%2e/page.toml",
        "/static/page.toml",
        "/crisis/..%2f..%2fetc%2fpasswd/",
        "/crisis/%2fetc%2fpasswd/parts/crisis",
        "/compare/georgia-2008/nowhere/",
        "//etc/passwd",
        "/elsewhere",
    ],
)
def test_nothing_but_its_own_is_served(ask: Ask, path: str) -> None:
    status, _, body = ask(path)
    assert status == 404
    assert b"root:" not in body


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_under_another_name_it_does_not_answer(ask: Ask, host: str) -> None:
    assert ask("/", headers={"Host": host})[0] == 421


def test_under_its_own_names_it_does(ask: Ask) -> None:
    assert ask("/", headers={"Host": "localhost"})[0] == 200
    assert ask("/", headers={"Host": "LOCALHOST:99"})[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1"])
def test_another_page_may_not_ask(ask: Ask, origin: str) -> None:
    assert ask(ANSWER, method="POST", body={}, headers={"Origin": origin})[0] == 403


def test_a_browser_that_says_the_question_comes_from_elsewhere_is_refused(ask: Ask) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert ask(ANSWER, method="POST", body={}, headers=headers)[0] == 403
    assert ask("/", headers=headers)[0] == 200


def test_what_is_too_large_is_refused(ask: Ask) -> None:
    assert ask(ANSWER, method="POST", body=b" " * (MOST_BYTES + 1))[0] == 413
    assert ask(ANSWER, method="POST", body=b"", headers={"Content-Length": "x"})[0] in {400, 413}
    assert ask(f"/{'a' * 600}")[0] == 414


def test_only_questions_are_posted(ask: Ask) -> None:
    assert ask(GEORGIA, method="POST", body={})[0] == 405
    assert ask(ANSWER)[0] in {404, 405}


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("x", False)],
)
def test_what_is_this_machine_alone(host: str, own: bool) -> None:
    assert is_loopback(host) is own

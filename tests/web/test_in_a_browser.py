"""The page as people see it: in a real browser, served and as a file from disk."""

import base64
import csv
import io
import json
from pathlib import Path

import pytest
from tests.web.conftest import DRAWS, Look, running

from sidelines.assess.assessment import assess_crisis
from sidelines.crisis.model import Crisis
from sidelines.crisis.read import bundled_ids, load_crisis, read_crisis
from sidelines.report.page import brief

PAGE_KB, BRIEF_KB = 200, 400
MOVED = "power=CHN.target&on=weapons&CHN.target.commitment=50&RUS.target.stake=-40"


@pytest.fixture(scope="module")
def iran() -> str:
    """Return the brief of the founding crisis, all draws."""
    return brief(assess_crisis(load_crisis("iran-2026")))


def filed(folder: Path, name: str, crisis: Crisis) -> str:
    file = folder / f"{name}.html"
    file.write_text(brief(assess_crisis(crisis, draws=DRAWS)), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def page(address: str) -> str:
    return f"{address}crisis/iran-2026/"


def test_the_page_is_light(look: Look, page: str) -> None:
    assert look("weighs", url=page)["bytes"] <= 1000 * PAGE_KB


def test_the_brief_is_light(iran: str) -> None:
    assert len(iran.encode()) <= 1000 * BRIEF_KB


@pytest.mark.parametrize("width", [1320, 390])
def test_every_crisis_renders_served(look: Look, address: str, width: int) -> None:
    urls = [f"{address}crisis/{name}/" for name in bundled_ids()]
    for url, seen in look("renders", urls=urls, width=width).items():
        assert seen["errors"] == [], url
        assert seen["sideways"] <= 0, url
        assert seen["kernel"] == "worker", url
        assert seen["powers"] > 0
        assert all(one.startswith(address) for one in seen["requests"]), url


def test_every_crisis_renders_from_a_file_and_asks_nobody(look: Look, tmp_path: Path) -> None:
    urls = [filed(tmp_path, name, load_crisis(name)) for name in bundled_ids()]
    for url, seen in look("renders", urls=urls, width=1320).items():
        assert seen["errors"] == [], url
        assert seen["kernel"] == "worker", url
        assert all(one.startswith(("file:", "blob:")) for one in seen["requests"]), url


HOSTILE = "<script>window.hacked=1</script>\"'><img src=x onerror=window.hacked=1>"
RIGHT_TO_LEFT = "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd"


def crisis_of(*, powers: int = 1, text: str = "A") -> Crisis:
    states = "RUS CHN FRA DEU GBR TUR IND PAK EGY SAU ITA ESP POL CAN AUS JPN BRA ZAF NGA MEX"
    entries = [{"power": code, "side": "target"} for code in states.split()[:powers]]
    told = {
        "id": "odd",
        "title": text,
        "summary": text,
        "as_of": "2026-03-04",
        "attackers": ["USA"],
        "targets": ["IRN"],
        "theatre": {"name": text, "lat": 32, "lon": 53},
        "events": [{"date": "2026-03-01", "title": text}],
        "powers": entries,
    }
    return read_crisis(json.dumps(told))


@pytest.mark.parametrize(
    ("name", "powers", "text"),
    [
        ("one", 1, "A"),
        ("twenty", 20, "A"),
        ("hostile", 2, HOSTILE),
        ("right-to-left", 2, RIGHT_TO_LEFT),
        ("long", 2, "x" * 10_000),
    ],
)
def test_odd_crises_render_safely_in_both_homes(
    look: Look, tmp_path: Path, name: str, powers: int, text: str
) -> None:
    crisis = crisis_of(powers=powers, text=text)
    file = tmp_path / "odd.yaml"
    told = {"title": text, "id": "odd", "as_of": "2026-03-04", "attackers": ["USA"]}
    told |= {"targets": ["IRN"], "theatre": {"name": text, "lat": 32, "lon": 53}}
    told |= {"events": [{"date": "2026-03-01", "title": text}]}
    told |= {"powers": [{"power": one.power, "side": "target"} for one in crisis.powers]}
    file.write_text(json.dumps(told), encoding="utf-8")
    with running(str(file), "--draws", str(DRAWS)) as place:
        urls = [place, filed(tmp_path, name, crisis)]
        for url, seen in look("renders", urls=urls, width=390).items():
            assert seen["errors"] == [], url
            assert seen["scripts"] is None, url
            assert seen["sideways"] <= 0, url
            assert seen["powers"] == powers


@pytest.mark.parametrize("width", [1320, 390])
def test_axe_finds_nothing(look: Look, address: str, page: str, width: int) -> None:
    urls = [page, address, f"{address}compare/georgia-2008/kuwait-1990/"]
    for url, found in look("axe", urls=urls, width=width).items():
        assert found["violations"] == [], url
        assert found["passes"] > 20


def test_keys_alone_reach_a_lever_in_four_stops_and_move_it(look: Look, page: str) -> None:
    seen = look("keyboard", url=page)
    assert seen["stops"] <= 4
    assert seen["power"] == "China, for Iran"
    assert seen["after"] != seen["before"]


def test_server_and_kernel_show_the_same(look: Look, page: str) -> None:
    seen = look("agrees", url=page, hashes=["", MOVED])
    for here, there in (seen[:2], seen[2:]):
        assert (here["kernel"], there["kernel"]) == ("worker", "server")
        assert {**here, "kernel": ""} == {**there, "kernel": ""}
    assert seen[0]["figures"] != seen[2]["figures"]


def figure(text: str) -> float:
    return float(text.replace("−", "-").rstrip("%"))


def test_the_waterfall_adds_up_in_figures_and_in_words(look: Look, page: str) -> None:
    for seen in look("waterfall", url=page, count=12):
        whole = [(label, figure(value)) for label, value, part in seen["steps"] if not part]
        (_, answer), (_, history), (_, start), *factors, (_, end) = whole
        assert answer + history == pytest.approx(start, abs=0.05)
        assert start + sum(value for _, value in factors) == pytest.approx(end, abs=0.05)
        parts = [figure(value) for _, value, part in seen["steps"] if part]
        if parts:
            assert sum(parts) == pytest.approx(factors[0][1], abs=0.05)
        if "together" in seen["sentence"]:
            told = float(seen["sentence"].split("together ")[1].split(",")[0].replace("−", "-"))
            assert told == pytest.approx(end - start, abs=0.05)


def test_the_address_holds_what_was_changed_and_a_reset_puts_it_back(look: Look, page: str) -> None:
    seen = look("remembers", url=page)
    assert seen["moved"] != seen["before"]
    assert seen["reloaded"] == seen["moved"]
    assert len(seen["listed"]) == 1
    assert seen["reset"] == seen["before"]


def test_what_is_taken_away_says_what_it_is(look: Look, page: str) -> None:
    files = {name: base64.b64decode(text) for name, text in look("takes", url=page).items()}
    table = files["iran-2026.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    about = {row["of"]: row["value"] for row in rows if row["measure"] == "about"}
    assert {"version", "seed", "cite", "vintages"} <= about.keys()
    chances = [float(r["value"]) for r in rows if r["measure"] == "rung" and r["power"] == "CHN"]
    assert sum(chances) == pytest.approx(1.0, abs=1e-4)
    told = json.loads(files["iran-2026.json"])
    assert told["about"]["seed"] == 7
    assert told["about"]["dictionary"]
    ways = json.loads(files["iran-2026.geojson"])
    assert {one["geometry"]["type"] for one in ways["features"]} == {"LineString", "Point"}
    assert ways["about"]["cite"]
    assert files["iran-2026-map.svg"].startswith(b"<svg")
    assert files["iran-2026-map.png"].startswith(b"\x89PNG")


def test_it_prints_on_a_few_sheets(look: Look, page: str) -> None:
    assert 2 <= look("prints", url=page)["pages"] <= 9

"""The document and the page of a crisis told day by day."""

import datetime as dt
from functools import partial
from typing import Any

import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.crisis.read import read_crisis
from sidelines.report.path_page import print_path
from sidelines.report.result import path_of
from sidelines.report.terminal import captured
from sidelines.terms.ladder import INSTRUMENTS

Document = dict[str, Any]

EVENTS = """\
events:
  - {date: 2026-02-10, title: A first clash}
  - {date: 2026-02-20, title: Strikes, sets: {RUS.commitment: 1.0, CHN.stake: 0.9, GBR.stake: 1}}
  - {date: 2026-02-20, title: A leader dies, sets: {defence.resolve: 0.2}}
"""
DATED = """\
    ties: [{kind: alignment, with: IRN, since: 2026-02-21}, {kind: arms-trade, since: 2026-02-21}]
    stance: {kind: mediator, date: 2026-02-22}
    bases: [{place: Yerevan, host: ARM, lat: 40, lon: 44, since: 2026-02-23}]
    delivered:
      - {date: 2026-02-24, title: Mongolia sends horses, instrument: money, flow: 1, done: true}
"""


@pytest.fixture(scope="module")
def eventful(text: str) -> Assessment:
    told = text.replace(
        "  - {power: MNG, side: target, stake: 0.01}\n",
        f"  - power: MNG\n    side: target\n    stake: 0.01\n{DATED}",
    )
    told = told.replace("prob: [0.2, 0.6]}", "since: 2026-02-25, prob: [0.2, 0.6]}")
    return assess_crisis(read_crisis(told + EVENTS), draws=20, seed=1)


@pytest.fixture(scope="module")
def document(eventful: Assessment) -> Document:
    return path_of(eventful)


def shown(answer: Assessment, document: Document, *, width: int = 200) -> str:
    page = partial(print_path, answer=answer, document=document, asked="small")
    return captured(page, width=width)


def step(document: Document, day: str) -> Document:
    found: Document = next(one for one in document["steps"] if one["date"] == day)
    return found


# --- the document ------------------------------------------------------------------------------


def test_a_path_keeps_its_contract(document: Document) -> None:
    keys = {"meta", "crisis", "power", "since", "draws", "powers", "steps", "largest"}
    assert set(document) == keys
    assert (document["since"], document["draws"]) == ("2026-02-10", 20)


def test_every_role_stands_with_its_beginning_its_end_and_the_way_between(
    document: Document,
) -> None:
    assert len(document["powers"]) == 5
    for one in document["powers"]:
        assert set(one) == {"id", "name", "side", "before", "after", "moved"}
        for rung in INSTRUMENTS:
            gap = one["after"][rung]["p"] - one["before"][rung]["p"]
            assert one["moved"][rung]["p"] == pytest.approx(gap)


def test_the_biggest_mover_stands_first(document: Document) -> None:
    moves = step(document, "2026-02-20")["moves"]
    sizes = [max(abs(one["moved"][rung]["p"]) for rung in ("weapons", "forces")) for one in moves]
    assert sizes == sorted(sizes, reverse=True)


def test_a_move_names_the_part_behind_it(document: Document) -> None:
    day = step(document, "2026-02-20")
    russia = next(one for one in day["moves"] if (one["id"], one["side"]) == ("RUS", "target"))
    assert day["parts"][russia["mostly_by"]]["told"] == "Strikes"
    assert set(russia["of_which"]) <= {"weapons", "forces"}


def test_parts_add_up_to_the_day(document: Document) -> None:
    day = step(document, "2026-02-20")
    for move in day["moves"]:
        who = (move["id"], move["side"])
        parts = [
            one["moved"]["weapons"]["p"]
            for part in day["parts"]
            for one in part["moves"]
            if (one["id"], one["side"]) == who
        ]
        assert sum(parts) == pytest.approx(move["moved"]["weapons"]["p"], abs=2e-3)


def test_an_event_that_sets_nothing_changes_nothing(document: Document) -> None:
    first = document["steps"][0]
    assert (first["changes_something"], first["moves"]) == (False, [])
    assert first["parts"][0]["moves"] == []


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-02-10", "A first clash"),
        ("2026-02-21", "Mongolia: alignment with Iran; arms-trade"),
        ("2026-02-22", "Mongolia: declares itself mediator"),
        ("2026-02-23", "Mongolia: base at Yerevan, Armenia"),
        ("2026-02-24", "Mongolia sends horses"),
        ("2026-02-25", "Russia: overflight (air) by leave of Azerbaijan: unknown"),
        ("2026-03-01", "United States: threatens whoever helps the other side"),
    ],
)
def test_every_kind_of_entry_has_its_words(document: Document, day: str, told: str) -> None:
    assert step(document, day)["parts"][0]["told"] == told


def test_a_deed_is_told_apart_from_a_response(document: Document) -> None:
    (move,) = (one for one in step(document, "2026-02-24")["moves"] if one["id"] == "MNG")
    assert move["done"] == ["money"]


def test_the_largest_move_is_no_deed_of_the_day(document: Document) -> None:
    largest = document["largest"]
    assert largest["rung"] in {"weapons", "forces"}
    assert largest["date"] == "2026-02-20"
    assert largest["told"] == "Strikes"


def test_a_path_of_one_power_is_of_all_its_sides(eventful: Assessment) -> None:
    found = path_of(eventful, power="Russia")
    assert found["power"] == "RUS"
    assert [one["side"] for one in found["powers"]] == ["target", "attacker"]
    assert {one["id"] for day in found["steps"] for one in day["moves"]} <= {"RUS"}


def test_after_the_last_entry_a_path_is_empty(eventful: Assessment) -> None:
    found = path_of(eventful, since=dt.date(2026, 3, 4))
    assert (found["steps"], found["powers"], found["largest"], found["draws"]) == ([], [], None, 0)


# --- the page ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "From 2026-02-10 to 2026-03-04 something is dated on 8 days. The largest move:",
        "Mostly by: Strikes.",
        "  a Strikes [sets RUS.commitment, CHN.stake and 1 more]",
        "Chances are structural, over 20 draws",
        "Next: sidelines path small ",
    ],
)
def test_a_path_says_what_moved_whom(eventful: Assessment, document: Document, said: str) -> None:
    assert said in " ".join(shown(eventful, document).split("\n"))


def test_days_that_move_nobody_are_counted(eventful: Assessment, document: Document) -> None:
    assert "more days no chance moves by half a point." in shown(eventful, document)


@pytest.mark.parametrize("width", [60, 80, 100, 200])
@pytest.mark.parametrize("power", [None, "RUS"])
def test_a_path_fits_the_terminal(eventful: Assessment, power: str | None, width: int) -> None:
    page = shown(eventful, path_of(eventful, power=power, draws=5), width=width)
    assert max(map(len, page.splitlines())) <= width


def test_the_path_of_one_power_is_one_table_per_side(eventful: Assessment) -> None:
    page = shown(eventful, path_of(eventful, power="RUS"))
    assert "Russia for Iran" in page
    assert "Russia for the United States" in page
    assert page.count("in all") == 2
    assert "Next: sidelines why small RUS" in page


def test_on_a_narrow_terminal_reasons_stand_below(eventful: Assessment) -> None:
    page = shown(eventful, path_of(eventful, power="RUS"), width=60)
    assert "2026-02-20  Strikes" in page.splitlines()


def test_what_is_done_is_told_as_done(eventful: Assessment, document: Document) -> None:
    page = shown(eventful, path_of(eventful, power="GBR"))
    assert "done" not in page  # diplomatic cover is neither weapons nor forces
    day = step(document, "2026-03-01")
    assert [one["done"] for one in day["moves"] if one["id"] == "GBR"] == [["diplomatic"]]


def test_a_path_on_which_nothing_is_set_says_so(text: str) -> None:
    quiet = text.replace(
        "    signals: [{date: 2026-03-01, title: Backs it, instrument: diplomatic, done: true}]\n",
        "",
    ).replace("threats: [{date: 2026-03-01", "threats: [{date: 2026-01-01")
    told = quiet + "events: [{date: 2026-03-01, title: A speech}]\n"
    answer = assess_crisis(read_crisis(told), draws=2)
    page = shown(answer, path_of(answer))
    assert "on 1 day, but nothing of it changes an input: the chances stay as they were." in page


def test_a_path_without_events_that_set_anything_says_so(text: str) -> None:
    told = text + "events: [{date: 2026-02-01, title: A speech}]\n"
    answer = assess_crisis(read_crisis(told), draws=5)
    assert "None of its events sets an input:" in shown(answer, path_of(answer))


def test_who_joined_is_told_before_what_others_did(
    eventful: Assessment, document: Document
) -> None:
    day = step(document, "2026-02-20")
    joined = {**day, "moves": [{**day["moves"][0], "done": ["words", "forces"]}]}
    page = shown(eventful, {**document, "steps": [joined]})
    assert " fought for " in page
    assert " on 2026-02-20, at " in page
    assert "The largest other move:" in page


def test_days_that_leave_a_power_alone_are_counted(
    eventful: Assessment, document: Document
) -> None:
    quiet = {**step(document, "2026-02-20"), "moves": []}
    page = shown(eventful, {**document, "power": "RUS", "steps": [*document["steps"], quiet]})
    assert " nothing moves it." in page


def test_many_moves_of_a_day_are_cut_and_counted(eventful: Assessment, document: Document) -> None:
    day = step(document, "2026-02-20")
    many = {**document, "steps": [{**day, "moves": day["moves"][:1] * 9}]}
    page = shown(eventful, many)
    assert "and 3 smaller moves (--json)" in page
    assert "no chance moves by half a point" not in page


def test_what_was_done_on_an_earlier_day_stays_done(
    eventful: Assessment, document: Document
) -> None:
    day = step(document, "2026-02-20")
    move = day["moves"][0]
    certain = {**move["before"], "weapons": {**move["before"]["weapons"], "p": 1.0}}
    later = {**document, "steps": [{**day, "moves": [{**move, "before": certain}]}]}
    assert " done " in shown(eventful, later)


def test_weapons_of_the_day_are_told_as_done(eventful: Assessment, document: Document) -> None:
    day = step(document, "2026-02-20")
    armed = {**document, "steps": [{**day, "moves": [{**day["moves"][0], "done": ["weapons"]}]}]}
    assert " to done " in shown(eventful, armed)


def test_an_empty_path_says_so(eventful: Assessment) -> None:
    page = shown(eventful, path_of(eventful, since=dt.date(2026, 3, 4)))
    assert "Nothing in small is dated between 2026-03-04 and 2026-03-04." in page


def test_a_path_that_moves_nobody_much_says_so(eventful: Assessment, document: Document) -> None:
    still = {**document, "largest": None}
    assert "No chance of weapons or forces moves by half a point." in shown(eventful, still)

"""Every rule of a crisis file has an example that breaks it, and nothing else."""

import time
import tomllib
from collections.abc import Callable
from importlib import resources

import pytest

from sidelines.crisis.read import read_crisis
from sidelines.terms.errors import CrisisFileError, Problem

Problems = Callable[[str], tuple[Problem, ...]]

ACCESS = "    access: [{means: air, grantor: TUR, right: overflight, "
BROUGHT = "    delivered: [{date: 2026-03-01, title: X, instrument: weapons, flow: 0.1, "
OVERRIDES = "    overrides: ["
EVENT = "events: [{date: 2026-03-01, title: X, sets: "
CODES = tomllib.loads(
    resources.files("sidelines.report").joinpath("codes.toml").read_text(encoding="utf-8")
)

# old text, new text (an empty old text: at the end), code, line, column, what the hint names
BROKEN = {
    "no colon": ("title: A", "title A", "E200", 3, 1, ""),
    "a tab": ("    side", "\tside", "E200", 8, 1, ""),
    "a key that is a list": ("", "? [a]\n: 2\n", "E200", 10, 3, ""),
    "two documents": ("", "---\nid: b\n", "E200", 10, 1, ""),
    "a tag": ("0.4", "!!python/name:os.system 3", "E200", 9, 12, ""),
    "a mistyped key": ("stake", "staek", "E201", 9, 5, "'stake'"),
    "a key of no kin": ("stake", "zzz", "E201", 9, 5, "allowed here: power, side, stake"),
    "a mistyped key inside": (
        "",
        "theatre: {name: X, lat: 1, long: 2, lon: 2}\n",
        "E201",
        10,
        28,
        "'lon'",
    ),
    "a share above one": ("0.4", "1.4", "E202", 9, 12, ""),
    "a range upside down": ("0.4", "[0.6, 0.2]", "E202", 9, 12, ""),
    "no number": ("0.4", ".nan", "E202", 9, 12, ""),
    "a wrong unit": ("stake: 0.4", "distance_km: 100 miles", "E202", 9, 18, ""),
    "a negative distance": ("stake: 0.4", "distance_km: -5", "E202", 9, 18, ""),
    "an impossible date": ("2026-03-04", "2026-02-30", "E202", 3, 8, ""),
    "no date": ("2026-03-04", "soon", "E202", 3, 8, ""),
    "an unknown state": ("RUS", "Rusia", "E202", 7, 12, ""),
    "a mistyped side": ("side: target", "side: tarrget", "E202", 8, 11, "'target'"),
    "an id with blanks": ("id: a", "id: A crisis", "E202", 1, 5, ""),
    "a latitude off the globe": ("", "theatre: {name: X, lat: 91, lon: 0}\n", "E202", 10, 25, ""),
    "a mistyped instrument in the outcome": (
        "",
        "outcome:\n  until: 2026-04-01\n  cells:\n"
        "    - {power: RUS, side: target, instrument: word, happened: true, source: x}\n",
        "E202",
        13,
        46,
        "'words'",
    ),
    "a value that an event cannot set": ("", EVENT + "{RUS.stake: 2}}]\n", "E202", 10, 57, ""),
    "no title": ("title: A\n", "", "E203", 1, 1, ""),
    "no side": ("    side: target\n", "", "E203", 7, 5, ""),
    "a key twice": ("title: A", "title: A\ntitle: B", "E204", 3, 1, ""),
    "an anchor": ("0.4", "&x 0.4", "E205", 9, 12, ""),
    "an input that is none": ("", EVENT + "{RUS.stak: 1}}]\n", "E211", 10, 56, "'stake'"),
    "an input of a power that is not there": ("", EVENT + "{CHN.stake: 1}}]\n", "E211", 10, 57, ""),
    "an event to come": ("", "events:\n  - {date: 2026-03-05, title: X}\n", "E221", 11, 12, ""),
    "a source to come": ("", "sources: {s: {title: T, date: 2026-03-05}}\n", "E221", 10, 31, ""),
    "a tie to come": ("", "    ties: [{kind: alignment, since: 2027-01-01}]\n", "E221", 10, 37, ""),
    "a power twice": ("", "  - {power: Russia, side: target}\n", "E222", 10, 13, "One entry"),
    "attacker and target": ("[IRN]", "[USA]", "E223", 5, 10, ""),
    "a party as a power": ("RUS", "USA", "E223", 7, 12, ""),
    "a state that is gone": ("RUS", "SUN", "E224", 7, 12, ""),
    "a party that is gone": ("[IRN]", "[YUG]", "E224", 5, 11, ""),
    "a source that is none": ("0.4", "{value: 0.4, source: nowhere}", "E225", 9, 33, "sources:"),
    "an unknown right without a chance": ("", ACCESS + "state: unknown}]\n", "E226", 10, 67, ""),
    "a known right with a chance": ("", ACCESS + "state: denied, prob: 0}]\n", "E226", 10, 81, ""),
    "a threat by nobody": (
        "",
        "threats: [{date: 2026-03-01, by: CHN, against: [RUS], strength: 0.3}]\n",
        "E227",
        10,
        34,
        "",
    ),
    "a threat to nobody": (
        "",
        "threats: [{date: 2026-03-01, by: USA, against: [RUS, CHN], strength: 0.3}]\n",
        "E227",
        10,
        54,
        "",
    ),
    "a huge number": ("0.4", "1" + "0" * 400, "E202", 9, 12, ""),
    "a number beyond what is read": ("0.4", "1" + "0" * 5000, "E202", 9, 12, ""),
    "a tag on a word": ("0.4", "!!bool maybe", "E200", 9, 12, ""),
    "a tag on nothing": ("0.4", '!!int ""', "E200", 9, 12, ""),
    "a tag on no number": ("0.4", '!!float ""', "E200", 9, 12, ""),
    "a tag on a key": ("stake:", "!!str stake:", "E200", 9, 5, ""),
    "an alias": ("", "summary: *x\n", "E205", 10, 10, ""),
    "an event that sets nothing": ("", EVENT + "{RUS.stake: null}}]\n", "E202", 10, 57, ""),
    "one input under two names": (
        "",
        EVENT + "{RUS.stake: 0.2, Russia.stake: 0.3}}]\n",
        "E204",
        10,
        76,
        "",
    ),
    "one input with and without a side": (
        "",
        EVENT + "{RUS.stake: 0.2, RUS.target.stake: 0.3}}]\n",
        "E204",
        10,
        80,
        "",
    ),
    "a side that a power does not have": (
        "",
        EVENT + "{RUS.attacker.stake: 0.3}}]\n",
        "E211",
        10,
        66,
        "",
    ),
    "a list without end": ("[USA]", f"[{'USA, ' * 1001}]", "E207", 4, 12, ""),
    "an escaped control character": ("title: A", 'title: "A\\e[31m"', "E208", 2, 8, ""),
    "a turn of the writing": ("title: A", "title: A\u202eB", "E208", 2, 8, ""),
    "a moment in place of a day": ("2026-03-04", "2026-03-04T00:00:00", "E202", 3, 8, ""),
    "seconds in place of a day": ("2026-03-04", "1772582400", "E202", 3, 8, ""),
    "a day in digits alone": ("2026-03-04", "'20260304'", "E202", 3, 8, ""),
    "a row of a later year": (
        "0.4",
        "{value: 0.4, source: 'nmc:ccode=2,year=2027'}",
        "E221",
        9,
        33,
        "",
    ),
    "a party twice": ("[IRN]", "[IRN, Iran]", "E222", 5, 16, ""),
    "an empty source": ("0.4", "{value: 0.4, source: ' '}", "E225", 9, 33, "assumed"),
    "a sigma without bounds": (
        "stake: 0.4",
        "distance_km: {lognormal: [9, 6]}",
        "E202",
        9,
        18,
        "",
    ),
    "a deviation without bounds": (
        "stake: 0.4",
        "distance_km: {normal: [9, 2000000]}",
        "E202",
        9,
        18,
        "",
    ),
    "a probability that is a word": (
        "",
        OVERRIDES + "{rung: words, probability: true, reason: x}]\n",
        "E202",
        10,
        44,
        "",
    ),
    "two overrides": (
        "",
        OVERRIDES + "{rung: words, probability: 1, reason: x}, "
        "{rung: money, probability: 1, reason: x}]\n",
        "E228",
        10,
        59,
        "",
    ),
    "batteries against nothing": (
        "",
        BROUGHT + "batteries: 4}]\n",
        "E229",
        10,
        89,
        "salvo",
    ),
    "batteries for the attacker": (
        "side: target",
        "side: attacker\n" + BROUGHT + "batteries: 4}]",
        "E229",
        9,
        89,
        "",
    ),
    "batteries to send against nothing": (
        "stake: 0.4",
        "batteries: 4",
        "E229",
        9,
        16,
        "salvo",
    ),
    "batteries to send to the attacker": (
        "side: target",
        "side: attacker\n    batteries: 4",
        "E229",
        9,
        16,
        "",
    ),
    "a tie to the other side": (
        "",
        "    ties: [{kind: alignment, with: USA}]\n",
        "E227",
        10,
        36,
        "IRN",
    ),
}


def broken(base: str, old: str, new: str) -> str:
    return base.replace(old, new) if old else base + new


@pytest.mark.parametrize(
    ("old", "new", "told", "hint"),
    [(old, new, tuple(told), hint) for old, new, *told, hint in BROKEN.values()],
    ids=list(BROKEN),
)
def test_a_broken_rule_is_told_once_and_in_its_place(
    base: str, problems: Problems, old: str, new: str, told: tuple[str, int, int], hint: str
) -> None:
    found = problems(broken(base, old, new))
    assert [(one.code, one.line, one.column) for one in found] == [told]
    assert hint in found[0].hint


@pytest.mark.parametrize(
    "code", [code for code in CODES if code.startswith("E2") and code not in {"E212", "E213"}]
)
def test_every_code_about_files_has_an_example_here(code: str) -> None:
    elsewhere = {"E206", "E207", "E208", "E209"}  # of whole files: test_document
    assert code in {row[2] for row in BROKEN.values()} | elsewhere


@pytest.mark.parametrize("code", sorted({row[2] for row in BROKEN.values()}))
def test_every_code_is_explained(code: str) -> None:
    assert CODES[code]["rule"]


def test_the_unbroken_file_is_good(base: str) -> None:
    assert read_crisis(base).id == "a"


def test_all_problems_come_at_once_in_the_order_of_the_file(base: str, problems: Problems) -> None:
    text = (
        base.replace("title: A\n", "").replace("[IRN]", "[Iarn]").replace("stake: 0.4", "staek: 4")
    )
    found = problems(text + "    rents: [0.6, 0.2]\nevents: [{date: 2027-01-01, title: X}]\n")
    assert [one.code for one in found] == ["E203", "E202", "E201", "E202", "E221"]


def test_a_misspelt_state_is_answered_with_the_right_one(base: str, problems: Problems) -> None:
    message = problems(base.replace("RUS", "Rusia"))[0].message
    assert "Did you mean Russia (RUS)?" in message


def test_problems_of_the_outcome_are_told_with_the_others(base: str, problems: Problems) -> None:
    found = problems(base.replace("0.4", "1.4") + "outcome: {until: 2026-04-01}\n")
    assert [one.path for one in found] == ["powers[0].stake", "outcome.cells"]


@pytest.mark.parametrize(
    "text", ["- a\n- b\n", "hello\n", "42\n"], ids=["a list", "a word", "a number"]
)
def test_what_is_no_mapping_is_told_what_to_hold(problems: Problems, text: str) -> None:
    found = problems(text)
    assert [one.code for one in found] == ["E202"]
    assert "must be a mapping with id, title, as_of" in found[0].message


def test_a_file_without_powers_asks_for_one(base: str, problems: Problems) -> None:
    found = problems(base.partition("powers")[0] + "powers: []\n")
    assert [(one.code, one.path) for one in found] == [("E202", "powers")]


@pytest.mark.parametrize("depth", [60, 1500])
def test_what_is_nested_too_deeply_is_refused(base: str, problems: Problems, depth: int) -> None:
    found = problems(f"{base}summary: {'[' * depth}{']' * depth}\n")
    assert "nested" in found[-1].message


@pytest.mark.parametrize("source", ["assumed", "assumed; a guess", "nmc:ccode=2", "A report, p. 3"])
def test_a_source_may_be_a_row_a_document_or_assumed(base: str, source: str) -> None:
    text = base.replace("0.4", f"{{value: 0.4, source: '{source}'}}")
    assert read_crisis(text).powers[0].stake.source == source


SPOKEN = "    signals: [{date: 2026-03-01, title: X, instrument: diplomatic, done: true}]\n"


@pytest.mark.parametrize(
    ("override", "is_refused"),
    [
        ("rung: nothing, probability: 0.5", True),
        ("rung: words, probability: 0.9", True),
        ("rung: diplomatic, probability: 0.9", True),
        ("rung: words, at_least: false, probability: 1", True),
        ("rung: diplomatic, at_least: false, probability: 0.9", True),
        ("rung: diplomatic, probability: 1", False),
        ("rung: money, probability: 0.1", False),
    ],
)
def test_an_override_may_not_undo_what_is_done(
    base: str, problems: Problems, override: str, is_refused: bool
) -> None:
    text = f"{base}{SPOKEN}{OVERRIDES}{{{override}, reason: x}}]\n"
    if is_refused:
        assert [one.code for one in problems(text)] == ["E228"]
    else:
        assert read_crisis(text).powers[0].overrides


def test_a_message_quotes_no_more_than_60_characters(base: str, problems: Problems) -> None:
    long = "x" * 5000
    text = base.replace("stake: 0.4", f"{long}: 1\n    stake: {long}").replace("RUS", long)
    text += f"events: [{{date: {long}, title: X, kind: {long}, sets: {{{long}.stake: {long}}}}}]\n"
    assert all(len(one.message) + len(one.path) < 300 for one in problems(text))


def test_hidden_characters_are_quoted_as_a_mark(base: str) -> None:
    with pytest.raises(CrisisFileError) as caught:
        read_crisis(base.replace("title: A", "title: A\u202eB"))
    assert "\u202e" not in "".join(caught.value.lines)


def test_a_thousand_unknown_names_are_soon_refused(base: str, problems: Problems) -> None:
    names = ", ".join(f"Rusia{number}" for number in range(1000))
    began = time.perf_counter()
    assert len(problems(base.replace("[IRN]", f"[{names}]"))) == 1000
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize("text", ["# nothing\n", "---\n", "%YAML 1.1\n---\n- a\n", "? \n"])
def test_a_text_without_content_is_no_mapping(problems: Problems, text: str) -> None:
    assert problems(text)

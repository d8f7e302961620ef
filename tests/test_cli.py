"""The command line: what stands on which stream, with which exit code."""

import datetime as dt
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from sidelines import cli
from sidelines.assess import resolving
from sidelines.choice.kernel import compiled
from sidelines.cli import main
from sidelines.terms.version import VERSION

Run = Callable[..., subprocess.CompletedProcess[str]]
Answer = tuple[int, str, str]
Say = Callable[..., Answer]

SMALL = """\
id: small
title: A made-up crisis
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
powers:
  - {power: RUS, side: target, stake: [0.2, 0.6]}
  - {power: GBR, side: attacker}
events: [{date: 2026-03-01, title: Strikes, sets: {RUS.stake: 0.9}}]
"""
FEW = ("--draws", "10")
# what every answer says first where there was no compiler
ASKED = os.environ.get("SIDELINES_KERNEL") == "numpy"
NOTE = "" if compiled() else f"{cli._ASKED_SLOW if ASKED else cli._SLOW}\n"
PROGRAM = Path(sys.executable).with_name("sidelines")
ASKING = [
    ["assess", "small.yaml"],
    ["why", "small.yaml", "RUS", "--split-draws", "2"],
    ["what-if", "small.yaml", "RUS", "stake=0.9"],
    ["what-if", "small.yaml", "RUS", "--flip", "forces>50%", "--split-draws", "2"],
    ["path", "small.yaml", "--split-draws", "2"],
    ["path", "small.yaml", "Russia", "--since", "2026-03-01", "--split-draws", "2"],
    ["reach", "small.yaml"],
    ["reach", "small.yaml", "Russia"],
    ["compare", "small.yaml", "small.yaml"],
    ["cite", "small.yaml"],
]
SHELF = [["list"], ["show", "small.yaml"], ["check", "small.yaml"], ["explain", "E201"]]
SHELF += [["data", action] for action in ("list", "where", "verify", "stale")]


def named(arguments: list[str]) -> str:
    return " ".join(arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a small crisis in it, in which the test runs."""
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


@pytest.fixture
def say(folder: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return a function that runs a command and returns exit code, output and errors."""

    def run(*arguments: str) -> Answer:
        with pytest.raises(SystemExit) as done:
            main(list(arguments))
        said = capsys.readouterr()
        return int(done.value.code or 0), said.out, said.err

    return run


# --- answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [*([*one, *FEW] for one in ASKING), *SHELF], ids=named)
def test_a_command_answers_on_standard_output_alone(say: Say, arguments: list[str]) -> None:
    code, out, err = say(*arguments)
    assert (code, err) == (0, "" if arguments in SHELF else NOTE)
    assert out.strip()


@pytest.mark.parametrize(
    "arguments",
    [*([*one, *FEW] for one in ASKING), *SHELF, ["new", "mine", "--from", "georgia-2008"]],
    ids=named,
)
def test_json_is_one_document_that_says_what_it_was_made_with(
    say: Say, arguments: list[str]
) -> None:
    code, out, _ = say(*arguments, "--json")
    assert code == 0
    assert json.loads(out)["meta"]["version"] == VERSION


def test_a_bundled_crisis_goes_by_its_id(say: Say) -> None:
    code, out, _ = say("assess", "kuwait-1990", "--draws", "5", "--json")
    assert code == 0
    assert json.loads(out)["crisis"]["id"] == "kuwait-1990"


def test_the_same_seed_prints_the_same_text(say: Say) -> None:
    assert say("assess", "small.yaml", *FEW) == say("assess", "small.yaml", *FEW)


def test_another_seed_prints_another(say: Say) -> None:
    other = say("assess", "small.yaml", *FEW, "--seed", "8", "--json")
    assert other != say("assess", "small.yaml", *FEW, "--seed", "7", "--json")


def test_an_earlier_day_can_be_asked_for(say: Say) -> None:
    _, out, _ = say("assess", "small.yaml", *FEW, "--as-of", "2026-01-01", "--json")
    assert json.loads(out)["meta"]["as_of"] == "2026-01-01"


def test_hindsight_is_told(say: Say) -> None:
    _, out, _ = say("assess", "small.yaml", *FEW, "--hindsight")
    assert "with hindsight" in out


def test_facts_that_are_old_are_warned_of_beside_json(say: Say) -> None:
    _, out, err = say("assess", "iran-2026", "--draws", "2", "--json")
    assert "more than 18 months old" in err
    assert json.loads(out)["old"]


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [*([*one, *FEW] for one in ASKING), ["list"]], ids=named)
def test_an_answer_can_be_written_to_a_file(say: Say, folder: Path, arguments: list[str]) -> None:
    code, out, _ = say(*arguments, "--json", "-o", "a.json")
    assert (code, out) == (0, "")
    assert "meta" in json.loads((folder / "a.json").read_text(encoding="utf-8"))


def test_a_written_page_is_plain_text(say: Say, folder: Path) -> None:
    say("assess", "small.yaml", *FEW, "-o", "a.txt")
    page = (folder / "a.txt").read_text(encoding="utf-8")
    assert "For Iran" in page
    assert "\x1b" not in page


def test_a_folder_that_is_not_there_is_refused(say: Say) -> None:
    code, _, err = say("assess", "small.yaml", *FEW, "-o", "none/a.json")
    assert code == 2
    assert "error[E103]" in err


def test_a_new_crisis_is_written_and_good(say: Say, folder: Path) -> None:
    made = say(
        "new",
        "mine",
        "--title",
        "Mine",
        "--attacker",
        "Russia",
        "--target",
        "Georgia",
        "--power",
        "USA",
        "--power",
        "Belarus:attacker",
        "--as-of",
        "2008-08-08",
    )
    assert made[:2] == (0, "Wrote mine.yaml. Next: sidelines assess mine.yaml\n")
    assert say("check", "mine.yaml")[0] == 0
    assert len((folder / "mine.yaml").read_text(encoding="utf-8").splitlines()) <= 40


def test_a_new_crisis_may_copy_a_bundled_one(say: Say) -> None:
    assert say("new", "mine", "--from", "georgia-2008")[0] == 0
    assert say("check", "mine.yaml")[1].startswith("mine: good.")


def test_a_new_crisis_asked_for_as_json_names_its_file(say: Say) -> None:
    _, out, _ = say("new", "mine", "--from", "georgia-2008", "--json")
    assert json.loads(out)["path"] == "mine.yaml"


def test_a_new_crisis_overwrites_nothing(say: Say, folder: Path) -> None:
    code, _, err = say("new", "small", "--from", "georgia-2008")
    assert code == 2
    assert "exists already" in err
    assert (folder / "small.yaml").read_text(encoding="utf-8") == SMALL


def test_a_new_crisis_of_impossible_parties_is_not_written(say: Say, folder: Path) -> None:
    parties = ("--attacker", "USA", "--target", "USA", "--power", "RUS")
    assert say("new", "mine", *parties)[0] == 2
    assert not (folder / "mine.yaml").exists()


def test_a_new_crisis_without_parties_says_what_it_needs(say: Say) -> None:
    code, _, err = say("new", "mine")
    assert code == 2
    assert "Give --attacker, --target and --power, or --from CRISIS." in err


def test_on_a_terminal_a_new_crisis_asks(
    say: Say, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dt.datetime(2008, 8, 8)
    answers = iter(["A quarrel", day, "Russia", "Georgia", "USA, Belarus:attacker"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers))
    assert say("new", "mine")[0] == 0
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    assert "A quarrel" in text
    assert "as_of: 2008-08-08" in text
    assert "power: BLR\n    side: attacker" in text


# --- errors ------------------------------------------------------------------------------------

WRONG: dict[str, tuple[list[str], int, str]] = {
    "no such command": (["astrology"], 2, "E101"),
    "no such option": (["assess", "small.yaml", "--drws", "5"], 2, "E101"),
    "no draws": (["assess", "small.yaml", "--draws", "0"], 2, "E101"),
    "too many draws": (["assess", "small.yaml", "--draws", "20001"], 2, "E101"),
    "no deed": (["why", "small.yaml", "RUS", "--rung", "nothing", *FEW], 2, "E101"),
    "no crisis": (["assess"], 2, "E101"),
    "an impossible day": (["assess", "small.yaml", "--as-of", "2026-02-30"], 2, "E101"),
    "no such side": (["why", "small.yaml", "RUS", "--side", "both"], 2, "E101"),
    "no such input": (["what-if", "small.yaml", "RUS", "stak=1", *FEW], 2, "E211"),
    "no such change": (["what-if", "small.yaml", "RUS", "stake=high", *FEW], 2, "E212"),
    "nothing to change": (["what-if", "small.yaml", "RUS", *FEW], 2, "E101"),
    "no goal": (["what-if", "small.yaml", "RUS", "--flip", "forces", *FEW], 2, "E213"),
    "an impossible goal": (
        ["what-if", "small.yaml", "RUS", "--flip", "forces>50", *FEW],
        2,
        "E213",
    ),
    "a path that begins too late": (
        ["path", "small.yaml", "--since", "2026-04-01", *FEW],
        2,
        "E101",
    ),
    "no such power on a path": (["path", "small.yaml", "Rusia", *FEW], 3, "E301"),
    "no such instrument": (
        ["why", "small.yaml", "RUS", "--statistic", "instrument:gold", *FEW],
        3,
        "E301",
    ),
    "a folder": (["assess", "."], 2, "E206"),
    "no such crisis": (["assess", "iran-2025"], 3, "E301"),
    "no such file": (["assess", "none.yaml"], 3, "E301"),
    "no such power": (["why", "small.yaml", "Rusia", *FEW], 3, "E301"),
    "no such power in reach": (["reach", "small.yaml", "Rusia", *FEW], 3, "E301"),
    "no such rung": (["why", "small.yaml", "RUS", "--rung", "weapon", *FEW], 3, "E301"),
    "a side it may not back": (["why", "small.yaml", "RUS", "--side", "attacker", *FEW], 3, "E301"),
    "no such code": (["explain", "E999"], 3, "E301"),
    "no such template": (["new", "mine", "--from", "iran-2062"], 3, "E301"),
    "a day before the power": (["assess", "small.yaml", *FEW, "--as-of", "1985-01-01"], 4, "E401"),
}


@pytest.mark.parametrize(("arguments", "code", "error"), list(WRONG.values()), ids=list(WRONG))
def test_what_is_wrong_ends_in_its_exit_code_and_an_error_on_the_error_stream(
    say: Say, arguments: list[str], code: int, error: str
) -> None:
    ended, out, err = say(*arguments)
    assert (ended, out) == (code, "")
    assert f"error[{error}]" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [row for row in WRONG.values() if row[0][0] not in {"astrology", "new"}],
    ids=[name for name, row in WRONG.items() if row[0][0] not in {"astrology", "new"}],
)
def test_asked_for_json_an_error_is_a_document(
    say: Say, arguments: list[str], code: int, error: str
) -> None:
    ended, out, _ = say(*arguments, "--json")
    document: dict[str, Any] = json.loads(out)
    assert ended == code
    assert set(document["error"]) == {"code", "message", "where", "hint"}
    assert document["error"]["code"] == error


def test_all_problems_of_a_file_come_in_one_document(say: Say, folder: Path) -> None:
    broken = SMALL.replace("stake: [0.2, 0.6]", "stak: 1").replace("[IRN]", "[Iarn]")
    (folder / "small.yaml").write_text(broken, encoding="utf-8")
    code, out, _ = say("assess", "small.yaml", "--json")
    assert code == 2
    assert [(one["code"], one["where"]["line"]) for one in json.loads(out)["errors"]] == [
        ("E202", 5),
        ("E201", 7),
    ]


@pytest.mark.parametrize("error", [KeyboardInterrupt, click.exceptions.Abort])
def test_an_interruption_ends_in_130(
    say: Say, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "_answer", interrupted)
    code, out, err = say("assess", "small.yaml")
    assert (code, out) == (130, "")
    assert err.removeprefix(NOTE).strip() == "interrupted"


@pytest.mark.parametrize(
    "arguments",
    [
        ["why", "small.yaml", "RUS"],
        ["what-if", "small.yaml", "RUS", "--flip", "forces>50%"],
        ["path", "small.yaml"],
    ],
    ids=named,
)
def test_a_long_question_may_be_interrupted(
    say: Say, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(resolving, "solve", interrupted)
    monkeypatch.setattr(resolving, "solve_inputs", interrupted)
    code, out, err = say(*arguments, *FEW)
    assert (code, out, err.removeprefix(NOTE).strip()) == (130, "", "interrupted")


def test_a_fault_of_our_own_is_not_hidden(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(cli, "_answer", faulty)
    with pytest.raises(ZeroDivisionError, match="ours"):
        main(["assess", "small.yaml"])


# --- the terminal ------------------------------------------------------------------------------


def test_the_program_says_its_version(sidelines: Run) -> None:
    done = sidelines("--version")
    assert (done.returncode, done.stdout) == (0, f"sidelines, version {VERSION}\n")


def test_the_package_runs_as_a_program(folder: Path) -> None:
    command = [sys.executable, "-m", "sidelines", "--version"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"sidelines, version {VERSION}\n"


PRINTING = [["list"], ["show", "iran-2026", "--json"], ["--help"], ["explain", "E999", "--json"]]


@pytest.mark.parametrize("arguments", PRINTING, ids=named)
def test_a_reader_that_stops_early_hears_no_complaint(folder: Path, arguments: list[str]) -> None:
    with subprocess.Popen([PROGRAM, *arguments], stdout=-1, stderr=-1) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


def run_in_shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program with the redirections of a shell."""
    told = {**os.environ, "PROGRAM": str(PROGRAM), **environment}
    return subprocess.run(
        f'"$PROGRAM" {line}', shell=True, env=told, capture_output=True, check=False
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write")
@pytest.mark.parametrize("arguments", PRINTING, ids=named)
def test_a_full_disk_is_an_error_of_its_own(arguments: list[str]) -> None:
    done = run_in_shell(f"{' '.join(arguments)} >/dev/full")
    said = b"error[E103] standard output cannot be written: No space left on device.\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_a_closed_standard_output_is_an_error_of_its_own() -> None:
    done = run_in_shell("list >&-")
    said = b"error[E103] standard output cannot be written: it is closed.\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_with_a_file_to_write_to_standard_output_may_be_closed(folder: Path) -> None:
    done = run_in_shell("list --json -o list.json >&-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads((folder / "list.json").read_text(encoding="utf-8"))


def test_a_file_that_fails_is_not_mistaken_for_standard_output(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file", "table.csv")

    monkeypatch.setattr(cli, "_answer", failing)
    with pytest.raises(FileNotFoundError):
        main(["assess", "small.yaml"])


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1:strict"])
def test_letters_that_an_encoding_lacks_are_replaced(folder: Path, encoding: str) -> None:
    title = SMALL.replace("A made-up crisis", "Дело ≥ №1 [/r]")
    (folder / "small.yaml").write_text(title, encoding="utf-8")
    done = run_in_shell("assess small.yaml --draws 5", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, NOTE.encode())
    assert b"[/r]" in done.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_document_loses_no_letters(folder: Path, encoding: str) -> None:
    title = SMALL.replace("A made-up crisis", "Дело № 1")
    (folder / "small.yaml").write_text(title, encoding="utf-8")
    done = run_in_shell("show small.yaml --json", PYTHONIOENCODING=encoding)
    assert json.loads(done.stdout.decode(encoding))["crisis"]["title"] == "Дело № 1"


@pytest.mark.parametrize("arguments", [*([*one, *FEW] for one in ASKING), *SHELF], ids=named)
def test_no_line_ends_in_blanks(say: Say, arguments: list[str]) -> None:
    _, out, _ = say(*arguments)
    assert not [line for line in out.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("columns", ["60", "200"])
@pytest.mark.parametrize(
    "arguments",
    [*([*one, *FEW] for one in ASKING), ["list"], ["show", "iran-2026"]],
    ids=named,
)
def test_a_page_fits_the_terminal(
    say: Say, monkeypatch: pytest.MonkeyPatch, columns: str, arguments: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = say(*arguments)
    assert max(map(len, out.splitlines())) <= int(columns)


def seen_on_a_terminal(folder: Path, **environment: str) -> str:
    """Return what a command prints on a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    done = subprocess.run(
        [PROGRAM, "assess", "small.yaml", *FEW],
        cwd=folder,
        env={**kept, "COLUMNS": "100", "TERM": "xterm-256color", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=True,
    )
    os.close(theirs)
    pages = []
    try:
        while chunk := os.read(ours, 65536):
            pages.append(chunk)
    except OSError:  # the other end is closed: all has been read
        pass
    os.close(ours)
    assert done.stderr == NOTE.encode()
    return b"".join(pages).decode()


def test_a_terminal_has_colours(folder: Path) -> None:
    assert "\x1b[38;" in seen_on_a_terminal(folder)


def test_no_color_means_no_colour(folder: Path) -> None:
    assert "\x1b[38;" not in seen_on_a_terminal(folder, NO_COLOR="1")


def test_without_a_compiled_kernel_a_note_says_that_it_is_slower(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIDELINES_KERNEL", "numpy")
    _, out, err = say("assess", "small.yaml", "--json", *FEW)
    assert "solving on numpy, about ten times slower, as SIDELINES_KERNEL asks for it." in err
    assert json.loads(out)["crisis"]["id"] == "small"


def test_a_note_says_how_to_build_a_kernel_that_is_missing(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidelines.choice.kernel.engine", lambda: "numpy")
    monkeypatch.delenv("SIDELINES_KERNEL", raising=False)
    assert "no compiled kernel here" in say("assess", "small.yaml", "--json", *FEW)[2]


ICB = ("icb1v14.csv", "icb2v14.csv")


@pytest.fixture
def own_data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of research data with nothing in it but a place for one data set."""
    monkeypatch.setenv("SIDELINES_DATA", str(folder))
    (folder / "icb").mkdir()
    return folder / "icb"


def test_a_data_set_that_was_asked_for_and_is_missing_ends_in_4(say: Say, own_data: Path) -> None:
    assert say("data", "verify", "icb")[0] == 4
    assert say("data", "verify")[0] == 0


def test_a_file_that_lacks_a_column_ends_in_5_with_one_document(say: Say, own_data: Path) -> None:
    for name in ICB:
        (own_data / name).write_text("crisno\n", encoding="utf-8")
    code, out, _ = say("data", "verify", "icb", "--json")
    assert code == 5
    assert json.loads(out)["datasets"][0]["status"] == "unreadable"


def test_another_version_that_can_be_read_is_a_warning(say: Say, own_data: Path) -> None:
    from sidelines.facts.official.catalogue import entry

    for file, name in zip(entry("icb").files, reversed(ICB), strict=True):
        (own_data / name).write_text(",".join(file.columns) + "\n", encoding="utf-8")
    code, _, err = say("data", "verify", "icb")
    assert (code, err) == (0, "warning: another version than we tested with: icb\n")


# --- the record --------------------------------------------------------------------------------

RECORD = {
    "meta": {"version": VERSION},
    "development": "1955-2017",
    "trials": 3,
    "labels": {},
    "held_out": {"years": "2018 and later", "scored_on": "2026-11-23", "sentences": []},
    "tasks": {},
}


@pytest.fixture
def record(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a record without tasks in the place of the one that ships."""
    from sidelines.report import record_documents

    monkeypatch.setattr(record_documents, "shipped_document", lambda: RECORD)


@pytest.mark.usefixtures("record")
def test_the_record_that_ships_can_be_printed(say: Say) -> None:
    code, out, err = say("backtest", "--shipped")
    assert (code, err) == (0, "")
    assert "Held out, 2018 and later" in out


@pytest.mark.usefixtures("record")
def test_without_research_files_the_record_that_ships_is_printed(say: Say) -> None:
    code, out, err = say("backtest", "--json")
    assert (code, json.loads(out)) == (0, RECORD)
    assert err.startswith("note: no research files here")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("filters", [["icb"], ["--power", "USA"], ["--years", "1990"]], ids=named)
def test_of_the_record_that_ships_no_part_can_be_asked(say: Say, filters: list[str]) -> None:
    code, out, err = say("backtest", "--shipped", *filters)
    assert (code, out) == (4, "")
    assert f"{filters[0]} needs the research files" in " ".join(err.split())


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["icbb"], 3, "Did you mean icb?"),
        (["--years", "nonsense"], 2, "Write 1990-2017, or 1991."),
        (["--years", "2017-1990"], 2, "Write 1990-2017."),
        (["--power", "NATO"], 2, "is no state"),
        (["--workers", "0"], 2, "1<=x<=64"),
    ],
    ids=lambda given: named(given) if isinstance(given, list) else None,
)
def test_a_question_that_the_record_cannot_answer_is_refused_before_any_work(
    say: Say, arguments: list[str], code: int, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "_has_research_data", lambda: True)
    ended, out, err = say("backtest", *arguments)
    assert (ended, out) == (code, "")
    assert hint in err


@pytest.mark.usefixtures("own_data")
def test_a_fit_without_research_files_names_what_is_missing(
    say: Say, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    code, _, err = say("fit")
    assert code == 4
    assert "sidelines data where icb" in err
    assert not (folder / "fits").exists()

"""The documentation is complete, and what it shows is what happens."""

import csv
import datetime as dt
import doctest
import importlib
import inspect
import json
import os
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sidelines.crisis.schema import crisis_schema
from sidelines.report.explain import codes
from sidelines.terms.ladder import RUNGS
from tables import public_names
from transcript import commands

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [ROOT / "README.md", *(p for p in ROOT.glob("docs/**/*.md") if "_build" not in p.parts)]
)
PROGRAM = Path(sys.executable).with_name("sidelines")
MECHANISMS = ["sidelines.reach", "sidelines.effect", "sidelines.choice"]
TABLES = sorted(ROOT.glob("src/sidelines/facts/tables/*.csv"))

FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ sidelines (?P<line>.+?)(?:\s+# exits (?P<code>\d+))?$", re.MULTILINE)
GENERATED = re.compile(r"\[\[\[cog.*?\[\[\[end\]\]\]", re.DOTALL)
FILE = re.compile(r"\A# file: (?P<name>[\w.-]+)\n")
UNIT = re.compile(r"\[[^\]]+\]")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__name__}"


def written(page: Path) -> str:
    """Return a page without its generated parts, which cog runs itself."""
    return GENERATED.sub("", page.read_text(encoding="utf-8"))


def blocks(page: Path, *languages: str) -> Iterator[re.Match[str]]:
    return (block for block in FENCE.finditer(written(page)) if block["language"] in languages)


def pages_with(pattern: str) -> list[Path]:
    found = re.compile(pattern, re.MULTILINE)
    return [page for page in PAGES if found.search(written(page))]


def quick(line: str) -> list[str]:
    """Return the arguments of a command line, with few draws where it leaves their number open."""
    arguments = shlex.split(line)
    options = {option for one in commands()[arguments[0]].params for option in one.opts}
    few = "--draws" in options and "--draws" not in arguments
    return [*arguments, "--draws", "10"] if few else arguments


def keys_of(node: object) -> set[str]:
    """Return every key of a document, except where the keys are data themselves."""
    if isinstance(node, list):
        return {key for item in node for key in keys_of(item)}
    if not isinstance(node, dict):
        return set()
    inner = [keys_of(value) for key, value in node.items() if key not in {"vintages", "sets"}]
    return set(node).union(*inner)


def public_functions() -> list[Callable[..., object]]:
    """Return the functions a reader of the mechanisms may call, each once, from its own module."""
    found = []
    for room in map(importlib.import_module, MECHANISMS):
        names = [info.name for info in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")]
        for module in map(importlib.import_module, names):
            members = inspect.getmembers(module, inspect.isfunction)
            found += [
                function
                for name, function in members
                if not name.startswith("_") and function.__module__ == module.__name__
            ]
    return found


def is_quantity(annotation: object) -> bool:
    """Tell whether a parameter or result is a number or an array of them, and so has a unit."""
    return annotation is float or "Float[" in str(annotation)


def described(name: str, text: str) -> str:
    """Return the indented lines that a docstring in the numpy style has below a name."""
    several = rf"^(?:[\w.]+, )*{re.escape(name)}(?:, [\w.]+)*\n((?:    .*\n?|\n)+)"
    found = re.search(several, text, re.MULTILINE)
    return found[1] if found else ""


# --- pages -------------------------------------------------------------------------------------


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    pages = {named(page).removeprefix("docs/").removesuffix(".md") for page in PAGES}
    assert pages - {"README", "index"} == set(
        re.findall(r"^[a-z-]+/[a-z-]+$|^[a-z]+$", index, re.M)
    )


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


def test_generated_parts_are_current() -> None:
    program = Path(sys.executable).with_name("cog")
    arguments = [program, "--check", "--diff", "-I", "tools", "--verbosity=0", *map(named, PAGES)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"run `make cog`\n{done.stdout}{done.stderr}"


def test_citation_names_the_version_and_the_changelog_knows_it() -> None:
    from sidelines.terms.version import VERSION

    assert f"\nversion: {VERSION}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {VERSION} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# --- the command line --------------------------------------------------------------------------


def test_every_command_has_its_section_in_the_reference() -> None:
    page = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    assert set(commands()) <= set(re.findall(r"^## ([a-z-]+)$", page, re.MULTILINE))


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_says_what_it_does_and_what_its_options_mean(name: str) -> None:
    command = commands()[name]
    options = [one for one in command.params if getattr(one, "opts", [""])[0].startswith("-")]
    assert command.get_short_help_str()
    assert not [one.opts for one in options if not getattr(one, "help", "--help")]


def assert_serves(line: str) -> None:
    """A server runs until it is told to end: it is enough that it says where it is."""
    arguments = [PROGRAM, *quick(line), "--no-open"]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stderr is not None
        try:
            assert "http://127.0.0.1:" in server.stderr.readline()
        finally:
            server.terminate()


@pytest.mark.parametrize("page", pages_with(r"^\$ sidelines "), ids=named)
def test_the_commands_on_a_page_run(page: Path, tmp_path: Path) -> None:
    """Run a page from top to bottom in a folder of its own, writing the files that it shows."""
    for block in blocks(page, "console", "yaml"):
        if file := FILE.search(block["text"]):
            (tmp_path / file["name"]).write_text(block["text"], encoding="utf-8")
        for command in COMMAND.finditer(block["text"]):
            if command["line"].startswith("serve"):
                assert_serves(command["line"])
                continue
            done = subprocess.run(
                [PROGRAM, *quick(command["line"])],
                cwd=tmp_path,
                env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            assert done.returncode == int(command["code"] or 0), f"{command[0]}\n{done.stderr}"


DOCUMENTS = [
    "assess iran-2026",
    "cite iran-2026",
    "compare georgia-2008 iran-2026",
    "data list",
    "data stale",
    "data verify nuclear",
    "data where",
    "explain E201",
    "list",
    "path iran-2026 --since 2026-03-03",
    "reach iran-2026",
    "show iran-2026",
    "what-if iran-2026 RUS --flip 'weapons>30%'",
    "what-if iran-2026 RUS stake=0.8",
    "why iran-2026 RUS",
    "why iran-2026 Rusia",
]


@pytest.mark.parametrize("line", DOCUMENTS)
def test_every_key_of_a_document_is_in_the_reference(line: str, sidelines: Run) -> None:
    page = (ROOT / "docs/reference/json.md").read_text(encoding="utf-8")
    document = json.loads(sidelines(*quick(line), "--json").stdout)
    described = set(re.findall(r"`([a-z0-9_]+)`", page)) | set(RUNGS)
    assert keys_of(document) - described == set()


def test_every_key_of_the_record_is_in_the_reference(sidelines: Run) -> None:
    page = (ROOT / "docs/reference/json.md").read_text(encoding="utf-8")
    document = json.loads(sidelines("backtest", "--shipped", "--json").stdout)
    names = {*document["labels"], *document["tasks"], *document["held_out"]["tasks"]}
    described = set(re.findall(r"`([a-z0-9_]+)`", page)) | set(RUNGS)
    assert keys_of(document) - described - names == set()


def test_every_key_of_a_crisis_file_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/crisis-file.md").read_text(encoding="utf-8")
    schema = crisis_schema()
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    assert keys - set(re.findall(r"`([a-z0-9_]+)`", page)) == set()


def test_every_error_code_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/errors.md").read_text(encoding="utf-8")
    assert list(codes()) == re.findall(r"^## (E\d+)$", page, re.MULTILINE)


@pytest.mark.parametrize("page", pages_with(r"^>>> "), ids=named)
def test_the_python_on_a_page_prints_what_the_page_shows(page: Path) -> None:
    text = "\n".join(block["text"] for block in blocks(page, "pycon", "python"))
    test = doctest.DocTestParser().get_doctest(text, {}, named(page), named(page), 0)
    options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    said: list[str] = []
    doctest.DocTestRunner(optionflags=options).run(test, out=said.append)
    assert not said, "".join(said)


# --- the Python side ---------------------------------------------------------------------------


def test_every_public_name_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/python.md").read_text(encoding="utf-8")
    assert public_names().strip() in page


@pytest.mark.parametrize(
    "function", public_functions(), ids=lambda f: f"{f.__module__}.{f.__name__}"
)
def test_a_mechanism_states_its_units_and_its_source(function: Callable[..., object]) -> None:
    text = inspect.getdoc(function) or ""
    signature = inspect.signature(function)
    inputs = [one.name for one in signature.parameters.values() if is_quantity(one.annotation)]
    returned = ["numpy.ndarray", "float"] if is_quantity(signature.return_annotation) else []
    assert "Source:" in text
    assert not [name for name in inputs if not UNIT.search(described(name, text))]
    assert not returned or UNIT.search("".join(described(name, text) for name in returned))


# --- the data that ships -----------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_every_row_of_a_table_says_when_and_whence(table: Path) -> None:
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    columns = [column for column in rows[0] if column != "note"]
    assert columns[-4:] == ["date", "until", "published", "source"]
    for row in rows:
        assert row["source"].strip()
        assert dt.date.fromisoformat(row["date"]) <= dt.date.fromisoformat(
            row["until"] or row["date"]
        )
        assert dt.date.fromisoformat(row["published"])

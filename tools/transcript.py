"""What the command line prints, as blocks for README.md and docs/; cog writes them in place."""

import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import click

__all__ = ["commands", "excerpt", "help_pages", "refusal", "session"]

_WIDTH = "100"
_STRANGER = {name: value for name, value in os.environ.items() if name != "SIDELINES_DATA"}


def commands() -> dict[str, click.Command]:
    """Return every command of the command line by its name, in the order of its help page."""
    from sidelines import cli

    group = next(value for value in vars(cli).values() if isinstance(value, click.Group))
    context = click.Context(group, info_name="sidelines")
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command and not command.hidden}


def session(*lines: str) -> str:
    """Return a console block: each command line behind a prompt, then what it prints."""
    entries = [f"$ {line}\n{_run(line)}" for line in lines]
    return "\n```console\n" + "\n".join(entries) + "```\n"


def excerpt(line: str, *wanted: str) -> str:
    """Return a console block with only some of what a command prints, `...` for each gap.

    Every pattern must match a line; a sentence is kept to its end. One that matches nothing is an
    error, so that an excerpt never says less than it says it does.
    """
    printed = _run(line).splitlines()
    kept = sorted({number for pattern in wanted for number in _matching(pattern, printed)})
    shown: list[str] = []
    for before, number in pairwise([-1, *kept, len(printed)]):
        gap = printed[before + 1 : number]
        shown += ["..."] if any(gap) else []
        shown += [""] if gap and not gap[-1] else []
        shown += printed[number : number + 1]
    return "\n```console\n" + "\n".join([f"$ {line}", *shown]).rstrip() + "\n```\n"


def _matching(pattern: str, printed: list[str]) -> list[int]:
    found = [number for number, text in enumerate(printed) if re.search(pattern, text)]
    if not found:
        raise ValueError(f"{pattern!r} matches nothing that the command prints")
    return [inner for number in found for inner in _sentence(number, printed)]


def _sentence(number: int, printed: list[str]) -> list[int]:
    """Return a line, with the lines on which its sentence goes on if it begins one."""
    last = number
    if re.match(r"- |[A-Z]\w+: ", printed[number]):
        while not printed[last].endswith(".") and last + 1 < len(printed):
            last += 1
    return list(range(number, last + 1))


def refusal(name: str, text: str) -> str:
    """Return a crisis file as a block, and what `check` says against it as another."""
    with TemporaryDirectory() as folder:
        Path(folder, name).write_text(text, encoding="utf-8")
        said = _finished(f"sidelines check {name}", folder=folder, code=2).stderr
    return f"\n```yaml\n{text}```\n\n```console\n$ sidelines check {name}\n{_trimmed(said)}```\n"


def help_pages() -> str:
    """Return a section per command: its name as a heading, its help page as a block."""
    return "".join(
        f"\n## {name}\n\n```text\n{_run(f'sidelines {name} --help')}```\n" for name in commands()
    )


def _run(line: str) -> str:
    return _trimmed(_finished(line).stdout)


def _trimmed(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _finished(
    line: str, *, folder: str | None = None, code: int = 0
) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(line)
    finished = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=folder,
        env={**_STRANGER, "COLUMNS": _WIDTH, "NO_COLOR": "1", "TERM": "dumb"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if finished.returncode != code:
        raise ValueError(f"{line!r} ended with {finished.returncode}: {finished.stderr}")
    return finished

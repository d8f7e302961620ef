"""What the command line prints, as blocks for README.md and docs/; cog writes them in place."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

__all__ = ["commands", "help_pages", "session"]

_WIDTH = "100"


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


def help_pages() -> str:
    """Return a section per command: its name as a heading, its help page as a block."""
    return "".join(
        f"\n## {name}\n\n```text\n{_run(f'sidelines {name} --help')}```\n" for name in commands()
    )


def _run(line: str) -> str:
    program, *arguments = shlex.split(line)
    finished = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        env={**os.environ, "COLUMNS": _WIDTH, "NO_COLOR": "1", "TERM": "dumb"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return "".join(f"{text.rstrip()}\n" for text in finished.stdout.splitlines())

"""The terminal: console, tables and bars, set in letters that survive a log file."""

import shutil
from collections.abc import Callable, Iterable
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidelines.assess.assessment import Assessment
from sidelines.terms.ladder import RUNGS, Rung

__all__ = [
    "captured",
    "coloured_bar",
    "ladder_bar",
    "plain_table",
    "print_header",
    "print_next",
    "printed",
    "shortened",
]

_STYLES = ("", "", "", "#a06a00", "#c04a10", "#b02a3a", "bold red")


def printed(show: Callable[[Console], None]) -> str:
    """Return what a printing function prints on standard output.

    60 to 200 columns wide; coloured on a terminal, but never with NO_COLOR.
    """
    width = min(max(shutil.get_terminal_size((100, 40)).columns, 60), 200)
    out = _console(width=width)
    with out.capture() as page:
        show(out)
    return _trimmed(page.get())


def captured(show: Callable[[Console], None], *, width: int = 100) -> str:
    """Return what a printing function prints, as plain text."""
    buffer = StringIO()
    show(_console(width=width, file=buffer))
    return _trimmed(buffer.getvalue())


def _console(*, width: int, file: StringIO | None = None) -> Console:
    """Return a console that prints what a file says letter by letter: nothing is mark-up."""
    return Console(
        width=width,
        file=file,
        force_terminal=None if file is None else False,
        no_color=None if file is None else True,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _trimmed(page: str) -> str:
    """Return a page without the blanks at the ends of its lines."""
    return "\n".join(line.rstrip(" ") for line in page.split("\n"))


def ladder_bar(rungs: dict[str, float], width: int) -> str:
    """Return the ladder as a bar of letters, one per `1/width` of probability.

    >>> ladder_bar({"nothing": 0.5, "words": 0.25, "weapons": 0.25}, 8)
    '····wwWW'
    """
    exact = [rungs.get(rung, 0.0) * width for rung in RUNGS]
    whole = [int(value) for value in exact]
    by_rest = sorted(range(len(RUNGS)), key=lambda i: whole[i] - exact[i])
    for index in by_rest[: width - sum(whole)]:
        whole[index] += 1
    return "".join(rung.letter * count for rung, count in zip(Rung, whole, strict=True))


def coloured_bar(rungs: dict[str, float], width: int) -> Text:
    """Return the ladder as a bar of coloured letters."""
    text = Text()
    for letter in ladder_bar(rungs, width):
        text.append(letter, style=_STYLES["·wd$WAF".index(letter)])
    return text


def plain_table(*headings: str, right: Iterable[str] = ()) -> Table:
    """Return a table without lines; the columns named in `right` are set to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left", no_wrap=True)
    return table


def print_header(out: Console, answer: Assessment) -> None:
    """Print what was asked: the crisis, the day, the model, the draws."""
    crisis = answer.crisis
    out.print(Text(f"{crisis.id}  {crisis.title}", style="bold"))
    facts = f"as of {answer.as_of} · model {answer.parameters.version} · {answer.draws:,} draws"
    hindsight = " · with hindsight" if answer.hindsight else ""
    out.print(f"{facts} · seed {answer.seed}{hindsight}\n")


def shortened(name: str, width: int) -> str:
    """Return a name of at most `width` letters.

    >>> shortened("Bosnia and Herzegovina", 10)
    'Bosnia an…'
    """
    return name if len(name) <= width else f"{name[: width - 1]}…"


def print_next(out: Console, *commands: str) -> None:
    """Print the commands that lead on."""
    out.print(Text("Next: " + " · ".join(f"sidelines {c}" for c in commands), style="dim"))

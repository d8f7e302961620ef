"""The page of `path`: the largest move in a sentence, then day by day who moved and by what."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidelines.assess.assessment import Assessment
from sidelines.report.terminal import plain_table, print_header, print_next, shortened
from sidelines.report.why_page import capital
from sidelines.report.words import name_of, percent, points, side_name
from sidelines.terms.ladder import INSTRUMENTS
from sidelines.terms.roles import Side

__all__ = ["print_path"]

_SHOWN = ("weapons", "forces")
_HALF_A_POINT = 0.005
_MOST_ROWS = 6
_CERTAIN = 1 - 1e-9
_WIDE = 92
_ROOM_FOR_REASONS = 76
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_HEADINGS = ("≥ weapons", "Change", "Forces", "Change ")


def print_path(out: Console, answer: Assessment, document: dict[str, Any], *, asked: str) -> None:
    """Print a crisis as a dated path."""
    print_header(out, answer)
    power = document["power"]
    out.print(f"{_sentence(answer, document)}\n")
    steps = document["steps"]
    if any(step["changes_something"] for step in steps):
        if power is None:
            _print_days(out, document)
        else:
            _print_powers(out, answer, document)
        _print_footing(out, document)
    first = power or (document["largest"] or {}).get("id") or answer.crisis.powers[0].power
    following = f"path {asked} {first}" if power is None else f"why {asked} {first}"
    print_next(out, following, f"assess {asked}")


def _sentence(answer: Assessment, document: dict[str, Any]) -> str:
    """Return what the path comes to, in a sentence or two."""
    steps, largest = document["steps"], document["largest"]
    since, who, did = document["since"], _of_whom(document), _deeds(answer, document)
    if not steps:
        return f"Nothing in {answer.crisis.id} is dated between {since} and {answer.as_of}."
    days = f"{len(steps)} day{'s' if len(steps) > 1 else ''}"
    span = f"From {since} to {answer.as_of} something is dated on {days}"
    silent = (
        "None of its events sets an input: what moves is what powers said and did. "
        if not _any_event_sets(document)
        else ""
    )
    if not any(step["changes_something"] for step in steps):
        return f"{span}, but nothing of it changes an input: the chances{who} stay as they were."
    if largest is None or abs(largest["moved"]["p"]) < _HALF_A_POINT:
        return f"{span}. {silent}{did}No chance of weapons or forces{who} moves by half a point."
    name = name_of(largest["id"], article=True)
    whom = side_name(answer.crisis, Side(largest["side"]))
    rung = "weapons or more" if largest["rung"] == "weapons" else largest["rung"]
    moved = largest["moved"]
    other = "other " if did else ""
    return (
        f"{span}. {silent}{did}The largest {other}move: {rung} from {name} for {whom}, "
        f"{percent(largest['before'])} to {percent(largest['after'])} on {largest['date']} "
        f"({points(moved['p'])} points, 80% range {points(moved['low'])} to "
        f"{points(moved['high'])}). Mostly by: {largest['told']}."
    )


def _deeds(answer: Assessment, document: dict[str, Any]) -> str:
    """Return who sent weapons or fought on a day of the path, and what stood before that."""
    said = []
    for step in document["steps"]:
        for move in step["moves"]:
            rung = next((rung for rung in reversed(_SHOWN) if rung in move["done"]), None)
            if rung is not None:
                name = capital(name_of(move["id"], article=True))
                whom = side_name(answer.crisis, Side(move["side"]))
                deed = "fought" if rung == "forces" else f"sent {rung}"
                chance = percent(move["before"][rung]["p"])
                said.append(f"{name} {deed} for {whom} on {step['date']}, at {chance} till then. ")
    return "".join(said)


def _of_whom(document: dict[str, Any]) -> str:
    return "" if document["power"] is None else f" of {name_of(document['power'], article=True)}"


def _any_event_sets(document: dict[str, Any]) -> bool:
    parts = [part for step in document["steps"] for part in step["parts"]]
    return any(entry["sets"] for part in parts for entry in part["entries"])


# --- day by day --------------------------------------------------------------------------------


def _print_days(out: Console, document: dict[str, Any]) -> None:
    quiet = 0
    for step in document["steps"]:
        moves = [move for move in step["moves"] if _moves(move)]
        if not moves:
            quiet += 1
            continue
        labels = _print_entries(out, step)
        _print_moves(out, moves, labels)
    if quiet:
        out.print(f"On {_count(quiet, 'more day')} no chance moves by half a point.\n")


def _count(number: int, what: str) -> str:
    return f"one {what}" if number == 1 else f"{number} {what}s"


def _moves(move: dict[str, Any]) -> bool:
    return bool(move["done"]) or any(abs(move["moved"][r]["p"]) >= _HALF_A_POINT for r in _SHOWN)


def _print_entries(out: Console, step: dict[str, Any]) -> dict[int, str]:
    """Print what is dated on a day; return the letters of the parts that change an input."""
    out.print(Text(step["date"], style="bold"))
    table = Table.grid(padding=(0, 1, 0, 0))
    labels: dict[int, str] = {}
    for number, part in enumerate(step["parts"]):
        if part["changes_something"]:
            labels[number] = _LETTERS[len(labels) % len(_LETTERS)]
        table.add_row(" ", labels.get(number, "·"), part["told"] + _sets(part))
    out.print(table)
    return labels


def _sets(part: dict[str, Any]) -> str:
    names = [name for entry in part["entries"] for name in entry["sets"]]
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return f" [sets {', '.join(names[:2])}{more}]" if names else ""


def _print_moves(out: Console, moves: list[dict[str, Any]], labels: dict[int, str]) -> None:
    wide = out.width >= _WIDE
    table = plain_table(
        "  Power",
        *(("For",) if wide else ()),
        *_HEADINGS,
        *(("Mostly by",) if wide else ()),
        right=_HEADINGS,
    )
    for move in moves[:_MOST_ROWS]:
        cells = [text for rung in _SHOWN for text in _cells(move, rung, wide=wide)]
        (amount,) = move["of_which"].values()
        told = f"{labels.get(move['mostly_by'], '')} {points(amount)}"
        table.add_row(
            "  " + shortened(move["name"], 16 if wide else 12),
            *((move["side"],) if wide else ()),
            *cells,
            *((told,) if wide else ()),
        )
    out.print(table)
    if len(moves) > _MOST_ROWS:
        out.print(
            Text(f"  and {_count(len(moves) - _MOST_ROWS, 'smaller move')} (--json)", style="dim")
        )
    out.print()


def _cells(move: dict[str, Any], rung: str, *, wide: bool) -> tuple[str, str]:
    """Return 'before to after' and the move with its range; a deed of the day is told as such."""
    before, after, moved = (move[key][rung] for key in ("before", "after", "moved"))
    if before["p"] > _CERTAIN:
        return "done", ""
    if any(INSTRUMENTS.index(deed) >= INSTRUMENTS.index(rung) for deed in move["done"]):
        return f"{percent(before['p'])} to done", points(moved["p"])
    low, high = (round(100 * moved[end]) + 0 for end in ("low", "high"))
    span = f" ({low} to {high})" if wide else ""
    return f"{percent(before['p'])} to {percent(after['p'])}", points(moved["p"]) + span


# --- one power ---------------------------------------------------------------------------------


def _print_powers(out: Console, answer: Assessment, document: dict[str, Any]) -> None:
    for whole in document["powers"]:
        side = side_name(answer.crisis, Side(whole["side"]))
        out.print(Text(f"{whole['name']} for {side}", style="bold"))
        _print_power(out, document, whole)
        out.print()


def _print_power(out: Console, document: dict[str, Any], whole: dict[str, Any]) -> None:
    wide = out.width >= _WIDE
    table = plain_table("Day", *_HEADINGS, right=_HEADINGS)
    reasons: list[str] = []
    deeds: list[str] = []
    quiet = 0
    beside = out.width >= _ROOM_FOR_REASONS
    if beside:
        table.add_column("What moved it most", overflow="fold")
    for step in document["steps"]:
        found = [m for m in step["moves"] if (m["id"], m["side"]) == (whole["id"], whole["side"])]
        quiet += not found
        for move in found:
            deeds += move["done"]
            cells = [text for rung in _SHOWN for text in _cells(move, rung, wide=wide)]
            reason = step["parts"][move["mostly_by"]]["told"]
            table.add_row(step["date"], *cells, *((reason,) if beside else ()))
            reasons.append(f"{step['date']}  {reason}")
    ends = [text for rung in _SHOWN for text in _cells({**whole, "done": deeds}, rung, wide=wide)]
    table.add_row("in all", *ends, *(("",) if beside else ()), style="bold")
    out.print(table)
    for reason in () if beside else reasons:
        out.print(reason)
    if quiet:
        out.print(f"On {_count(quiet, 'more day')} nothing moves it.")


def _print_footing(out: Console, document: dict[str, Any]) -> None:
    out.print(
        Text(
            f"Chances are structural, over {document['draws']:,} draws; changes in "
            "points, with their 80% ranges. The parts of a day add up to its change: each is the "
            "mean of what it does in the order of the file and in the reverse order. A deed on "
            "record, words too, rules out doing less and so lifts what lies above it.",
            style="dim",
        )
    )

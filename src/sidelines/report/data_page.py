"""The research data that a user holds, for a person."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidelines.report.terminal import plain_table, print_next

__all__ = ["print_data"]

Document = dict[str, Any]

_ROOM_FOR_TITLES = 90


def print_data(out: Console, document: Document, *, action: str) -> None:
    """Print what was asked of the data sets."""
    _print_folder(out, document)
    _PAGES[action](out, document["datasets"])


def _print_folder(out: Console, document: Document) -> None:
    if document["folder"]:
        out.print(f"Research data in {document['folder']}\n", soft_wrap=True)
        return
    out.print("No folder with research data: set SIDELINES_DATA, or make", soft_wrap=True)
    out.print(f"{document['usual_folder']}\n", soft_wrap=True)


def _print_list(out: Console, datasets: list[Document]) -> None:
    table = plain_table("Data set", "There", "Years", "Vintage", "Terms")
    titled = out.width >= _ROOM_FOR_TITLES
    if titled:
        table.add_column("What", overflow="fold")
    for one in datasets:
        years = f"{one['first_year']}-{one['last_year']}"
        cells = (one["dataset"], _held(one), years, one["vintage"], one["terms"]["kind"])
        table.add_row(*cells, *([one["title"]] if titled else []))
    _keep_widths(table)
    out.print(table)
    out.print()
    for kind, means in {one["terms"]["kind"]: one["terms"]["means"] for one in datasets}.items():
        out.print(f"{kind}: {means}")
    out.print()
    print_next(out, "data where", "data verify", "data stale")


def _held(one: Document) -> str:
    there = sum(file["found"] for file in one["files"])
    return "yes" if one["found"] else f"{there} of {len(one['files'])}" if there else "no"


def _keep_widths(table: Table) -> None:
    """See that only the columns that fold give way on a narrow terminal."""
    for column in table.columns:
        if column.no_wrap:
            column.min_width = max(len(str(cell)) for cell in (column.header, *column.cells))


def _print_where(out: Console, datasets: list[Document]) -> None:
    for one in datasets:
        out.print(Text(f"{one['dataset']}  {one['title']}", style="bold"))
        out.print(f"  {one['home']}")
        out.print(f"  version {one['version']}")
        for file in one["files"]:
            names = " or ".join([file["name"], *file["also"]])
            state = "there" if file["found"] else "missing"
            out.print(f"  {one['dataset']}/{names}: {state}", soft_wrap=True)
        out.print()
    print_next(out, "data verify")


def _print_verify(out: Console, datasets: list[Document]) -> None:
    table = plain_table("Status")
    table.add_column("File", overflow="fold")
    table.add_column("What it lacks", overflow="fold")
    for one in datasets:
        for file in one["files"]:
            lacks = ", ".join(file["missing_columns"])
            table.add_row(file["status"], f"{one['dataset']}/{file['name']}", lacks)
    _keep_widths(table)
    out.print(table)
    out.print("\nsame: the copy we tested with. other: another version, which may be newer.")


def _print_stale(out: Console, datasets: list[Document]) -> None:
    table = plain_table("Data set", "There", "Vintage", "Ends")
    table.add_column("Stale because", overflow="fold")
    for one in datasets:
        there = "yes" if one["found"] else "no"
        because = "; ".join(one["reasons"]) or "-"
        table.add_row(one["dataset"], there, one["vintage"], str(one["last_year"]), because)
    _keep_widths(table)
    out.print(table)


_PAGES: Mapping[str, Callable[[Console, list[Document]], None]] = MappingProxyType(
    {
        "list": _print_list,
        "where": _print_where,
        "verify": _print_verify,
        "stale": _print_stale,
    }
)

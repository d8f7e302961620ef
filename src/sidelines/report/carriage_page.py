"""What a way carries, for a person: stops, limits, ways on land, what is secure, bases."""

from typing import Any

from rich.console import Console

from sidelines.report.terminal import plain_table
from sidelines.report.words import percent

__all__ = ["print_bases", "print_carried", "print_flown", "print_overland", "print_secure"]


def print_flown(out: Console, one: dict[str, Any]) -> None:
    """Print how a way is flown, and what it carries."""
    if one["flight"] is not None:
        out.print(f"  {one['flight']['sentence']}")
    lift = one["lift"]
    if lift["t_per_day"] is None:
        out.print("  nobody knows of a fleet, so nothing is counted")
    elif lift["t_per_day"] > 0:
        out.print(f"  carries {_flow(lift)}")


def _flow(lift: dict[str, Any]) -> str:
    said = f"{lift['t_per_day']:,.0f} t a day, limited by {_limit(lift)}"
    days = lift["days_to_deliver"]
    force = f"about {lift['force_t']:,.0f} t"
    return said if days is None else f"{said}; {force} would be there in {_days(days)} days"


def _limit(lift: dict[str, Any]) -> str:
    if lift["limited_by"] == "fleet unknown":
        return "what we guess of an unknown fleet"
    return str(lift["limited_by"])


def _days(days: float | None) -> str:
    return "never" if days is None else f"{days:,.0f}"


def print_overland(out: Console, power: dict[str, Any]) -> None:
    """Print the ways on land, a sentence each."""
    if not power["overland"]:
        out.print("\nNo way on land that we know of.")
        return
    out.print()
    for way in power["overland"]:
        out.print(way["sentence"])


def print_carried(out: Console, power: dict[str, Any]) -> None:
    """Print a table of all ways of a power: chance of leave, tonnes a day, and what limits them."""
    figures = ("Leave", "t/day", "Days")
    table = plain_table("Way", *figures, "Limited by", right=figures)
    for one in power["journeys"]:
        name = f"{one['means']}: {one['from']['place']} to {one['to']['place']}"
        _add(table, name, one)
    for one in power["overland"]:
        _add(table, f"land: {one['name']}, {one['from']} to {one['to']}", one)
    if table.row_count:
        out.print()
        out.print(table)
        force_t = (power["journeys"] + power["overland"])[0]["lift"]["force_t"]
        out.print(f"Days: until about {force_t:,.0f} t are there, where leave is given; medians.")


def _add(table: Any, name: str, one: dict[str, Any]) -> None:
    lift = one["lift"]
    t_per_day = "unknown" if lift["t_per_day"] is None else f"{lift['t_per_day']:,.0f}"
    table.add_row(
        name,
        percent(one["leave_prob"]),
        t_per_day,
        _days(lift["days_to_deliver"]),
        lift["limited_by"],
    )


def print_secure(out: Console, power: dict[str, Any]) -> None:
    """Print how the claim of no secure corridor stands."""
    out.print(f"\n{power['secure']['sentence']}")


def print_bases(out: Console, document: dict[str, Any]) -> None:
    """Print who has bases near the theatre."""
    if document["bases"] is not None:
        out.print(f"\n{document['bases']['sentence']}")

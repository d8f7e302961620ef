"""The page of `what-if --flip`: the smallest change in a sentence, then what else is enough."""

from typing import Any

from rich.console import Console

from sidelines.assess.assessment import Assessment
from sidelines.assess.statistic import Statistic, parse_statistic
from sidelines.report.terminal import plain_table, print_header, print_next
from sidelines.report.why_page import (
    MOST_ROWS,
    asked_of,
    capital,
    figure_of,
    print_draws,
    print_moves,
    settled,
)
from sidelines.report.words import joined, percent

__all__ = ["print_flip"]

_INPUTS = {
    "stake": "what it gains if the side prevails",
    "commitment": "how far its ties oblige it",
    "arrival": "share of its forces that could arrive and be sustained",
    "overstretch": "share of its forces tied down elsewhere",
    "caution": "how bad a war with the other side would be, threats counted",
    "exposure": "what the other side's markets and sanctions could cost it",
    "rents": "what it gains from arms and oil",
}


def print_flip(out: Console, answer: Assessment, document: dict[str, Any], *, asked: str) -> None:
    """Print the smallest changes that carry a chance past a goal, or say that none does."""
    print_header(out, answer)
    statistic = parse_statistic(document["name"])
    power, changes = document["power"], " ".join(document["changes"])
    given = f"{changes} " if changes else ""
    out.print(_flip_sentence(answer, document, statistic))
    if document["done"]:
        return
    out.print()
    print_draws(out, document, document["from"]["p"], figure_of(statistic))
    if document["met"]:
        print_next(out, f'what-if {asked} {power} {given}--flip "{document["reverse"]}"')
        return
    if document["moves"]:
        out.print("Each row is enough; the smallest change first:")
        print_moves(out, _needed(document["moves"]))
    _print_short(out, document, statistic)
    out.print("\nWhat the inputs are, each from 0 to 1:")
    named = {name for move in (*document["moves"], *document["short"]) for name in move["inputs"]}
    for name, text in _INPUTS.items():
        if name in named:
            out.print(f"  {name}: {text}")
    out.print()
    if document["moves"]:
        settings = " ".join(document["moves"][0]["settings"])
        print_next(out, f"what-if {asked} {power} {given}{settings}")
    else:
        print_next(out, f"why {asked} {power} --statistic {document['name']}")


def _flip_sentence(answer: Assessment, document: dict[str, Any], statistic: Statistic) -> str:
    """Return the answer in a sentence or two."""
    figure = figure_of(statistic)
    given = f"with {joined(document['changes'])} " if document["changes"] else ""
    subject = capital(given + asked_of(answer, document, statistic))
    start = document["from"]
    span = f"80% range {figure(start['low'])} to {figure(start['high'])}"
    comma = "" if statistic.is_chance else ","
    now = f"{subject}{comma} is {figure(start['p'])} ({span})"
    bound = document["goal"].removeprefix(document["name"])
    if document["done"]:
        return f"{settled(answer, document, statistic)} What is done stays done."
    level = bound.lstrip("<>=")
    if document["met"]:
        where = "above" if document["upwards"] else "below"
        return f"{now}, {where} {level} already: nothing has to change."
    does = f"lifts it past {level}" if document["upwards"] else f"brings it below {level}"
    if not document["moves"]:
        return f"{now}. No single input and no two together {_plural(does)}, however far they move."
    nearest = document["moves"][0]
    words = joined(
        [
            f"{name} from {before:.2f} to {after:.2f}"
            for name, before, after in zip(
                nearest["inputs"], nearest["present"], nearest["threshold"], strict=True
            )
        ]
    )
    if document["nearest_over_all_draws"] is not None:
        words += f" ({figure(document['nearest_over_all_draws'])} over all draws)"
    if len(nearest["inputs"]) == 1:
        return f"{now}. The smallest change that {does}: {words}."
    alone = any(len(move["inputs"]) == 1 for move in document["moves"])
    only = "" if alone else f" No single input {does}."
    return f"{now}.{only} The smallest change that {does}: {words}."


def _needed(moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the moves without the pairs of which one input alone is enough."""
    alone = {move["inputs"][0] for move in moves if len(move["inputs"]) == 1}
    return [one for one in moves if len(one["inputs"]) == 1 or not alone & set(one["inputs"])]


def _plural(does: str) -> str:
    """Return 'lift it past' for 'lifts it past'."""
    verb, _, rest = does.partition(" ")
    return f"{verb.removesuffix('s')} {rest}"


def _print_short(out: Console, document: dict[str, Any], statistic: Statistic) -> None:
    """Print how far those get that never pass the goal."""
    short = [
        move for move in document["short"] if len(move["inputs"]) == 1 or not document["moves"]
    ]
    if not short:
        return
    figure = figure_of(statistic)
    there = "Chance there" if statistic.is_chance else "Strength there"
    gap = "\n" if document["moves"] else ""
    out.print(f"{gap}Not enough, all the way; how far it gets:")
    table = plain_table(
        "Input",
        "Now",
        "At",
        there,
        "Past it in",
        right=("Now", "At", there, "Past it in"),
    )
    table.columns[0].no_wrap = False
    sign = -1.0 if document["upwards"] else 1.0
    for move in sorted(short, key=lambda one: sign * one["p_at_limit"])[:MOST_ROWS]:
        table.add_row(
            " + ".join(move["inputs"]),
            ", ".join(f"{value:.2f}" for value in move["present"]),
            ", ".join(f"{value:g}" for value in move["limit"]),
            figure(move["p_at_limit"]),
            f"{percent(move['share_of_draws'])} of draws",
        )
    out.print(table)

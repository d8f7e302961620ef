"""The page of `why`: a sentence first, then the split, the sets of removals and the levers."""

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.text import Text

from sidelines.assess.assessment import Assessment
from sidelines.assess.statistic import Statistic, parse_statistic
from sidelines.report.terminal import plain_table, print_header, print_next
from sidelines.report.words import (
    joined,
    percent,
    points,
    question,
    what_batteries_do,
    what_was_heard,
)
from sidelines.terms.roles import Side

__all__ = [
    "MOST_ROWS",
    "asked_of",
    "capital",
    "figure_of",
    "print_draws",
    "print_moves",
    "print_why",
    "settled",
]

_REMOVING = {
    "geography": "arrival=1",
    "overstretch": "overstretch=0",
    "caution": "caution=0",
    "economy": "exposure=0",
    "commitment": "commitment=1",
}
_COUNT = (
    "no",
    "one removal",
    "two removals",
    "three removals",
    "four removals",
    "all five removals",
)
_WIDE = 84
MOST_ROWS = 8
_MOVES_NOTHING = 0.0005
_ARMED = {"weapons", "forces", "delivered"}  # about what a salvo has something to say


def figure_of(statistic: Statistic) -> Callable[[float], str]:
    """Return how a value of the statistic is printed: in per cent, or as strength."""
    return percent if statistic.is_chance else lambda value: f"{value:.2f}"


def _difference(statistic: Statistic) -> Callable[[float], str]:
    return points if statistic.is_chance else lambda value: f"{round(value, 2) + 0.0:+.2f}"


def asked_of(answer: Assessment, document: dict[str, Any], statistic: Statistic) -> str:
    """Return what was asked, in words."""
    return question(answer.crisis, document["power"], Side(document["side"]), statistic)


def capital(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[0].upper() + text[1:]


# --- why ---------------------------------------------------------------------------------------


def print_why(out: Console, answer: Assessment, document: dict[str, Any], *, asked: str) -> None:
    """Print the split of restraint: a waterfall in points, sets of removals, levers."""
    print_header(out, answer)
    statistic = parse_statistic(document["name"])
    figure = figure_of(statistic)
    subject = capital(asked_of(answer, document, statistic))
    if document["done"]:
        out.print(settled(answer, document, statistic) + " Nothing holds it back.")
        return
    out.print(
        f"{subject}: {figure(document['from'])} as things stand, {figure(document['to'])} with all "
        f"five factors removed. {_summary(document, statistic)}\n"
    )
    print_draws(out, document, document["from"], figure)
    strength = "Deviations" if answer.crisis.salvo_decides else "Log-odds"
    _print_waterfall(out, document, statistic, strength=strength)
    _print_geography(out, document, statistic)
    _print_definitions(out, document, statistic)
    if statistic.is_chance:
        _print_minimal_sets(out, document)
    _print_levers(out, document, statistic)
    _print_pairs(out, document)
    out.print(f"\n{what_was_heard(answer.crisis, document['power'], document['signal'])}\n")
    if document["salvo"] is not None and document["name"].removeprefix("instrument:") in _ARMED:
        out.print(f"{what_batteries_do(document['power'], document['salvo'])}\n")
    names = document["minimal_sets"][0] if document["minimal_sets"] else [_strongest(document)]
    changes = " ".join(_REMOVING[name] for name in names)
    commands = [f"what-if {asked} {document['power']} {changes}"] if changes else []
    if statistic.is_chance:
        commands.append(f'what-if {asked} {document["power"]} --flip "{document["goal"]}"')
    print_next(out, *commands)


def _strongest(document: dict[str, Any]) -> str:
    """Return the factor whose removal alone does most."""
    alone = document["interactions"]
    return max(alone, key=lambda factor: float(alone[factor]["first"]))


def settled(answer: Assessment, document: dict[str, Any], statistic: Statistic) -> str:
    """Return that what was asked has happened."""
    asked = asked_of(answer, document, statistic).removeprefix("the chance that")
    return f"No chance is left to tell: that{asked} is done already."


def print_draws(
    out: Console, document: dict[str, Any], start: float, figure: Callable[[float], str]
) -> None:
    """Say how the answer over all draws differs, where it does."""
    whole = figure(document["from_all_draws"])
    if whole != figure(start):
        out.print(Text(f"Over {document['draws']:,} draws; {whole} over all.\n", style="dim"))


def _summary(document: dict[str, Any], statistic: Statistic) -> str:
    """Return who carries most of the difference, and how many removals even odds take."""
    ranked = sorted(document["factors"].items(), key=lambda item: -item[1])
    total = document["to"] - document["from"]
    carried = ranked[0][1] + ranked[1][1]
    said = ""
    if total > _MOVES_NOTHING:
        first, second = ranked[0][0], ranked[1][0]
        unit = " points" if statistic.is_chance else ""
        carries = _difference(statistic)(carried)[1:]
        said = f"{capital(first)} and {second} carry {carries} of the "
        said += f"{_difference(statistic)(total)[1:]}{unit} between."
    if not statistic.is_chance:
        return said
    sets = document["minimal_sets"]
    if not sets and total < -_MOVES_NOTHING:
        return "Removing all five lowers it: what is no longer held back goes elsewhere."
    if not sets:
        return f"{said} Not even all five removed lift it to even odds.".strip()
    size = len(sets[0])
    if size == 0:
        return f"{said} It stands at even odds or better already.".strip()
    alone = "One removal alone lifts" if size == 1 else f"It takes {_COUNT[size]} together to lift"
    return f"{said} {alone} it to even odds.".strip()


def _print_waterfall(
    out: Console, document: dict[str, Any], statistic: Statistic, *, strength: str
) -> None:
    wide = out.width >= _WIDE
    unit = "Points" if statistic.is_chance else strength
    figures = [unit, "80% range", *(("Direct", "Alone", "Last") if wide else ())]
    table = plain_table("Held back by", *figures, "", right=figures)
    difference = _difference(statistic)
    scale = max(*(abs(value) for value in document["factors"].values()), 1e-3)
    room = max(4, min(24, out.width - (68 if wide else 44)))
    for factor, value in sorted(document["factors"].items(), key=lambda item: -item[1]):
        span, parts = document["ranges"][factor], document["interactions"][factor]
        more = (document["direct"]["factors"][factor], parts["first"], parts["last"])
        table.add_row(
            factor,
            difference(value),
            f"{difference(span['low'])} to {difference(span['high'])}",
            *(difference(one) for one in (more if wide else ())),
            "█" * round(room * abs(value) / scale),
        )
    direct = difference(document["direct"]["to"] - document["from"])
    blanks = (direct, "", "") if wide else ()
    total = sum(document["factors"].values())
    table.add_row("together", difference(total), "", *blanks, "", style="bold")
    out.print(table)
    if wide:
        said = (
            "Direct: the part that needs no response of the others. Alone: removed by itself. "
            "Last: removed after the other four."
        )
        out.print(Text(said, style="dim"))


def _print_geography(out: Console, document: dict[str, Any], statistic: Statistic) -> None:
    """Print what geography consists of: the obstacles, and what each takes from what is sent."""
    found = document["geography"]
    parts, taken = found["factors"], found["taken"]
    if not any(parts.values()):
        return
    unit = "Points" if statistic.is_chance else "Share"
    table = plain_table(
        "Geography is", unit, *map(capital, taken), right=(unit, *map(capital, taken))
    )
    for name, value in sorted(parts.items(), key=lambda item: -item[1]):
        lost = (percent(_plain(of[name])) for of in taken.values())
        table.add_row(name, _difference(statistic)(value), *lost)
    arrives = (percent(1.0 - sum(of.values())) for of in taken.values())
    table.add_row("what arrives", "", *arrives, style="bold")
    out.print()
    out.print(table)
    out.print(
        Text("Under each instrument: what the obstacle takes from what is sent.", style="dim")
    )


def _plain(share: float) -> float:
    """Return a share, nothing where it is smaller than what draws can tell."""
    return share if abs(share) >= _MOVES_NOTHING else 0.0


def _print_definitions(out: Console, document: dict[str, Any], statistic: Statistic) -> None:
    """Print what removing means, which factors reinforce each other, and what stands apart."""
    difference = _difference(statistic)
    unit = " points" if statistic.is_chance else ""
    out.print("\nWhat removing means:")
    for factor, text in document["removals"].items():
        out.print(f"  {factor}: {text}")
    out.print("Within geography:")
    for obstacle, text in document["geography"]["removals"].items():
        out.print(f"  {obstacle}: {text}")
    strongest = sorted(document["pairs"], key=lambda pair: -abs(pair["interaction"]))[:2]
    words = [
        f"{' and '.join(pair['factors'])} ({difference(pair['interaction'])}{unit}, 80% range "
        f"{difference(pair['low'])} to {difference(pair['high'])})"
        for pair in strongest
        if abs(pair["interaction"]) >= _MOVES_NOTHING
    ]
    if words:
        out.print(
            f"\nStrongest interactions, more (+) or less (-) than each for itself: {joined(words)}."
        )
    apart = "\nInside the present figure" if not words else "Inside the present figure"
    out.print(
        f"{apart}: {difference(document['rents'])}{unit} from rents of arms and oil, which pay for "
        "weapons rather than for fighting."
    )
    figure = figure_of(statistic)
    out.print(
        f"History adjustment: {difference(document['history_adjustment'])}{unit}, from the "
        f"structural {figure(document['from_all_draws'])} to the headline "
        f"{figure(document['headline'])}. It stays as it is in what-ifs."
    )
    _print_learned(out, document)


def _print_learned(out: Console, document: dict[str, Any]) -> None:
    """Say which shares rest on history and which on judgement."""
    learned = document["learned"]
    kinds: dict[str, list[str]] = {}
    for factor, one in learned.items():
        sign = "" if one["p_sign"] is None else f", sign {percent(one['p_sign'])}"
        kinds.setdefault(one["status"], []).append(
            f"{factor} (spread {one['sd_ratio']:.2f} of the prior's{sign})"
        )
    for status, named in kinds.items():
        out.print(f"{capital(status)}: {joined(named)}.")
    out.print(Text(f"Slopes: {document['learned_status']}.", style="dim"))


def _print_minimal_sets(out: Console, document: dict[str, Any]) -> None:
    sets = document["minimal_sets"]
    if not sets:
        share = percent(document["all_removed_share_of_draws"])
        said = "\nNo set of removals, not even all five, lifts it to even odds; "
        out.print(f"{said}in {share} of the draws all five would.")
        return
    if sets == [[]]:
        return
    out.print("\nThe smallest sets of removals that would each lift it to even odds:")
    table = plain_table(
        "Remove", "Chance then", "Even odds in", right=("Chance then", "Even odds in")
    )
    table.columns[0].no_wrap = False
    for names, odds in zip(sets, document["minimal_sets_odds"], strict=True):
        flips = f"{percent(odds['share_of_draws'])} of draws"
        table.add_row(" + ".join(names), percent(odds["p"]), flips)
    out.print(table)


def _print_levers(out: Console, document: dict[str, Any], statistic: Statistic) -> None:
    if not document["levers"]:
        return
    figure = figure_of(statistic)
    falling = document["goal"] is not None and document["goal"].partition("<")[1]
    wanted = "Below even odds" if falling else "Even odds at"
    what = "chance" if statistic.is_chance else "strength"
    out.print(f"\nOne input alone, from nothing of it (0) to all of it (1), and the {what} there:")
    last = (wanted,) if statistic.is_chance else ()
    table = plain_table(
        "Input", "Now", "At 0", "At 1", *last, right=("Now", "At 0", "At 1", wanted)
    )
    for lever in document["levers"]:
        threshold = lever["threshold"]
        at = "not within range" if threshold is None else f"{threshold:.2f}"
        table.add_row(
            lever["input"],
            f"{lever['present']:.2f}",
            figure(lever["p_at_nothing"]),
            figure(lever["p_at_all"]),
            *((at,) if last else ()),
        )
    out.print(table)


def _print_pairs(out: Console, document: dict[str, Any]) -> None:
    pairs = document["lever_pairs"]
    if not pairs:
        return
    alone = {lever["input"] for lever in document["levers"] if lever["threshold"] is not None}
    reached = sorted((one for one in pairs if one["threshold"]), key=lambda one: one["size"])
    needed = [one for one in reached if not alone & set(one["inputs"])]
    if not reached:
        best = pairs[0]
        out.print(
            f"\nNo two inputs together do it: {_all_the_way(best)} come to "
            f"{percent(best['p_at_limit'])}."
        )
        return
    if needed:
        out.print("\nTwo inputs, neither enough alone, moved by the same share of their ways:")
        print_moves(out, needed)


def _all_the_way(move: dict[str, Any]) -> str:
    """Return 'caution at 0 and stake at 1'."""
    pairs = zip(move["inputs"], move["limit"], strict=True)
    return joined([f"{name} at {end:g}" for name, end in pairs])


def print_moves(out: Console, moves: list[dict[str, Any]]) -> None:
    """Print moves that pass the goal: from where to where, and what share of the way that is."""
    table = plain_table(
        "Input", "From", "To", "Share of the way", right=("From", "To", "Share of the way")
    )
    table.columns[0].no_wrap = False
    for move in moves[:MOST_ROWS]:
        table.add_row(
            " + ".join(move["inputs"]),
            ", ".join(f"{value:.2f}" for value in move["present"]),
            ", ".join(f"{value:.2f}" for value in move["threshold"]),
            percent(move["share_of_way"]),
        )
    out.print(table)
    if len(moves) > MOST_ROWS:
        more = len(moves) - MOST_ROWS
        said = f"and {more} larger one{'s' if more > 1 else ''} (--json)"
        out.print(Text(said, style="dim"))

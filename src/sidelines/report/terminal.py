"""The terminal: the same results as the documents, set in letters that survive a log file."""

import io
import shutil
from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidelines.assess.assessment import Assessment
from sidelines.crisis.model import Crisis
from sidelines.report.documents import assess_document
from sidelines.report.words import joined, likelihood, name_of, percent, percent_range, side_name
from sidelines.terms.ladder import RUNGS, Rung
from sidelines.terms.roles import Side

__all__ = [
    "captured",
    "console",
    "ladder_bar",
    "print_assessment",
    "print_cite",
    "print_compare",
    "print_list",
    "print_reach",
    "print_show",
    "print_what_if",
    "print_why",
]

_SHORTEST_BAR = 12
_LIKELY, _HARDLY = 0.55, 0.05
_ROOM_FOR_DISTANCES = 92
_STYLES = ("", "", "", "#a06a00", "#c04a10", "#b02a3a", "bold #7d1a5e")


def console() -> Console:
    """Return a console on standard output, 60 to 200 columns wide; NO_COLOR is respected."""
    width = min(max(shutil.get_terminal_size((100, 40)).columns, 60), 200)
    return Console(width=width, highlight=False, soft_wrap=False, emoji=False)


def captured(show: Callable[[Console], None]) -> str:
    """Return what a printing function prints, as plain text of 100 columns."""
    buffer = io.StringIO()
    show(Console(file=buffer, width=100, highlight=False, emoji=False, no_color=True))
    return buffer.getvalue()


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


def _bar(rungs: dict[str, float], width: int) -> Text:
    text = Text()
    for letter in ladder_bar(rungs, width):
        text.append(letter, style=_STYLES["·wd$WAF".index(letter)])
    return text


def _plain_table(*headings: str, right: Iterable[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left", no_wrap=True)
    return table


def _header(out: Console, answer: Assessment) -> None:
    crisis = answer.crisis
    out.print(Text(f"{crisis.id}  {crisis.title}", style="bold"))
    facts = f"as of {answer.as_of} · model {answer.parameters.version} · {answer.draws:,} draws"
    hindsight = " · with hindsight" if answer.hindsight else ""
    out.print(f"{facts} · seed {answer.seed}{hindsight}\n")


def print_assessment(
    out: Console, answer: Assessment, *, asked: str, verbose: bool = False
) -> None:
    """Print the answer: a table per side, a sentence per power, then trust and what is missing."""
    document = assess_document(answer)
    _header(out, answer)
    width = min(56, out.width - 66)
    for side in Side:
        powers = [power for power in document["powers"] if power["side"] == side.value]
        if powers:
            _side_table(out, answer.crisis, side, powers, width)
    letters = " ".join(f"{rung.letter} {rung.word}" for rung in Rung)
    out.print(Text(f"{letters}\n80% ranges over draws, in per cent\n", style="dim"))
    for side in Side:
        powers = [power for power in document["powers"] if power["side"] == side.value]
        _print_sentences(out, answer.crisis, side, powers)
    _print_footing(out, answer, document, verbose=verbose)
    first = document["powers"][0]["id"]
    print_next(
        out,
        f"why {asked} {first}",
        f"reach {asked}",
        f"what-if {asked} {first} overstretch=-50%",
    )


def _print_sentences(
    out: Console, crisis: Crisis, side: Side, powers: list[dict[str, Any]]
) -> None:
    """Print a sentence per power; those that most likely do nothing at all share one."""
    quiet = [power for power in powers if _is_quiet(power)]
    for power in powers:
        if power not in quiet:
            out.print(f"- {power['verdict']}")
    if quiet:
        names = joined([name_of(power["id"], article=True) for power in quiet])
        least = min(power["rungs"]["nothing"] for power in quiet)
        out.print(
            f"- {likelihood(least).capitalize()} (at least {percent(least)} each) that nothing "
            f"comes for {side_name(crisis, side)} from {names}; almost no chance (below 5% each) "
            "of weapons or more."
        )
    if powers:
        out.print()


def _is_quiet(power: dict[str, Any]) -> bool:
    weapons = power["at_least"]["weapons"]["p"]
    return not power["done"] and power["rungs"]["nothing"] >= _LIKELY and weapons < _HARDLY


def _side_table(
    out: Console, crisis: Crisis, side: Side, powers: list[dict[str, Any]], width: int
) -> None:
    out.print(Text(f"For {side_name(crisis, side)}", style="bold"))
    ladder = ("Ladder",) if width >= _SHORTEST_BAR else ()
    table = _plain_table(
        "Power", "Most likely", *ladder, "≥ weapons", "Forces", right=("≥ weapons", "Forces")
    )
    for power in sorted(powers, key=lambda p: -p["at_least"]["weapons"]["p"]):
        mark = " *" if power["overridden"] else ""
        bar = (_bar(power["rungs"], width),) if ladder else ()
        table.add_row(
            _short(power["name"], 20 if ladder else 14) + mark,
            max(power["rungs"], key=power["rungs"].get),
            *bar,
            *(_chance(power, rung) for rung in ("weapons", "forces")),
        )
    out.print(table)
    out.print()


def _short(name: str, width: int) -> str:
    return name if len(name) <= width else f"{name[: width - 1]}…"


def _chance(power: dict[str, Any], rung: str) -> str:
    """Return a chance with its range, or 'done' for what has happened already."""
    if any(RUNGS.index(used) >= RUNGS.index(rung) for used in power["done"]):
        return "done"
    value = power["at_least"][rung]
    return f"{percent(value['p'])} ({percent_range(value['low'], value['high'])})"


def _print_footing(
    out: Console, answer: Assessment, document: dict[str, Any], *, verbose: bool
) -> None:
    """Print how far to trust the answer, and what it lacks."""
    for power in document["powers"]:
        for one in power["overridden"]:
            at = "at least " if one["at_least"] else ""
            out.print(
                f"* {power['name']}: {at}{one['rung']} put at {percent(one['probability'])} "
                f"by the user: {one['reason']}"
            )
    out.print(
        f"Trust: {answer.parameters.status}. Slopes are priors set from published base rates; "
        "no skill is claimed."
    )
    equilibrium = document["equilibrium"]
    if equilibrium["status"] == "none other found":
        share = percent(equilibrium["certified_share"])
        out.print(
            f"One equilibrium: proved in {share} of draws, in the others no second was found."
        )
    if not equilibrium["unique"]:
        share = percent(equilibrium["multiple_share"])
        out.print(f"More than one equilibrium in {share} of draws; the forecast is their mixture.")
    _print_error(out, answer, document)
    if document["facts_as_of"]:
        out.print(f"Facts as of {document['facts_as_of']} (the oldest figure used) or later.")
    if answer.crisis.retrospective and not answer.hindsight:
        out.print("Retrospective: data sets released later describe the time before the crisis.")
    if answer.as_of > answer.written:
        out.print(f"The crisis file says nothing of what happened after {answer.written}.")
    _print_names(out, "Older than 18 months", document["old"], verbose=verbose)
    _print_names(out, "Left out as later than the as-of date", document["dropped"], verbose=verbose)
    _print_names(out, "Missing, a wide range stands in", document["missing"], verbose=verbose)
    _print_names(out, "Assumed by judgement", document["assumed"], verbose=verbose)


def _print_error(out: Console, answer: Assessment, document: dict[str, Any]) -> None:
    if answer.draws == 1:
        out.print("Monte Carlo error unknown: there is one draw only.")
        return
    reached = [power["at_least"][rung] for power in document["powers"] for rung in RUNGS[1:]]
    error = max(one["monte_carlo_error"] for one in reached)
    out.print(f"Monte Carlo error of a probability: at most {100 * error:.1f} points.")


def _print_names(out: Console, title: str, names: list[str], *, verbose: bool) -> None:
    if not names:
        return
    shown = names if verbose else names[:4]
    rest = len(names) - len(shown)
    more = f" and {rest} more (--verbose)" if rest else ""
    out.print(f"{title} ({len(names)}): {', '.join(shown)}{more}.")


def print_next(out: Console, *commands: str) -> None:
    """Print the commands that lead on."""
    out.print(Text("Next: " + " · ".join(f"sidelines {c}" for c in commands), style="dim"))


def print_why(out: Console, answer: Assessment, document: dict[str, Any], *, asked: str) -> None:
    """Print the split of restraint: a waterfall in points, sets of removals, levers."""
    _header(out, answer)
    who = name_of(document["power"], article=True)
    whom = side_name(answer.crisis, Side(document["side"]))
    if document["done"]:
        out.print(
            f"{document['statistic']} of {who} for {whom}: done already; nothing holds it back."
        )
        return
    low, high = document["from"], document["to"]
    out.print(
        f"{document['statistic']} of {who} for {whom}: {percent(low)} as things stand, "
        f"{percent(high)} with all five factors removed.\n"
    )
    _print_waterfall(out, document)
    out.print("\nWhat removing means:")
    for factor, text in document["removals"].items():
        out.print(f"  {factor}: {text}")
    out.print(
        f"\nInside the present figure: {_points(document['rents'])} from rents of arms and oil, "
        "which pay for weapons rather than for fighting."
    )
    out.print(f"History adjustment {_points(document['history_adjustment'])}.")
    out.print(f"Every share is assumed, not learned from history: {document['learned_status']}.\n")
    _print_minimal_sets(out, document)
    _print_levers(out, document)
    out.print()
    print_next(out, f"what-if {asked} {document['power']} stake=0.8 commitment=1")


def _points(value: float) -> str:
    return f"{100 * value:+.1f} points"


def _print_waterfall(out: Console, document: dict[str, Any]) -> None:
    table = _plain_table("Held back by", "Points", "80% range", "", right=("Points", "80% range"))
    scale = max(*(abs(value) for value in document["factors"].values()), 0.001)
    ranked = sorted(document["factors"].items(), key=lambda item: -item[1])
    for factor, value in ranked:
        span = document["ranges"][factor]
        bar = "█" * round(24 * abs(value) / scale)
        table.add_row(
            factor,
            f"{100 * value:+.1f}",
            f"{100 * span['low']:+.1f} to {100 * span['high']:+.1f}",
            bar,
        )
    total = sum(document["factors"].values())
    table.add_row("together", f"{100 * total:+.1f}", "", "", style="bold")
    out.print(table)


def _print_minimal_sets(out: Console, document: dict[str, Any]) -> None:
    sets = document["minimal_sets_words"]
    if not sets:
        out.print("No set of removals, not even all five, lifts it to even odds.")
        return
    out.print("The smallest sets of changes that would each lift it to even odds:")
    for names, words in zip(document["minimal_sets"], sets, strict=True):
        out.print(f"  {' + '.join(names)}: {words}")


def _print_levers(out: Console, document: dict[str, Any]) -> None:
    out.print("\nOne input alone, moved as far as it goes:")
    table = _plain_table(
        "Input",
        "Now",
        "Limit",
        "Chance there",
        "Even odds at",
        right=("Now", "Limit", "Chance there", "Even odds at"),
    )
    for lever in document["levers"]:
        threshold = lever["threshold"]
        table.add_row(
            lever["input"],
            f"{lever['present']:.2f}",
            f"{lever['limit']:.0f}",
            percent(lever["p_at_limit"]),
            "not within range" if threshold is None else f"{threshold:.2f}",
        )
    out.print(table)


def print_what_if(out: Console, answer: Assessment, document: dict[str, Any]) -> None:
    """Print before, after and the difference."""
    _header(out, answer)
    for change in document["changes"]:
        same = "  (this changes no input)" if change["before"] == change["after"] else ""
        out.print(f"{change['input']}: {change['before']:.3g} to {change['after']:.3g}{same}")
    if not document["changes_something"]:
        out.print("Nothing was changed, so the answer stays as it was.")
    out.print()
    who = name_of(document["power"], article=True)
    table = _plain_table(
        "At least", "Before", "After", "Difference", right=("Before", "After", "Difference")
    )
    for rung in RUNGS[1:]:
        table.add_row(
            rung,
            percent(document["before"]["at_least"][rung]["p"]),
            percent(document["after"]["at_least"][rung]["p"]),
            _points(document["difference"][rung]["p"]),
        )
    out.print(Text(f"{who[0].upper()}{who[1:]}", style="bold"))
    out.print(table)
    out.print(f"\n{document['after']['verdict']}")


def print_reach(out: Console, answer: Assessment, document: dict[str, Any]) -> None:
    """Print what each power can bring, over which means, and what stands in its way."""
    _header(out, answer)
    theatre = document["theatre"]
    if theatre:
        out.print(f"Theatre: {theatre['name']} ({theatre['lat']:.1f}, {theatre['lon']:.1f})\n")
    wide = out.width >= _ROOM_FOR_DISTANCES
    distances = ("territory", "capitals", "start") if wide else ("territory",)
    headings = {"territory": "Border", "capitals": "Capitals", "start": "Start"}
    figures = [*(headings[key] for key in distances), "Left", "Open", "t/day", "Arrives"]
    table = _plain_table("Power", "For", *figures, right=figures)
    for power in document["powers"]:
        table.add_row(
            _short(power["name"], 20 if wide else 12),
            power["side"],
            *(_km(power["distance_km"][key]) for key in distances),
            percent(power["strength_share"]),
            percent(power["open_prob"]),
            f"{power['t_per_day']:,.0f}",
            percent(power["arrival_share"]),
        )
    out.print(table)
    if len(document["powers"]) <= 2:
        for power in document["powers"]:
            _print_ways(out, power)
    out.print(
        "\nBorder, capitals, start: km to the target's border, between capitals, and from the "
        "nearest usable start. Left: strength left after that distance. Open: chance that a way is "
        "permitted and safe. Arrives: share of its forces that could come and be sustained. Ways "
        "through the world are not traced yet."
    )


def _km(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.0f}"


def _print_ways(out: Console, power: dict[str, Any]) -> None:
    base = power["nearest_base"]
    if base is not None:
        where = f"{base['place']} ({name_of(base['host'])}), {base['distance_km']:,.0f} km"
        out.print(f"\nNearest base or host: {where}")
    else:
        out.print("\nNo base or host abroad on our list.")
    for way in power["ways"]:
        against = joined(way["blocked_by"]) if way["blocked_by"] else "nothing known"
        out.print(
            f"  {way['means']}: open {percent(way['open_prob'])}, "
            f"{way['t_per_day']:,.0f} t/day, against it: {against}"
        )


def print_compare(out: Console, document: dict[str, Any]) -> None:
    """Print only what differs between two crises or two versions of one."""
    out.print(Text(f"{document['a']['id']} against {document['b']['id']}", style="bold"))
    if not document["differences"]:
        out.print("Nothing differs.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading, ratio in (("What", 3), (document["a"]["id"], 2), (document["b"]["id"], 2)):
        table.add_column(heading, overflow="fold", ratio=ratio)
    for row in document["differences"]:
        table.add_row(row["what"], row["a"], row["b"])
    out.print(table)
    out.print(f"{document['alike']} other lines are alike.")


def print_list(out: Console, document: dict[str, Any]) -> None:
    """Print the bundled crises."""
    table = _plain_table("Id", "As of", "Roles", "Title", right=("Roles",))
    for crisis in document["crises"]:
        table.add_row(crisis["id"], crisis["as_of"], str(crisis["powers"]), crisis["title"])
    out.print(table)
    out.print()
    print_next(out, f"assess {document['crises'][0]['id']}")


def print_show(out: Console, document: dict[str, Any]) -> None:
    """Print what a crisis file says, in short."""
    crisis = document["crisis"]
    out.print(Text(f"{crisis['id']}  {crisis['title']}", style="bold"))
    sides = (joined([name_of(i) for i in crisis[key]]) for key in ("attackers", "targets"))
    out.print("as of {} · {} against {}\n".format(crisis["as_of"], *sides))
    if crisis["summary"]:
        out.print(f"{crisis['summary']}\n")
    for event in document["events"]:
        sets = f"  sets {', '.join(event['sets'])}" if event["sets"] else ""
        out.print(f"{event['date']}  {event['title']}{sets}")
    for threat in document["threats"]:
        against = joined([name_of(id_) for id_ in threat["against"]])
        out.print(f"{threat['date']}  {name_of(threat['by'])} threatens {against}")
    out.print()
    for power in document["powers"]:
        facts = [*power["ties"], *power["commitments"], *power["delivered"], *power["signals"]]
        stance = [f"declared {power['stance']}"] if power["stance"] else []
        said = "; ".join(stance + facts) or "nothing more said"
        out.print(f"{power['name']} ({power['side']}): {said}")
    out.print(f"\n{len(document['sources'])} sources.")
    print_next(out, f"assess {crisis['id']}")


def print_cite(out: Console, document: dict[str, Any]) -> None:
    """Print references and data versions."""
    out.print(document["software"])
    out.print(Text("\nData", style="bold"))
    for row in document["datasets"]:
        vintage = f" Vintage {row['vintage']}." if row["vintage"] else ""
        out.print(f"- {row['dataset']}: {row['citation']}.{vintage} Terms: {row['terms']}.")
    out.print(Text("\nDocuments of the crisis file", style="bold"))
    for row in document["documents"]:
        out.print(
            f"- {row['title']} ({row['date']}) {row['locator']} [{row['strength']}]", markup=False
        )
    out.print(Text("\nTheory behind the slopes", style="bold"))
    for text in document["theory"]:
        out.print(f"- {text}")

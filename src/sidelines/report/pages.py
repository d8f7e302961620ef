"""One page per command beside assess: the same results as the documents, for a person."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidelines.assess.assessment import Assessment
from sidelines.report.carriage_page import (
    print_bases,
    print_carried,
    print_flown,
    print_overland,
    print_secure,
)
from sidelines.report.journey_documents import place_name
from sidelines.report.terminal import (
    plain_table,
    print_header,
    print_next,
    shortened,
)
from sidelines.report.words import (
    joined,
    name_of,
    percent,
    points,
    side_name,
)
from sidelines.terms.ladder import RUNGS
from sidelines.terms.roles import Side

__all__ = [
    "print_cite",
    "print_compare",
    "print_list",
    "print_reach",
    "print_show",
    "print_what_if",
]

_ROOM_FOR_DISTANCES = 92


def print_what_if(out: Console, answer: Assessment, document: dict[str, Any]) -> None:
    """Print before, after and the difference."""
    print_header(out, answer)
    who = name_of(document["power"], article=True)
    out.print(f"{_moved(answer, document, who)}\n")
    for change in document["changes"]:
        same = "  (this changes no input)" if change["before"] == change["after"] else ""
        out.print(f"{change['input']}: {change['before']:.3g} to {change['after']:.3g}{same}")
    out.print()
    figures = ("Before", "After", "Points", "80% range")
    table = plain_table("At least", *figures, right=figures)
    for rung in RUNGS[1:]:
        table.add_row(
            rung,
            percent(document["before"]["at_least"][rung]["p"]),
            percent(document["after"]["at_least"][rung]["p"]),
            points(document["difference"][rung]["p"]),
            "{} to {}".format(*(points(document["difference"][rung][k]) for k in ("low", "high"))),
        )
    out.print(table)
    out.print(f"\n{document['after']['verdict']}")


def _moved(answer: Assessment, document: dict[str, Any], who: str) -> str:
    """Return what the changes come to, in a sentence."""
    whom = side_name(answer.crisis, Side(document["side"]))
    if not document["changes_something"]:
        return f"Nothing was changed, so the answer for {who} stays as it was."
    said = []
    for rung, words in (("weapons", "weapons or more"), ("forces", "forces")):
        before, after = (document[key]["at_least"][rung]["p"] for key in ("before", "after"))
        if before == after:
            said.append(f"{words} stay at {percent(after)}")
        else:
            moved = points(document["difference"][rung]["p"])
            said.append(f"{words} {percent(before)} to {percent(after)} ({moved} points)")
    return f"{who[0].upper()}{who[1:]} for {whom}: {'; '.join(said)}."


def print_reach(out: Console, answer: Assessment, document: dict[str, Any]) -> None:
    """Print what each power can bring, over which means, and what stands in its way."""
    print_header(out, answer)
    theatre = document["theatre"]
    if theatre:
        out.print(f"Theatre: {theatre['name']} ({theatre['lat']:.1f}, {theatre['lon']:.1f})\n")
    for power in document["powers"] if "journeys" in document["powers"][0] else ():
        out.print(f"{_what_arrives(power)} for {side_name(answer.crisis, Side(power['side']))}.\n")
    wide = out.width >= _ROOM_FOR_DISTANCES
    distances = ("territory", "capitals", "start") if wide else ("territory",)
    headings = {"territory": "Border", "capitals": "Capitals", "start": "Start"}
    figures = [*(headings[key] for key in distances), "Left", "Open", "t/day", "Weapons", "Forces"]
    table = plain_table("Power", "For", *figures, right=figures)
    for power in document["powers"]:
        table.add_row(
            shortened(power["name"], 20 if wide else 12),
            power["side"],
            *(_km(power["distance_km"][key]) for key in distances),
            percent(power["strength_share"]),
            percent(power["open_prob"]),
            f"{power['t_per_day']:,.0f}",
            percent(power["instruments"]["weapons"]["arrival_share"]),
            percent(power["instruments"]["forces"]["arrival_share"]),
        )
    out.print(table)
    for power in document["powers"]:
        if "journeys" in power:
            _print_ways(out, power)
            _print_journeys(out, power)
            print_overland(out, power)
            print_secure(out, power)
            print_carried(out, power)
    print_bases(out, document)
    out.print(
        "\nBorder, capitals, start: km to the target's border, between capitals, and from the "
        "nearest usable start. Left: strength left after the days on the way. Open: chance that a "
        "way is permitted and safe. Weapons, forces: share of what it sends that could arrive and "
        "be sustained."
        + ("" if "journeys" in document["powers"][0] else " Name a power to see its ways traced.")
    )


def _what_arrives(power: dict[str, Any]) -> str:
    """Return how much of each instrument could arrive, and by which means most of it, in words."""
    shares = [
        f"{percent(one['arrival_share'])} of the {name}"
        + ("" if one["by"] is None else f" (most by {one['by']})")
        for name, one in power["instruments"].items()
    ]
    return f"Could arrive: {joined(shares)} that {power['name']} may send"


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


_MOST_PIVOTAL = 5


def _print_journeys(out: Console, power: dict[str, Any]) -> None:
    """Print a power's traced ways: a sentence each, then who matters and who could shut it."""
    for one in power["journeys"]:
        out.print(f"\n{one['sentence']}")
        chance = f"  leave for a way in {percent(one['leave_prob'])} of draws"
        spread = one["lengths_km"]
        if spread["median"] is not None and spread["high"] - spread["low"] >= 1:
            chance += f", {spread['low']:,.0f} to {spread['high']:,.0f} km long"
        if one["days"] is not None:
            chance += f", {one['days']:.1f} days under way"
        out.print(chance)
        if one["pivotal"]:
            said = [_pivotal(pivot) for pivot in one["pivotal"][:_MOST_PIVOTAL]]
            out.print(f"  most hangs on {joined(said)}")
        out.print(f"  {_cut(one)}")
        print_flown(out, one)


def _pivotal(pivot: dict[str, Any]) -> str:
    name = f"{place_name(pivot['id'])} (leave {percent(pivot['prob'])})"
    if pivot["open_prob"] >= 0.01 or pivot["longer_km"] is None:
        return f"{name}: {percent(pivot['open_prob'])} of ways"
    return f"{name}: {pivot['longer_km']:,.0f} km"


def _cut(one: dict[str, Any]) -> str:
    cut = one["cut"]
    if cut is None:
        return "no refusal of third states could shut it"
    if not cut["who"]:
        return "longer than asked already"
    who = joined([place_name(id_) for id_ in cut["who"]])
    then = cut["length_km_then"]
    return f"the fewest that could shut it: {who}" + (
        "" if then is None else f"; the way is then {then:,.0f} km"
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
    table = plain_table("Id", "As of", "Roles", right=("Roles",))
    table.columns[0].min_width = max(len(crisis["id"]) for crisis in document["crises"])
    table.add_column("Title", overflow="fold")
    for crisis in document["crises"]:
        table.add_row(crisis["id"], crisis["as_of"], str(crisis["powers"]), crisis["title"])
    out.print(table)
    out.print()
    print_next(out, f"assess {document['crises'][0]['id']}")


def print_show(out: Console, document: dict[str, Any], *, asked: str) -> None:
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
    for threat in sorted(document["threats"], key=lambda threat: threat["date"]):
        against = joined([name_of(id_) for id_ in threat["against"]])
        out.print(f"{threat['date']}  {name_of(threat['by'])} threatens {against}")
    out.print()
    for power in document["powers"]:
        out.print(f"{power['name']} ({power['side']}): {_known_of(power)}")
    out.print(f"\n{len(document['sources'])} sources.")
    print_next(out, f"assess {asked}")


def _known_of(power: dict[str, Any]) -> str:
    """Return what a file says of one power, each kind under its own word."""
    stance = [power["stance"]] if power["stance"] else []
    kinds = {
        "declared": stance,
        "ties": list(dict.fromkeys(power["ties"])),
        "tied down by": power["commitments"],
        "gave": power["delivered"],
        "said": power["signals"],
    }
    parts = [f"{kind}: {', '.join(texts)}" for kind, texts in kinds.items() if texts]
    return " · ".join(parts) or "nothing more said"


def print_cite(out: Console, document: dict[str, Any]) -> None:
    """Print references and data versions."""
    out.print(document["software"])
    out.print(Text("\nData", style="bold"))
    for row in document["datasets"]:
        vintage = f" Vintage {row['vintage']}." if row["vintage"] else ""
        out.print(f"- {row['dataset']}: {row['citation']}.{vintage} Terms: {row['terms']}.")
    out.print(Text("\nDocuments of the crisis file", style="bold"))
    for row in document["documents"]:
        out.print(f"- {row['title']} ({row['date']}) {row['locator']} [{row['strength']}]")
    out.print(Text("\nTheory behind the slopes", style="bold"))
    for text in document["theory"]:
        out.print(f"- {text}")

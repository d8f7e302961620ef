"""The page of assess: a table per side, a sentence per power, then how far to trust it."""

from typing import Any

from rich.console import Console
from rich.text import Text

from sidelines.assess.assessment import Assessment
from sidelines.crisis.model import Crisis
from sidelines.report.documents import assess_document
from sidelines.report.terminal import (
    coloured_bar,
    plain_table,
    print_header,
    print_next,
    shortened,
)
from sidelines.report.trust import trust_sentence
from sidelines.report.words import (
    gist,
    joined,
    likelihood,
    name_of,
    percent,
    percent_range,
    side_name,
    what_was_heard,
)
from sidelines.terms.ladder import RUNGS, Rung
from sidelines.terms.roles import Side

__all__ = ["print_assessment"]

_SHORTEST_BAR = 12
_LIKELY, _HARDLY, _EVEN = 0.55, 0.05, 0.5
_THIN = 3
_NOTICED = 0.005
_ROUGH_FIT = 1e-4
_TRUSTED = 2  # powers whose record is told without --verbose
_TRUST_RUNGS = ("weapons", "forces")


def print_assessment(
    out: Console, answer: Assessment, *, asked: str, verbose: bool = False
) -> None:
    """Print the answer: a table per side, a sentence per power, then trust and what is missing."""
    document = assess_document(answer)
    print_header(out, answer)
    _print_gist(out, answer.crisis, document)
    _print_cautions(out, answer, document)
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


def _print_gist(out: Console, crisis: Crisis, document: dict[str, Any]) -> None:
    """Print who will fight for whom, or comes nearest, a sentence a side."""
    for side in Side:
        powers = [power for power in document["powers"] if power["side"] == side.value]
        if powers:
            out.print(Text(gist(crisis, side, powers), style="bold"))
    out.print()


def _print_cautions(out: Console, answer: Assessment, document: dict[str, Any]) -> None:
    """Print, above the table, what a hasty reader must not miss."""
    first = min((event.date for event in answer.crisis.events), default=None)
    if answer.crisis.salvo_decides:
        out.print("The salvo decides: the target holds if nothing gets through.\n")
    if answer.as_of > answer.written:
        out.print(f"The crisis file says nothing of what happened after {answer.written}.\n")
    if first is None and answer.as_of < answer.written:
        out.print("Asked before the first event of the file: read it as *if this began today*.\n")
    roles = len(document["powers"])
    if len(document["missing"]) >= _THIN * roles:
        missing = len(document["missing"])
        out.print(
            f"{missing} inputs of {roles} roles are missing: read the order of powers, not the "
            "figures.\n"
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
    _print_heard(out, crisis, powers)
    if powers:
        out.print()


def _print_heard(out: Console, crisis: Crisis, powers: list[dict[str, Any]]) -> None:
    """Print whose words moved the attackers; one line for all whose words did not."""
    waiting = [power for power in powers if "forces" not in power["done"]]
    spoke = [power for power in waiting if power["signal"]["heard"] != "none"]
    moved = [power for power in spoke if _moved(power["signal"]["belief"]) >= _NOTICED]
    for power in moved:
        out.print(f"- {what_was_heard(crisis, power['id'], power['signal'])}")
    idle = [name_of(power["id"], article=True) for power in spoke if power not in moved]
    if idle:
        out.print(f"- Words of {joined(idle)} move nobody: cheap, or too little to notice.")


def _moved(belief: dict[str, Any]) -> float:
    return abs(float(belief["after"]["p"]) - float(belief["before"]["p"]))


def _is_quiet(power: dict[str, Any]) -> bool:
    weapons = power["at_least"]["weapons"]["p"]
    return not power["done"] and power["rungs"]["nothing"] >= _LIKELY and weapons < _HARDLY


def _side_table(
    out: Console, crisis: Crisis, side: Side, powers: list[dict[str, Any]], width: int
) -> None:
    out.print(Text(f"For {side_name(crisis, side)}", style="bold"))
    ladder = ("Ladder",) if width >= _SHORTEST_BAR else ()
    table = plain_table(
        "Power", "Even odds of", *ladder, "≥ weapons", "Forces", right=("≥ weapons", "Forces")
    )
    for power in sorted(powers, key=lambda p: -p["at_least"]["weapons"]["p"]):
        mark = " *" if power["overridden"] else ""
        bar = (coloured_bar(power["rungs"], width),) if ladder else ()
        table.add_row(
            shortened(power["name"], 20 if ladder else 14) + mark,
            _reached(power),
            *bar,
            *(_chance(power, rung) for rung in ("weapons", "forces")),
        )
    out.print(table)
    out.print()


def _reached(power: dict[str, Any]) -> str:
    """Return the highest rung that is reached with even odds or better."""
    likely = [rung for rung in RUNGS[1:] if power["at_least"][rung]["p"] >= _EVEN]
    return likely[-1] if likely else "nothing"


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
    _print_trust(out, answer, document, verbose=verbose)
    equilibrium = document["equilibrium"]
    if equilibrium["status"] == "none other found":
        share = percent(equilibrium["certified_share"])
        out.print(
            f"One equilibrium: proved in {share} of draws, in the others no second was found."
        )
    if not equilibrium["unique"]:
        share = percent(equilibrium["multiple_share"])
        out.print(f"More than one equilibrium in {share} of draws; the forecast is their mixture.")
    if equilibrium["fit_error"] > _ROUGH_FIT:
        out.print(
            f"Outcomes were fitted with an error of up to {equilibrium['fit_error']:.1g}, "
            "so the answer is rougher than its digits."
        )
    _print_error(out, answer, document)
    if document["facts_as_of"]:
        out.print(f"Facts as of {document['facts_as_of']} (the oldest figure used) or later.")
    if answer.crisis.retrospective and not answer.hindsight:
        out.print("Retrospective: data sets released later describe the time before the crisis.")
    _print_names(out, "Older than 18 months", document["old"], verbose=verbose)
    _print_names(out, "Left out as later than the as-of date", document["dropped"], verbose=verbose)
    _print_names(out, "Missing, a wide range stands in", document["missing"], verbose=verbose)
    _print_names(out, "Assumed by judgement", document["assumed"], verbose=verbose)


def _print_trust(
    out: Console, answer: Assessment, document: dict[str, Any], *, verbose: bool
) -> None:
    """Print which fit was used, how it did, and how it did on cases like these."""
    fit = document["model"]["fit"]
    if fit is None:
        out.print(
            f"Trust: {answer.parameters.status}. Slopes are priors set by judgement against "
            "published base rates; no skill is claimed."
        )
        return
    out.print(
        f"Trust: fit {fit['name']}, {fit['crises']:,} crises before {fit['before']}: {fit['why']}."
    )
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for one in fit["scores"]:
        kept = latest.setdefault((one["task"], one["rung"]), one)
        if one["first_year"] > kept["first_year"]:
            latest[one["task"], one["rung"]] = one
    for one in latest.values():
        if one["low"] is not None and (verbose or one["rung"] != "words"):
            out.print(
                f"  All powers, {one['like']}: {one['n']:,} cases, skill {one['skill']:+.2f} over "
                f"base rates (90% range {one['low']:+.2f} to {one['high']:+.2f})."
            )
    shown = [power for power in document["powers"] if power["blend"]["task"]]
    few = shown if verbose else shown[:_TRUSTED]
    for power in few:
        for rung in _TRUST_RUNGS:
            if power["trust"][rung]["like"]:
                out.print(f"  {trust_sentence(power, rung)}")
    silent = [p for p in document["powers"] if not p["blend"]["task"]]
    if len(few) < len(shown):
        out.print(f"  and {len(shown) - len(few)} more powers with a record (--verbose).")
    if silent:
        out.print(f"  No record of {len(silent)} others: the structural answer alone, not scored.")


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

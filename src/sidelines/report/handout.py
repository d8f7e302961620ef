"""Hand-outs for a class: the situation, a role sheet per power, and a key for whoever teaches.

One HTML file without a script, set for A4: each role sheet is a sheet of its own, so that a player
sees what a power knows of itself and not what Sidelines expects of it. The key comes last.
"""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from typing import Any

from sidelines.assess.assessment import Assessment
from sidelines.assess.sliders import sliders_of
from sidelines.report.citing import cite_document
from sidelines.report.documents import assess_document
from sidelines.report.page_answers import present_of
from sidelines.report.words import gist, joined, likelihood, name_of, percent, side_name
from sidelines.terms.ladder import RUNGS
from sidelines.terms.roles import Side
from sidelines.terms.states import is_actor

__all__ = ["handout"]

_STYLE = """
@page { size: A4; margin: 18mm }
body { font: 11pt/1.45 system-ui, "Helvetica Neue", Arial, sans-serif; color: #1d1b18;
  font-variant-numeric: tabular-nums; max-width: 46em; margin: 0 auto; padding: 0 1em;
  overflow-wrap: anywhere }
h1, h2 { font-family: Georgia, "Times New Roman", serif; line-height: 1.2 }
h3 { font-size: 1em; margin: 1.2em 0 .3em }
article + article { break-before: page; border-top: 1px solid #d8d2c6 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: 3px 8px 3px 0; border-bottom: 1px solid #d8d2c6;
  vertical-align: top }
td.n { text-align: right }
caption, .small { color: #5a554c; font-size: .85em; text-align: left }
.lines { border-bottom: 1px solid #8a8172; height: 2em }
@media print { article + article { border: 0 } }
"""

_INSTRUMENTS = {
    "words": "speaks up: statements, appeals, warnings",
    "diplomatic": "gives diplomatic cover: vetoes, mediation, recognition",
    "money": "pays: loans, trade, sanctions relief",
    "weapons": "sends weapons and ammunition",
    "advisers": "sends advisers, intelligence, or lends bases and airspace",
    "forces": "fights",
}
_WEIGHED = {
    "stake": "What the outcome means to you",
    "commitment": "How far a promise binds you to fight",
    "arrival": "How much of the forces that you send would arrive and last",
    "overstretch": "How much of your forces is tied down elsewhere",
    "caution": "How near a wider war with the other side would be",
    "exposure": "How much you earn from the other side's markets",
    "rents": "What you would gain if the crisis drags on",
}
_LOW, _HIGH = 1 / 3, 2 / 3
_WRITING_LINES = 3
_ASKED = (
    "What do you want at the end of this crisis, and what would you accept?",
    "Which of the six steps do you take now, and what do you say in public about it?",
    "What would have to change before you went one step further? Before you fought?",
    "Whose leave do you need, and what will you offer for it?",
)
_DICTIONARY = (
    ("Chance", "the share of drawn worlds in which it happens, blended with history; 0 to 100%"),
    ("at least", "this step or any higher one on the ladder"),
    ("80% range", "between the 10th and the 90th of a hundred draws of what is not known"),
    ("low, middle, high", "below a third, between, above two thirds of a scale from 0 to 1"),
)


def handout(answer: Assessment) -> str:
    """Return the hand-outs of an answer as one HTML file: class sheet, role sheets, key."""
    document = assess_document(answer)
    present = present_of(sliders_of(answer))
    sheets = [_situation(answer, document)]
    for power, weighed in zip(document["powers"], present, strict=True):
        sheets.append(_role(answer, power, weighed))
    sheets.append(_key(answer, document))
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    title = escape(answer.crisis.title)
    body = "\n".join(f"<article>\n{sheet}\n</article>" for sheet in sheets)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        f"<title>{title} · hand-outs · Sidelines</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _situation(answer: Assessment, document: dict[str, Any]) -> str:
    crisis = answer.crisis
    events = [(str(one.date), one.title) for one in crisis.events if one.date <= answer.as_of]
    sides = [
        (side_name(crisis, side), joined([one["name"] for one in _on(document, side)]))
        for side in Side
        if _on(document, side)
    ]
    return "\n".join(
        (
            f"<h1>{escape(crisis.title)}</h1>",
            f'<p class="small">Class sheet · the world as of {answer.as_of}</p>',
            f"<p>{escape(crisis.summary)}</p>",
            _table("What has happened", ("Day", "Event"), events) if events else "",
            _table("Who may step in", ("For", "Powers"), sides),
            _table(
                "What a power can do, each step heavier than the one before",
                ("Step", "The power"),
                list(_INSTRUMENTS.items()),
            ),
            "<h3>How to use it</h3>",
            "<p>Hand each team one role sheet. Every team decides in secret how far its power "
            "goes, says so aloud, and defends it with what its sheet says. Then somebody brings "
            "news, an attack on a base or a closed strait, and all decide again. Compare with the "
            "key at the end, which the teams have not seen.</p>",
        )
    )


def _role(answer: Assessment, power: dict[str, Any], weighed: dict[str, float]) -> str:
    side = side_name(answer.crisis, Side(power["side"]))
    name = power["name"]
    done = joined(power["done"]) if power["done"] else "nothing yet"
    best = power["reach"]["best"]
    if best is None:
        carried = "No way that is known leads there with what you have."
    else:
        blocked = ", ".join(escape(_obstacle(one)) for one in best["blocked_by"])
        carried = (
            f"Best by {escape(best['means'])}, open in {percent(best['open_prob'])} of what can be "
            f"thought; some {power['reach']['t_per_day']:,.0f} tonnes a day in all."
            + (f" In your way: {blocked}." if blocked else "")
        )
    rows = [(_WEIGHED.get(lever, lever), _level(value)) for lever, value in weighed.items()]
    lines = '<div class="lines"></div>' * _WRITING_LINES
    asked = "\n".join(f"<p>{text}</p>{lines}" for text in _ASKED)
    return "\n".join(
        (
            f"<h2>You are {escape(name_of(power['id'], article=True))}</h2>",
            f'<p class="small">Role sheet · {escape(answer.crisis.title)} · as of {answer.as_of} · '
            f"asked to help {escape(side)}</p>",
            f"<p>Done so far for {escape(side)}: {escape(done)}.</p>",
            f"<p>{carried}</p>",
            _table(f"What {name} weighs", ("Question", "As assessed"), rows),
            "<h3>Decide</h3>",
            asked,
        )
    )


def _obstacle(told: str) -> str:
    """Return what blocks a way with the name of whoever does.

    >>> _obstacle("AZE transit unknown")
    'Azerbaijan transit unknown'
    """
    who, *rest = told.split(" ")
    return " ".join((name_of(who) if is_actor(who) else who, *rest))


def _key(answer: Assessment, document: dict[str, Any]) -> str:
    crisis = answer.crisis
    rows = []
    for power in document["powers"]:
        told = [power["at_least"][rung] for rung in ("words", "weapons", "forces")]
        ranges = [
            f"{percent(one['p'])} ({percent(one['low'])} to {percent(one['high'])})" for one in told
        ]
        side = side_name(crisis, Side(power["side"]))
        rows.append((power["name"], side, *ranges, likelihood(told[-1]["p"])))
    verdicts = [gist(crisis, side, _on(document, side)) for side in Side if _on(document, side)]
    cited = cite_document(answer)
    sources = [f"{one['citation']} ({one['version']})" for one in cited["datasets"]]
    sources += [f"{one['title']}, {one['date']}" for one in cited["documents"]]
    vintages = ", ".join(f"{name} {day}" for name, day in cited["meta"]["vintages"].items())
    return "\n".join(
        (
            "<h2>Key for whoever teaches</h2>",
            *(f"<p>{escape(text)}</p>" for text in verdicts),
            _table(
                f"Chance of at least, with 80% ranges; steps: {', '.join(RUNGS[1:])}",
                ("Power", "For", "Words", "Weapons", "Forces", "That it fights"),
                rows,
            ),
            f"<p>How far to trust it: {escape(answer.parameters.status)}; "
            f"{len(document['missing'])} inputs are missing, {len(document['assumed'])} were put "
            "by judgement. A class that disagrees with good reason has understood.</p>",
            _table("What the figures mean", ("Figure", "Means"), _DICTIONARY),
            "<h3>Cite</h3>",
            f'<p class="small">{escape(cited["software"])} Crisis {escape(crisis.id)}, as of '
            f"{answer.as_of}, {answer.draws:,} draws, seed {answer.seed}.</p>",
            "".join(f'<p class="small">{escape(text)}</p>' for text in sources),
            f'<p class="small">Data vintages: {escape(vintages)}.</p>',
        )
    )


def _on(document: dict[str, Any], side: Side) -> list[dict[str, Any]]:
    return [one for one in document["powers"] if one["side"] == side.value]


def _level(value: float) -> str:
    """Return where a share stands.

    >>> _level(0.2)
    'low (0.20)'
    """
    word = "low" if value < _LOW else "high" if value > _HIGH else "middle"
    return f"{word} ({value:.2f})"


def _table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "\n".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption>\n<thead><tr>{top}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody></table>"
    )

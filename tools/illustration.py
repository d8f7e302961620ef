"""A table per bundled crisis for docs/: what the model gave to what happened; cog writes it."""

import os

from sidelines.assess.assessment import assess_crisis
from sidelines.crisis.read import bundled_ids, load_crisis, load_outcome
from sidelines.report.illustration import Row, beside_outcome
from sidelines.report.words import name_of

__all__ = ["illustration"]

DRAWS = 200


def illustration() -> str:
    """Return a section per crisis, with the probabilities of what really happened.

    Research files of whoever writes the page do not count: it shows what a stranger sees.
    """
    os.environ.pop("SIDELINES_DATA", None)
    return "".join(_section(id_) for id_ in bundled_ids())


def _section(id_: str) -> str:
    crisis, outcome = load_crisis(id_), load_outcome(id_)
    if outcome is None:
        return ""
    rows = beside_outcome(assess_crisis(crisis, draws=DRAWS), outcome)
    open_ = [row for row in rows if not row.done]
    model = sum(row.model for row in open_) / len(open_)
    base = sum(row.base for row in open_) / len(open_)
    head = (
        f"\n## {crisis.title}\n\n`{id_}`, outcome to {outcome.until}: {len(rows)} known cells, "
        f"{len(rows) - len(open_)} of them done by the as-of date. Mean over the other "
        f"{len(open_)}: model {model:.2f}, base rate {base:.2f}.\n\n"
        "| power | for | at least | happened | model | base rate |\n"
        "|---|---|---|---|---|---|\n"
    )
    return head + "".join(map(_line, rows))


def _line(row: Row) -> str:
    happened = "done before" if row.done else "yes" if row.happened else "no"
    return (
        f"| {name_of(row.power)} | {row.side} | {row.rung.word} | {happened} "
        f"| {row.model:.2f} | {row.base:.2f} |\n"
    )

"""What a notebook shows: a small table of an answer, or its whole page in a frame."""

import html
from dataclasses import dataclass

from sidelines.assess.assessment import Assessment
from sidelines.report.documents import assess_document
from sidelines.report.words import gist, percent, percent_range
from sidelines.terms.roles import Side

__all__ = ["Brief", "answer_table"]

_SHOWN = ("words", "weapons", "forces")
_HEIGHT = 900  # pixels


@dataclass(frozen=True, slots=True)
class Brief:
    """A page as one file, which a notebook shows in a frame."""

    html: str

    def __repr__(self) -> str:
        return f"<sidelines page, {len(self.html.encode()) / 1000:,.0f} kB>"

    def _repr_html_(self) -> str:
        inside = html.escape(self.html, quote=True)
        return (
            f'<iframe srcdoc="{inside}" width="100%" height="{_HEIGHT}" '
            'sandbox="allow-scripts allow-downloads allow-modals" title="Sidelines"></iframe>'
        )


def answer_table(answer: Assessment) -> str:
    """Return an answer in short as markup: what is likely, then a row a power."""
    document = assess_document(answer)
    head = "".join(f"<th>{rung} or more</th>" for rung in _SHOWN[:-1])
    rows = "".join(_row(one) for one in document["powers"])
    said = " ".join(gist(answer.crisis, side, document["powers"]) for side in Side)
    title = html.escape(f"{answer.crisis.title}, as of {answer.as_of}")
    return (
        f"<p><b>{title}</b></p><p>{html.escape(said)}</p><table><thead><tr><th>power</th>"
        f"<th>side</th>{head}<th>forces</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(power: dict[str, dict[str, dict[str, float]]]) -> str:
    reached = power["at_least"]
    cells = "".join(
        f"<td>{percent(one['p'])} ({percent_range(one['low'], one['high'])})</td>"
        for one in (reached[rung] for rung in _SHOWN)
    )
    return f"<tr><th>{html.escape(str(power['name']))}</th><td>{power['side']}</td>{cells}</tr>"

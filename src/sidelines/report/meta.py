"""What every document was made with: version, seed, as-of date and data vintages."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from sidelines.terms.version import VERSION

if TYPE_CHECKING:
    from sidelines.assess.assessment import Assessment

__all__ = ["bare_meta", "meta"]


def meta(answer: "Assessment") -> dict[str, Any]:
    """Return what an answer was made with."""
    return {
        "version": VERSION,
        "seed": answer.seed,
        "as_of": answer.as_of.isoformat(),
        "hindsight": answer.hindsight,
        "retrospective": answer.crisis.retrospective,
        "vintages": {name: day.isoformat() for name, day in answer.vintages.items()},
    }


def bare_meta(as_of: dt.date | None = None) -> dict[str, Any]:
    """Return the same for a document that answers nothing: no draws, no data."""
    day = as_of.isoformat() if as_of else None
    return {"version": VERSION, "seed": None, "as_of": day, "vintages": {}}

"""Bundled crises on a shelf: what is there, and one of them explained."""

from typing import Any

from sidelines.crisis.model import Crisis
from sidelines.crisis.read import bundled_ids, load_crisis
from sidelines.report.meta import bare_meta
from sidelines.report.words import name_of

__all__ = ["list_document", "show_document"]


def _summary(crisis: Crisis) -> dict[str, Any]:
    return {
        "id": crisis.id,
        "title": crisis.title,
        "as_of": crisis.as_of.isoformat(),
        "attackers": list(crisis.attackers),
        "targets": list(crisis.targets),
        "powers": len(crisis.powers),
    }


def list_document() -> dict[str, Any]:
    """Return the bundled crises."""
    return {
        "meta": bare_meta(),
        "crises": [_summary(load_crisis(id_)) for id_ in bundled_ids()],
    }


def show_document(crisis: Crisis) -> dict[str, Any]:
    """Return what a crisis file says, in short."""
    return {
        "meta": bare_meta(crisis.as_of),
        "crisis": {**_summary(crisis), "summary": crisis.summary},
        "events": [
            {"date": e.date.isoformat(), "title": e.title, "kind": e.kind, "sets": dict(e.sets)}
            for e in crisis.events
        ],
        "threats": [
            {"date": t.date.isoformat(), "by": t.by, "against": list(t.against), "title": t.title}
            for t in crisis.threats
        ],
        "powers": [
            {
                "id": power.power,
                "name": name_of(power.power),
                "side": power.side.value,
                "ties": [tie.kind.value for tie in power.ties or ()],
                "commitments": [one.title for one in power.commitments or ()],
                "signals": [signal.title for signal in power.signals],
                "delivered": [one.title for one in power.delivered],
                "stance": power.stance.kind.value if power.stance else None,
                "note": power.note,
            }
            for power in crisis.powers
        ],
        "sources": [
            {"id": id_, "title": s.title, "date": s.date.isoformat(), "strength": s.strength}
            for id_, s in crisis.sources.items()
        ],
    }

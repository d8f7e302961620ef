"""A crisis as it was known on a day: what was dated later falls away."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from sidelines.crisis.model import Crisis
from sidelines.crisis.quantity import Quantity
from sidelines.terms.sources import Source

__all__ = ["as_known_on"]


def as_known_on(crisis: Crisis, day: dt.date) -> tuple[Crisis, tuple[str, ...]]:
    """Return the crisis without what is dated after a day, and the names of what fell away.

    Events, threats, ties, signals, deliveries, commitments and rights carry their own date; a
    number falls away when its source is dated later, and is unknown then.
    """
    dropped: list[str] = []
    later = {name for name, source in crisis.sources.items() if source.date > day}
    known = _prune(crisis, day, later, "", dropped)
    kept: dict[str, Source] = {k: v for k, v in crisis.sources.items() if k not in later}
    return replace(known, as_of=day, sources=kept), tuple(dropped)


def _is_later(node: Any, day: dt.date, later: set[str]) -> bool:
    date = getattr(node, "date", None) or getattr(node, "since", None)
    return (date is not None and date > day) or getattr(node, "source", None) in later


def _rests_on(item: Any, later: set[str]) -> bool:
    """Tell whether a number that an event sets, still as written, has a source dated later."""
    return isinstance(item, Mapping) and item.get("source") in later


def _prune(node: Any, day: dt.date, later: set[str], name: str, dropped: list[str]) -> Any:
    """Walk the frozen tree; return it without the parts that came later."""
    if isinstance(node, Mapping | Quantity | Source | type) or not is_dataclass(node):
        return node
    changes: dict[str, Any] = {}
    for entry in fields(node):
        value = getattr(node, entry.name)
        inner = f"{name}.{entry.name}".lstrip(".")
        if isinstance(value, tuple):
            kept = []
            for index, item in enumerate(value):
                label = _label(item, index, inner)
                if is_dataclass(item) and _is_later(item, day, later):
                    dropped.append(label)
                else:
                    kept.append(_prune(item, day, later, label, dropped))
            changes[entry.name] = tuple(kept)
        elif isinstance(value, Mapping):
            late = {key for key, item in value.items() if _rests_on(item, later)}
            dropped.extend(f"{inner}.{key}" for key in value if key in late)
            changes[entry.name] = {key: item for key, item in value.items() if key not in late}
        elif is_dataclass(value) and not isinstance(value, type):
            if _is_later(value, day, later):
                dropped.append(inner)
                changes[entry.name] = None
            else:
                changes[entry.name] = _prune(value, day, later, inner, dropped)
    pruned: Any = node
    return replace(pruned, **changes)


def _label(item: Any, index: int, name: str) -> str:
    """Return RUS.target for a power, and `list[title]` for an entry of a list."""
    power = getattr(item, "power", None)
    return f"{power}.{item.side}" if power else f"{name}[{getattr(item, 'title', '') or index}]"

"""A crisis as it was known on a day: what was dated later falls away."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

from sidelines.crisis.dated import dated_on
from sidelines.crisis.model import Crisis
from sidelines.crisis.quantity import Quantity
from sidelines.terms.sources import Source

__all__ = ["as_known_on"]

IsLate = Callable[[str | None], bool]


def as_known_on(crisis: Crisis, day: dt.date) -> tuple[Crisis, tuple[str, ...]]:
    """Return the crisis without what is dated after a day, and the names of what fell away.

    Events, threats, ties, signals, deliveries, commitments and rights carry their own date; a
    number falls away when its source is dated later, and is unknown then. An entry that cannot
    do without such a number falls away with it.
    """
    dropped: list[str] = []

    def is_late(source: str | None) -> bool:
        named = crisis.sources.get(source) if source is not None else None
        dated = named.date if named is not None else dated_on(source)
        return dated is not None and dated > day

    known = _prune(crisis, day, is_late, "", dropped)
    kept: dict[str, Source] = {k: v for k, v in crisis.sources.items() if v.date <= day}
    return replace(known, as_of=day, sources=kept), tuple(dropped)


def _is_later(node: Any, day: dt.date, is_late: IsLate) -> bool:
    date = getattr(node, "date", None) or getattr(node, "since", None)
    return (date is not None and date > day) or is_late(getattr(node, "source", None))


def _lacks_its_number(node: Any, is_late: IsLate) -> bool:
    """Tell whether a number that the entry cannot do without has a source dated later."""
    return any(
        isinstance(value := getattr(node, entry.name), Quantity) and is_late(value.source)
        for entry in fields(node)
        if entry.default is MISSING and entry.default_factory is MISSING
    )


def _rests_on(item: Any, is_late: IsLate) -> bool:
    """Tell whether a number that an event sets, still as written, has a source dated later."""
    source = item.get("source") if isinstance(item, Mapping) else None
    return isinstance(source, str) and is_late(source)


def _prune(node: Any, day: dt.date, is_late: IsLate, name: str, dropped: list[str]) -> Any:
    """Walk the frozen tree; return it without the parts that came later."""
    if isinstance(node, Mapping | Quantity | Source | type) or not is_dataclass(node):
        return node
    changes: dict[str, Any] = {}
    for entry in fields(node):
        value = getattr(node, entry.name)
        inner = f"{name}.{entry.name}".lstrip(".")
        if isinstance(value, tuple):
            kept = _kept(value, day, is_late, inner, dropped)
            unknown = entry.default is None and value and not kept
            changes[entry.name] = None if unknown else kept
        elif isinstance(value, Mapping):
            late = {key for key, item in value.items() if _rests_on(item, is_late)}
            dropped.extend(f"{inner}.{key}" for key in value if key in late)
            changes[entry.name] = {key: item for key, item in value.items() if key not in late}
        elif is_dataclass(value) and not isinstance(value, type):
            if _is_later(value, day, is_late) or _lacks_its_number(value, is_late):
                dropped.append(inner)
                changes[entry.name] = None
            else:
                changes[entry.name] = _prune(value, day, is_late, inner, dropped)
    pruned: Any = node
    return replace(pruned, **changes)


def _kept(
    items: tuple[Any, ...], day: dt.date, is_late: IsLate, name: str, dropped: list[str]
) -> tuple[Any, ...]:
    """Return the entries of a list that were known, and note the others."""
    kept: list[Any] = []
    for index, item in enumerate(items):
        label = _label(item, index, name)
        if is_dataclass(item) and (
            _is_later(item, day, is_late) or _lacks_its_number(item, is_late)
        ):
            dropped.append(label)
        else:
            kept.append(_prune(item, day, is_late, label, dropped))
    return tuple(kept)


def _label(item: Any, index: int, name: str) -> str:
    """Return RUS.target for a power, and `list[title]` for an entry of a list."""
    power = getattr(item, "power", None)
    return f"{power}.{item.side}" if power else f"{name}[{getattr(item, 'title', '') or index}]"

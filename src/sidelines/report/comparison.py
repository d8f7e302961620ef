"""Two crises, or two versions of one, side by side: only what differs."""

from dataclasses import fields, is_dataclass
from typing import Any

from sidelines.assess.assessment import Assessment
from sidelines.crisis.quantity import Quantity
from sidelines.report.documents import assess_document
from sidelines.report.meta import meta
from sidelines.report.words import percent
from sidelines.terms.ladder import RUNGS

__all__ = ["compare_document"]


def _shown(value: Any) -> str:
    if isinstance(value, Quantity):
        numbers = ", ".join(f"{number:g}" for number in value.numbers)
        return numbers if value.kind == "value" else f"{value.kind} {numbers}"
    return "-" if value is None else str(value)


def _flat(node: Any, name: str = "") -> dict[str, str]:
    """Return every leaf of a frozen tree under its dotted name."""
    if is_dataclass(node) and not isinstance(node, Quantity):
        parts = {entry.name: getattr(node, entry.name) for entry in fields(node)}
        return _joined(parts, name)
    if isinstance(node, tuple):
        labels = [_label(item, index) for index, item in enumerate(node)]
        return _joined(dict(zip(labels, node, strict=True)), name)
    if isinstance(node, dict):
        return _joined(node, name)
    return {name: _shown(node)}


def _label(item: Any, index: int) -> str:
    power = getattr(item, "power", None)
    return f"{power}.{item.side}" if power else str(index)


def _joined(parts: dict[str, Any], name: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in parts.items():
        flat |= _flat(value, f"{name}.{key}".lstrip("."))
    return flat


def _answers(answer: Assessment) -> dict[str, str]:
    rows = {}
    for power in assess_document(answer)["powers"]:
        for rung in RUNGS[1:]:
            name = f"P({power['id']} for the {power['side']}, at least {rung})"
            rows[name] = percent(power["at_least"][rung]["p"])
    return rows


def _inputs(answer: Assessment) -> dict[str, str]:
    """Return the inputs of a crisis by name, without titles and sources."""
    flat = _flat(answer.crisis)
    return {name: text for name, text in flat.items() if not _is_wording(name)}


def _is_wording(name: str) -> bool:
    return name.startswith("sources") or name.endswith((".title", ".source", ".note"))


def compare_document(a: Assessment, b: Assessment) -> dict[str, Any]:
    """Return the inputs and answers that differ between two assessments."""
    left = _answers(a) | _inputs(a)
    right = _answers(b) | _inputs(b)
    names = list(dict.fromkeys([*left, *right]))
    differences = [
        {"what": name, "a": left.get(name, "-"), "b": right.get(name, "-")}
        for name in names
        if left.get(name, "-") != right.get(name, "-")
    ]
    return {
        "meta": meta(a),
        "a": {"id": a.crisis.id, "meta": meta(a)},
        "b": {"id": b.crisis.id, "meta": meta(b)},
        "differences": differences,
        "alike": len(names) - len(differences),
    }

"""The document of `path`: each day before and after, what moved whom, the biggest moves first."""

from typing import Any

import numpy as np

from sidelines.assess.assessment import Assessment
from sidelines.assess.inputs import Role
from sidelines.assess.path import Part, Path, Step
from sidelines.crisis.timeline import Entry
from sidelines.report.documents import interval
from sidelines.report.meta import meta
from sidelines.report.words import name_of
from sidelines.terms.ladder import INSTRUMENTS

__all__ = ["path_document"]

_MOVES_NOTHING = 0.0005
_HEADLINE = ("weapons", "forces")


def path_document(path: Path, *, power: str | None = None) -> dict[str, Any]:
    """Return the path of a crisis, of all roles or of one power's."""
    answer = path.answer
    rows = [i for i, role in enumerate(answer.inputs.roles) if power in {None, role.power}]
    steps = [_step(answer, step, rows) for step in path.steps]
    return {
        "meta": meta(answer),
        "crisis": {
            "id": answer.crisis.id,
            "title": answer.crisis.title,
            "as_of": answer.as_of.isoformat(),
        },
        "power": power,
        "since": path.since.isoformat(),
        "draws": len(path.steps[0].before) if path.steps else 0,
        "powers": [_whole(answer, path, row) for row in rows] if path.steps else [],
        "steps": steps,
        "largest": _largest(steps),
    }


def _who(answer: Assessment, row: int) -> dict[str, Any]:
    role: Role = answer.inputs.roles[row]
    return {"id": role.power, "name": name_of(role.power), "side": role.side.value}


def _by_rung(values: np.ndarray) -> dict[str, dict[str, float | None]]:
    """Return a range per rung above nothing, of values (draw, rung)."""
    return {word: interval(values[:, i]) for i, word in enumerate(INSTRUMENTS)}


def _whole(answer: Assessment, path: Path, row: int) -> dict[str, Any]:
    """Return where a role stands before the path, at its end, and between."""
    start, end = path.steps[0].before[:, row], path.steps[-1].after[:, row]
    return {
        **_who(answer, row),
        "before": _by_rung(start),
        "after": _by_rung(end),
        "moved": _by_rung(end - start),
    }


def _step(answer: Assessment, step: Step, rows: list[int]) -> dict[str, Any]:
    return {
        "date": step.date.isoformat(),
        "changes_something": any(part.changes_inputs for part in step.parts),
        "parts": [_part(answer, part, rows) for part in step.parts],
        "moves": _ranked([_move(answer, step, row) for row in rows]),
    }


def _move(answer: Assessment, step: Step, row: int) -> dict[str, Any]:
    """Return how one day moved one role.

    `done` names what the role did itself on that day; `mostly_by` is the number of the part that
    moved it most, `of_which` how far, in the rung of weapons or forces that the day moved most.
    """
    fresh = step.done_after[row] & ~step.done_before[row]
    means = step.moved[:, row].mean(axis=0)
    rung = max(_HEADLINE, key=lambda word: abs(means[INSTRUMENTS.index(word)]))
    amounts = [float(part.moved[:, row, INSTRUMENTS.index(rung)].mean()) for part in step.parts]
    most = int(np.argmax(np.abs(amounts)))
    return {
        **_who(answer, row),
        "done": [word for word, new in zip(INSTRUMENTS, fresh, strict=True) if new],
        "before": _by_rung(step.before[:, row]),
        "after": _by_rung(step.after[:, row]),
        "moved": _by_rung(step.moved[:, row]),
        "mostly_by": most,
        "of_which": {rung: amounts[most]},
    }


def _part(answer: Assessment, part: Part, rows: list[int]) -> dict[str, Any]:
    moves = [{**_who(answer, row), "moved": _by_rung(part.moved[:, row])} for row in rows]
    return {
        "entries": [_entry(entry) for entry in part.entries],
        "told": _told(part),
        "changes_something": part.changes_inputs,
        "moves": _ranked(moves) if part.changes_inputs else [],
    }


def _told(part: Part) -> str:
    """Return a part in words: whose entries they are, once, and what the file says."""
    entry = part.entries[0]
    titles = "; ".join(dict.fromkeys(_title(one) for one in part.entries))
    whose = entry.said.by if entry.kind == "threat" else entry.power
    if whose is None or titles.startswith(name_of(whose)):
        return titles
    return f"{name_of(whose)}: {titles}"


def _ranked(moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the moves of some size, the largest of weapons or forces first, then of any rung."""

    def size(move: dict[str, Any], rungs: tuple[str, ...]) -> float:
        return max(abs(move["moved"][rung]["p"]) for rung in rungs)

    moving = [move for move in moves if size(move, INSTRUMENTS) >= _MOVES_NOTHING]
    return sorted(moving, key=lambda move: (-size(move, _HEADLINE), -size(move, INSTRUMENTS)))


def _entry(entry: Entry) -> dict[str, Any]:
    sets = getattr(entry.said, "sets", None)
    return {
        "kind": entry.kind,
        "power": entry.power,
        "side": None if entry.side is None else entry.side.value,
        "title": _title(entry),
        "sets": list(sets) if sets else [],
        "done": bool(getattr(entry.said, "done", False)),
    }


def _title(entry: Entry) -> str:
    """Return what the file says of an entry, in words of ours where it gives no title."""
    said = entry.said
    if getattr(said, "title", ""):
        return str(said.title)
    match entry.kind:
        case "tie":
            return f"{said.kind} with {name_of(said.with_)}" if said.with_ else str(said.kind)
        case "access":
            return f"{said.right} ({said.means}) by leave of {name_of(said.grantor)}: {said.state}"
        case "base":
            return f"base at {said.place}, {name_of(said.host)}"
        case "stance":
            return f"declares itself {said.kind}"
        case _:
            return "threatens whoever helps the other side"


def _largest(steps: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the largest move of weapons or forces that is a response, not the deed of the day."""
    found = [
        {
            "date": step["date"],
            **{key: move[key] for key in ("id", "name", "side")},
            "rung": rung,
            "before": move["before"][rung]["p"],
            "after": move["after"][rung]["p"],
            "moved": move["moved"][rung],
            "told": step["parts"][move["mostly_by"]]["told"],
        }
        for step in steps
        for move in step["moves"]
        for rung in _HEADLINE
        if not any(INSTRUMENTS.index(deed) >= INSTRUMENTS.index(rung) for deed in move["done"])
    ]
    return max(found, key=lambda one: abs(one["moved"]["p"]), default=None)

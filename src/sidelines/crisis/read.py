"""Read a crisis: from a bundled id or a path, checked all at once."""

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from sidelines.crisis.document import Document, dotted, parse, read_text
from sidelines.crisis.model import Crisis
from sidelines.crisis.outcome import Outcome
from sidelines.crisis.rules import broken_rules
from sidelines.terms.errors import NotFoundError, Problem, nearest, shown

__all__ = ["bundled_ids", "bundled_text", "load_crisis", "load_outcome", "read_crisis"]

_T = TypeVar("_T")
_BUNDLED = "sidelines.crisis.bundled"


@cache
def _adapters() -> dict[type, TypeAdapter[Any]]:
    return {kind: TypeAdapter(kind) for kind in (Crisis, Outcome)}


def bundled_ids() -> tuple[str, ...]:
    """Return the ids of the crises that ship with Sidelines."""
    names = (entry.name for entry in resources.files(_BUNDLED).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def bundled_text(id_: str) -> str:
    """Return the text of a bundled crisis."""
    return resources.files(_BUNDLED).joinpath(f"{id_}.yaml").read_text(encoding="utf-8")


def _find(where: str) -> tuple[str, str]:
    """Return the file name and text behind a bundled id or a path."""
    if where in bundled_ids():
        return f"{where}.yaml", bundled_text(where)
    path = Path(where)
    if path.suffix in {".yaml", ".yml"} or _exists(path):
        return path.name, read_text(path)
    near = nearest(where, bundled_ids())
    hint = f"Did you mean {near}?" if near else f"Bundled: {', '.join(bundled_ids())}."
    raise NotFoundError(f"there is no crisis {shown(where)}, bundled or as a file.", hint=hint)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name longer than the system allows
        return False


def load_crisis(where: str) -> Crisis:
    """Return the crisis behind a bundled id or a path; all problems of the file at once."""
    name, text = _find(where)
    return read_crisis(text, file=name)


def read_crisis(text: str, *, file: str = "crisis.yaml") -> Crisis:
    """Return the crisis a YAML text describes, or raise `CrisisFileError` with every problem."""
    document = parse(text, file=file)
    problems = _shape_problems(document)
    if problems:
        raise document.fail(problems)
    crisis, problems = _validate(document, Crisis, _without_outcome(document.data), ())
    if "outcome" in document.data:
        _, outcome_problems = _validate(document, Outcome, document.data["outcome"], ("outcome",))
        problems += outcome_problems
    values = {problem.path for problem in problems if problem.code == "E202"}
    broken = broken_rules(document, crisis)
    problems += [p for p in broken if p.code != "E202" or p.path not in values]
    told = {problem.path for problem in document.problems}
    problems = [*document.problems, *(p for p in problems if p.path not in told)]
    if problems or crisis is None:
        raise document.fail(problems)
    return crisis


def load_outcome(where: str) -> Outcome | None:
    """Return what really happened, where the file records it. Reports read this, models never."""
    name, text = _find(where)
    document = parse(text, file=name)
    raw = document.data.get("outcome") if isinstance(document.data, dict) else None
    if raw is None:
        return None
    outcome, problems = _validate(document, Outcome, raw, ("outcome",))
    if outcome is None:
        raise document.fail(problems)
    return outcome


def _without_outcome(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "outcome"}


def _shape_problems(document: Document) -> list[Problem]:
    if isinstance(document.data, dict):
        return []
    kind = type(document.data).__name__
    message = f"must be a mapping with id, title, as_of, attackers, targets, powers, not a {kind}"
    return [Problem(code="E202", message=message, line=1, column=1)]


def _validate(
    document: Document, kind: type[_T], raw: Any, prefix: tuple[str | int, ...]
) -> tuple[_T | None, list[Problem]]:
    try:
        return _adapters()[kind].validate_python(raw), []
    except ValidationError as error:
        details = [detail for detail in error.errors() if not _is_echo(detail)]
        return None, [_problem(document, detail, prefix) for detail in details]


def _is_echo(detail: ErrorDetails) -> bool:
    """Tell whether a list is 'too short' only because its items are wrong themselves."""
    return detail["type"] == "too_short" and bool(detail["input"])


_EXPLAIN = {
    "missing": ("E203", "is missing"),
    "unexpected_keyword_argument": ("E201", "unknown key"),
    "extra_forbidden": ("E201", "unknown key"),
}


def _problem(document: Document, detail: ErrorDetails, prefix: tuple[str | int, ...]) -> Problem:
    path = (*prefix, *detail["loc"])
    code, message = _EXPLAIN.get(detail["type"], ("E202", _plain(detail)))
    hint = ""
    place = document.place(path)
    line, column = place.line, place.column
    if detail["input"] is None:
        line, column = place.key_line, place.key_column
    if code == "E201":
        line, column = place.key_line, place.key_column
        key = str(path[-1])
        near = nearest(key, _known_keys(path))
        message = f"unknown key {shown(key)}"
        hint = f"did you mean {near!r}?" if near else _allowed(path)
    elif code == "E203":
        message = f"{path[-1]!r} is missing"
    elif "expected" in (words := detail.get("ctx", {})):
        said, allowed = str(detail["input"]), re.findall(r"'([^']+)'", words["expected"])
        near = nearest(said, tuple(allowed))
        near = near or next((word for word in allowed if word.startswith(said)), None)
        hint = f"did you mean {near!r}?" if near else ""
    return Problem(
        code=code, message=message, path=dotted(path), line=line, column=column, hint=hint
    )


_KINDS = {
    "tuple_type": "must be a list, such as [a, b]",
    "dict_type": "must be a mapping, such as {key: value}",
    "mapping_type": "must be a mapping, such as {key: value}",
    "dataclass_type": "must be a mapping, such as {key: value}",
    "string_type": "must be text",
    "too_short": "must have at least one entry",
}


def _plain(detail: ErrorDetails) -> str:
    message = detail["msg"].removeprefix("Value error, ").replace("Input should", "must")
    if detail["type"].startswith("date"):
        message = "must be a date such as 2026-03-04"
    message = _KINDS.get(detail["type"], message)
    if detail["type"] in {"quantity", "value_error"}:
        return message
    return f"{message}, not {shown(detail['input'])}"


def _known_keys(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys allowed where an unknown one stood, read off the JSON Schema."""
    from sidelines.crisis.schema import keys_at

    return keys_at(path[:-1])


def _allowed(path: tuple[str | int, ...]) -> str:
    keys = _known_keys(path)
    return f"allowed here: {', '.join(keys)}" if keys else ""

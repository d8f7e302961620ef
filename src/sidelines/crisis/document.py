"""A YAML text as plain data that still knows where everything stood."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML, MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from sidelines.terms.errors import CrisisFileError, NotFoundError, Problem

__all__ = ["Document", "Path_", "Place", "dotted", "parse", "read_text"]

MAX_BYTES = 1_000_000
_MAX_DEPTH = 40

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key and its value stand, counted from 1."""

    line: int
    column: int
    key_line: int
    key_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Plain data, the place of each of its parts, and the lines to quote in an error."""

    file: str
    data: Any
    places: dict[Path_, Place]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path_) -> Place:
        """Return the place of a path, or of its nearest parent that stands in the text."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1, 1, 1))

    def fail(self, problems: list[Problem]) -> CrisisFileError:
        """Return the error that carries these problems, in the order of the file."""
        ordered = sorted(set(problems), key=lambda p: (p.line, p.column, p.path))
        return CrisisFileError(self.file, tuple(ordered), self.lines)


def read_text(path: Path) -> str:
    """Return a file's text, or say why it is no crisis file."""

    def refuse(code: str, message: str, hint: str = "") -> CrisisFileError:
        problem = Problem(code=code, message=message, hint=hint, line=0)
        return CrisisFileError(path.name, (problem,), ())

    if not path.exists():
        raise NotFoundError(f"there is no file {path}.")
    if path.is_dir():
        raise refuse("E206", "is a folder, not a crisis file")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise refuse(
            "E207", f"is {size:,} bytes long; a crisis file has at most {MAX_BYTES:,} bytes"
        )
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(
            "E208", f"is not text in UTF-8 (byte {error.start})", "Save it as UTF-8 text."
        ) from None
    except OSError as error:
        raise refuse("E206", f"cannot be read: {error.strerror}") from None
    bad = next((i for i, c in enumerate(text) if ord(c) < 32 and c not in "\t\n\r"), None)
    if bad is not None:
        raise refuse("E208", f"is not plain text: control character at position {bad}")
    if not text.strip():
        raise refuse("E209", "is empty", "Start from: sidelines new MY-CRISIS")
    return text


def parse(text: str, *, file: str) -> Document:
    """Return the document a YAML text holds; raise `CrisisFileError` where it is no YAML.

    Twin keys, aliases and impossible dates come back as the document's problems.
    """
    lines = tuple(text.splitlines())
    places: dict[Path_, Place] = {}
    problems: list[Problem] = []
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        data = _build(node, (), places, problems, set())
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = Problem(
            code="E200", message=f"is not valid YAML: {message}", line=line, column=column
        )
        raise CrisisFileError(file, (problem,), lines) from None
    except (YAMLError, RecursionError, ValueError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        problem = Problem(code="E200", message=f"is not valid YAML: {detail}", line=1, column=1)
        raise CrisisFileError(file, (problem,), lines) from None
    return Document(file=file, data=data, places=places, lines=lines, problems=tuple(problems))


def _build(
    node: Node, path: Path_, places: dict[Path_, Place], problems: list[Problem], seen: set[int]
) -> Any:
    """Turn a node graph into plain data, noting places and refusing aliases and twin keys."""
    here = Place(*_position(node), *_position(node))
    places.setdefault(path, here)
    if id(node) in seen or node.anchor is not None:
        _refuse(problems, "E205", "anchors and aliases (& and *) are not allowed", path, here)
        return None
    seen.add(id(node))
    if len(path) > _MAX_DEPTH:
        _refuse(problems, "E200", f"is nested more than {_MAX_DEPTH} levels deep", path, here)
        return None
    if isinstance(node, MappingNode):
        data: dict[Any, Any] = {}
        for key, value, at in _pairs(node, path, places, problems, seen):
            if key in data:
                _refuse(problems, "E204", f"the key {key!r} stands here twice", (*path, key), at)
            data[key] = value
        return data
    if isinstance(node, SequenceNode):
        return [
            _build(child, (*path, index), places, problems, seen)
            for index, child in enumerate(node.value)
        ]
    try:
        return _CONSTRUCTOR.construct_object(node)
    except ValueError as error:
        _refuse(problems, "E202", f"{node.value!r} is impossible: {error}", path, here)
        return None


def _pairs(
    node: MappingNode,
    path: Path_,
    places: dict[Path_, Place],
    problems: list[Problem],
    seen: set[int],
) -> Iterator[tuple[str, Any, Place]]:
    for key_node, value_node in node.value:
        line, column = _position(key_node)
        at = Place(*_position(value_node), line, column)
        if not isinstance(key_node, ScalarNode):
            _refuse(problems, "E200", "a key must be a word", path, at)
            continue
        key = str(key_node.value)
        inner = (*path, key)
        places.setdefault(inner, at)
        yield key, _build(value_node, inner, places, problems, seen), places[inner]


def _refuse(problems: list[Problem], code: str, message: str, path: Path_, at: Place) -> None:
    problems.append(
        Problem(
            code=code,
            message=message,
            path=dotted(path),
            line=at.key_line,
            column=at.key_column,
        )
    )


def dotted(path: Path_) -> str:
    """Return `powers[1].stake` for ("powers", 1, "stake").

    >>> dotted(("powers", 1, "stake"))
    'powers[1].stake'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).lstrip(".")


def _position(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


_CONSTRUCTOR = YAML(typ="safe", pure=True).constructor

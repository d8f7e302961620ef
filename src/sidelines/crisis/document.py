"""A YAML text as plain data that still knows where everything stood."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML, ScalarNode
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sidelines.terms.errors import CrisisFileError, NotFoundError, Problem, cut, shown

__all__ = ["Document", "Path_", "Place", "dotted", "parse", "read_text"]

MAX_BYTES = 1_000_000
MAX_ENTRIES = 1_000
_MAX_DEPTH = 40
_LARGEST_INTEGER = 10**15
# Control characters but for line ends and tabs, and those that turn the direction of writing.
_HIDDEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")
_NOT_PLAIN = "holds characters that cannot be seen"

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

    try:
        raw = _read_bytes(path)
        text = raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {shown(str(path))}.") from None
    except IsADirectoryError:
        raise refuse("E206", "is a folder, not a crisis file") from None
    except UnicodeDecodeError as error:
        raise refuse(
            "E208", f"is not text in UTF-8 (byte {error.start})", "Save it as UTF-8 text."
        ) from None
    except (OSError, ValueError) as error:
        raise refuse("E206", f"cannot be read: {getattr(error, 'strerror', error)}") from None
    if len(raw) > MAX_BYTES:
        raise refuse("E207", f"is longer than a crisis file may be: at most {MAX_BYTES:,} bytes")
    bad = next((i for i, c in enumerate(text) if ord(c) < 32 and c not in "\t\n\r"), None)
    if bad is not None:
        raise refuse("E208", f"is not plain text: control character at position {bad}")
    if not text.strip():
        raise refuse("E209", "is empty", "Start from: sidelines new MY-CRISIS")
    return text


def _read_bytes(path: Path) -> bytes:
    """Read at most one byte more than is allowed, and never wait for a pipe or a device."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as file:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is a pipe or a device, not a regular file")
        return file.read(MAX_BYTES + 1)


def parse(text: str, *, file: str) -> Document:
    """Return the document a YAML text holds; raise `CrisisFileError` where it is no YAML.

    Twin keys, tags, aliases and impossible dates come back as the document's problems.
    """
    lines = tuple(_HIDDEN.sub("\N{REPLACEMENT CHARACTER}", line) for line in text.splitlines())
    notes = _Notes(places={}, problems=[])
    try:
        data = _only_document(YAML(typ="safe", pure=True).parse(text), notes)
    except _RefusalError as refusal:
        raise CrisisFileError(file, (*notes.problems, refusal.problem), lines) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = Problem(
            code="E200",
            message=f"is not valid YAML: {message}",
            line=line,
            column=column,
            hint="the mistake is often on the line before",
        )
        raise CrisisFileError(file, (problem,), lines) from None
    except (YAMLError, RecursionError, ValueError, OverflowError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else cut(str(error))
        problem = Problem(code="E200", message=f"is not valid YAML: {detail}", line=1, column=1)
        raise CrisisFileError(file, (problem,), lines) from None
    return Document(
        file=file, data=data, places=notes.places, lines=lines, problems=tuple(notes.problems)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notes:
    """What is noted while a text is read: where its parts stand, and what is wrong with them."""

    places: dict[Path_, Place]
    problems: list[Problem]

    def refuse(self, code: str, message: str, path: Path_, at: Place) -> None:
        self.problems.append(_problem(code, message, path, at))


class _RefusalError(Exception):
    """The rest of a text is not worth reading."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _problem(code: str, message: str, path: Path_, at: Place) -> Problem:
    where = dotted(path)
    return Problem(code=code, message=message, path=where, line=at.key_line, column=at.key_column)


def _only_document(events: Iterator[Any], notes: _Notes) -> Any:
    data: Any = None
    count = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            count += 1
            if count > 1:
                at = _place(event)
                raise _RefusalError(_problem("E200", "a crisis file is one document", (), at))
            data = _build(next(events), events, (), notes)
    return data


def _build(event: Any, events: Iterator[Any], path: Path_, notes: _Notes) -> Any:
    """Turn a run of events into plain data, noting places and refusing aliases and twin keys."""
    here = _place(event)
    notes.places.setdefault(path, here)
    if not _is_plain(event, path, notes):
        _skip(event, events)
        return None
    if len(path) > _MAX_DEPTH:
        message = f"is nested more than {_MAX_DEPTH} levels deep"
        raise _RefusalError(_problem("E200", message, path, here))
    if isinstance(event, MappingStartEvent):
        return _mapping(events, path, notes, here)
    if isinstance(event, SequenceStartEvent):
        items: list[Any] = []
        for child in _until(events, SequenceEndEvent):
            _count(len(items), path, here)
            items.append(_build(child, events, (*path, len(items)), notes))
        return items
    return _scalar(event, path, notes, here)


def _is_plain(event: Any, path: Path_, notes: _Notes) -> bool:
    """Tell whether a node is neither named, nor a name, nor tagged; note it if it is."""
    at = _place(event)
    if isinstance(event, AliasEvent) or event.anchor is not None:
        notes.refuse("E205", "anchors and aliases (& and *) are not allowed", path, at)
        return False
    if event.tag is not None:
        message = f"tags are not allowed: write the value without {shown(str(event.tag))}"
        notes.refuse("E200", message, path, at)
        return False
    return True


def _count(before: int, path: Path_, at: Place) -> None:
    if before >= MAX_ENTRIES:
        message = f"has more than {MAX_ENTRIES:,} entries"
        raise _RefusalError(_problem("E207", message, path, at))


def _until(events: Iterator[Any], end: type) -> Iterator[Any]:
    """Walk the events of the children; who takes one must take all that belongs to it."""
    for event in events:
        if isinstance(event, end):
            return
        yield event


def _skip(event: Any, events: Iterator[Any]) -> None:
    """Take what belongs to a node that was refused."""
    depth = 0
    while True:
        depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
        depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
        if depth == 0:
            return
        event = next(events)


def _mapping(events: Iterator[Any], path: Path_, notes: _Notes, here: Place) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_event in _until(events, MappingEndEvent):
        _count(len(data), path, here)
        at = _place(key_event)
        is_plain = _is_plain(key_event, path, notes)
        if not is_plain or not isinstance(key_event, ScalarEvent):
            if is_plain:
                notes.refuse("E200", "a key must be a word", path, at)
            _skip(key_event, events)
            _skip(next(events), events)
            continue
        key = str(key_event.value)
        inner = (*path, key)
        value_event = next(events)
        value = _place(value_event)
        place = Place(value.line, value.column, at.line, at.column)
        if _HIDDEN.search(key):
            notes.refuse("E208", f"the key {shown(key)} {_NOT_PLAIN}", inner, place)
        if key in data:
            notes.refuse("E204", f"the key {shown(key)} stands here twice", inner, place)
        notes.places.setdefault(inner, place)
        data[key] = _build(value_event, events, inner, notes)
    return data


def _scalar(event: Any, path: Path_, notes: _Notes, here: Place) -> Any:
    """Return a text, number, date, truth value or nothing, as the YAML resolver reads it."""
    tag = _READER.resolver.resolve(ScalarNode, event.value, event.implicit)
    try:
        node = ScalarNode(tag, event.value, event.start_mark, event.end_mark, style=event.style)
        value = _READER.constructor.construct_object(node)
    except (ValueError, ArithmeticError, LookupError, TypeError, YAMLError) as error:
        detail = cut(str(error))
        notes.refuse("E202", f"{shown(event.value)} is impossible: {detail}", path, here)
        return None
    if isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
        notes.refuse("E202", f"{shown(event.value)} is too large a number", path, here)
        return None
    if isinstance(value, str) and _HIDDEN.search(value):
        notes.refuse("E208", f"{shown(value)} {_NOT_PLAIN}", path, here)
        return None
    return value


def dotted(path: Path_) -> str:
    """Return `powers[1].stake` for ("powers", 1, "stake").

    >>> dotted(("powers", 1, "stake"))
    'powers[1].stake'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{_visible(part)}" for part in path)
    return "".join(parts).lstrip(".")


def _visible(part: str) -> str:
    return cut(_HIDDEN.sub("\N{REPLACEMENT CHARACTER}", part))


def _place(event: Any) -> Place:
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    return Place(line, column, line, column)


_READER = YAML(typ="safe", pure=True)

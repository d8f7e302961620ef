"""Every error of Sidelines. The library raises and never prints; only the doors catch.

SidelinesError                  exit code
|- UsageError (ValueError)          2   a wrong argument
|- CrisisFileError (ValueError)     2   a crisis file that cannot be used; carries problems
|- NotFoundError (KeyError)         3   no such crisis, power, rung
|- DataError (LookupError)          4   data missing or past coverage
|  `- TableError (ValueError)       4   a broken table of facts
`- CheckFailedError                 5   a check the user asked for did not hold
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

__all__ = [
    "CheckFailedError",
    "CrisisFileError",
    "DataError",
    "NotFoundError",
    "Problem",
    "SidelinesError",
    "TableError",
    "UsageError",
    "cut",
    "nearest",
    "shown",
]

_SHOWN_CHARACTERS = 60


def cut(text: str) -> str:
    """Return a text for a message, at most 60 characters of it.

    >>> cut("x" * 100) == "x" * 57 + "..."
    True
    """
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 3] + "..."


def shown(value: object) -> str:
    """Return a value as it is quoted in a message, at most 60 characters of it.

    >>> shown("Rusia")
    "'Rusia'"
    """
    return cut(repr(value[:_SHOWN_CHARACTERS] if isinstance(value, str) else value))


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """Return the known word closest to a mistyped one, or None.

    >>> nearest("Rusia", ["Russia", "Prussia"])
    'Russia'
    """
    return None if len(word) > _SHOWN_CHARACTERS else _nearest(word.casefold(), tuple(known))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    folded = {candidate.casefold(): candidate for candidate in reversed(known)}
    matches = get_close_matches(word, list(folded), n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a file: where, what, and what to write instead."""

    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""


class SidelinesError(Exception):
    """Anything Sidelines refuses to do; carries an error code and an exit code."""

    exit_code = 1
    code = "E001"

    def __init__(self, message: str, *, code: str | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(SidelinesError, ValueError):
    """A wrong argument."""

    exit_code = 2
    code = "E101"


class CrisisFileError(SidelinesError, ValueError):
    """A crisis file that cannot be used; `problems` holds all that is wrong with it."""

    exit_code = 2
    code = "E200"

    def __init__(self, file: str, problems: tuple[Problem, ...], lines: tuple[str, ...]) -> None:
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        super().__init__(f"{count} in {file}.", code=problems[0].code)
        self.file = file
        self.problems = problems
        self.lines = lines


class NotFoundError(SidelinesError, KeyError):
    """A crisis, power or rung that does not exist."""

    exit_code = 3
    code = "E301"


class DataError(SidelinesError, LookupError):
    """Data that is missing or asked for outside the years it covers."""

    exit_code = 4
    code = "E401"


class TableError(DataError, ValueError):
    """A table of facts that does not keep its form."""

    code = "E402"


class CheckFailedError(SidelinesError):
    """A check the user asked for did not hold."""

    exit_code = 5
    code = "E501"

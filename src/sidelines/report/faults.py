"""Errors as people and programs read them."""

import re
from typing import Any

from sidelines.terms.errors import CrisisFileError, Problem, SidelinesError

__all__ = ["fault_document", "fault_text"]

_WIDEST = 100  # columns shown of a line of a file
_LONGEST = 200  # letters of a message
_LONGEST_HINT = 400  # letters of a hint, which may list all that is allowed
_MOST = 50  # problems told at once
_LONG_QUOTE = re.compile(r"'([^']{60})[^']{20,}'")


def fault_text(error: SidelinesError) -> str:
    """Return where, what was wrong with which value, what is allowed, the nearest good value."""
    if not isinstance(error, CrisisFileError):
        hint = f"\n{_cut(error.hint, _LONGEST_HINT)}" if error.hint else ""
        return f"error[{error.code}] {_cut(error.message)}{hint}"
    parts = [_problem_text(error, problem) for problem in error.problems[:_MOST]]
    rest = len(error.problems) - _MOST
    if rest > 0:
        parts.append(f"and {rest} more problem{'s' if rest > 1 else ''}")
    codes = sorted({problem.code for problem in error.problems})
    parts.append(
        f"{error.message} Nothing was run. Rules and examples: sidelines explain {codes[0]}"
    )
    return "\n".join(parts)


def _cut(text: str, longest: int = _LONGEST) -> str:
    """Return a text of bounded length: what it quotes is cut first, then its end."""
    if len(text) > longest:
        text = _LONG_QUOTE.sub(r"'\1…'", text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _printable(line: str) -> str:
    """Return a line of a file with a blank for every tab and control character."""
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _problem_text(error: CrisisFileError, problem: Problem) -> str:
    message, hint = _cut(problem.message), _cut(problem.hint, _LONGEST_HINT)
    if not problem.line:
        below = f"\n  {hint}" if hint else ""
        return f"error[{problem.code}] {error.file} {message}{below}"
    head = f"error[{problem.code}] {error.file}:{problem.line}:{problem.column}"
    said = f"{message.rstrip('.')}: {hint}" if hint else message
    lines = error.lines
    quoted = lines[problem.line - 1] if problem.line <= len(lines) else ""
    start = max(0, problem.column - _WIDEST // 2)
    shown = _printable(quoted[start : start + _WIDEST])
    gutter = f"{problem.line:5d} | "
    caret = " " * (len(gutter) - 2) + "| " + " " * (problem.column - 1 - start) + "^"
    return f"{head}  {_cut(problem.path)}\n{gutter}{shown}\n{caret} {said}"


def fault_document(error: SidelinesError) -> dict[str, Any]:
    """Return `{code, message, where, hint}` for each problem, and how many there are in all."""
    if isinstance(error, CrisisFileError):
        problems = [
            {
                "code": problem.code,
                "message": _cut(problem.message),
                "where": {
                    "file": error.file,
                    "line": problem.line,
                    "column": problem.column,
                    "path": _cut(problem.path),
                },
                "hint": _cut(problem.hint, _LONGEST_HINT),
            }
            for problem in error.problems[:_MOST]
        ]
        return {"error": problems[0], "errors": problems, "count": len(error.problems)}
    said, hint = _cut(error.message), _cut(error.hint, _LONGEST_HINT)
    one = {"code": error.code, "message": said, "where": None, "hint": hint}
    return {"error": one, "errors": [one], "count": 1}

"""Errors as people and programs read them."""

from typing import Any

from sidelines.terms.errors import CrisisFileError, Problem, SidelinesError

__all__ = ["fault_document", "fault_text"]

_WIDEST = 100


def fault_text(error: SidelinesError) -> str:
    """Return where, what was wrong with which value, what is allowed, the nearest good value."""
    if not isinstance(error, CrisisFileError):
        return f"error[{error.code}] {error.message}" + (f"\n{error.hint}" if error.hint else "")
    parts = [_problem_text(error, problem) for problem in error.problems]
    codes = sorted({problem.code for problem in error.problems})
    parts.append(
        f"{error.message} Nothing was run. Rules and examples: sidelines explain {codes[0]}"
    )
    return "\n".join(parts)


def _problem_text(error: CrisisFileError, problem: Problem) -> str:
    if not problem.line:
        hint = f"\n  {problem.hint}" if problem.hint else ""
        return f"error[{problem.code}] {error.file} {problem.message}{hint}"
    head = f"error[{problem.code}] {error.file}:{problem.line}:{problem.column}"
    said = f"{problem.message.rstrip('.')}: {problem.hint}" if problem.hint else problem.message
    lines = error.lines
    quoted = lines[problem.line - 1] if problem.line <= len(lines) else ""
    start = max(0, problem.column - _WIDEST // 2)
    shown = quoted[start : start + _WIDEST].replace("\t", " ")
    gutter = f"{problem.line:5d} | "
    caret = " " * (len(gutter) - 2) + "| " + " " * (problem.column - 1 - start) + "^"
    return f"{head}  {problem.path}\n{gutter}{shown}\n{caret} {said}"


def fault_document(error: SidelinesError) -> dict[str, Any]:
    """Return `{code, message, where, hint}` for each problem."""
    if isinstance(error, CrisisFileError):
        problems = [
            {
                "code": problem.code,
                "message": problem.message,
                "where": {
                    "file": error.file,
                    "line": problem.line,
                    "column": problem.column,
                    "path": problem.path,
                },
                "hint": problem.hint,
            }
            for problem in error.problems
        ]
        return {"error": problems[0], "errors": problems}
    one = {"code": error.code, "message": error.message, "where": None, "hint": error.hint}
    return {"error": one, "errors": [one]}

"""The rule and an example behind each error code."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from sidelines.report.meta import bare_meta
from sidelines.terms.errors import NotFoundError, nearest

__all__ = ["codes", "explain", "explain_document"]


@cache
def codes() -> dict[str, dict[str, str]]:
    """Return rule, wrong and right by code."""
    file = resources.files("sidelines.report").joinpath("codes.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def explain(code: str) -> dict[str, str]:
    """Return code, rule and examples, or raise `NotFoundError` with the nearest code."""
    wanted = code.upper()
    if wanted not in codes():
        near = nearest(wanted, tuple(codes()))
        hint = f"Did you mean {near}?" if near else f"Codes: {', '.join(codes())}."
        raise NotFoundError(f"{code!r} is no error code.", hint=hint)
    return {"code": wanted, **codes()[wanted]}


def explain_document(code: str) -> dict[str, Any]:
    """Return the document of `explain --json`."""
    return {"meta": bare_meta(), **explain(code)}

"""Where a number comes from."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

__all__ = ["ASSUMED", "Source", "Strength", "is_assumed"]

Strength = Literal["A", "B", "C"]
ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document or data row that carries a figure.

    `strength` is A for a primary record or a maintained data set, B for a named secondary report,
    C for anything weaker.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    title: str
    date: dt.date
    locator: str = ""
    strength: Strength = "B"


def is_assumed(source: str | None) -> bool:
    """Tell whether a figure rests on nobody's record but our judgement."""
    return source is None or source.strip().lower().startswith(ASSUMED)

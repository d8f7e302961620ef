"""A row of a table, and the fact that a question makes of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Fact", "Row", "age_months", "fact_of"]

Value = TypeVar("Value")
_DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table: what it says, when that held, who says so."""

    table: str
    line: int
    fields: Mapping[str, str]
    date: dt.date
    until: dt.date | None
    published: dt.date
    source: str
    note: str = ""

    @property
    def dataset(self) -> str | None:
        """Name of the data set the row was read from; None for assumptions and documents."""
        folder, colon, _ = self.source.partition(":")
        return folder if colon else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[Value]):
    """A value with its unit and everything needed to check it.

    `date` is the day a figure describes, or the first day of a spell; `until` the last day of a
    spell, None while it lasts; `published` the first day on which our vintage could be read.
    """

    value: Value
    unit: str
    date: dt.date
    until: dt.date | None
    published: dt.date
    source: str
    note: str = ""


def fact_of(row: Row, value: Value, *, unit: str) -> Fact[Value]:
    """Return a value with the dates, source and note of the row that gave it."""
    return Fact(
        value=value,
        unit=unit,
        date=row.date,
        until=row.until,
        published=row.published,
        source=row.source,
        note=row.note,
    )


def age_months(fact: Fact[Value], as_of: dt.date) -> float:
    """Return how long before `as_of` the day lies that a figure describes [months].

    >>> from sidelines.facts.strength import strength_share
    >>> from sidelines.facts.world import load_world
    >>> day = dt.date(2022, 2, 24)
    >>> share = strength_share(load_world(day, retrospective=True), "RUS")
    >>> round(age_months(share, day))
    2
    """
    return (as_of - fact.date).days / _DAYS_A_MONTH

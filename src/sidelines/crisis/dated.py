"""The day of an inline source, read off the keys of its row."""

import datetime as dt
import re

from sidelines.terms.sources import is_assumed

__all__ = ["dated_on"]

_ROW = re.compile(r"[A-Za-z]\w*:")
_KEY = re.compile(
    r"(?i)(?:years?|date)\s*(?:<=|=)\s*"
    r"(?:(?P<day>\d{4}-\d{2}-\d{2})(?!\d)|(?P<years>\d{4}(?:\s*-\s*\d{4})?)(?!\d))"
)


def dated_on(source: str | None) -> dt.date | None:
    """Return the latest day that a `dataset:row` names, a year as its 1 January, or None.

    >>> dated_on("sipri_transfers:recipient=Georgia, delivery_years=2005-2007")
    datetime.date(2007, 1, 1)
    >>> dated_on("kiel_ukraine:donor=Canada,announcement_date=2022-02-14")
    datetime.date(2022, 2, 14)
    >>> dated_on("assumed") is None
    True
    """
    if is_assumed(source) or source is None or _ROW.match(source) is None:
        return None
    days = [_first_day(found["day"] or found["years"]) for found in _KEY.finditer(source)]
    return max((day for day in days if day is not None), default=None)


def _first_day(text: str) -> dt.date | None:
    """Return the date written, or 1 January of the last year written."""
    words = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
    try:
        return dt.date.fromisoformat(text if words else f"{text[-4:]}-01-01")
    except ValueError:
        return None

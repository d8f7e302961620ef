"""What an answer rests on: what was missing, what was assumed, which facts were used."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sidelines.assess.settings import Change
from sidelines.crisis.quantity import Quantity
from sidelines.facts.record import Fact, age_months
from sidelines.terms.sources import is_assumed

__all__ = ["Cited", "Notes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A figure that entered the answer, and where it stands."""

    what: str
    value: str
    unit: str
    date: dt.date | None
    source: str


@dataclass(slots=True, kw_only=True)
class Notes:
    """A running list, filled while inputs are gathered."""

    as_of: dt.date
    stale_months: float
    missing: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    old: list[str] = field(default_factory=list)
    figure_days: list[dt.date] = field(default_factory=list)
    changes: dict[str, tuple[Change, ...]] = field(default_factory=dict)

    def lack(self, what: str) -> None:
        """Note a missing figure; a wide range stands in for it."""
        if what not in self.missing:
            self.missing.append(what)

    def lack_all(self, names: Iterable[str]) -> None:
        """Note several missing figures at once."""
        self.missing = list(dict.fromkeys([*self.missing, *names]))

    def take(self, what: str, quantity: Quantity) -> Quantity:
        """Note a number of the crisis file, and return it."""
        source = quantity.source
        if is_assumed(source):
            self.assumed.append(what)
        else:
            self._cite(what, f"{quantity.centre:g}", "", None, str(source))
        return quantity

    def fact(self, what: str, fact: Fact[Any]) -> None:
        """Note a fact; say so where it rests on an assumption or is old."""
        if is_assumed(fact.source):
            self.assumed.append(what)
        else:
            self._cite(what, _shown(fact.value), fact.unit, fact.date, fact.source)
        point_figure = fact.until is None and fact.unit in {"1", "busd", "UN ideal points", "class"}
        if point_figure:
            self.figure_days.append(fact.date)
            if age_months(fact, self.as_of) > self.stale_months:
                self.old.append(f"{what} ({fact.date.year})")

    def _cite(self, what: str, value: str, unit: str, date: dt.date | None, source: str) -> None:
        row = Cited(what=what, value=value, unit=unit, date=date, source=source)
        if row not in self.cited:
            self.cited.append(row)


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(getattr(value, "name", value))

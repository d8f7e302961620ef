"""What really happened: kept beside a crisis, read by reports, never by the model."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from sidelines.crisis.model import ActorId, InstrumentName
from sidelines.terms.roles import Side

__all__ = ["Cell", "Outcome"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Whether one power used one instrument for one side; `unknown` where no record says."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    power: ActorId
    side: Side
    instrument: InstrumentName
    happened: bool | Literal["unknown"]
    source: str
    date: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All cells, and the day until which one looked."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    until: dt.date
    cells: tuple[Cell, ...]

    def used(self, power: str, side: Side) -> dict[str, bool | None]:
        """Return instrument -> used, not used or unknown (None) for a power on a side."""
        return {
            cell.instrument: None if cell.happened == "unknown" else cell.happened
            for cell in self.cells
            if cell.power == power and cell.side is side
        }

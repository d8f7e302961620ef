"""Bilateral trade (COW): how much of a state's trade is with another."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sidelines.facts.official.folder import once_per_folder, read
from sidelines.facts.official.pairs import unordered

__all__ = ["Trade", "load_trade"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Flows in both directions by pair and year, and imports and exports by state and year.

    All in current million US dollars. A pair without a recorded flow counts as not trading, though
    nobody may have reported it: ask `recorded`.
    """

    flows: Mapping[tuple[int, int, int], float]
    totals: Mapping[tuple[int, int], float]

    def share(self, a: int, b: int, year: int) -> float | None:
        """Return the share of `a`'s imports and exports that is with `b`, or None without total."""
        total = self.totals.get((a, year))
        if not total:
            return None
        return min(1.0, self.flows.get((*unordered(a, b), year), 0.0) / total)

    def recorded(self, a: int, b: int, year: int) -> bool:
        """Tell whether a flow between two states was recorded (Cuba's with Moscow was not)."""
        return (*unordered(a, b), year) in self.flows


@once_per_folder
def load_trade() -> Trade:
    """Return the trade of the user's copy."""
    return Trade(flows=_flows(), totals=_totals())


def _flows() -> dict[tuple[int, int, int], float]:
    keys, values = ["ccode1", "ccode2", "year"], ["smoothflow1", "smoothflow2"]
    columns = read("trade", "cow_trade_v4_dyad_year.parquet", [*keys, *values])
    both = np.nansum([columns[name].astype(float) for name in values], axis=0)
    low, high = np.sort([columns["ccode1"], columns["ccode2"]], axis=0)
    triples = zip(low.tolist(), high.tolist(), columns["year"].tolist(), strict=True)
    return dict(zip(triples, both.tolist(), strict=True))


def _totals() -> dict[tuple[int, int], float]:
    names = ["ccode", "year", "imports", "exports"]
    columns = read("trade", "cow_trade_v4_state_year.parquet", names)
    total = columns["imports"] + columns["exports"]
    known = ~np.isnan(total)
    keys = zip(columns["ccode"][known].tolist(), columns["year"][known].tolist(), strict=True)
    return dict(zip(keys, total[known].tolist(), strict=True))

"""What major powers said and showed for other states (McManus and Nieman), 1950 to 2012."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["POWERS", "Signal", "Signals", "load_signals"]

POWERS: Mapping[int, str] = MappingProxyType(
    {2: "us", 200: "uk", 220: "fra", 365: "rus", 710: "chi"}
)
_SIGNALS = {
    "words": "words",
    "visits": "vis",
    "exercises": "ex",
    "arms_tiv": "arms",
    "troops": "troops",
    "pact": "pact",
}
_WORDS_OF = {"us"}  # supportive statements are counted for the United States only


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What a power did for a state in a year; what was not counted is None.

    Supportive statements, visits of leaders and joint exercises are counts; arms are SIPRI's
    [million TIV], troops persons stationed there, `pact` a defence pact. `level` is the median of
    the latent support that all of it signals [standard deviations].
    """

    words: float | None
    visits: float | None
    exercises: float | None
    arms_tiv: float | None
    troops: float | None
    pact: float | None
    level: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Columns of figures, and the row of each state and year."""

    rows: Mapping[tuple[int, int], int]
    figures: Mapping[tuple[int, str], np.ndarray]

    def signal(self, power: int, protege: int, year: int) -> Signal | None:
        """Return what a major power signalled for a state, or None for a pair or year not coded."""
        row = self.rows.get((protege, year))
        if row is None or power not in POWERS or power == protege:
            return None
        names = (*_SIGNALS, "level")
        found = {name: self.figures.get((power, name)) for name in names}
        return Signal(
            **{name: None if held is None else _known(held[row]) for name, held in found.items()}
        )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


@once_per_folder
def load_signals() -> Signals:
    """Return the signals of the user's copies: single ones, and their latent level."""
    wanted = {
        (power, name): f"{prefix}_{stem}"
        for power, prefix in POWERS.items()
        for name, stem in _SIGNALS.items()
        if name != "words" or prefix in _WORDS_OF
    }
    single = read(
        "signals", "major_power_signals_1950_2012.parquet", ["ccode", "year", *wanted.values()]
    )
    rows = _rows(single)
    figures = {key: single[column] for key, column in wanted.items()}
    medians = [f"median_{prefix}" for prefix in POWERS.values()]
    levels = read(
        "signals", "major_power_signal_levels_1950_2012.parquet", ["ccode", "year", *medians]
    )
    order = np.array([rows[pair] for pair in _rows(levels)])
    for power, median in zip(POWERS, medians, strict=True):
        held = np.full(len(rows), np.nan)
        held[order] = levels[median]
        figures[power, "level"] = held
    return Signals(rows=rows, figures=figures)


def _rows(columns: Mapping[str, np.ndarray]) -> dict[tuple[int, int], int]:
    pairs = zip(columns["ccode"].tolist(), columns["year"].tolist(), strict=True)
    return {pair: row for row, pair in enumerate(pairs)}

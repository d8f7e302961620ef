"""Measure the access of past cases to files: python tools/measure_access.py FOLDER crises|episodes.

Needs the research data (SIDELINES_DATA) and some minutes for each. The files stay out of the
repository: they rest on data that may not be passed on. Chances of leave are drawn for crises
alone; there are ten times as many episodes.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from sidelines.history.columns import Columns
from sidelines.history.past_access import FEATURES, Key, past_access
from sidelines.history.records import official_records
from sidelines.history.running import tables_once
from study_cases import episode_columns, icb_columns

__all__ = [
    "DRAWS",
    "TASKS",
    "crisis_keys",
    "episode_keys",
    "measure",
    "measured",
    "with_access",
]

DRAWS = {"crises": 50, "episodes": 0}
TASKS = {"icb": "crises", "acd-forces": "episodes"}
_LAST_YEAR = 2017


def crisis_keys(columns: Columns) -> list[Key]:
    """Return the key of each case of the study's table of crises."""
    names = ("power", "backed", "opposed", "year")
    return [_key(*row) for row in zip(*(columns[name] for name in names), strict=True)]


def episode_keys(columns: Columns) -> list[Key]:
    """Return the key of each case of the study's table of episodes, which names no opposed state.

    Ours does, for the same episode, power and side; a case that it does not have has nobody.
    """
    ours, names = tables_once().conflicts, ("crisis", "power", "side")
    places = zip(*(ours[name] for name in names), strict=True)
    parties = dict(zip(places, zip(ours["backed"], ours["opposed"], strict=True), strict=True))
    asked = zip(*(columns[name] for name in (*names, "backed", "crisis_year")), strict=True)
    keys = []
    for crisis, power, side, backed, year in asked:
        ally, foe = parties.get((crisis, power, side), (backed, np.nan))
        keys.append(_key(power, ally, foe, year))
    return keys


def _key(power: float, backed: float, opposed: float, year: float) -> Key:
    return int(power), int(backed), None if np.isnan(opposed) else int(opposed), int(year)


def with_access(tables: Mapping[str, Columns], folder: Path) -> dict[str, Columns]:
    """Return the study's tables with the features that are kept in a folder, measured if need be.

    Tables of other tasks are left as they are; a case that was not measured is unknown.
    """
    found = dict(tables)
    for task, what in TASKS.items():
        path = folder / f"{what}.npz"
        if not path.exists():
            measure(path)
        with np.load(path) as held:
            rows = dict(zip(map(tuple, held["keys"].tolist()), held["values"], strict=True))
        nothing = np.full(len(FEATURES), np.nan)
        values = [rows.get(_plain(key), nothing) for key in _KEYS[what](tables[task])]
        added = dict(zip(FEATURES, np.array(values).T, strict=True))
        found[task] = {**tables[task], **added}
    return found


def measured(keys: Iterable[Key], *, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the keys, -1 for nobody, and the features, a row a case."""
    found = past_access(keys, official_records(), draws=draws)
    values = [[one[name] for name in FEATURES] for one in found.values()]
    return (
        np.array([_plain(key) for key in found], dtype=int).reshape(-1, 4),
        np.array(values).reshape(-1, len(FEATURES)),
    )


def _plain(key: Key) -> tuple[int, int, int, int]:
    power, backed, opposed, year = key
    return power, backed, -1 if opposed is None else opposed, year


def measure(path: Path) -> None:
    """Write the features of the cases that a file is named for."""
    what, data = path.stem, Path(os.environ["SIDELINES_DATA"])
    columns = (icb_columns if what == "crises" else episode_columns)(data)
    keys = [key for key in _KEYS[what](columns) if key[3] <= _LAST_YEAR]
    found, values = measured(keys, draws=DRAWS[what])
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, keys=found, values=values)


_KEYS = {"crises": crisis_keys, "episodes": episode_keys}


def main() -> None:
    measure(Path(sys.argv[1]) / f"{sys.argv[2]}.npz")


if __name__ == "__main__":
    main()

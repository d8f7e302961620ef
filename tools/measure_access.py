"""Measure the access of past cases to a file: python tools/measure_access.py FOLDER [WORKERS].

Needs the research data (SIDELINES_DATA); takes some ten minutes on two cores. The file stays out of
the repository: it rests on data that may not be passed on.
"""

import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from sidelines.history.columns import Columns
from sidelines.history.past_access import FEATURES, Key, past_access
from sidelines.history.records import official_records
from sidelines.history.running import tables_once
from study_cases import episode_columns, icb_columns

__all__ = ["FILE", "crisis_keys", "episode_keys", "measured", "with_access"]

FILE = "access.npz"
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
    return [
        _key(power, *parties.get((crisis, power, side), (backed, np.nan)), year)
        for crisis, power, side, backed, year in asked
    ]


def _key(power: float, backed: float, opposed: float, year: float) -> Key:
    return int(power), int(backed), None if np.isnan(opposed) else int(opposed), int(year)


def with_access(columns: Columns, keys: list[Key], path: Path) -> dict[str, np.ndarray]:
    """Return a study's table with the features of the file; unknown where that has no such case."""
    with np.load(path) as held:
        rows = dict(zip(map(tuple, held["keys"].tolist()), held["values"], strict=True))
    nothing = np.full(len(FEATURES), np.nan)
    values = [rows.get(_plain(key), nothing) for key in keys]
    return {**columns, **dict(zip(FEATURES, np.array(values).T, strict=True))}


def measured(keys: Iterable[Key]) -> tuple[np.ndarray, np.ndarray]:
    """Return the keys, -1 for nobody, and the features, a row a case."""
    found = past_access(keys, official_records())
    values = [[one[name] for name in FEATURES] for one in found.values()]
    return (
        np.array([_plain(key) for key in found], dtype=int).reshape(-1, 4),
        np.array(values).reshape(-1, len(FEATURES)),
    )


def _plain(key: Key) -> tuple[int, int, int, int]:
    power, backed, opposed, year = key
    return power, backed, -1 if opposed is None else opposed, year


def main() -> None:
    folder, workers = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    data = Path(os.environ["SIDELINES_DATA"])
    keys = {*crisis_keys(icb_columns(data)), *episode_keys(episode_columns(data))}
    years = sorted({key[3] for key in keys if key[3] <= _LAST_YEAR})
    parts = [[key for key in keys if key[3] in set(years[k::20])] for k in range(20)]
    with ProcessPoolExecutor(workers) as pool:
        found = []
        for part in pool.map(measured, parts):
            found.append(part)
            print(f"{len(found)} of {len(parts)}", file=sys.stderr)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / FILE,
        keys=np.concatenate([one for one, _ in found]),
        values=np.concatenate([one for _, one in found]),
    )


if __name__ == "__main__":
    main()

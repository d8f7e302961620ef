"""The study's own tables of past cases as plain columns, from the folder with research data."""

from pathlib import Path

import numpy as np
import pandas as pd

_RIVAL = {2: 365, 365: 2}
_Arms = dict[tuple[int, int, int], float]


def icb_columns(folder: Path) -> dict[str, np.ndarray]:
    """Return the rows of the two superpowers with what the rival delivered to either side."""
    columns = columns_of(pd.read_parquet(folder / "joiners/joiners.parquet"))
    keep = np.isin(columns["patron"], list(_RIVAL))
    columns = {name: values[keep] for name, values in columns.items()}
    arms = _delivered(folder)
    rival = np.array([_RIVAL[int(power)] for power in columns["patron"]])
    for side in ("client", "attacker"):
        rows = zip(rival, columns[side], columns["year"], strict=True)
        columns[f"oarms_{side}"] = np.array([_five_years(arms, *row) for row in rows])
    columns["att_sp"] = (columns["attacker"] == rival).astype(float)
    for prefix, mine in (("", "arms5"), ("o", "oarms")):
        theirs = np.where(np.isnan(columns["attacker"]), 0.0, columns[f"{mine}_attacker"])
        columns[f"{prefix}arms_sum"] = columns[f"{mine}_client"] + theirs
        columns[f"{prefix}arms_dif"] = columns[f"{mine}_client"] - theirs
    return columns


def columns_of(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the columns of a table: unknown numbers are NaN."""
    return {
        str(name): values.to_numpy(dtype=str)
        if pd.api.types.is_string_dtype(values)
        else values.to_numpy(dtype=float, na_value=np.nan)
        for name, values in frame.items()
    }


def _delivered(folder: Path) -> _Arms:
    """Return what a supplier delivered to a recipient in a year [TIV]."""
    rows = pd.read_parquet(folder / "sipri_transfers/tiv_state_dyad_year_derived.parquet")
    return {(int(a), int(b), int(year)): float(tiv) for a, b, year, tiv in rows.to_numpy()}


def _five_years(arms: _Arms, power: float, state: float, year: float) -> float:
    if year - 1 < 1950 or np.isnan(state):
        return np.nan
    past = range(int(year) - 5, int(year))
    return float(np.log1p(sum(arms.get((int(power), int(state), each), 0.0) for each in past)))

"""The study's own tables of past cases, as plain columns."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

SUPERPOWER = {2: 365, 365: 2}


def columns_of(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the columns of a table: unknown numbers are NaN."""
    return {
        name: values.to_numpy(dtype=str)
        if pd.api.types.is_string_dtype(values)
        else values.to_numpy(dtype=float, na_value=np.nan)
        for name, values in frame.items()
    }


def delivered(folder: Path) -> dict[tuple[int, int, int], float]:
    """Return what a supplier delivered to a recipient in a year [TIV]."""
    rows = pd.read_parquet(folder / "sipri_transfers/tiv_state_dyad_year_derived.parquet")
    return {(int(a), int(b), int(year)): float(tiv) for a, b, year, tiv in rows.to_numpy()}


@pytest.fixture(scope="session")
def past_cases(research_data: Path) -> dict[str, np.ndarray]:
    """Return the rows of the two superpowers with what the rival delivered to either side."""
    columns = columns_of(pd.read_parquet(research_data / "joiners/joiners.parquet"))
    keep = np.isin(columns["patron"], [2, 365])
    columns = {name: values[keep] for name, values in columns.items()}
    arms = delivered(research_data)

    def five_years(power: float, state: float, year: float) -> float:
        if year - 1 < 1950 or np.isnan(state):
            return np.nan
        past = range(int(year) - 5, int(year))
        return float(np.log1p(sum(arms.get((int(power), int(state), each), 0.0) for each in past)))

    rival = [SUPERPOWER[int(power)] for power in columns["patron"]]
    for side in ("client", "attacker"):
        triples = zip(rival, columns[side], columns["year"], strict=True)
        columns[f"oarms_{side}"] = np.array([five_years(*triple) for triple in triples])
    columns["att_sp"] = (columns["attacker"] == rival).astype(float)
    for prefix, mine in (("", "arms5"), ("o", "oarms")):
        theirs = np.where(np.isnan(columns["attacker"]), 0.0, columns[f"{mine}_attacker"])
        columns[f"{prefix}arms_sum"] = columns[f"{mine}_client"] + theirs
        columns[f"{prefix}arms_dif"] = columns[f"{mine}_client"] - theirs
    return columns

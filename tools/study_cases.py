"""The study's own tables of past cases under the names of ours, from the research data.

They hold covariates that were tried and not kept; what ships is built from the official files.
"""

from pathlib import Path

import numpy as np
import pandas as pd

__all__ = ["dispute_columns", "episode_columns", "icb_columns"]

_RIVAL = {2: 365, 365: 2}
_NAMES = {
    "arms5_client": "arms_backed",
    "arms5_attacker": "arms_opposed",
    "attacker": "opposed",
    "attacker_contig_client": "opposed_borders_backed",
    "attacker_contig_patron": "near_opposed",
    "cinc_attacker": "strength_opposed",
    "cinc_client": "strength_backed",
    "cinc_patron": "strength",
    "client": "backed",
    "client_is_superpower": "backed_is_rival",
    "contig_land": "border",
    "contig_near": "near",
    "crisno": "crisis",
    "defense_pact": "pact_backed",
    "defense_pact_attacker": "pact_opposed",
    "dispnum": "crisis",
    "log_dist_min": "log_distance",
    "nuc_attacker": "nuclear_opposed",
    "nuc_client": "nuclear_backed",
    "other_sp_pact_attacker": "rival_pact_opposed",
    "other_sp_pact_client": "rival_pact_backed",
    "patron": "power",
    "patron_mids_force": "disputes",
    "patron_wars": "wars",
    "rival_attacker": "rivalry_opposed",
    "rival_client": "rivalry_backed",
    "sig_troops": "troops",
    "trade_share_patron": "trade_backed",
    "trade_share_patron_attacker": "trade_opposed",
    "trig": "trigger",
    "trig_violent": "violent",
    "unga_closer_to_client": "votes_closer",
    "unga_dist_attacker": "votes_opposed",
    "unga_dist_client": "votes_backed",
}
_COW = {
    **{"USA": 2, "CUB": 40, "BRA": 140, "GBR": 200, "FRA": 220, "DEU": 255, "RUS": 365},
    **{"NGA": 475, "ZAF": 560, "IRN": 630, "TUR": 640, "IRQ": 645, "EGY": 651, "SYR": 652},
    **{"ISR": 666, "LBY": 620, "SAU": 670, "ARE": 696, "CHN": 710, "PRK": 731, "KOR": 732},
    **{"JPN": 740, "IND": 750, "PAK": 770, "AUS": 900},
}

Table = dict[str, np.ndarray]


def icb_columns(folder: Path) -> Table:
    """Return the crises of the two superpowers, with what the rival delivered to either side."""
    columns = _columns(pd.read_parquet(folder / "joiners/joiners.parquet"))
    keep = np.isin(columns["power"], list(_RIVAL))
    columns = {name: values[keep] for name, values in columns.items()}
    arms = _delivered(folder)
    rival = np.array([_RIVAL[int(power)] for power in columns["power"]])
    for side in ("backed", "opposed"):
        rows = zip(rival, columns[side], columns["year"], strict=True)
        columns[f"rival_arms_{side}"] = np.array([_five_years(arms, *row) for row in rows])
    columns["opposed_is_rival"] = (columns["opposed"] == rival).astype(float)
    for arms_name in ("arms", "rival_arms"):
        theirs = np.where(np.isnan(columns["opposed"]), 0.0, columns[f"{arms_name}_opposed"])
        columns[f"{arms_name}_both"] = columns[f"{arms_name}_backed"] + theirs
        columns[f"{arms_name}_tilt"] = columns[f"{arms_name}_backed"] - theirs
    level, activity = columns["level"], columns["inv"]
    columns["ladder"] = np.select([level == 4, level >= 2, level == 1], [3.0, 2.0, 1.0], 0.0)
    columns["activity"] = np.select(
        [activity == 8, np.isin(activity, [4, 6, 7]), np.isin(activity, [3, 5])],
        [3.0, 2.0, 1.0],
        0.0,
    )
    columns["favourable"] = (columns["favr"] == 1).astype(float)
    return columns


def episode_columns(folder: Path) -> Table:
    """Return armed-conflict episodes x side x power; a delivery unknown before 1950 is none."""
    columns = _columns(pd.read_parquet(folder / "wide/wide_cov.parquet"))
    columns["power"] = np.array([float(_COW[code]) for code in columns["power"]])
    columns["arms_any"] = np.where(
        np.isnan(columns["arms_backed"]), np.nan, columns["arms_backed"] > 0
    )
    columns["side"] = np.where(columns["side"] == "A", 1.0, -1.0)
    columns["crisis"] = columns["conflict"] * 100 + columns["ep"]
    columns["crisis_year"] = columns["y0"]
    after, before = columns["post3"], np.nan_to_num(columns["pre5"])
    columns["surge"] = ((after >= 25) & (after / 3 > 1.5 * before / 5)).astype(float)
    columns["delivered_before"] = before
    for kind in ("interstate", "extrasystemic"):
        columns[kind] = (columns["type"] == kind).astype(float)
    return columns


def dispute_columns(folder: Path) -> Table:
    """Return militarised disputes x power."""
    columns = _columns(pd.read_parquet(folder / "joiners/joiners_mid.parquet"))
    return {**columns, "crisis_year": columns["year"], "joined": columns["y_join_target"]}


def _columns(frame: pd.DataFrame) -> Table:
    """Return the columns of a table under our names: unknown numbers are NaN."""
    return {
        _NAMES.get(str(name), str(name)): values.to_numpy(dtype=str)
        if pd.api.types.is_string_dtype(values)
        else values.to_numpy(dtype=float, na_value=np.nan)
        for name, values in frame.items()
    }


def _delivered(folder: Path) -> dict[tuple[int, int, int], float]:
    """Return what a supplier delivered to a recipient in a year [TIV]."""
    rows = pd.read_parquet(folder / "sipri_transfers/tiv_state_dyad_year_derived.parquet")
    return {(int(a), int(b), int(year)): float(tiv) for a, b, year, tiv in rows.to_numpy()}


def _five_years(
    arms: dict[tuple[int, int, int], float], power: float, state: float, year: float
) -> float:
    if year - 1 < 1950 or np.isnan(state):
        return np.nan
    past = range(int(year) - 5, int(year))
    return float(np.log1p(sum(arms.get((int(power), int(state), each), 0.0) for each in past)))

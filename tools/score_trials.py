"""Score every specification of history/trials.toml, in order, and write history/trials.csv.

Needs the research data (SIDELINES_DATA); takes some minutes. A folder as argument keeps the slopes
of the structural game and the access of past cases between runs.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from measure_access import with_access
from sidelines.history.columns import Columns
from sidelines.history.joint_measurement import measured_columns
from sidelines.history.labels import labels, official_label_sources
from sidelines.history.past_games import chances_at
from sidelines.history.running import games_once, slopes_before, tables_once
from sidelines.history.scores import log_odds
from sidelines.history.specifications import TaskSettings, load_specifications
from sidelines.history.tasks import build_task
from sidelines.history.trials import load_trials, score_trials, trial_table
from sidelines.terms.arrays import Float
from study_cases import dispute_columns, episode_columns, icb_columns

TABLE = Path(__file__).parents[1] / "src/sidelines/history/trials.csv"
RUNGS = [0, 2, 5]  # among the rungs above nothing: where words, material support and forces begin


def study_tables(folder: Path) -> dict[str, Columns]:
    """Return the study's own tables by task; `icb-measured` is ours, with what sources say."""
    episodes, crises = episode_columns(folder), tables_once().crises
    return {
        "icb": icb_columns(folder),
        "acd-forces": episodes,
        "sipri-surge": episodes,
        "mid-join": dispute_columns(folder),
        "icb-measured": measured_columns(crises, labels(crises, official_label_sources())),
    }


def structural_chances(
    columns: Columns, *, settings: TaskSettings, kept: Path
) -> Float[np.ndarray, "case step"]:
    """Return what the structural game, learned before its block, gave each crisis of the study.

    Unknown for crises before the first block.
    """
    blocks = range(settings.start, settings.last + 1, settings.step)
    slopes, games, cases = slopes_before(list(blocks), kept), games_once(), tables_once().crises
    everything = np.arange(len(games.year))
    chances = np.full((len(cases["crisis"]), len(RUNGS)), np.nan)
    for first in blocks:
        rows = (cases["crisis_year"] >= first) & (cases["crisis_year"] < first + settings.step)
        found = chances_at(games, slopes[first], everything)[games.contest, games.role]
        chances[rows] = found[rows][:, RUNGS]
    keys = zip(cases["contest"], cases["power"], cases["side"], strict=True)
    known = dict(zip(keys, chances, strict=True))
    ours = zip(columns["cracno"], columns["power"], strict=True)
    return np.array([known[contest, power, 1.0] for contest, power in ours])


def main() -> None:
    tables, tasks = study_tables(Path(os.environ["SIDELINES_DATA"])), load_specifications().tasks
    settings = {**tasks, "icb-measured": tasks["icb"]}
    with TemporaryDirectory() as fresh:
        kept = Path(sys.argv[1] if len(sys.argv) > 1 else fresh)
        game = structural_chances(tables["icb"], settings=settings["icb"], kept=kept)
        tables = with_access(tables, kept)
    index = {
        f"structural_{step}": odds
        for step, odds in zip(settings["icb"].steps, log_odds(game).T, strict=True)
    }
    tables["icb"] = {**tables["icb"], **index}
    built = {name: build_task(name, rows, settings[name]) for name, rows in tables.items()}
    known = {"icb": {"structural": game[built["icb"].rows]}}
    lines = []
    for trial, figures in score_trials(built, load_trials(), known=known):
        lines += figures
        whole, recent = (line["log_loss"] for line in figures)
        print(f"{figures[0]['order']:>4} {trial.name}: {whole} | {recent}", file=sys.stderr)
    TABLE.write_text(trial_table(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

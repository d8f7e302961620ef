"""Score every specification of history/trials.toml, in order, and write history/trials.csv.

Needs the research data (SIDELINES_DATA). Takes some minutes.
"""

import os
import sys
from pathlib import Path

from sidelines.history.columns import Columns
from sidelines.history.specifications import load_specifications
from sidelines.history.tasks import Task, build_task
from sidelines.history.trials import load_trials, score_trials, trial_table
from study_cases import dispute_columns, episode_columns, icb_columns

TABLE = Path(__file__).parents[1] / "src/sidelines/history/trials.csv"


def study_tasks(folder: Path) -> dict[str, Task]:
    """Return all tasks from the study's own tables."""
    episodes = episode_columns(folder)
    rows: dict[str, Columns] = {
        "icb": icb_columns(folder),
        "acd-forces": episodes,
        "sipri-surge": episodes,
        "mid-join": dispute_columns(folder),
    }
    settings = load_specifications().tasks
    return {name: build_task(name, rows[name], settings[name]) for name in rows}


def main() -> None:
    tasks = study_tasks(Path(os.environ["SIDELINES_DATA"]))
    lines = []
    for trial, figures in score_trials(tasks, load_trials()):
        lines += figures
        whole, recent = (line["log_loss"] for line in figures)
        print(f"{figures[0]['order']:>4} {trial.name}: {whole} | {recent}", file=sys.stderr)
    TABLE.write_text(trial_table(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Score the registered trials of access alone and judge them: tools/score_access.py FOLDER.

The folder keeps what tools/measure_access.py measured. Writes the trials' lines of
history/trials.csv and prints the differences to the models that they add to, by the registered
rule.
"""

import csv
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from measure_access import TASKS, with_access
from score_trials import TABLE
from sidelines.history.backtest import Answers, backtest
from sidelines.history.comparison import Comparison, crisis_draws, mean_range
from sidelines.history.scores import log_losses, reached
from sidelines.history.specifications import load_specifications
from sidelines.history.tasks import Task, build_task
from sidelines.history.trials import Trial, load_trials, score_trials, trial_models, trial_table
from study_cases import episode_columns, icb_columns

RECENT = 1990


def compared(task: Task, answers: Answers, trial: Trial, *, first: int) -> list[Comparison]:
    """Return the differences of log loss to the model that a trial is like: all steps, then each.

    Over cases from a year on; below zero the trial is better.
    """
    rows = (task.cases["crisis_year"] >= first) & ~np.isnan(answers[trial.name][:, 0])
    happened = reached(task.cases["ladder"][rows], thresholds=len(task.steps))
    losses = [
        log_losses(happened, answers[name][rows]) for name in (trial.name, trial.settings["like"])
    ]
    apart, drawn = losses[0] - losses[1], crisis_draws(task.cases["crisis"][rows])
    return [mean_range(column, drawn) for column in (apart.mean(axis=1), *apart.T)]


def judged(task: Task, trials: list[Trial]) -> str:
    """Return a line for each trial, as the documentation has them."""
    models, lines = trial_models(load_trials()), []
    for trial in trials:
        answers = backtest(task, [trial.settings["like"], trial.name], models)
        whole = compared(task, answers, trial, first=task.origins[0].year)
        recent = compared(task, answers, trial, first=RECENT)
        earned = whole[0].high < 0.0 and recent[0].value <= 0.005
        cells = [trial.name, _shown(whole[0]), *(f"{one.value:+.4f}" for one in whole[1:])]
        lines.append(f"| {' | '.join([*cells, _shown(recent[0]), 'yes' if earned else 'no'])} |")
    return "\n".join(lines)


def _shown(found: Comparison) -> str:
    return f"{found.value:+.4f} [{found.low:+.4f}, {found.high:+.4f}]"


def written(lines: list[Mapping[str, str]]) -> None:
    """Put the trials' lines in their places among all that were scored."""
    with TABLE.open(encoding="utf-8") as file:
        held = {(line["order"], line["years"]): line for line in csv.DictReader(file)}
    held |= {(line["order"], line["years"]): dict(line) for line in lines}
    order = sorted(held, key=lambda key: (int(key[0]), key[1]))
    TABLE.write_text(trial_table([held[key] for key in order]), encoding="utf-8")


def main() -> None:
    data, folder = Path(os.environ["SIDELINES_DATA"]), Path(sys.argv[1])
    tables = with_access({"icb": icb_columns(data), "acd-forces": episode_columns(data)}, folder)
    settings, everything = load_specifications().tasks, load_trials()
    place = {(trial.task, trial.name): str(n) for n, trial in enumerate(everything, start=1)}
    lines: list[Mapping[str, str]] = []
    for name in TASKS:
        task = build_task(name, tables[name], settings[name])
        trials = [one for one in everything if one.task == name and one.note.startswith("access")]
        for trial, figures in score_trials({name: task}, trials):
            lines += [{**line, "order": place[name, trial.name]} for line in figures]
        print(judged(task, trials), flush=True)
    written(lines)


if __name__ == "__main__":
    main()

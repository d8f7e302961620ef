"""Score the held-out years, once, by what history/registered.toml says.

    python tools/score_held_out.py [--again]

Writes src/sidelines/history/results/held_out.json, and refuses to do so twice. Needs the research
data (SIDELINES_DATA). With --again the scores are computed anew and compared with those on file.
"""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from sidelines.assess.assessment import assess_crisis
from sidelines.assess.estimates import estimates_before
from sidelines.assess.outcomes import at_least
from sidelines.crisis.read import load_crisis
from sidelines.facts.official.aid import load_aid
from sidelines.facts.official.codes import cow_number
from sidelines.history.held_out import held_out_scores, load_registered
from sidelines.history.scores import log_losses, score
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side

RESULTS = Path(__file__).parents[1] / "src/sidelines/history/results/held_out.json"
AID = {"weapons": ("military", Rung.WEAPONS), "money": ("financial", Rung.MONEY)}
YEARS = (2022, 2023, 2024)


def main() -> None:
    again = "--again" in sys.argv
    if RESULTS.exists() and not again:
        sys.exit(f"{RESULTS.name} is there: the held-out years were scored once, and that is it.")
    registered = load_registered()
    estimates = estimates_before(registered.before, arms=True)
    if estimates is None or estimates.before != registered.before:
        sys.exit("There is no fit before the held-out years: run `sidelines fit` first.")
    found: dict[str, Any] = {
        "registered_on": registered.date,
        "specifications_sha256": registered.specifications_sha256,
        "scored_on": dt.date.today().isoformat(),
        "before": registered.before,
        "tasks": held_out_scores(
            registered,
            fitted={task.name: task for task in estimates.tasks},
            slopes={one.name: one.value for one in estimates.slopes},
        ),
        "kiel": donors_of_ukraine(),
    }
    if again:
        known = json.loads(RESULTS.read_text(encoding="utf-8"))
        same = all(known[key] == json.loads(json.dumps(found[key])) for key in ("tasks", "kiel"))
        sys.exit(0 if same else "The scores are not those on file.")
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


def donors_of_ukraine() -> dict[str, Any]:
    """Set the answer of 24 February 2022 beside who gave what by the end of 2024 (Kiel)."""
    answer = assess_crisis(load_crisis("ukraine-2022"))
    donors = [role for role in answer.inputs.roles if role.side is Side.TARGET]
    found: dict[str, Any] = {}
    for word, (kind, rung) in AID.items():
        rows, gave = [], []
        for role in donors:
            code = cow_number(role.power, 2022)
            sums = [] if code is None else [load_aid().given_eur_m(code, y, kind) for y in YEARS]
            if sums and None not in sums:
                rows.append(answer.inputs.row(role.power, role.side))
                gave.append(sum(one or 0.0 for one in sums) > 0.0)
        said = np.array([at_least(answer.prob, row, rung).mean() for row in rows])
        happened = np.array(gave)
        figures = score(happened, said)
        found[word] = {
            "powers": [answer.inputs.roles[row].power for row in rows],
            "n": len(rows),
            "positives": int(happened.sum()),
            "mean_chance": float(said.mean()),
            "log_loss": float(log_losses(happened, said).mean()),
            "brier": figures.brier,
            "roc_auc": figures.roc_auc if np.isfinite(figures.roc_auc) else None,
        }
    return found


if __name__ == "__main__":
    main()

"""Write the record that ships: the scores of every task, with deliveries of arms.

    python tools/ship_record.py

Needs the research data (SIDELINES_DATA); takes some minutes the first time. Calibration is kept for
the headline of each task only.
"""

import json
import sys
from pathlib import Path

from platformdirs import user_cache_path

from sidelines.history.running import run_record
from sidelines.report.record_documents import TASKS, record_document

RESULTS = Path(__file__).parents[1] / "src/sidelines/history/results/record.json"


def main() -> None:
    folder = user_cache_path("sidelines", appauthor=False) / "backtest"
    records = run_record(TASKS, folder=folder, tick=lambda line: print(line, file=sys.stderr))
    document = record_document(records, arms=True)
    del document["held_out"]
    for task in document["tasks"].values():
        task["calibration"] = [
            one for one in task["calibration"] if one["model"] == task["headline"]
        ]
    text = json.dumps(document, indent=1, allow_nan=False)
    RESULTS.write_text(json.dumps(shortened(json.loads(text)), indent=1) + "\n", encoding="utf-8")


def shortened(value: object) -> object:
    """Return a document with its numbers to five digits."""
    if isinstance(value, float):
        return float(f"{value:.5g}")
    if isinstance(value, dict):
        return {key: shortened(one) for key, one in value.items()}
    return [shortened(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main()

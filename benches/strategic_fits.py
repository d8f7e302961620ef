"""CPU milliseconds of the published strategic probits, variance matrix included."""

import os
import sys
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sidelines.history.columns import Columns, complete_rows, read_columns
from sidelines.history.design import CONSTANT
from sidelines.history.estimate import Fit
from sidelines.history.strategic_probit import OUTCOMES, Utilities, fit_strategic_probit

CASES = Path(__file__).parents[1] / "tests/reference/strategic_probits.toml"
REPEATS = 5


def read_cases() -> dict[str, Any]:
    return tomllib.loads(CASES.read_text(encoding="utf-8"))


def load(case: Mapping[str, Any], folder: Path) -> tuple[Columns, np.ndarray, Utilities]:
    fields = ("stop", "yields", "resists", "target")
    utilities = {name: tuple(case[name]) for name in fields if name in case}
    used = {term for terms in utilities.values() for term in terms} - {CONSTANT}
    columns = complete_rows(read_columns(folder / case["file"]), sorted(used))
    seen = [columns[name] == value for name, value in map(case["outcome"].get, OUTCOMES)]
    return columns, np.array(OUTCOMES)[np.argmax(seen, axis=0)], Utilities(**utilities)


def fit(case: Mapping[str, Any], folder: Path) -> Fit:
    columns, outcome, utilities = load(case, folder)
    return fit_strategic_probit(columns, outcome, utilities=utilities, errors=case["errors"])


def main() -> None:
    folder = Path(os.environ.get("SIDELINES_DATA", ""))
    if not (folder / "deterrence").is_dir():
        print("strategic fits: not measured, SIDELINES_DATA names no folder with deterrence/")
        return
    for name, case in read_cases().items():
        columns, outcome, utilities = load(case, folder)
        times = []
        for _ in range(REPEATS):
            began = time.process_time()
            found = fit_strategic_probit(
                columns, outcome, utilities=utilities, errors=case["errors"]
            )
            times.append(time.process_time() - began)
        print(
            f"{name:<28} n {found.rows:>5}, {len(found.free):>2} slopes  {1e3 * min(times):6.1f} ms"
            f"  {found.evaluations} evaluations  log-likelihood {found.log_likelihood:.9f}"
        )
        if not found.converged:
            sys.exit(f"{name}: {found.status}")


if __name__ == "__main__":
    main()

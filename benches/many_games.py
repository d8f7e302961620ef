"""A million random games: all settle, and memory stays flat."""

import resource
import sys
import time

import numpy as np

from kernel import made_up
from sidelines.choice.equilibria import find_equilibria

BATCH, BATCHES, POWERS, RUNGS = 10_000, 100, 3, 7
KB_PER_MB = 1024


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_PER_MB


def main() -> None:
    start, failures, several, after_first = time.process_time(), 0, 0, 0.0
    certified = []
    for batch in range(BATCHES):
        found = find_equilibria(made_up(POWERS, RUNGS, RUNGS, draws=BATCH, seed=batch))
        failures += int((~found.converged).sum())
        several += len(found.several)
        certified.append(found.certified.mean())
        after_first = after_first or peak_mb()
    took = time.process_time() - start
    print(f"{BATCH * BATCHES:,} games of {POWERS} powers in {took:.0f} s CPU, proofs included")
    print(f"not settled: {failures}; with several equilibria: {several}")
    print(
        f"proved unique: {np.mean(certified):.0%}; memory grew by {peak_mb() - after_first:.0f} MB"
    )
    if failures:
        sys.exit("some games did not settle")


if __name__ == "__main__":
    main()

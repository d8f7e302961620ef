"""CPU seconds of one answer, iran-2026: inputs, solution, a what-if, a split of the restraint."""

import sys
import time
from collections.abc import Callable
from statistics import median

ANSWER_S, WHAT_IF_S, SPLIT_S = 1.5, 0.1, 8.0
DRAWS, MANY, ROUNDS = 1000, 4000, 9


def timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    late = []

    def tell(what: str, took_s: float, bar_s: float | None = None) -> None:
        late.extend([what] if bar_s is not None and took_s > bar_s else [])
        print(f"{what:<44} {took_s:6.2f} s CPU{f'  (at most {bar_s:g})' if bar_s else ''}")

    start = time.process_time()
    from sidelines.assess.assessment import assess_crisis
    from sidelines.assess.attribution import attribute, remove
    from sidelines.assess.settings import parse_setting
    from sidelines.assess.statistic import reaching
    from sidelines.assess.what_if import what_if
    from sidelines.crisis.read import load_crisis
    from sidelines.terms.ladder import Rung

    tell("imports", time.process_time() - start)
    start = time.process_time()
    crisis = load_crisis("iran-2026")
    tell("crisis read and checked", time.process_time() - start)
    solving = time.process_time()
    answer = assess_crisis(crisis, draws=DRAWS)
    tell(f"{DRAWS:,} draws gathered and solved", time.process_time() - solving)
    tell("crisis and draws", time.process_time() - start, ANSWER_S)
    print(
        f"  {len(answer.inputs.roles)} roles; proved to be the only equilibrium in "
        f"{answer.equilibria.certified.mean():.0%} of draws"
    )

    setting = (parse_setting("overstretch=0.5"),)
    rounds = [timed(lambda: what_if(answer, "RUS", setting)) for _ in range(ROUNDS)]
    tell(f"what-if on one power, {DRAWS:,} draws, median", median(rounds), WHAT_IF_S)

    forces = reaching(Rung.FORCES)

    def split() -> None:
        attribute(remove(answer, "RUS", draws=DRAWS), forces)

    tell(f"why Russia will not fight, {DRAWS:,} draws", timed(split), SPLIT_S)
    tell(f"{MANY:,} draws, crisis read already", timed(lambda: assess_crisis(crisis, draws=MANY)))
    if late:
        sys.exit(f"too slow: {', '.join(late)}")


if __name__ == "__main__":
    main()

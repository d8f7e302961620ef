"""CPU seconds of one answer, iran-2026 at 1,000 draws: imports, draws and solution apart."""

import sys
import time

DRAWS, BAR_S = 1000, 15


def main() -> None:
    clock = [time.process_time()]

    def lap(what: str) -> None:
        clock.append(time.process_time())
        print(f"{what:<28} {clock[-1] - clock[-2]:6.2f} s CPU")

    from sidelines.assess import assessment, draws, gather, notes
    from sidelines.assess.context import Context
    from sidelines.assess.parameters import load_parameters
    from sidelines.crisis.read import load_crisis
    from sidelines.crisis.shocks import after_events
    from sidelines.facts.world import load_world

    lap("imports")
    crisis = after_events(load_crisis("iran-2026"))
    lap("crisis read and checked")
    parameters = load_parameters()
    ctx = Context(
        crisis=crisis,
        world=load_world(crisis.as_of),
        parameters=parameters,
        notes=notes.Notes(as_of=crisis.as_of, stale_months=parameters.value("stale_months")),
        draws=DRAWS,
        seed=assessment.SEED,
    )
    inputs = gather.gather(ctx).inputs
    slopes = draws.draw_slopes(parameters, draws=DRAWS, seed=assessment.SEED)
    lap(f"{DRAWS:,} draws of all inputs")
    found = assessment.solve_inputs(inputs, slopes, parameters)
    lap(f"solution, {len(inputs.roles)} roles")
    print(f"in all {clock[-1] - clock[0]:.2f} s CPU; certified {found.certified.mean():.0%}")
    if clock[-1] - clock[0] > BAR_S:
        sys.exit(f"the answer takes more than {BAR_S} s")


if __name__ == "__main__":
    main()

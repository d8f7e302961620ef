"""CPU seconds to start: a bare interpreter, the import, the help page."""

import resource
import subprocess
import sys
from pathlib import Path

BAR = 10
PROGRAM = Path(sys.executable).with_name("sidelines")
COMMANDS = {
    "bare interpreter": [sys.executable, "-c", "pass"],
    "import sidelines": [sys.executable, "-c", "import sidelines"],
    "import numpy": [sys.executable, "-c", "import numpy"],
    "sidelines --help": [str(PROGRAM), "--help"],
}


def cpu_s(command: list[str], *, runs: int = 7) -> float:
    """Return the least CPU time of a command [s]."""
    times = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def main() -> None:
    measured = {name: cpu_s(command) for name, command in COMMANDS.items()}
    bare = measured["bare interpreter"]
    for name, seconds in measured.items():
        print(f"{name:<20} {seconds:6.3f} s CPU   {seconds / bare:5.1f} x bare")
    if measured["sidelines --help"] > BAR * bare:
        sys.exit(f"sidelines --help takes more than {BAR} bare interpreters")


if __name__ == "__main__":
    main()

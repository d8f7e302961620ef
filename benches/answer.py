"""CPU seconds of one answer from the command line: iran-2026 at 1,000 draws."""

import sys

from start_up import PROGRAM, cpu_s

BAR_S = 15
COMMAND = [str(PROGRAM), "assess", "iran-2026", "--draws", "1000", "--json"]


def main() -> None:
    seconds = cpu_s(COMMAND, runs=2)
    print(f"assess iran-2026, 1,000 draws {seconds:6.2f} s CPU")
    if seconds > BAR_S:
        sys.exit(f"the answer takes more than {BAR_S} s")


if __name__ == "__main__":
    main()

"""Packages and megabytes that Sidelines needs at run time, itself included."""

import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

BAR_PACKAGES, BAR_MB = 20, 80
BYTES_PER_MB = 1_000_000


def closure(name: str) -> dict[str, Distribution]:
    """Return every distribution that one needs, by its name, itself included."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        one = distribution(waiting.pop())
        if one.name in found:
            continue
        found[one.name] = one
        needs = map(Requirement, one.requires or ())
        waiting += [need.name for need in needs if not need.marker or need.marker.evaluate()]
    return found


def size_mb(one: Distribution) -> float:
    """Return the size of a distribution's own files, without byte code [MB]."""
    named = [Path(str(one.locate_file(file))) for file in one.files or ()]
    files = [path for path in named if path.suffix != ".pyc" and path.is_file()]
    return sum(path.stat().st_size for path in files) / BYTES_PER_MB


def main() -> None:
    sizes = {name: size_mb(one) for name, one in closure("sidelines").items()}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"{name:<20} {size:6.1f} MB")
    total = sum(sizes.values())
    print(f"{len(sizes)} packages, {total:.1f} MB")
    if len(sizes) > BAR_PACKAGES or total > BAR_MB:
        sys.exit(f"more than {BAR_PACKAGES} packages or {BAR_MB} MB")


if __name__ == "__main__":
    main()

"""Twelve broken crisis files, through the command line and with bounded memory."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MEMORY = 1_500_000_000
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{here}: &{here} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)

# name: what stands in the file, the place told, and what to write instead
TEXTS = {
    "unknown key": ("stake: 0.4", "staek: 0.4", ":9:5", "did you mean 'stake'?"),
    "wrong unit": ("stake: 0.4", "distance_km: 100 miles", ":9:18", "write 161"),
    "impossible date": ("2026-03-04", "2026-02-30", ":3:8", "day is out of range"),
    "duplicate power": (
        "stake: 0.4\n",
        "stake: 0.4\n  - {power: RUS, side: target}\n",
        ":10:13",
        "One entry per power and side",
    ),
    "not a number": ("0.4", ".nan", ":9:12", "leave it out if unknown"),
    "negative distance": ("stake: 0.4", "distance_km: -5", ":9:18", "e.g. 0"),
    "range upside down": ("0.4", "[0.6, 0.2]", ":9:12", "write [0.2, 0.6]"),
    "unknown state": ("RUS", "Rusia", ":7:12", "Did you mean Russia (RUS)?"),
}
FILES = {
    "anchor bomb": (BOMB.encode(), "E205", "anchors and aliases"),
    "50 MB": (b"#" * 50_000_000, "E207", "at most 1,000,000 bytes"),
    "binary": (bytes(range(256)) * 40, "E208", "Save it as UTF-8 text"),
    "empty": (b"", "E209", "Start from: sidelines new"),
}

Check = Callable[[bytes], subprocess.CompletedProcess[str]]


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Return a function that has the command line check the bytes of a file."""

    def run(raw: bytes) -> subprocess.CompletedProcess[str]:
        (tmp_path / "mine.yaml").write_bytes(raw)
        return subprocess.run(
            [Path(sys.executable).with_name("sidelines"), "check", "mine.yaml"],
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            preexec_fn=bounded,
            check=False,
        )

    return run


@pytest.mark.parametrize(("old", "new", "place", "hint"), list(TEXTS.values()), ids=list(TEXTS))
def test_a_broken_text_is_told_with_place_and_hint(
    check: Check, base: str, old: str, new: str, place: str, hint: str
) -> None:
    done = check(base.replace(old, new).encode())
    assert done.returncode == 2
    assert f"mine.yaml{place}" in done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("raw", "code", "hint"), list(FILES.values()), ids=list(FILES))
def test_a_file_that_is_no_crisis_is_told_with_its_name_and_a_hint(
    check: Check, raw: bytes, code: str, hint: str
) -> None:
    done = check(raw)
    assert done.returncode == 2
    assert f"error[{code}] mine.yaml" in done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_said_on_standard_output_about_a_broken_file(check: Check, base: str) -> None:
    assert check(base.replace("stake", "staek").encode()).stdout == ""


def test_a_good_file_passes_in_the_same_bounds(check: Check, base: str) -> None:
    done = check(base.encode())
    assert done.returncode == 0, done.stderr

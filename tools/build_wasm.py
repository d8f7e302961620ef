"""Compile the decision core to WebAssembly for the page, and record what it was built from.

    python tools/build_wasm.py [OUT]

Writes `_kernel.wasm` and `_kernel.wasm.toml` beside the C source, or into the folder OUT. Needs
Debian's clang and lld. A test compares bytes where clang's version equals the recorded one, the
source's checksum and the answers of golden cases always.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).parents[1] / "src/sidelines/choice"
SOURCE = ROOM / "_kernel.c"
CALLS = ("sl_solve", "sl_certify", "sl_adjoint", "sl_scratch", "sl_scratch_adjoint", "__heap_base")
FLAGS = (
    "--target=wasm32-unknown-unknown",
    *("-O2", "-std=gnu11", "-msimd128", "-ffp-contract=off", "-fno-math-errno"),
    *("-ffreestanding", "-fno-builtin", "-nostdlib", "-Wall", "-Werror"),
    *("-Wl,--no-entry", "-Wl,--strip-all", f"-Wl,--export={',--export='.join(CALLS)}"),
)


def clang_version() -> str | None:
    """Return the first line of `clang --version`, or None without clang and lld."""
    if not (shutil.which("clang") and shutil.which("wasm-ld")):
        return None
    told = subprocess.run(["clang", "--version"], capture_output=True, text=True, check=True)
    return told.stdout.splitlines()[0]


def checksum() -> str:
    """Return the checksum of the C source."""
    return hashlib.sha256(SOURCE.read_bytes()).hexdigest()


def build(out: Path) -> None:
    """Write the module and its record."""
    version = clang_version()
    if version is None:
        sys.exit("clang and wasm-ld are wanted: apt-get install clang lld")
    target = out / "_kernel.wasm"
    # run in the source's folder: a path would find its way into the module
    command = ["clang", *FLAGS, "-o", str(target.resolve()), SOURCE.name]
    subprocess.run(command, cwd=ROOM, check=True)
    record = f'compiler = "{version}"\nsource_sha256 = "{checksum()}"\n'
    (out / "_kernel.wasm.toml").write_text(record, encoding="utf-8")
    print(f"{target.name}: {target.stat().st_size:,} bytes by {version}")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOM)

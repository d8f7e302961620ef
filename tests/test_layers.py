"""The rooms and their doors, as drawn in `pyproject.toml`."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest


@pytest.mark.parametrize("contract", ["rooms", "mechanisms", "outcomes"])
def test_every_import_keeps_to_the_contract(contract: str, root: Path) -> None:
    program = Path(sys.executable).with_name("lint-imports")
    arguments = [program, "--no-logo", "--no-cache", "--contract", contract]
    done = subprocess.run(arguments, cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_that_has_code_is_a_required_layer(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["id"]: one for one in settings["tool"]["importlinter"]["contracts"]}
    layers = " | ".join(contracts["rooms"]["layers"])
    rooms = {path.parent.name for path in (root / "src/sidelines").glob("*/*.py")}
    assert not {room for room in rooms if f"({room})" in layers}

"""Starting is cheap: nothing heavy is loaded before it is used."""

import json
import subprocess
import sys

import pytest

import sidelines as sl

HELP = """
import sys
from sidelines.cli import main
sys.argv = ["sidelines", *{arguments}]
try:
    main()
except SystemExit as done:
    assert done.code in (0, None), done.code
"""


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter holds after running some code."""
    report = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    command = [sys.executable, "-c", f"{code}\n{report}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


def test_importing_sidelines_loads_neither_numpy_nor_pydantic() -> None:
    assert not loaded_by("import sidelines") & {"click", "numpy", "pydantic", "rich", "ruamel"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_neither_numpy_nor_rich(arguments: list[str]) -> None:
    heavy = {"numpy", "pydantic", "rich", "ruamel", "starlette", "uvicorn"}
    assert not loaded_by(HELP.format(arguments=arguments)) & heavy


@pytest.mark.parametrize("room", ["reach", "effect", "choice"])
def test_a_mechanism_needs_no_package_but_numpy(room: str) -> None:
    walk = (
        f"import importlib, pkgutil, sidelines.{room} as room\n"
        "for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
    )
    heavy = {"click", "narwhals", "pandas", "platformdirs", "pydantic", "rich", "ruamel", "scipy"}
    assert not loaded_by(walk) & heavy


@pytest.mark.parametrize("name", sl.__all__)
def test_every_public_name_can_be_reached(name: str) -> None:
    assert getattr(sl, name) is not None


@pytest.mark.parametrize("name", sl.__all__)
def test_a_public_name_stays_itself_once_a_room_of_that_name_is_loaded(name: str) -> None:
    code = (
        "import pkgutil, importlib, types, sidelines as sl\n"
        "for found in pkgutil.iter_modules(sl.__path__, 'sidelines.'):\n"
        f"    found.name == 'sidelines.{name}' and importlib.import_module(found.name)\n"
        f"assert not isinstance(sl.{name}, types.ModuleType), sl.{name}"
    )
    assert loaded_by(code)


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'astrology'"):
        sl.astrology  # noqa: B018


def test_dir_lists_the_public_names() -> None:
    assert dir(sl) == sorted(sl.__all__)

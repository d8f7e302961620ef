"""What holds for every loader."""

import pkgutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sidelines.facts import official
from sidelines.facts.official import folder
from sidelines.facts.official.catalogue import catalogue
from sidelines.terms.errors import DataError

MODULES = [found.name for found in pkgutil.iter_modules(official.__path__)]
LOADERS: list[Callable[[], Any]] = [
    value
    for name in MODULES
    for said, value in vars(import_module(f"sidelines.facts.official.{name}")).items()
    if said.startswith("load_")
]
NAMES = [f"{load.__module__.rpartition('.')[2]}.{load.__name__}" for load in LOADERS]


@pytest.mark.parametrize("load", LOADERS, ids=NAMES)
def test_a_loader_without_its_files_says_where_they_can_be_had(
    load: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("polars")
    monkeypatch.setenv("SIDELINES_DATA", str(tmp_path))
    with pytest.raises(DataError, match=r"Official home: .*sidelines data where"):
        load()


def test_loaders_read_the_files_and_columns_that_the_catalogue_names(
    research_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: dict[tuple[str, str], set[str]] = {}

    def recorded(wanted: list[str], there: list[str], *, path: Path) -> None:
        read.setdefault((path.parent.name, path.name), set()).update(wanted)

    anew = tmp_path / "data"
    anew.symlink_to(research_data)
    monkeypatch.setenv("SIDELINES_DATA", str(anew))
    monkeypatch.setattr(folder, "_check_columns", recorded)
    for load in LOADERS:
        load()
    named = {
        (one.key, file.name): set(file.columns)
        for one in catalogue().values()
        for file in one.files
    }
    assert read == named

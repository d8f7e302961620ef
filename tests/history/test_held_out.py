"""The held-out years: what may be scored, and from what it is learned."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from sidelines.history import held_out
from sidelines.history.held_out import load_registered
from sidelines.terms.errors import CheckFailedError

ABOUT = {"label": "t", "what": "a test.", "source": "made up", "kind": "base-rate"}
ROWS = 60


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands in for the files of the package."""
    ours = Path(held_out.__file__).parent
    for name in ("registered.toml", "specifications.toml"):
        (tmp_path / name).write_bytes((ours / name).read_bytes())
    monkeypatch.setattr(held_out, "resources", SimpleNamespace(files=lambda _: tmp_path))
    return tmp_path


def test_the_specifications_are_those_that_were_registered() -> None:
    registered = load_registered()
    assert registered.before == 2018
    assert set(registered.models) == set(registered.references) == set(registered.last)


def test_other_specifications_are_refused(package: Path) -> None:
    with (package / "specifications.toml").open("a", encoding="utf-8") as file:
        file.write("# a word more\n")
    with pytest.raises(CheckFailedError, match="not those that were registered"):
        load_registered()


def test_a_registration_holds_for_the_very_specifications(package: Path) -> None:
    assert load_registered().date == "2026-11-23"

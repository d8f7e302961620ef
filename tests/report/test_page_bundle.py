"""The bundle in the package is what the modules in front/ make."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_page", ROOT / "tools/build_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bundle_was_made_from_these_sources(tool: ModuleType) -> None:
    assert tool.recorded() == tool.checksum()


def test_the_sources_make_the_same_bytes(tool: ModuleType) -> None:
    if not (ROOT / "front/node_modules/esbuild").exists():
        pytest.skip("no esbuild here: python tools/build_page.py --install")
    assert tool.check()


def test_every_bundled_package_has_its_licence(tool: ModuleType) -> None:
    text = (tool.OUT / "licences.txt").read_text(encoding="utf-8")
    for name in tool.BUNDLED:
        assert f"{name} " in text

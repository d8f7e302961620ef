"""The shipped roadmaps are what the tools in this tree build."""

import tomllib

from build_roadmaps import HOME, checksum


def test_the_roadmaps_were_built_by_the_tools_as_they_stand() -> None:
    built = tomllib.loads((HOME / "built.toml").read_text(encoding="utf-8"))
    assert built["tools_sha256"] == checksum(), "run tools/build_roadmaps.py again"

from collections.abc import Iterator
from dataclasses import astuple
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sidelines.facts.citations import citations, cite
from sidelines.facts.table import COLUMNS, table

BUNDLED = sorted((Path(str(resources.files("sidelines.crisis"))) / "bundled").glob("*.yaml"))


def named_sources(part: Any) -> Iterator[str]:
    """Yield every `source:` in a crisis file, however deep."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "source" and isinstance(value, str):
                yield value
            else:
                yield from named_sources(value)
    elif isinstance(part, list):
        for value in part:
            yield from named_sources(value)


def datasets_of(path: Path) -> set[str]:
    crisis = YAML(typ="safe").load(path)
    sources = {source.partition(":")[0] for source in named_sources(crisis) if ":" in source}
    locators = {entry["locator"].partition("/")[0] for entry in crisis.get("sources", {}).values()}
    return (sources - {"assumed"}) | {name for name in locators if name.isidentifier()}


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_data_set_of_a_table_can_be_cited(name: str) -> None:
    named = {row.dataset for row in table(name) if row.dataset is not None}
    assert named <= set(citations())


@pytest.mark.parametrize("path", BUNDLED, ids=[path.stem for path in BUNDLED])
def test_every_data_set_of_a_bundled_crisis_can_be_cited(path: Path) -> None:
    assert datasets_of(path) <= set(citations())


def test_the_bundled_crises_name_data_sets() -> None:
    assert {"atop", "mid", "sipri_transfers"} <= set().union(*map(datasets_of, BUNDLED))


def test_every_citation_is_complete() -> None:
    empty = [found.key for found in citations().values() if not all(map(str.strip, astuple(found)))]
    assert empty == []


@pytest.mark.parametrize("name", ["distance", "sipri_transfers", "kiel_ukraine", "bases"])
def test_what_may_not_be_redistributed_says_so(name: str) -> None:
    found = cite(name)
    assert found is not None
    assert "redistributed" in found.terms or "non-commercial" in found.terms


def test_a_data_set_that_nobody_named_has_no_citation() -> None:
    assert cite("assumed") is None

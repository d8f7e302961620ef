import hashlib
from pathlib import Path

import pytest

from sidelines.facts.official.catalogue import TERMS, OfficialFile, catalogue
from sidelines.facts.official.folder import path_of

FILES = [(key, file) for key, one in catalogue().items() for file in one.files]
NAMES = [f"{key}/{file.name}" for key, file in FILES]


@pytest.mark.parametrize(("dataset", "file"), FILES, ids=NAMES)
def test_the_file_is_the_one_we_tested_with(
    dataset: str, file: OfficialFile, research_data: Path
) -> None:
    found = hashlib.sha256(path_of(dataset, file.name).read_bytes()).hexdigest()
    assert found == file.sha256


@pytest.mark.parametrize("dataset", sorted(catalogue()))
def test_every_data_set_can_be_cited_under_terms_we_know(dataset: str) -> None:
    one = catalogue()[dataset]
    assert one.terms_kind in TERMS
    assert one.citation.citation


@pytest.mark.parametrize("dataset", sorted(catalogue()))
def test_coverage_and_vintage_come_in_order(dataset: str) -> None:
    one = catalogue()[dataset]
    assert one.first_year <= one.last_year <= one.vintage.year


@pytest.mark.parametrize("dataset", ["sipri_transfers", "kiel_ukraine", "distance"])
def test_what_may_not_be_passed_on_says_so(dataset: str) -> None:
    assert catalogue()[dataset].terms_kind == "own-copy"


def test_coverage_includes_both_bounds() -> None:
    atop = catalogue()["atop"]
    assert [atop.covers(year) for year in (1814, 1815, 2018, 2019)] == [False, True, True, False]

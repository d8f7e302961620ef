import sys
from pathlib import Path

import numpy as np
import pytest

from sidelines.facts.official import folder
from sidelines.terms.errors import DataError, NotFoundError

pytest.importorskip("polars")


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SIDELINES_DATA", str(tmp_path))
    return tmp_path


def write(place: Path, text: str) -> None:
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")


def test_the_named_folder_holds_the_data(own_folder: Path) -> None:
    assert folder.data_folder() == own_folder


def test_a_named_folder_that_is_not_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIDELINES_DATA", str(tmp_path / "nowhere"))
    assert folder.data_folder() is None


def test_without_a_named_folder_the_users_own_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SIDELINES_DATA", raising=False)
    monkeypatch.setattr(folder, "usual_folder", lambda: tmp_path)
    assert folder.data_folder() == tmp_path


def test_a_missing_file_says_where_it_can_be_had(own_folder: Path) -> None:
    with pytest.raises(DataError, match=r"Correlates of War.*sidelines data where contiguity"):
        folder.path_of("contiguity", "cow_contiguity_v3_2.csv")
    assert not folder.holds("contiguity")


def test_a_file_is_found_under_its_official_name(own_folder: Path) -> None:
    write(own_folder / "icb" / "icb2v14.csv", "crisno\n1\n")
    assert folder.path_of("icb", "actors_v14.csv").name == "icb2v14.csv"


def test_a_data_set_with_one_file_of_two_is_not_held(own_folder: Path) -> None:
    write(own_folder / "icb" / "actors_v14.csv", "crisno\n1\n")
    assert not folder.holds("icb")


def test_gaps_are_nan_in_numbers_and_empty_in_words(own_folder: Path) -> None:
    write(own_folder / "contiguity" / "cow_contiguity_v3_2.csv", "ccode1,stdate\n2,\nNA,x\n")
    found = folder.read("contiguity", "cow_contiguity_v3_2.csv", ["ccode1", "stdate"])
    np.testing.assert_array_equal(found["ccode1"], [2.0, np.nan])
    assert found["stdate"].tolist() == ["", "x"]


def test_a_missing_column_is_named_with_the_nearest(own_folder: Path) -> None:
    write(own_folder / "contiguity" / "cow_contiguity_v3_2.csv", "conttyp\n1\n")
    with pytest.raises(DataError, match=r"no column 'conttype'.*'conttyp'") as refused:
        folder.read("contiguity", "cow_contiguity_v3_2.csv", ["conttype"])
    assert refused.value.code == "E403"


def test_a_loader_reads_each_folder_once(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Path | None] = []
    load = folder.once_per_folder(lambda: calls.append(folder.data_folder()))
    load()
    load()
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("SIDELINES_DATA", str(other))
    load()
    assert calls == [own_folder, other]


def test_an_unknown_data_set_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Did you mean 'atop'"):
        folder.holds("atpo")


def test_without_polars_it_is_said_how_to_install_it(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(own_folder / "contiguity" / "cow_contiguity_v3_2.csv", "conttype\n1\n")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(DataError, match=r"pip install '.\[data\]'"):
        folder.read("contiguity", "cow_contiguity_v3_2.csv", ["conttype"])

from pathlib import Path

import numpy as np
import pytest

from sidelines.history.columns import column, complete_rows, read_columns
from sidelines.terms.errors import DataError, NotFoundError

FILE = 'year,stake,regime\n1914,0.5,"autoc"\n1939,NA,\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_missing_number_is_nan_and_a_missing_word_is_empty(file: Path) -> None:
    columns = read_columns(file)
    assert columns["year"].tolist() == [1914, 1939]
    assert np.isnan(columns["stake"]).tolist() == [False, True]
    assert columns["regime"].tolist() == ["autoc", ""]


@pytest.mark.parametrize("name", ["stake", "regime"])
def test_rows_with_something_missing_can_be_dropped(name: str, file: Path) -> None:
    assert complete_rows(read_columns(file), [name])["year"].tolist() == [1914]


def test_a_file_with_a_header_alone_has_empty_columns(file: Path) -> None:
    file.write_text("year,stake\n", encoding="utf-8")
    assert [len(values) for values in read_columns(file).values()] == [0, 0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file .*gone\.csv"):
        read_columns(tmp_path / "gone.csv")


def test_a_line_with_a_field_too_many_is_named(file: Path) -> None:
    file.write_text("a,b\n1,2\n1,2,3\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"cases\.csv:3 has 3 fields, the header 2"):
        read_columns(file)


def test_an_empty_file_is_refused(file: Path) -> None:
    file.write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="is empty"):
        read_columns(file)


def test_a_mistyped_column_gets_the_nearest_name(file: Path) -> None:
    with pytest.raises(NotFoundError, match="Did you mean 'stake'"):
        column(read_columns(file), "steak")


def test_an_unheard_of_column_gets_all_names(file: Path) -> None:
    with pytest.raises(NotFoundError, match="Known: regime, stake, year"):
        column(read_columns(file), "zzz")

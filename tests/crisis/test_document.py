import os
from pathlib import Path

import pytest

from sidelines.crisis.document import Path_, dotted, parse, read_text
from sidelines.terms.errors import CrisisFileError, NotFoundError

TEXT = """\
id: a
powers:
  - power: RUS
    stake: {value: 0.4, source: x}
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("id",), 1, 5),
        (("powers",), 3, 3),
        (("powers", 0), 3, 5),
        (("powers", 0, "power"), 3, 12),
        (("powers", 0, "stake", "value"), 4, 20),
    ],
)
def test_a_value_knows_its_place(path: Path_, line: int, column: int) -> None:
    place = parse(TEXT, file="a.yaml").place(path)
    assert (place.line, place.column) == (line, column)


def test_a_key_knows_its_place_too() -> None:
    place = parse(TEXT, file="a.yaml").place(("powers", 0, "stake"))
    assert (place.key_line, place.key_column) == (4, 5)


def test_what_is_not_there_stands_where_its_parent_stands() -> None:
    document = parse(TEXT, file="a.yaml")
    assert document.place(("powers", 0, "side", "x")) == document.place(("powers", 0))


def test_what_has_no_parent_stands_at_the_start() -> None:
    assert parse("a: 1\n", file="a.yaml").place(("b",)).line == 1


def test_a_document_is_plain_data() -> None:
    stake = {"value": 0.4, "source": "x"}
    data = {"id": "a", "powers": [{"power": "RUS", "stake": stake}]}
    assert parse(TEXT, file="a.yaml").data == data


@pytest.mark.parametrize(
    ("path", "shown"),
    [((), ""), (("a",), "a"), (("powers", 1, "ties", 0, "with"), "powers[1].ties[0].with")],
)
def test_a_path_is_shown_with_dots_and_brackets(path: Path_, shown: str) -> None:
    assert dotted(path) == shown


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (b"", "E209", "is empty"),
        (b"  \n\n", "E209", "is empty"),
        (b"\xff\xfe\x00", "E208", "not text in UTF-8"),
        (b"id: a\x00b", "E208", "control character at position 5"),
        (b"x" * 1_000_001, "E207", "at most 1,000,000 bytes"),
    ],
    ids=["empty", "blank", "binary", "control character", "large"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes, code: str, said: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    with pytest.raises(CrisisFileError) as caught:
        read_text(path)
    assert caught.value.code == code
    assert said in caught.value.problems[0].message


def test_a_folder_is_no_crisis_file(tmp_path: Path) -> None:
    with pytest.raises(CrisisFileError) as caught:
        read_text(tmp_path)
    assert caught.value.code == "E206"


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no file"):
        read_text(tmp_path / "none.yaml")


def test_a_mark_at_the_start_of_the_file_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: a\n")
    assert read_text(path) == "id: a\n"


def test_a_pipe_is_no_crisis_file_and_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    os.mkfifo(path)
    with pytest.raises(CrisisFileError, match="1 problem") as caught:
        read_text(path)
    assert caught.value.code == "E206"
    assert "a pipe or a device" in caught.value.problems[0].message


def test_a_device_is_no_crisis_file() -> None:
    with pytest.raises(CrisisFileError) as caught:
        read_text(Path("/dev/zero"))
    assert caught.value.code == "E206"


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(CrisisFileError) as caught:
        read_text(tmp_path / f"{'x' * 300}.yaml")
    assert caught.value.code == "E206"

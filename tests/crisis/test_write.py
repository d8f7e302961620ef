import datetime as dt
import json
from pathlib import Path

import pytest

from sidelines.crisis.read import bundled_ids, load_crisis, read_crisis
from sidelines.crisis.schema import crisis_schema
from sidelines.crisis.write import SCHEMA_FILE, blank_crisis, copied_crisis, write_new
from sidelines.terms.errors import NotFoundError, UsageError
from sidelines.terms.roles import Side


@pytest.fixture(scope="module")
def blank() -> str:
    return blank_crisis(
        "mine",
        title='A "quarrel": who, and why?',
        as_of=dt.date(2026, 3, 4),
        attackers=["USA", "ISR"],
        targets=["IRN"],
        powers=[("RUS", "target"), ("CHN", "target"), ("GBR", "attacker")],
    )


def test_a_blank_crisis_is_good(blank: str) -> None:
    crisis = read_crisis(blank)
    assert crisis.attackers == ("USA", "ISR")
    assert [(power.power, power.side) for power in crisis.powers] == [
        ("RUS", Side.TARGET),
        ("CHN", Side.TARGET),
        ("GBR", Side.ATTACKER),
    ]


def test_a_title_may_hold_quotes_and_colons(blank: str) -> None:
    assert read_crisis(blank).title == 'A "quarrel": who, and why?'


def test_a_blank_crisis_fits_in_forty_lines(blank: str) -> None:
    assert len(blank.splitlines()) <= 40


def test_what_a_blank_crisis_leaves_out_is_good_once_written(blank: str) -> None:
    told = blank.replace("\n# control", "\ncontrol").replace("\n# attack", "\nattack")
    told = told.replace("\n    # ties", "\n    ties").replace("\n# events:\n#  ", "\nevents:\n ")
    crisis = read_crisis(told)
    assert crisis.control.air is not None
    assert crisis.events
    assert crisis.powers[0].ties


@pytest.mark.parametrize("template", bundled_ids())
def test_a_copy_says_the_same_as_its_template_but_for_the_id(template: str) -> None:
    copy, original = read_crisis(copied_crisis("mine", template)), load_crisis(template)
    assert copy.id == "mine"
    assert copy.powers == original.powers


def test_a_template_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Did you mean iran-2026"):
        copied_crisis("mine", "iran-2062")


def test_a_new_crisis_is_written_with_its_schema(tmp_path: Path, blank: str) -> None:
    path = write_new("mine", blank, folder=tmp_path)
    assert path.read_text(encoding="utf-8") == blank
    schema = json.loads((tmp_path / SCHEMA_FILE).read_text(encoding="utf-8"))
    assert schema == crisis_schema()


def test_nothing_is_overwritten(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already") as caught:
        write_new("mine", blank, folder=tmp_path)
    assert caught.value.code == "E102"
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_schema_that_stands_there_is_left_alone(tmp_path: Path, blank: str) -> None:
    (tmp_path / SCHEMA_FILE).write_text("{}", encoding="utf-8")
    write_new("mine", blank, folder=tmp_path)
    assert (tmp_path / SCHEMA_FILE).read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize("id_", ["My Crisis", "../mine", "", "-mine", "MINE"])
def test_an_id_that_is_no_file_name_is_refused(tmp_path: Path, blank: str, id_: str) -> None:
    with pytest.raises(UsageError, match="cannot be an id"):
        write_new(id_, blank, folder=tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, blank: str) -> None:
    with pytest.raises(UsageError, match="cannot be written") as caught:
        write_new("mine", blank, folder=tmp_path / "none")
    assert caught.value.code == "E103"

import datetime as dt
from pathlib import Path

import pytest

from sidelines.crisis.model import Crisis
from sidelines.crisis.read import bundled_ids, load_crisis, read_crisis
from sidelines.terms.errors import CrisisFileError, NotFoundError
from sidelines.terms.roles import Side

DAYS = {
    "korea-1950": "1950-06-25",
    "suez-1956": "1956-10-29",
    "hungary-1956": "1956-11-04",
    "vietnam-1965": "1965-02-07",
    "yom-kippur-1973": "1973-10-06",
    "angola-1975": "1975-11-11",
    "afghanistan-1979": "1979-12-24",
    "falklands-1982": "1982-04-02",
    "kuwait-1990": "1990-08-02",
    "kosovo-1999": "1999-03-24",
    "georgia-2008": "2008-08-08",
    "libya-2011": "2011-03-19",
    "syria-2015": "2015-09-30",
    "karabakh-2020": "2020-09-27",
    "ukraine-2022": "2022-02-24",
    "iran-2026": "2026-03-04",
}


def test_all_of_these_crises_are_bundled() -> None:
    assert set(bundled_ids()) == set(DAYS)


@pytest.mark.parametrize(("id_", "day"), DAYS.items())
def test_a_bundled_crisis_is_seen_from_the_day_it_began(id_: str, day: str) -> None:
    assert load_crisis(id_).as_of == dt.date.fromisoformat(day)


@pytest.mark.parametrize("id_", bundled_ids())
def test_a_bundled_crisis_goes_by_the_name_of_its_file(id_: str) -> None:
    assert load_crisis(id_).id == id_


def test_iran_has_at_least_twelve_powers_on_both_sides() -> None:
    crisis = load_crisis("iran-2026")
    assert len({power.power for power in crisis.powers}) >= 12
    assert {power.side for power in crisis.powers} == set(Side)


def test_a_crisis_can_be_read_from_a_path(tmp_path: Path, base: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(base, encoding="utf-8")
    assert load_crisis(str(path)) == read_crisis(base)


def test_a_crisis_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Did you mean iran-2026"):
        load_crisis("iran-2025")


def test_a_crisis_like_no_other_is_answered_with_all_there_are() -> None:
    with pytest.raises(NotFoundError, match=r"Bundled: .*georgia-2008, .*iran-2026"):
        load_crisis("zzz")


def test_a_path_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no file"):
        load_crisis(str(tmp_path / "none.yaml"))


def test_an_error_carries_the_lines_to_quote(base: str) -> None:
    with pytest.raises(CrisisFileError) as caught:
        read_crisis(base.replace("0.4", "1.4"), file="mine.yaml")
    error = caught.value
    assert error.file == "mine.yaml"
    assert error.lines[error.problems[0].line - 1] == "    stake: 1.4"


@pytest.mark.parametrize("word", ["RUS", "Russia", "russia", "Russian Federation"])
def test_a_power_may_go_by_code_or_name(base: str, word: str) -> None:
    assert read_crisis(base.replace("RUS", word)).powers[0].power == "RUS"


def test_a_crisis_knows_the_parties_of_each_side(base: str) -> None:
    crisis: Crisis = read_crisis(base)
    assert crisis.parties(Side.TARGET) == ("IRN",)
    assert crisis.parties(Side.ATTACKER) == ("USA",)


def test_a_name_longer_than_a_file_may_have_is_not_found() -> None:
    with pytest.raises(NotFoundError, match="there is no crisis"):
        load_crisis("x" * 300)

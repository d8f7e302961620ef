import datetime as dt
import json
import sys

import pandas as pd
import pytest

import sidelines as sl
from sidelines.assess.assessment import Assessment
from sidelines.crisis.read import read_crisis
from sidelines.report.result import Result, parse_side
from sidelines.terms.errors import CrisisFileError, UsageError
from sidelines.terms.ladder import RUNGS
from sidelines.terms.roles import Side


@pytest.fixture(scope="module")
def result(answer: Assessment) -> Result:
    return Result(answer)


def test_a_result_shows_itself_in_one_line(result: Result) -> None:
    shown = repr(result)
    assert shown.startswith("<sidelines small as of 2026-03-04: 5 roles, 20 draws; weapons or more")
    assert "China 25%" in shown
    assert "\n" not in shown


def test_a_result_is_the_document_of_the_command(result: Result) -> None:
    assert json.loads(result.to_json()) == result.to_dict()


def test_a_frame_has_a_row_per_power_side_and_rung(result: Result) -> None:
    frame = result.to_dataframe()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == ["power", "side", "rung", "prob", "at_least", "low", "high"]
    assert len(frame) == 5 * len(RUNGS)


def test_the_rungs_of_a_frame_sum_to_one(result: Result) -> None:
    sums = result.to_dataframe().groupby(["power", "side"])["prob"].sum()
    assert sums.to_list() == pytest.approx([1] * 5)


def test_a_frame_holds_the_numbers_of_the_document(result: Result) -> None:
    frame = result.to_dataframe().set_index(["power", "side", "rung"])
    china = result.to_dict()["powers"][1]
    assert frame.loc[("CHN", "target", "weapons"), "at_least"] == china["at_least"]["weapons"]["p"]


def test_a_frame_may_be_of_polars(result: Result) -> None:
    pytest.importorskip("polars")
    assert result.to_dataframe("polars").shape == (5 * len(RUNGS), 7)


@pytest.mark.parametrize("missing", ["pandas", "xarray"])
def test_a_package_that_is_not_installed_is_named(
    result: Result, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    make = {"pandas": result.to_dataframe, "xarray": result.to_xarray}[missing]
    with pytest.raises(UsageError, match=f"{missing} is not installed. pip install"):
        make()


def test_draws_may_be_had_as_an_xarray(result: Result) -> None:
    pytest.importorskip("xarray")
    assert dict(result.to_xarray().sizes) == {"draw": 20, "role": 5, "rung": 7}


def test_why_takes_power_and_rung_in_words(result: Result) -> None:
    found = result.why("Russia", "weapons", draws=2)
    assert (found["power"], found["statistic"]) == ("RUS", "P(at least weapons)")


def test_why_takes_a_side(result: Result) -> None:
    assert result.why("RUS", side="attacker", draws=2)["side"] == "attacker"


def test_what_if_takes_numbers_and_steps(result: Result) -> None:
    found = result.what_if("RUS", stake=0.9, overstretch="-50%")
    assert [change["input"] for change in found["changes"]] == ["stake", "overstretch"]


def test_what_if_takes_a_very_small_number(result: Result) -> None:
    assert result.what_if("RUS", stake=1e-7)["changes"][0]["after"] == pytest.approx(1e-7)


def test_why_takes_an_instrument_and_strength_too(result: Result) -> None:
    assert result.why("RUS", "instrument:money", draws=2)["statistic"] == "P(money used)"
    assert result.why("RUS", "delivered", draws=2)["goal"] is None


def test_flip_takes_a_goal_in_words(result: Result) -> None:
    found = result.flip("Russia", "forces>50%", draws=2)
    assert (found["power"], found["goal"]) == ("RUS", "forces>50%")


def test_a_path_is_of_all_powers_or_of_one(result: Result) -> None:
    assert len(result.path(since="2026-03-01", draws=2)["powers"]) == 5
    assert {one["id"] for one in result.path("Russia", since="2026-03-01", draws=2)["powers"]} == {
        "RUS"
    }


def test_a_path_without_an_event_needs_to_be_told_where_to_begin(result: Result) -> None:
    with pytest.raises(UsageError, match=r"no event by 2026-03-04.*--since"):
        result.path()


def test_a_path_may_not_begin_after_it_ends(result: Result) -> None:
    with pytest.raises(UsageError, match="after it ends on 2026-03-04"):
        result.path(since=dt.date(2026, 3, 5))


def test_what_is_no_day_is_refused(result: Result) -> None:
    with pytest.raises(UsageError, match=r"'yesterday' is no day. Write 2026-03-04"):
        result.path(since="yesterday")


def test_reach_may_be_asked_of_one_power(result: Result) -> None:
    assert [one["id"] for one in result.reach("China")["powers"]] == ["CHN"]
    assert len(result.reach()["powers"]) == 5


def test_a_crisis_may_be_assessed_from_python(text: str) -> None:
    found = sl.assess(read_crisis(text), draws=5, seed=3, as_of="2026-03-02")
    assert found.answer.as_of == dt.date(2026, 3, 2)
    assert found.answer.draws == 5


def test_a_bundled_crisis_may_be_loaded_and_listed() -> None:
    assert sl.load("iran-2026").id == "iran-2026"
    assert "iran-2026" in sl.list_crises()


def test_a_good_file_passes_the_check_silently(tmp_path: object, text: str) -> None:
    path = f"{tmp_path}/small.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    assert sl.check(path) is None


def test_a_broken_file_raises_all_its_problems(tmp_path: object, text: str) -> None:
    path = f"{tmp_path}/small.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("stake: 0.01", "stak: 0.01").replace("[IRN]", "[Iarn]"))
    with pytest.raises(CrisisFileError) as caught:
        sl.check(path)
    assert [one.code for one in caught.value.problems] == ["E202", "E201"]


def test_nothing_is_no_deed_to_be_held_back_from(result: Result) -> None:
    with pytest.raises(UsageError, match=r"One of words, .* forces"):
        result.why("RUS", "nothing")


def test_no_side_is_none_and_another_is_refused() -> None:
    assert parse_side(None) is None
    assert parse_side("attacker") is Side.ATTACKER
    with pytest.raises(UsageError, match="One of target, attacker"):
        parse_side("both")


def test_a_rung_may_be_named_as_on_the_command_line(result: Result) -> None:
    named = result.why("RUS", rung="weapons", draws=2)
    assert named["statistic"] == result.why("RUS", "weapons", draws=2)["statistic"]

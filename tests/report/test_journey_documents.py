import json

import pytest
from click.testing import CliRunner

from sidelines.cli import cli
from sidelines.report.journey_documents import decisions, place_name
from sidelines.report.result import Result, assess
from sidelines.terms.errors import UsageError

JOURNEY = {
    *("means", "from", "to", "sentence", "length_km", "length_if_nobody_refuses_km"),
    *(
        "length_if_all_refuse_km",
        "lengths_km",
        "days",
        "leave_prob",
        "leave",
        "blocked_by",
        "opened_by",
    ),
    *("pivotal", "cut", "threats", "lift", "flight"),
}


@pytest.fixture(scope="module")
def result() -> Result:
    return assess("iran-2026", draws=20)


def test_a_named_power_gets_its_ways_traced(result: Result) -> None:
    (power,) = result.reach("RUS")["powers"]
    assert {one["means"] for one in power["journeys"]} == {"air", "sea"}
    assert all(set(one) == JOURNEY for one in power["journeys"])


def test_all_powers_together_are_not_traced(result: Result) -> None:
    assert all("journeys" not in power for power in result.reach()["powers"])


def test_leave_comes_before_danger_in_the_sentence(result: Result) -> None:
    said = result.reach("RUS")["powers"][0]["journeys"][0]["sentence"]
    assert said.index("over Azerbaijan") < said.index("nobody's leave") < said.index("not safety")


def test_without_a_way_the_sentence_names_who_would_have_to_open(result: Result) -> None:
    journeys = result.reach("CHN", deny=["hormuz", "bosporus"])["powers"][0]["journeys"]
    said = [one for one in journeys if one["means"] == "sea"]
    assert all(one["length_km"] is None and one["blocked_by"] for one in said)
    assert "would have to open" in said[0]["sentence"]


def test_days_under_way_are_told_where_a_fleet_is_known(result: Result) -> None:
    by_air, *_, by_sea = result.reach("CHN")["powers"][0]["journeys"]
    assert 0.2 < by_air["days"] < 2
    assert by_sea["days"] > 3


def test_a_cut_names_the_fewest(result: Result) -> None:
    journeys = result.reach("CHN", cut_km=7000)["powers"][0]["journeys"]
    cut = journeys[0]["cut"]
    assert len(cut["who"]) == 4
    assert cut["length_km_then"] > 7000


def test_ways_are_lines_of_longitude_and_latitude(result: Result) -> None:
    ways = result.ways("CHN")
    first = ways["features"][0]
    assert first["geometry"]["type"] == "LineString"
    lon, lat = first["geometry"]["coordinates"][0]
    assert (lon, lat) == pytest.approx((116.4, 39.9), abs=0.2)


def test_nobody_both_grants_and_refuses() -> None:
    with pytest.raises(UsageError, match="PAK cannot both"):
        decisions(granted=["Pakistan"], denied=["PAK"])


def test_an_unknown_passage_gets_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="no state and no passage") as caught:
        decisions(granted=[], denied=["hormus"])
    assert "hormuz" in str(caught.value)


@pytest.mark.parametrize(
    ("id_", "name"),
    [("PAK", "Pakistan"), ("hormuz", "the Strait of Hormuz"), ("suez", "the Suez Canal")],
)
def test_places_have_names(id_: str, name: str) -> None:
    assert place_name(id_) == name


def test_the_command_prints_the_sentence_first() -> None:
    said = CliRunner().invoke(cli, ["reach", "iran-2026", "RUS", "--draws", "20"]).output
    assert "By air, Moscow to Tehran: 2,467 km" in said


def test_the_command_prints_geojson() -> None:
    said = CliRunner().invoke(cli, ["reach", "iran-2026", "RUS", "--draws", "20", "--geojson"])
    assert json.loads(said.output)["type"] == "FeatureCollection"


def test_the_command_wants_a_power_to_deny_it_a_way() -> None:
    asked = CliRunner().invoke(cli, ["reach", "iran-2026", "--deny", "PAK"])
    assert asked.exit_code != 0
    assert "one power" in str(asked.exception)

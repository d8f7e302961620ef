import pytest
from click.testing import CliRunner

from sidelines.cli import cli
from sidelines.report.result import Result, assess

LIFT = {"t_per_day", "force_t", "days_to_deliver", "limited_by", "caps"}


@pytest.fixture(scope="module")
def result() -> Result:
    return assess("iran-2026", draws=40)


@pytest.fixture(scope="module")
def russia(result: Result) -> dict:  # type: ignore[type-arg]
    return dict(result.reach("RUS")["powers"][0])


@pytest.fixture(scope="module")
def china(result: Result) -> dict:  # type: ignore[type-arg]
    return dict(result.reach("CHN")["powers"][0])


def test_every_traced_way_says_what_it_carries(russia: dict) -> None:  # type: ignore[type-arg]
    assert all(set(one["lift"]) == LIFT for one in russia["journeys"])
    assert all(one["lift"]["t_per_day"] > 0 for one in russia["journeys"])


def test_only_ways_by_air_are_flown(russia: dict) -> None:  # type: ignore[type-arg]
    flown = {one["means"] for one in russia["journeys"] if one["flight"] is not None}
    assert flown == {"air"}


def test_a_flight_names_its_stops_and_legs(china: dict) -> None:  # type: ignore[type-arg]
    flight = china["journeys"][0]["flight"]
    assert flight["carrier"] == "Y-20"
    assert len(flight["legs"]) == len(flight["stops"]) + 1
    assert flight["gap"] is None
    assert "hours" in flight["sentence"]


def test_one_airfield_limits_russia_and_aircraft_limit_china(
    russia: dict,  # type: ignore[type-arg]
    china: dict,  # type: ignore[type-arg]
) -> None:
    limits = [one["journeys"][0]["lift"]["limited_by"] for one in (russia, china)]
    assert limits == ["airfield", "aircraft"]


def test_ships_that_nobody_knows_carry_nobody_knows_what(result: Result) -> None:
    journeys = result.reach("PAK")["powers"][0]["journeys"]
    lift = next(one["lift"] for one in journeys if one["means"] == "sea")
    assert (lift["t_per_day"], lift["limited_by"]) == (None, "fleet unknown")


def test_ways_on_land_stand_beside_the_traced_ones(russia: dict) -> None:  # type: ignore[type-arg]
    ways = {way["name"]: way for way in russia["overland"]}
    assert ways["instc-caspian"]["leave"] == []
    assert ways["instc-west"]["blocked_by"] == ["AZE"]
    assert ways["instc-west"]["lift"]["limited_by"] == "Astara to Rasht"


def test_denying_shuts_ways_on_land_too(result: Result) -> None:
    ways = result.reach("CHN", deny=["KAZ"])["powers"][0]["overland"]
    assert all(way["leave_prob"] == 0 for way in ways)
    assert all("shut" in way["sentence"] for way in ways)


def test_moscow_needs_nobody_but_ends_in_contested_air(
    russia: dict,  # type: ignore[type-arg]
) -> None:
    secure = russia["secure"]
    assert (secure["verdict"], secure["without_leave"]) == ("threat", True)
    by_air = next(way for way in secure["ways"] if way["means"] == "air")
    assert (by_air["leave_of"], by_air["hazards"]) == ([], ["IRN"])
    assert "holds by threat, not for want of leave" in secure["sentence"]


def test_beijing_needs_leave_of_third_states_by_air(china: dict) -> None:  # type: ignore[type-arg]
    by_air = next(way for way in china["secure"]["ways"] if way["means"] == "air")
    assert {"KAZ", "TKM"} <= set(by_air["leave_of"])
    assert by_air["out_of_range_km"] > 8000


def test_a_stop_takes_leave_too() -> None:
    secure = assess("angola-1975", draws=20).reach("CUB")["powers"][0]["secure"]
    by_air = next(way for way in secure["ways"] if way["means"] == "air")
    assert "BRB" in by_air["leave_of"]


def test_a_canal_that_can_be_gone_round_is_no_need() -> None:
    secure = assess("angola-1975", draws=20).reach("SUN")["powers"][0]["secure"]
    by_sea = next(way for way in secure["ways"] if way["means"] == "sea")
    assert by_sea["leave_of"] == []


def test_a_neighbour_has_a_secure_corridor(result: Result) -> None:
    secure = result.reach("PAK")["powers"][0]["secure"]
    assert secure["verdict"] == "open"
    assert "does not hold" in secure["sentence"]


def test_without_a_way_of_its_own_korea_lacks_leave(result: Result) -> None:
    assert result.reach("PRK")["powers"][0]["secure"]["without_leave"] is False


def test_the_americans_have_bases_near_the_theatre_and_china_hardly_any(result: Result) -> None:
    bases = {one["id"]: one for one in result.reach()["bases"]["who"]}
    assert bases["USA"]["party"]
    assert bases["USA"]["abroad"] > 10
    assert {"BHR", "QAT", "KWT"} <= set(bases["USA"]["hosts"])
    assert bases["CHN"]["abroad"] <= 1


def test_a_power_on_both_sides_is_counted_once(result: Result) -> None:
    who = [one["id"] for one in result.reach()["bases"]["who"]]
    assert len(who) == len(set(who))


@pytest.mark.parametrize(
    "said",
    [
        "Il-76 without a stop",
        "limited by airfield",
        "By ferry, instc-caspian, Russia to Iran",
        "the claim of no secure corridor",
        "Sites within 1,500 km of the theatre",
        "Limited by",
    ],
)
def test_the_page_says(said: str) -> None:
    page = CliRunner().invoke(cli, ["reach", "iran-2026", "RUS", "--draws", "20"]).output
    assert said in " ".join(page.split())

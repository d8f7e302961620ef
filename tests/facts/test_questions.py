import datetime as dt

import numpy as np
import pytest

from sidelines.facts import (
    corridors,
    economy,
    lift,
    members,
    nuclear,
    places,
    record,
    strength,
    ties,
    troops,
    wars,
)
from sidelines.facts.table import table
from sidelines.facts.world import World, load_world
from sidelines.reach.distance import great_circle_km
from sidelines.terms.errors import DataError
from sidelines.terms.states import actors

TODAY = load_world(dt.date(2026, 3, 4))
HINDSIGHT = load_world(dt.date(2026, 3, 4), hindsight=True)
UKRAINE = load_world(dt.date(2022, 2, 24), retrospective=True)
LIBYA = load_world(dt.date(2011, 3, 19), retrospective=True)
GEORGIA = load_world(dt.date(2008, 8, 8), retrospective=True)
KUWAIT = load_world(dt.date(1990, 8, 2), retrospective=True)
FALKLANDS = load_world(dt.date(1982, 4, 2), retrospective=True)
ANGOLA = load_world(dt.date(1975, 11, 11), retrospective=True)
KOREA = load_world(dt.date(1950, 6, 25), retrospective=True)
OCTOBER = load_world(dt.date(1973, 10, 6), retrospective=True)


def owed(world: World, a: str, b: str) -> set[str]:
    return {fact.value.kind for fact in ties.pacts(world, a, b) or ()}


@pytest.mark.parametrize(
    ("world", "id_", "name"),
    [
        (TODAY, "RUS", "Moscow"),
        (TODAY, "IRN", "Tehran"),
        (TODAY, "KAZ", "Astana"),
        (KUWAIT, "DEU", "Bonn"),
        (OCTOBER, "SUN", "Moscow"),
        (TODAY, "HZB", "Beirut"),
        (TODAY, "NATO", "Brussels"),
    ],
)
def test_the_capital_is_the_one_of_the_day(world: World, id_: str, name: str) -> None:
    found = places.capital(world, id_)
    assert found is not None
    assert found.value.name == name


def capital_at(world: World, id_: str) -> np.ndarray:
    found = places.capital(world, id_)
    assert found is not None
    return np.array([found.value.lat, found.value.lon])


@pytest.mark.parametrize(
    ("world", "id_", "lat", "lon"),
    [
        (TODAY, "SAU", 24.65, 46.72),
        (TODAY, "CHN", 39.92, 116.39),
        (TODAY, "TUN", 36.80, 10.18),
        (TODAY, "BRA", -15.79, -47.88),
        (TODAY, "DJI", 11.59, 43.15),
        (TODAY, "PLW", 7.50, 134.62),
        (OCTOBER, "SUN", 55.75, 37.62),
        (OCTOBER, "VDR", 10.78, 106.70),
    ],
)
def test_a_capital_lies_where_it_lies(world: World, id_: str, lat: float, lon: float) -> None:
    assert great_circle_km(capital_at(world, id_), np.array([lat, lon])) < 20


@pytest.mark.parametrize(("world", "id_"), [(TODAY, "RUS"), (OCTOBER, "SUN")])
def test_moscow_and_tehran_are_2467_kilometres_apart(world: World, id_: str) -> None:
    apart = great_circle_km(capital_at(world, id_), capital_at(world, "IRN"))
    assert apart == pytest.approx(2467, abs=5)


@pytest.mark.parametrize(
    ("world", "a", "b", "km"),
    [
        (TODAY, "RUS", "IRN", 165),
        (TODAY, "TUR", "IRN", 0),
        (TODAY, "NATO", "IRN", 0),
        (TODAY, "RUS", "UKR", 0),
        (KUWAIT, "IRQ", "KWT", 0),
        (OCTOBER, "ISR", "EGY", 0),
        (KUWAIT, "IRQ", "IRN", 0),
        (TODAY, "PER", "BOL", 0),
        (TODAY, "LSO", "ZAF", 0),
        (TODAY, "DNK", "SWE", 4),
        (TODAY, "EGY", "PSE", 0),
    ],
)
def test_the_shortest_distance_is_known(world: World, a: str, b: str, km: int) -> None:
    found = places.minimum_distance_km(world, a, b)
    assert found is not None
    assert found.value == km


def test_the_distance_is_the_same_both_ways() -> None:
    there = places.minimum_distance_km(TODAY, "USA", "IRN")
    assert there == places.minimum_distance_km(TODAY, "IRN", "USA")


def test_the_soviet_union_bordered_iran_where_russia_does_not() -> None:
    touching = places.minimum_distance_km(KUWAIT, "SUN", "IRQ")
    apart = places.minimum_distance_km(TODAY, "RUS", "IRQ")
    assert touching is not None
    assert apart is not None
    assert touching.value < apart.value


def test_a_non_state_is_as_far_away_as_the_land_it_fights_from() -> None:
    houthis = places.minimum_distance_km(TODAY, "HTH", "IRN")
    yemen = places.minimum_distance_km(TODAY, "YEM", "IRN")
    assert houthis is not None
    assert yemen is not None
    assert (houthis.value, houthis.note) == (yemen.value, "measured from YEM")


def test_united_yemen_is_measured_from_its_first_day() -> None:
    assert places.minimum_distance_km(KUWAIT, "YEM", "IRQ") is not None
    assert strength.strength_share(KUWAIT, "YEM") is not None


def test_a_state_that_the_map_leaves_out_has_no_distance_rather_than_zero() -> None:
    assert places.minimum_distance_km(TODAY, "TUV", "FJI") is None


def test_todays_map_says_nothing_about_the_time_before_it() -> None:
    assert places.minimum_distance_km(KUWAIT, "PER", "BOL") is None


def test_todays_map_says_nothing_about_sudan_while_it_held_the_south() -> None:
    assert places.minimum_distance_km(LIBYA, "SDN", "UGA") is None


def test_a_pair_of_a_bundled_crisis_keeps_its_own_source() -> None:
    found = places.minimum_distance_km(TODAY, "RUS", "IRN")
    assert found is not None
    assert found.source == "distance:ccode1=365,ccode2=630"


def test_a_measured_distance_names_its_map_and_whose_crimea_is() -> None:
    found = places.minimum_distance_km(TODAY, "BGR", "UKR")
    assert found is not None
    assert found.source.endswith("Natural Earth 4.1.0 50m: BGR-UKR")
    assert "68/262" in found.note


@pytest.mark.parametrize(
    ("a", "b"), [("FRA", "BRA"), ("NLD", "VEN"), ("NZL", "WSM"), ("DNK", "CAN")]
)
def test_what_lies_overseas_does_not_bring_a_state_nearer(a: str, b: str) -> None:
    found = places.minimum_distance_km(TODAY, a, b)
    assert found is not None
    assert found.value > 0


@pytest.mark.parametrize(
    ("world", "id_", "low", "high"),
    [
        (UKRAINE, "CHN", 0.22, 0.24),
        (UKRAINE, "USA", 0.11, 0.13),
        (UKRAINE, "UKR", 0.003, 0.02),
        (KUWAIT, "SUN", 0.12, 0.20),
        (OCTOBER, "ISR", 0.001, 0.004),
        (TODAY, "NATO", 0.2, 0.35),
    ],
)
def test_strength_is_a_share_of_the_world(world: World, id_: str, low: float, high: float) -> None:
    found = strength.strength_share(world, id_)
    assert found is not None
    assert low < found.value < high


def test_the_strength_of_an_organisation_says_how_many_members_it_counts() -> None:
    found = strength.strength_share(UKRAINE, "EUU")
    assert found is not None
    assert found.note == "sum of 27 of 27 members"
    assert found.source == "nmc:members"


def test_an_organisation_without_members_in_the_table_has_no_strength() -> None:
    assert strength.strength_share(TODAY, "OSCE") is None


def test_a_non_state_has_no_share_of_strength_rather_than_none_of_it() -> None:
    assert strength.strength_share(TODAY, "HTH") is None


@pytest.mark.parametrize(
    ("world", "id_", "low", "high"),
    [
        (TODAY, "USA", 25_000, 30_000),
        (TODAY, "RUS", 1_500, 2_500),
        (TODAY, "EUU", 15_000, 22_000),
        (UKRAINE, "UKR", 100, 250),
        (TODAY, "TWN", 700, 800),
    ],
)
def test_gdp_is_in_billions(world: World, id_: str, low: float, high: float) -> None:
    found = strength.gdp_busd(world, id_)
    assert found is not None
    assert low < found.value < high


@pytest.mark.parametrize(
    ("world", "id_", "armed"),
    [
        (TODAY, "ISR", True),
        (OCTOBER, "ISR", True),
        (TODAY, "IRN", False),
        (TODAY, "PRK", True),
        (KUWAIT, "PRK", False),
        (TODAY, "NATO", True),
        (TODAY, "UKR", False),
        (KUWAIT, "ZAF", True),
        (TODAY, "ZAF", False),
    ],
)
def test_possession_of_nuclear_weapons_is_that_of_the_day(
    world: World, id_: str, armed: bool
) -> None:
    found = nuclear.is_nuclear(world, id_)
    assert found is not None
    assert found.value is armed


def test_possession_by_a_non_state_is_not_answered() -> None:
    assert nuclear.is_nuclear(TODAY, "HZB") is None


@pytest.mark.parametrize(
    ("world", "a", "b"),
    [
        (TODAY, "USA", "JPN"),
        (TODAY, "USA", "POL"),
        (TODAY, "PRK", "RUS"),
        (TODAY, "TUR", "AZE"),
        (TODAY, "FIN", "SWE"),
        (TODAY, "NATO", "EST"),
        (UKRAINE, "RUS", "BLR"),
        (KUWAIT, "EGY", "KWT"),
    ],
)
def test_a_defence_pact_in_force_is_known(world: World, a: str, b: str) -> None:
    assert "defence" in owed(world, a, b)


@pytest.mark.parametrize(
    ("world", "a", "b"),
    [
        (TODAY, "RUS", "IRN"),
        (UKRAINE, "PRK", "RUS"),
        (UKRAINE, "USA", "UKR"),
        (OCTOBER, "SUN", "EGY"),
        (OCTOBER, "USA", "ISR"),
        (GEORGIA, "USA", "GEO"),
    ],
)
def test_no_defence_pact_is_made_up(world: World, a: str, b: str) -> None:
    assert "defence" not in owed(world, a, b)


def test_russia_and_iran_owe_each_other_no_help_to_an_aggressor() -> None:
    assert owed(TODAY, "RUS", "IRN") == {"neutrality", "non-aggression", "consultation"}


def test_a_pair_that_was_asked_and_has_nothing_is_empty() -> None:
    assert ties.pacts(OCTOBER, "USA", "ISR") == ()


def test_a_pair_that_was_never_asked_is_unknown() -> None:
    assert ties.pacts(TODAY, "NPL", "PER") is None


def test_a_pact_that_ended_leaves_nothing_rather_than_the_unknown() -> None:
    assert ties.pacts(UKRAINE, "RUS", "UKR") == ()


def test_an_organisation_owes_nothing_to_those_outside_it() -> None:
    assert ties.pacts(UKRAINE, "NATO", "UKR") == ()


def test_a_pact_through_an_organisation_names_it() -> None:
    through = {fact.value.through for fact in ties.pacts(TODAY, "POL", "EST") or ()}
    assert through == {"NATO", "EUU"}


@pytest.mark.parametrize(
    ("world", "a", "b", "rivals"),
    [
        (TODAY, "IRN", "ISR", True),
        (TODAY, "USA", "RUS", True),
        (TODAY, "FRA", "IRN", False),
        (TODAY, "NPL", "PER", False),
        (KUWAIT, "USA", "SUN", None),
        (KUWAIT, "IRQ", "IRN", True),
        (OCTOBER, "ISR", "JOR", True),
        (OCTOBER, "USA", "EGY", False),
        (FALKLANDS, "ARG", "GBR", True),
        (FALKLANDS, "ARG", "CHL", True),
        (FALKLANDS, "ARG", "FRA", False),
        (KOREA, "SUN", "USA", True),
        (KOREA, "KOR", "PRK", True),
        (GEORGIA, "RUS", "GEO", False),
    ],
)
def test_a_rivalry_is_that_of_the_day(world: World, a: str, b: str, rivals: bool | None) -> None:
    found = ties.rivalry(world, a, b)
    assert (None if found is None else found.value) is rivals


def test_a_rivalry_is_the_same_both_ways() -> None:
    assert ties.rivalry(TODAY, "IRN", "ISR") == ties.rivalry(TODAY, "ISR", "IRN")


def test_a_rivalry_still_open_says_that_it_is_taken_to_go_on() -> None:
    found = ties.rivalry(TODAY, "IRN", "ISR")
    assert found is not None
    assert found.note == "data end in 2020; taken to go on"


@pytest.mark.parametrize("id_", ["NATO", "HZB"])
def test_only_states_are_rivals_in_the_source(id_: str) -> None:
    assert ties.rivalry(TODAY, id_, "IRN") is None


def test_no_state_is_its_own_rival() -> None:
    assert ties.rivalry(TODAY, "IRN", "IRN") is None


def test_a_rivalry_published_later_is_not_known_yet() -> None:
    assert ties.rivalry(load_world(dt.date(2021, 6, 1)), "IRN", "ISR") is None


@pytest.mark.parametrize(
    ("world", "a", "b", "kind"),
    [
        (TODAY, "IRN", "TUR", 1),
        (TODAY, "RUS", "UKR", 1),
        (TODAY, "RUS", "JPN", 2),
        (TODAY, "IRN", "QAT", 4),
        (TODAY, "NATO", "IRN", 1),
        (TODAY, "USA", "IRN", 6),
        (TODAY, "NPL", "PER", None),
        (KUWAIT, "IRQ", "KWT", 1),
        (KUWAIT, "GBR", "KWT", 6),
        (OCTOBER, "SUN", "EGY", 6),
        (ANGOLA, "COD", "AGO", 1),
        (ANGOLA, "ZAF", "AGO", 6),
        (KOREA, "SUN", "PRK", 1),
        (KOREA, "CHN", "PRK", 1),
    ],
)
def test_how_two_states_border_on_each_other_is_known(
    world: World, a: str, b: str, kind: int | None
) -> None:
    found = places.contiguity(world, a, b)
    assert (None if found is None else found.value) == kind


def test_a_border_is_the_same_from_both_sides() -> None:
    assert places.contiguity(TODAY, "IRN", "TUR") == places.contiguity(TODAY, "TUR", "IRN")


def test_a_union_is_apart_only_if_that_is_known_of_every_member() -> None:
    assert places.contiguity(TODAY, "NATO", "VEN") is None


@pytest.mark.parametrize(
    ("world", "organisation", "count"),
    [
        (TODAY, "NATO", 32),
        (UKRAINE, "NATO", 30),
        (LIBYA, "NATO", 28),
        (KUWAIT, "NATO", 16),
        (OCTOBER, "NATO", 15),
        (TODAY, "EUU", 27),
        (OCTOBER, "EUU", 9),
        (TODAY, "CSTO", 6),
        (TODAY, "GCC", 6),
        (OCTOBER, "WPO", 7),
    ],
)
def test_membership_is_that_of_the_day(world: World, organisation: str, count: int) -> None:
    assert len(members.members(world, organisation)) == count


def test_a_state_knows_its_organisations() -> None:
    found = {fact.value.organisation for fact in members.memberships(TODAY, "IRN")}
    assert found == {"BRICS", "OPEC", "SCO"}


def test_the_united_states_vote_closer_to_israel_than_to_iran() -> None:
    near = ties.ideal_point_distance(TODAY, "USA", "ISR")
    far = ties.ideal_point_distance(TODAY, "USA", "IRN")
    assert near is not None
    assert far is not None
    assert near.value < far.value


def test_the_distance_of_votes_is_the_same_both_ways() -> None:
    there = ties.ideal_point_distance(TODAY, "CHN", "IRN")
    assert there == ties.ideal_point_distance(TODAY, "IRN", "CHN")


def test_a_union_votes_as_its_members_do_on_average() -> None:
    union = ties.ideal_point_distance(TODAY, "EUU", "USA")
    assert union is not None
    assert union.note == "mean of 27 pairs of members"


def test_states_whose_votes_no_source_gives_are_unknown() -> None:
    assert ties.ideal_point_distance(TODAY, "HTH", "USA") is None


def test_germany_cast_no_votes_before_it_joined_the_united_nations() -> None:
    assert ties.ideal_point_distance(OCTOBER, "DEU", "ISR") is None


@pytest.mark.parametrize(
    ("world", "supplier", "client", "weight"),
    [
        (OCTOBER, "SUN", "EGY", "principal"),
        (OCTOBER, "SUN", "SYR", "principal"),
        (KUWAIT, "SUN", "IRQ", "principal"),
        (HINDSIGHT, "USA", "ISR", "principal"),
        (HINDSIGHT, "CHN", "IRN", "none"),
        (UKRAINE, "PRK", "RUS", "none"),
    ],
)
def test_the_weight_of_a_supplier_is_known(
    world: World, supplier: str, client: str, weight: str
) -> None:
    found = ties.arms_class(world, supplier, client)
    assert found is not None
    assert found.value == weight


def test_trade_with_a_large_partner_outweighs_trade_with_a_small_one() -> None:
    large = economy.trade_share(TODAY, "RUS", "EUU")
    small = economy.trade_share(TODAY, "RUS", "IRN")
    assert large is not None
    assert small is not None
    assert large.value > 0.3 > small.value


def test_a_capital_that_no_source_gives_is_unknown() -> None:
    assert places.capital(TODAY, "OSCE") is None


def test_trade_that_no_source_gives_is_unknown() -> None:
    assert economy.trade_share(TODAY, "USA", "TUV") is None


def test_the_share_of_energy_belongs_to_one_fuel() -> None:
    crude = economy.energy_share(TODAY, "CHN", "IRN", fuel="crude")
    assert crude is not None
    assert 0 < crude.value < 0.3
    assert economy.energy_share(TODAY, "CHN", "IRN", fuel="gas") is None


def test_a_member_carries_the_sanctions_of_its_union() -> None:
    senders = {fact.value.sender for fact in economy.sanctions(TODAY, "DEU", "RUS")}
    assert senders == {"EUU"}


def test_a_sanction_lifted_is_no_longer_in_force() -> None:
    assert economy.sanctions(KUWAIT, "USA", "SUN")
    assert economy.sanctions(OCTOBER, "USA", "IRN") == ()


def test_states_bear_the_sanctions_of_the_united_nations() -> None:
    senders = {fact.value.sender for fact in economy.sanctions(LIBYA, "TUR", "LBY")}
    assert senders == {"UNO"}


@pytest.mark.parametrize(
    ("world", "id_", "name"),
    [
        (TODAY, "RUS", "RUS against UKR"),
        (TODAY, "UKR", "RUS against UKR"),
        (GEORGIA, "USA", "IRQ against rebels"),
        (OCTOBER, "USA", "VDR against VNM"),
        (UKRAINE, "RUS", "SYR against rebels"),
    ],
)
def test_a_war_in_progress_is_known(world: World, id_: str, name: str) -> None:
    found = wars.wars(world, id_)
    assert found is not None
    assert any(fact.value.name.startswith(name) for fact in found)


def test_a_state_at_peace_has_no_wars_rather_than_unknown_ones() -> None:
    assert wars.wars(TODAY, "JPN") == ()


def test_organisations_fight_no_wars_of_their_own_in_the_source() -> None:
    assert wars.wars(TODAY, "NATO") is None


def test_bases_in_use_are_those_of_the_day() -> None:
    names = {fact.value.place for fact in places.bases(OCTOBER, "USA")}
    assert "Lajes" in names
    assert "Al Udeid" not in names


def test_russia_holds_hmeimim_since_its_war_in_syria() -> None:
    assert "Hmeimim" in {fact.value.place for fact in places.bases(TODAY, "RUS")}
    assert "Hmeimim" not in {fact.value.place for fact in places.bases(LIBYA, "RUS")}


def test_places_of_bases_are_coarse() -> None:
    sites = [fact.value for fact in places.bases(TODAY, "USA")]
    assert all(site.lat == round(site.lat, 1) and site.lon == round(site.lon, 1) for site in sites)


def test_the_united_states_lift_more_by_air_than_anyone() -> None:
    american = lift.airlift(TODAY, "USA") or ()
    russian = lift.airlift(TODAY, "RUS") or ()
    tonnes = [
        sum(fact.value.count * fact.value.payload_t for fact in fleets)
        for fleets in (american, russian)
    ]
    assert tonnes[0] > tonnes[1] > 0


def test_a_fleet_nobody_listed_is_unknown() -> None:
    assert lift.sealift(TODAY, "SAU") is None


def test_a_type_counted_again_counts_once() -> None:
    types = [fact.value.type for fact in lift.airlift(TODAY, "CHN") or ()]
    assert len(types) == len(set(types)) == 4


def test_tankers_are_counted_apart_from_transports() -> None:
    flying = {fact.value.type for fact in lift.tankers(KUWAIT, "USA") or ()}
    assert {"KC-135", "KC-10"} <= flying
    assert not flying & {fact.value.type for fact in lift.airlift(KUWAIT, "USA") or ()}


def test_a_refuelling_in_flight_always_adds_range() -> None:
    fleets = [
        fact.value for power in ("USA", "FRA", "GBR") for fact in lift.airlift(TODAY, power) or ()
    ]
    taking = {fleet.type: fleet for fleet in fleets if fleet.tanked_range_km is not None}
    assert set(taking) == {"A400M", "C-17", "C-5M"}
    assert all((fleet.tanked_range_km or 0.0) > fleet.range_km for fleet in taking.values())


def test_booms_and_hoses_are_told_apart() -> None:
    assert {fact.value.boom for fact in lift.tankers(TODAY, "RUS") or ()} == {False}
    assert "KC-135" in {
        fact.value.type for fact in lift.tankers(TODAY, "USA") or () if fact.value.boom
    }


def test_the_american_fleet_of_1995_is_that_of_the_accounting_office() -> None:
    world = load_world(dt.date(1995, 12, 1), retrospective=True)
    fleets = (lift.airlift(world, "USA") or ()) + (lift.tankers(world, "USA") or ())
    counts = {fact.value.type: fact.value.count for fact in fleets if fact.source != "assumed"}
    assert counts == {"C-5": 104, "C-141B": 199, "C-17": 16, "KC-10": 54, "KC-135": 448}


@pytest.mark.parametrize("as_of", ["1950-06-25", "1973-10-06", "1990-08-02", "2011-03-19"])
@pytest.mark.parametrize("power", ["USA", "GBR", "FRA"])
def test_the_great_powers_have_transports_in_every_age(as_of: str, power: str) -> None:
    assert lift.airlift(load_world(dt.date.fromisoformat(as_of), retrospective=True), power)


def test_every_type_that_a_fleet_has_is_described() -> None:
    known = {(row.fields["type"], row.fields["quantity"]): row for row in table("carriers")}
    loads = {"airlift": "payload", "sealift": "payload", "tanker": "offload"}
    lacking = {
        (row.fields["type"], quantity)
        for row in table("lift")
        for quantity in (loads[row.fields["kind"]], "range", "speed")
        if (row.fields["type"], quantity) not in known
    }
    assert lacking == set()


def test_no_fleet_is_counted_before_its_type_is_described() -> None:
    since: dict[str, dt.date] = {}
    for row in table("carriers"):
        name = row.fields["type"]
        since[name] = min(row.date, since.get(name, row.date))
    early = [row.line for row in table("lift") if row.date < since[row.fields["type"]]]
    assert early == []


def test_a_type_that_nothing_describes_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lift, "_figure", lambda *_: None)
    with pytest.raises(DataError, match="payload"):
        lift.airlift(TODAY, "USA")


# --- airfields and corridors -------------------------------------------------------------------


def test_every_airfield_takes_a_loaded_airlifter() -> None:
    assert min(fact.value.runway_m for fact in places.airfields(TODAY)) >= 2400


def test_airfields_on_disputed_land_are_told_apart() -> None:
    areas = {fact.value.icao: fact.value.area for fact in places.airfields(TODAY)}
    assert (areas["UKFF"], areas["LCEN"], areas["OYAA"]) == ("UKR-CRIMEA", "CYP-NORTH", "YEM-SOUTH")


def test_an_airfield_not_yet_opened_is_not_there() -> None:
    before = {fact.value.icao for fact in places.airfields(KUWAIT)}
    assert "OMDW" in {fact.value.icao for fact in places.airfields(TODAY)} - before


def test_an_air_base_knows_its_runway() -> None:
    runways = {fact.value.place: fact.value.runway_m for fact in places.bases(TODAY, "USA")}
    assert runways["Al Udeid"] is not None
    assert runways["Al Udeid"] > 3500
    assert runways["Beaumont"] is None


def test_the_united_states_stand_on_the_gulf_where_russia_and_china_do_not() -> None:
    gulf = {"BHR", "KWT", "QAT", "ARE", "SAU"}
    hosts = {
        power: {fact.value.host for fact in places.bases(TODAY, power)} & gulf
        for power in ("USA", "RUS", "CHN")
    }
    assert hosts == {"USA": gulf, "RUS": set(), "CHN": set()}


def test_a_corridor_has_its_parts_in_order() -> None:
    parts = [fact.value for fact in corridors.corridors(TODAY)["instc-west"]]
    assert [part.part for part in parts] == [1, 2, 3]
    assert parts[0].areas == ("RUS", "AZE", "IRN")
    assert parts[1].gauge_breaks == 1


def test_a_closed_corridor_is_not_there() -> None:
    closed = load_world(dt.date(2012, 2, 1), retrospective=True)
    assert "pakgloc-khyber" not in corridors.corridors(closed)
    assert "ndn-north" in corridors.corridors(closed)


def test_a_corridor_that_lacks_a_part_is_left_out() -> None:
    assert "ndn-north" not in corridors.corridors(load_world(dt.date(2009, 6, 1)))


def test_corridors_carry_between_their_low_and_high_figures() -> None:
    parts = [fact.value for found in corridors.corridors(TODAY).values() for fact in found]
    assert all(part.low_t_per_day <= part.t_per_day <= part.high_t_per_day for part in parts)


def test_the_age_of_a_figure_is_in_months() -> None:
    found = strength.strength_share(UKRAINE, "RUS")
    assert found is not None
    assert 1.5 < record.age_months(found, UKRAINE.as_of) < 2


# --- troops abroad -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("world", "power", "host", "count"),
    [
        (FALKLANDS, "USA", "GBR", 20_500),
        (LIBYA, "USA", "GBR", 9_221),
        (OCTOBER, "USA", "ISR", 0),
    ],
)
def test_troops_abroad_are_those_of_the_year_before(
    world: World, power: str, host: str, count: int
) -> None:
    found = troops.troops_abroad(world, power, host)
    assert found is not None
    assert (found.value, found.unit, found.date.year) == (count, "persons", world.as_of.year - 1)


def test_no_troops_are_none_rather_than_unknown() -> None:
    found = troops.troops_abroad(OCTOBER, "SUN", "EGY")
    assert found is not None
    assert found.value == 0


@pytest.mark.parametrize(("power", "host"), [("GBR", "USA"), ("ISR", "EGY"), ("USA", "CHL")])
def test_troops_nobody_asked_about_are_unknown(power: str, host: str) -> None:
    assert troops.troops_abroad(OCTOBER, power, host) is None


def test_troops_of_a_state_that_is_gone_are_an_error() -> None:
    with pytest.raises(DataError, match="does not exist"):
        troops.troops_abroad(TODAY, "SUN", "EGY")


def test_a_count_is_told_with_its_age() -> None:
    found = troops.troops_abroad(load_world(dt.date(2020, 1, 1)), "USA", "GBR")
    assert found is not None
    assert found.date.year == 2010


@pytest.mark.parametrize("world", [TODAY, OCTOBER, UKRAINE])
@pytest.mark.parametrize("power", ["USA", "FRA", "NATO", "IRN", "POL"])
def test_allies_are_those_with_a_pact_of_defence_either_way(world: World, power: str) -> None:
    for other in others(world, power):
        both = [ties.pacts(world, *pair) for pair in ((power, other), (other, power))]
        defence = any(fact.value.kind == "defence" for found in both for fact in found or ())
        asked = any(found is not None for found in both)
        assert ties.allied(world, power, other) is (defence if asked else None)
        assert (other in ties.allies(world, power)) == defence


@pytest.mark.parametrize("world", [TODAY, OCTOBER, UKRAINE])
@pytest.mark.parametrize("power", ["USA", "CHN", "ISR", "NATO"])
def test_rivals_are_those_of_whom_each_pair_says_so(world: World, power: str) -> None:
    found = {
        other
        for other in others(world, power)
        if (fact := ties.rivalry(world, power, other)) is not None and fact.value
    }
    assert ties.rivals(world, power) & set(others(world, power)) == found


def others(world: World, power: str) -> list[str]:
    living = (id_ for id_, one in actors().items() if one.existed_on(world.as_of))
    return [id_ for id_ in living if id_ != power]

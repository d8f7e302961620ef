from dataclasses import replace

import numpy as np
import pytest

from sidelines.assess.assessment import ask, context_of
from sidelines.assess.carriage import (
    NO_WAY,
    UNKNOWN_FLEET,
    Carriage,
    carriage,
    fleet_lift,
    main_carrier,
)
from sidelines.assess.context import Context
from sidelines.assess.ends import Stop
from sidelines.assess.overland import ground_carriage, ground_ways
from sidelines.crisis.model import Power
from sidelines.crisis.read import load_crisis
from sidelines.facts.lift import airlift
from sidelines.terms.roles import Means, Side

DRAWS = 200
TEHRAN = Stop(name="Tehran", host="IRN", lat=35.7, lon=51.4)
TABRIZ = Stop(name="Tabriz", host="IRN", lat=38.1, lon=46.3)
STRENGTH = np.full(DRAWS, 0.02)


@pytest.fixture(scope="module")
def iran() -> Context:
    return context_of(ask(load_crisis("iran-2026"), draws=DRAWS), {})


def entry(ctx: Context, power: str) -> Power:
    return next(one for one in ctx.powers if one.power == power and one.side is Side.TARGET)


def carried(ctx: Context, power: str, means: Means, km: float, **given: object) -> Carriage:
    asked = {"strength": STRENGTH, "receiving": (TEHRAN,), **given}
    return carriage(ctx, entry(ctx, power), means, km=np.full(DRAWS, km), **asked)  # type: ignore[arg-type]


def test_an_organisation_lifts_with_the_fleets_of_its_members(iran: Context) -> None:
    union = next(one for one in iran.powers if one.power == "EUU")
    held = carriage(
        iran, union, Means.AIR, km=np.full(DRAWS, 3000.0), strength=STRENGTH, receiving=(TEHRAN,)
    )
    assert UNKNOWN_FLEET not in held.caps


def test_the_main_aircraft_is_the_one_that_carries_far() -> None:
    ctx = context_of(ask(load_crisis("iran-2026"), draws=5), {})
    fleets = airlift(ctx.world, "USA")
    assert fleets is not None
    assert main_carrier(fleets, Means.AIR).range_km > 4000


def test_one_airfield_limits_the_russian_airlift(iran: Context) -> None:
    found = carried(iran, "RUS", Means.AIR, 2467.0)
    assert found.limited_by == "airfield"
    assert (found.t_per_day == np.minimum(*(found.caps[k] for k in ("aircraft", "airfield")))).all()


def test_aircraft_limit_the_chinese_airlift_over_a_long_way(iran: Context) -> None:
    assert carried(iran, "CHN", Means.AIR, 5614.0).limited_by == "aircraft"


def test_ships_limit_what_a_port_could_take(iran: Context) -> None:
    found = carried(iran, "CHN", Means.SEA, 11_927.0)
    assert found.limited_by == "ships"
    assert set(found.caps) == {"ships", "port"}


def test_a_second_airfield_takes_as_much_again(iran: Context) -> None:
    one, two = (
        carried(iran, "RUS", Means.AIR, 2467.0, receiving=places).caps["airfield"]
        for places in ((TEHRAN,), (TEHRAN, TABRIZ))
    )
    assert two == pytest.approx(2 * one)


def test_on_a_long_way_aircraft_carry_what_the_fleet_lifts(iran: Context) -> None:
    cap = carried(iran, "CHN", Means.AIR, 9000.0).caps["aircraft"]
    lift = fleet_lift(iran, entry(iran, "CHN"), Means.AIR, np.full(DRAWS, 9000.0), STRENGTH)
    assert np.median(cap) == pytest.approx(np.median(lift), rel=0.02)


def test_time_on_the_ground_bounds_a_short_way(iran: Context) -> None:
    cap = carried(iran, "RUS", Means.AIR, 100.0).caps["aircraft"]
    lift = fleet_lift(iran, entry(iran, "RUS"), Means.AIR, np.full(DRAWS, 100.0), STRENGTH)
    assert (cap <= lift).all()
    assert np.median(cap) < np.median(lift)


def test_farther_never_carries_more(iran: Context) -> None:
    near, far = (carried(iran, "CHN", Means.AIR, km).t_per_day for km in (3000.0, 6000.0))
    assert (far <= near).all()


def test_a_leg_that_nothing_flies_leaves_nothing(iran: Context) -> None:
    found = carried(iran, "CHN", Means.AIR, 12_000.0, leg_km=9000.0)
    assert found.limited_by == "leg range"
    assert not found.t_per_day.any()
    assert np.isinf(found.days_to_deliver).all()


def test_a_leg_that_some_types_fly_bars_the_others(iran: Context) -> None:
    found = carried(iran, "CHN", Means.AIR, 6000.0, leg_km=3500.0)
    assert (found.caps["leg range"] < found.caps["aircraft"]).all()
    assert found.t_per_day.all()


def test_draws_without_a_way_carry_nothing(iran: Context) -> None:
    km = np.where(np.arange(DRAWS) % 2, 2467.0, np.nan)
    one = entry(iran, "RUS")
    found = carriage(iran, one, Means.AIR, km=km, strength=STRENGTH, receiving=(TEHRAN,))
    assert (found.t_per_day > 0).tolist() == np.isfinite(km).tolist()
    assert np.isinf(found.days_to_deliver[np.isnan(km)]).all()


def test_no_way_in_any_draw_is_said_so(iran: Context) -> None:
    found = carried(iran, "RUS", Means.AIR, np.nan)
    assert found.limited_by == NO_WAY
    assert not found.t_per_day.any()


def test_an_unknown_fleet_keeps_its_guess_and_says_so(iran: Context) -> None:
    one = replace(entry(iran, "RUS"), power="MNG")
    km = np.full(DRAWS, 3000.0)
    found = carriage(iran, one, Means.AIR, km=km, strength=STRENGTH, receiving=(TEHRAN,))
    assert found.limited_by == UNKNOWN_FLEET
    assert (found.t_per_day == fleet_lift(iran, one, Means.AIR, km, STRENGTH)).all()


def test_days_to_deliver_are_the_way_and_then_the_flow(iran: Context) -> None:
    found = carried(iran, "RUS", Means.AIR, 2467.0)
    assert 10 < np.median(found.days_to_deliver) < 60


def test_a_way_on_land_is_limited_by_its_narrowest_part(iran: Context) -> None:
    ways = {way.name: way for way in ground_ways(iran, entry(iran, "RUS"))}
    way = ways["instc-west"]
    found = ground_carriage(iran, way)
    assert found.limited_by == "Astara to Rasht"
    assert (found.t_per_day == way.t_per_day).all()
    assert np.isinf(found.days_to_deliver[~way.is_open]).all()

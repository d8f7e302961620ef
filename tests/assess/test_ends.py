from functools import cache

import pytest

from sidelines.assess.assessment import ask, context_of
from sidelines.assess.context import Context
from sidelines.assess.ends import Stop, arrivals, home
from sidelines.assess.roads import air_area_at
from sidelines.crisis.model import Power
from sidelines.crisis.read import bundled_ids, load_crisis
from sidelines.terms.roles import Means


@cache
def context(crisis: str) -> Context:
    return context_of(ask(load_crisis(crisis), draws=10), {})


def entry(crisis: str, power: str) -> tuple[Context, Power]:
    ctx = context(crisis)
    return ctx, next(one for one in ctx.powers if one.power == power)


def places(crisis: str, power: str, means: Means) -> tuple[Stop, ...]:
    ctx, found = entry(crisis, power)
    return arrivals(ctx, found, means)


def test_flights_arrive_at_the_capital_of_the_side() -> None:
    assert [stop.name for stop in places("iran-2026", "RUS", Means.AIR)] == ["Tehran"]


def test_a_capital_on_soil_that_others_hold_receives_nobody() -> None:
    """By default the east of Jerusalem is held by Jordan in 1973; the airlift went elsewhere."""
    names = {stop.name for stop in places("yom-kippur-1973", "USA", Means.AIR)}
    assert names
    assert "Jerusalem" not in names


@pytest.mark.parametrize("crisis", bundled_ids())
@pytest.mark.parametrize("means", [Means.AIR, Means.SEA])
def test_nobody_arrives_at_home(crisis: str, means: Means) -> None:
    ctx = context(crisis)
    for power in ctx.powers:
        if power.power not in ctx.friends(power):
            assert not set(home(ctx, power, means)) & set(arrivals(ctx, power, means))


def test_the_area_of_the_air_over_a_place_is_known() -> None:
    assert air_area_at(35.7, 51.4) == "IRN"
    assert air_area_at(31.78, 35.22) == "PSE-WESTBANK"
    assert air_area_at(0.0, -30.0) is None

import datetime as dt
import time
from dataclasses import replace

import numpy as np
import pytest

from sidelines.assess.assessment import ask, context_of
from sidelines.assess.context import Context
from sidelines.assess.overland import BORDER, GroundWay, ground_ways
from sidelines.crisis.model import Access, Power
from sidelines.crisis.read import load_crisis
from sidelines.terms.roles import AccessState, Means, Right, Side


def context(name: str = "iran-2026", *, draws: int = 200) -> Context:
    return context_of(ask(load_crisis(name), draws=draws), {})


@pytest.fixture(scope="module")
def iran() -> Context:
    return context()


def entry(ctx: Context, power: str, side: Side = Side.TARGET) -> Power:
    return next(one for one in ctx.powers if one.power == power and one.side is side)


def by_name(ctx: Context, power: str, side: Side = Side.TARGET) -> dict[str, GroundWay]:
    return {way.name: way for way in ground_ways(ctx, entry(ctx, power, side))}


def refusing(grantor: str) -> Access:
    return Access(means=Means.LAND, grantor=grantor, right=Right.TRANSIT, state=AccessState.DENIED)


def test_over_the_caspian_russia_needs_nobody(iran: Context) -> None:
    way = by_name(iran, "RUS")["instc-caspian"]
    assert way.leave == ()
    assert way.is_open.all()
    assert way.modes == ("ferry",)


def test_the_gap_between_astara_and_rasht_limits_the_western_line(iran: Context) -> None:
    way = by_name(iran, "RUS")["instc-west"]
    assert way.areas == ("RUS", "AZE", "IRN")
    assert way.narrowest == "Astara to Rasht"


def test_leave_by_land_is_what_the_crisis_file_says(iran: Context) -> None:
    way = by_name(iran, "RUS")["instc-west"]
    assert [(one.holder, one.reason) for one in way.leave] == [("AZE", "crisis file")]
    assert way.blocked_by == ("AZE",)
    assert way.is_open.mean() == pytest.approx(0.4, abs=0.05)


def test_china_needs_two_neighbours_or_three_on_land(iran: Context) -> None:
    ways = by_name(iran, "CHN")
    assert {one.holder for one in ways["china-iran-rail"].leave} == {"KAZ", "TKM"}
    assert {one.holder for one in ways["china-iran-sarakhs"].leave} == {"KAZ", "UZB", "TKM"}


def test_a_refusal_on_the_way_shuts_it(iran: Context) -> None:
    entered = replace(entry(iran, "CHN"), access=(refusing("KAZ"),))
    for way in ground_ways(iran, entered):
        assert not way.is_open.any()
        assert not way.t_per_day.any()
        assert np.isinf(way.days).all()
        assert "KAZ" in way.blocked_by


def test_corridors_that_share_a_holder_are_shut_together(iran: Context) -> None:
    ways = by_name(iran, "CHN")
    rail, road = ways["china-iran-rail"], ways["china-iran-sarakhs"]
    assert not (road.is_open & ~rail.is_open).any()


def test_a_neighbour_needs_nobody_and_carries_what_it_did(iran: Context) -> None:
    way = by_name(iran, "PMF")[BORDER]
    assert (way.km, way.leave) == (0, ())
    assert way.is_open.all()
    assert np.median(way.t_per_day) == pytest.approx(8000, rel=0.02)


def test_near_but_not_next_door_unknown_leave_is_not_granted(iran: Context) -> None:
    way = by_name(iran, "OMN")[BORDER]
    assert 25 < way.km < 300
    assert 0.3 < way.is_open.mean() < 0.7


def test_a_neighbour_whom_its_friend_refuses_does_not_pass(iran: Context) -> None:
    entered = replace(entry(iran, "TUR"), access=(refusing("IRN"),))
    (way,) = (one for one in ground_ways(iran, entered) if one.name == BORDER)
    assert not way.is_open.any()


def test_a_power_across_the_sea_has_no_way_of_its_own(iran: Context) -> None:
    starts = {way.start for way in ground_ways(iran, entry(iran, "GBR", Side.ATTACKER))}
    assert "GBR" not in starts


def test_americans_reach_ukraine_on_land_from_those_who_back_it_too() -> None:
    ways = by_name(context("ukraine-2022", draws=50), "USA")
    assert ways["poland-ukraine"].start == "POL"
    assert [one.holder for one in ways["poland-ukraine"].leave] == ["POL"]


def test_a_corridor_is_gone_both_ways() -> None:
    way = by_name(context("ukraine-2022", draws=50), "IRN", Side.ATTACKER)["instc-west"]
    assert way.areas == ("IRN", "AZE", "RUS")


def test_an_island_far_from_all_has_none() -> None:
    ctx = context("falklands-1982", draws=50)
    assert all(ground_ways(ctx, one) == () for one in ctx.powers if one.power == "USA")


def test_the_corridors_are_those_of_the_day() -> None:
    ctx = context("vietnam-1965", draws=50)
    assert ctx.crisis.as_of < dt.date(1978, 12, 22)
    assert "kunming-hanoi" in by_name(ctx, "CHN", Side.ATTACKER)


def test_the_surest_and_broadest_way_comes_first(iran: Context) -> None:
    found = [way.t_per_day.mean() for way in ground_ways(iran, entry(iran, "RUS"))]
    assert found == sorted(found, reverse=True)


def test_the_same_seed_gives_the_same_ways(iran: Context) -> None:
    one, other = (by_name(iran, "CHN")["china-iran-rail"] for _ in range(2))
    assert np.array_equal(one.t_per_day, other.t_per_day)


def test_a_second_look_is_quick() -> None:
    ctx = context(draws=1000)
    for _ in range(2):
        began = time.process_time()
        ground_ways(ctx, entry(ctx, "CHN"))
        took_s = time.process_time() - began
    assert took_s < 0.05  # about 4 ms; room for a busy machine

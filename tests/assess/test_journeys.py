import datetime as dt

import numpy as np
import pytest

from sidelines.assess.assessment import ask, context_of
from sidelines.assess.context import Context
from sidelines.assess.ends import abroad, arrivals, home
from sidelines.assess.journeys import Journey, journey
from sidelines.crisis.model import Power
from sidelines.crisis.read import load_crisis
from sidelines.reach.best_way import NoWay, Way
from sidelines.terms.roles import Means, Side

AIR, SEA = Means.AIR, Means.SEA


def context(name: str = "iran-2026", *, draws: int = 60) -> Context:
    return context_of(ask(load_crisis(name), draws=draws), {})


@pytest.fixture(scope="module")
def iran() -> Context:
    return context()


def entry(ctx: Context, power: str, side: Side = Side.TARGET) -> Power:
    return next(one for one in ctx.powers if one.power == power and one.side is side)


def found(ctx: Context, power: str, means: Means, **asked: object) -> Journey:
    one = journey(ctx, entry(ctx, power), means, **asked)  # type: ignore[arg-type]
    assert one is not None
    return one


def test_moscow_needs_no_third_state_to_reach_tehran(iran: Context) -> None:
    one = found(iran, "RUS", AIR)
    assert (one.start.name, one.end.name) == ("Moscow", "Tehran")
    assert one.cut is None
    assert one.alone_km == pytest.approx(2503, abs=15)


def test_over_the_caspian_russia_needs_nobody(iran: Context) -> None:
    one = found(iran, "RUS", SEA)
    assert one.leave == ()
    assert one.is_open.all()


def test_four_neighbours_stretch_beijing_to_tehran_past_7000_km(iran: Context) -> None:
    one = found(iran, "CHN", AIR, longer_than_km=7000.0)
    assert one.cut is not None
    assert len(one.cut.who) == 4
    assert {"KAZ", "PAK"} <= set(one.cut.who)
    assert one.cut.km is not None
    assert one.cut.km > 7000


def test_a_way_never_gets_shorter_when_somebody_refuses(iran: Context) -> None:
    before = found(iran, "CHN", AIR)
    after = found(iran, "CHN", AIR, decided={"KAZ": False, "PAK": False})
    both = before.is_open & after.is_open
    assert (after.km[both] >= before.km[both] - 1e-6).all()
    assert not (after.is_open & ~before.is_open).any()


def test_a_way_never_gets_longer_when_somebody_grants(iran: Context) -> None:
    before = found(iran, "CHN", AIR)
    after = found(iran, "CHN", AIR, decided={"PAK": True, "AFG": True})
    assert (after.km[before.is_open] <= before.km[before.is_open] + 1e-6).all()


def test_a_shut_strait_that_has_no_way_round_is_named(iran: Context) -> None:
    one = found(iran, "CHN", SEA, from_base=True, decided={"hormuz": False, "bosporus": False})
    assert isinstance(one.way, NoWay)
    assert not one.is_open.any()
    assert one.opening is not None
    assert one.opening.who


def test_whoever_shuts_a_strait_lets_its_friends_pass(iran: Context) -> None:
    assert found(iran, "CHN", SEA, from_base=True).is_open.all()
    foe = journey(iran, entry(iran, "GBR", Side.ATTACKER), SEA)
    assert foe is not None
    assert 0 < foe.is_open.mean() < 1


def test_permission_and_threat_are_told_apart(iran: Context) -> None:
    one = found(iran, "RUS", AIR)
    assert isinstance(one.way, Way)
    assert [threat.place for threat in one.threats] == ["IRN"]
    assert all(leave.holder != "IRN" for leave in one.leave)


def test_the_same_seed_gives_the_same_ways() -> None:
    one, other = (found(context(), "CHN", AIR) for _ in range(2))
    assert np.array_equal(one.km, other.km, equal_nan=True)


def test_more_draws_converge() -> None:
    few, many = (found(context(draws=n), "CHN", AIR).is_open.mean() for n in (500, 1000))
    assert few == pytest.approx(many, abs=0.06)


def test_the_americans_have_bases_on_the_gulf_and_russia_and_china_none(iran: Context) -> None:
    hosts = {stop.host for stop in arrivals(iran, entry(iran, "GBR", Side.ATTACKER), AIR)}
    assert hosts & {"BHR", "KWT", "QAT", "SAU", "ARE"}
    for power in ("RUS", "CHN"):
        bases = abroad(iran, entry(iran, power), SEA)
        assert not {stop.host for stop in bases} & {"BHR", "KWT", "QAT", "SAU", "ARE", "OMN"}


def test_supplies_come_from_home(iran: Context) -> None:
    assert {stop.host for stop in home(iran, entry(iran, "CHN"), SEA)} == {"CHN"}


def test_a_landlocked_power_has_no_way_by_sea(iran: Context) -> None:
    assert journey(iran, entry(iran, "BLR"), SEA) is None


def test_the_borders_are_those_of_the_day() -> None:
    ctx = context("yom-kippur-1973")
    assert ctx.crisis.as_of < dt.date(1975, 6, 5)
    for one in ctx.powers:
        by_sea = journey(ctx, one, SEA)
        if by_sea is not None and isinstance(by_sea.way, Way):
            assert "suez" not in by_sea.way.crossed

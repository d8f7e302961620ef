import importlib
from dataclasses import replace

import numpy as np
import pytest

from sidelines.assess.assessment import ask, context_of
from sidelines.assess.context import Context
from sidelines.assess.ends import Stop, arrivals, home
from sidelines.assess.flights import FlightPlan, airlifter, flight, refused_areas
from sidelines.crisis.model import Power
from sidelines.crisis.read import load_crisis
from sidelines.facts.lift import Fleet
from sidelines.terms.roles import Means, Side


def context(name: str = "iran-2026", *, draws: int = 100) -> Context:
    return context_of(ask(load_crisis(name), draws=draws), {})


@pytest.fixture(scope="module")
def iran() -> Context:
    return context()


def entry(ctx: Context, power: str, side: Side = Side.TARGET) -> Power:
    return next(one for one in ctx.powers if one.power == power and one.side is side)


def plan(ctx: Context, power: str, **asked: object) -> FlightPlan:
    one = entry(ctx, power)
    (start,), (end, *_) = home(ctx, one, Means.AIR), arrivals(ctx, one, Means.AIR)
    found = flight(ctx, one, start, end, **asked)  # type: ignore[arg-type]
    assert found is not None
    return found


def hosts(found: FlightPlan) -> list[str]:
    return [stop.host for stop in found.stops[1:-1]]


def test_moscow_to_tehran_takes_no_stop(iran: Context) -> None:
    found = plan(iran, "RUS")
    assert found.carrier == "Il-76"
    assert [stop.name for stop in found.stops] == ["Moscow", "Tehran"]
    assert found.hours == pytest.approx(2467 * 1.08 / 700, rel=0.01)


def test_beijing_to_tehran_stops_once_in_central_asia(iran: Context) -> None:
    found = plan(iran, "CHN")
    assert found.carrier == "Y-20"
    assert len(hosts(found)) == 1
    assert max(found.legs_km) <= found.range_km


def test_nobody_else_letting_it_land_china_stops_at_home(iran: Context) -> None:
    others = dict.fromkeys(("KAZ", "UZB", "TKM", "KGZ", "TJK", "MNG"), True)
    granted = plan(iran, "CHN", decided=others)
    refused = plan(iran, "CHN", decided={**others, "UZB": False, "TJK": False, "KGZ": False})
    assert granted.exists
    assert not {"UZB", "TJK", "KGZ"} & set(hosts(refused))


def test_refusals_never_shorten_a_flight(iran: Context) -> None:
    free = plan(iran, "CHN")
    barred = plan(iran, "CHN", decided={"KAZ": False, "PAK": False})
    assert sum(barred.legs_km) >= sum(free.legs_km) or not barred.exists


def test_without_any_third_state_china_lacks_range(iran: Context) -> None:
    found = plan(iran, "CHN", alone=True)
    assert not found.exists
    assert found.gap is not None
    assert {stop.host for stop in found.gap} <= {"CHN", "IRN"}
    assert found.gap_km > found.range_km
    assert found.hours == np.inf


def test_without_any_third_state_russia_flies_over_the_caspian(iran: Context) -> None:
    found = plan(iran, "RUS", alone=True)
    assert found.exists
    assert found.legs_km[0] == pytest.approx(2503, abs=15)


def test_korea_crosses_russia_by_stops_on_its_soil(iran: Context) -> None:
    found = plan(iran, "PRK")
    assert set(hosts(found)) == {"RUS"}


def test_no_leave_is_no_gap_of_range(iran: Context) -> None:
    one = entry(iran, "CHN")
    (start,) = home(iran, one, Means.AIR)
    lesotho = Stop(name="Maseru", host="LSO", lat=-29.3, lon=27.5)
    found = flight(iran, one, start, lesotho, decided={"ZAF": False})
    assert found is not None
    assert (found.exists, found.gap, found.gap_km) == (False, None, np.inf)


def test_a_power_without_a_known_airlifter_has_no_plan(iran: Context) -> None:
    one = entry(iran, "HZB")
    here = Stop(name="Beirut", host="LBN", lat=33.8, lon=35.5)
    assert airlifter(iran, one) is None
    assert flight(iran, one, here, here) is None


def test_tankers_extend_the_legs_of_those_who_have_them(monkeypatch: pytest.MonkeyPatch) -> None:
    ctx = context("kuwait-1990", draws=40)
    american = replace(ctx.powers[0], power="USA", access=())
    start = Stop(name="Charleston", host="USA", lat=32.9, lon=-80.0)
    end = Stop(name="Torrejon", host="ESP", lat=40.5, lon=-3.4)
    tanked = flight(ctx, american, start, end)
    monkeypatch.setattr(
        importlib.import_module("sidelines.assess.flights"), "tankers", lambda *_: None
    )
    alone = flight(ctx, american, start, end)
    assert tanked is not None
    assert alone is not None
    assert any(tanked.tanked)
    assert tanked.hours < alone.hours
    assert not any(alone.tanked)


def test_a_hose_does_not_fit_a_boom(iran: Context) -> None:
    one = entry(iran, "IND")  # Il-78 tankers, C-17 airlifters
    carrier = airlifter(iran, one)
    assert isinstance(carrier, Fleet)
    assert carrier.boom
    chennai = Stop(name="Chennai", host="IND", lat=13.0, lon=80.2)
    perth = Stop(name="Perth", host="IND", lat=-31.9, lon=116.0)
    found = flight(iran, one, chennai, perth)
    assert found is not None
    assert not any(found.tanked)


def test_deciding_holders_closes_their_areas(iran: Context) -> None:
    one = entry(iran, "CHN")
    open_, shut = (refused_areas(iran, one, decided={"KAZ": granted}) for granted in (True, False))
    assert (open_ & ~shut == 0).all()
    assert (open_ != shut).any()


def test_the_same_question_has_the_same_answer(iran: Context) -> None:
    assert plan(iran, "CHN") == plan(iran, "CHN")

import datetime as dt

import pytest

from sidelines.assess.assessment import Question, context_of
from sidelines.assess.context import Context
from sidelines.assess.overland import ground_ways
from sidelines.assess.secure import FAILS, LEAVE, NO_WAY, THREAT, secure
from sidelines.assess.sites import sites_near
from sidelines.crisis.model import Power
from sidelines.crisis.read import read_crisis
from sidelines.terms.roles import Side

HEAD = """\
id: a
title: A
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
theatre: {name: The Gulf, lat: 30, lon: 52}
control: {air: 0.9, sea: 0.9, land: LAND}
powers:
  - {power: CHN, side: target}
  - {power: PAK, side: target}
  - {power: RUS, side: target}
  - {power: GBR, side: attacker}
"""


def context(*, land: float = 0.1) -> Context:
    known = read_crisis(HEAD.replace("LAND", str(land)))
    asked = Question(
        crisis=known,
        known=known,
        written=known.as_of,
        as_of=dt.date(2026, 3, 4),
        hindsight=False,
        draws=40,
        seed=1,
        dropped=(),
    )
    return context_of(asked, {})


def entry(ctx: Context, power: str) -> Power:
    return next(one for one in ctx.powers if one.power == power)


def verdict(power: str, *, land: float = 0.1) -> str:
    ctx = context(land=land)
    one = entry(ctx, power)
    return secure(ctx, one, journeys=(), ground=ground_ways(ctx, one)).verdict


def test_a_calm_border_is_a_secure_corridor() -> None:
    assert verdict("PAK") == FAILS


def test_a_border_that_the_other_side_holds_is_contested() -> None:
    assert verdict("PAK", land=0.9) == THREAT


def test_a_way_through_third_states_lacks_leave() -> None:
    assert verdict("CHN") == LEAVE


def test_a_ferry_is_exposed_to_whoever_holds_the_sea() -> None:
    ctx = context()
    found = secure(ctx, entry(ctx, "RUS"), journeys=(), ground=ground_ways(ctx, entry(ctx, "RUS")))
    ferry = next(one for one in found.courses if one.name == "instc-caspian")
    assert ferry.is_free
    assert ferry.control == pytest.approx(0.9)
    assert found.verdict == THREAT


def test_without_any_way_there_is_nothing_to_secure() -> None:
    ctx = context()
    assert secure(ctx, entry(ctx, "GBR"), journeys=(), ground=()).verdict == NO_WAY


def test_parties_come_before_powers() -> None:
    found = sites_near(context())
    assert [one.id for one in found] == ["IRN", "USA", "CHN", "PAK", "RUS", "GBR"]
    assert [one.is_party for one in found] == [True, True, False, False, False, False]


def test_sites_abroad_are_told_from_those_at_home() -> None:
    found = {one.id: one for one in sites_near(context())}
    assert found["USA"].abroad == len(found["USA"].places) > 5
    assert found["USA"].side is Side.ATTACKER
    assert "USA" not in found["USA"].hosts

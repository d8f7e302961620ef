import datetime as dt

import pytest

from sidelines.facts.passages import VESSELS, closures, controllers, passage, passages, shut
from sidelines.facts.table import table
from sidelines.facts.world import World, load_world
from sidelines.terms.errors import NotFoundError
from sidelines.terms.states import is_actor

TODAY = load_world(dt.date(2026, 3, 4))
NAMES = """suez panama bosporus dardanelles kerch oresund great-belt kiel gibraltar hormuz
bab-el-mandeb malacca singapore sunda lombok torres dover magellan bering taiwan-strait korea-strait
messina corinth volga-don northern-sea-route northwest-passage arctic-ice""".split()


def on(day: str) -> World:
    return load_world(dt.date.fromisoformat(day), retrospective=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_passage_of_the_sea_roadmap_has_a_regime(name: str) -> None:
    assert passage(TODAY, name).value.regime


def test_only_ways_under_ice_are_closed_as_a_rule() -> None:
    closed = {fact.value.id for fact in passages(TODAY) if fact.value.usual == "closed"}
    assert closed == {"northern-sea-route", "northwest-passage", "arctic-ice"}


@pytest.mark.parametrize(
    ("name", "refusable"),
    [
        ("bosporus", (False, True, True)),
        ("hormuz", (False, False, False)),
        ("gibraltar", (False, False, False)),
        ("suez", (False, False, True)),
        ("kiel", (False, True, True)),
        ("volga-don", (True, True, True)),
        ("messina", (False, False, True)),
    ],
)
def test_the_regime_says_what_may_be_refused(name: str, refusable: tuple[bool, ...]) -> None:
    found = passage(TODAY, name).value
    assert tuple(found.refusable(vessel) for vessel in VESSELS) == refusable


@pytest.mark.parametrize(
    ("day", "name", "who"),
    [
        ("1955-01-01", "suez", ("GBR",)),
        ("1973-10-06", "suez", ("EGY",)),
        ("1979-09-30", "panama", ("USA",)),
        ("2026-03-04", "panama", ("PAN",)),
        ("1973-10-06", "bab-el-mandeb", ("YMD", "FRA", "ETH")),
        ("2026-03-04", "bab-el-mandeb", ("YEM", "DJI", "ERI")),
        ("1973-10-06", "bering", ("USA", "SUN")),
        ("2026-03-04", "taiwan-strait", ()),
        ("2026-03-04", "kerch", ("RUS",)),
    ],
)
def test_controllers_are_those_of_the_day(day: str, name: str, who: tuple[str, ...]) -> None:
    assert controllers(on(day), name) == who


@pytest.mark.parametrize(
    ("day", "name", "vessel", "flag", "state"),
    [
        ("1956-12-01", "suez", "merchant", "USA", "closed"),
        ("1957-04-09", "suez", "merchant", "USA", None),
        ("1973-10-06", "suez", "warship", "SUN", "closed"),
        ("1975-06-05", "suez", "merchant", "GBR", None),
        ("1975-06-05", "suez", "merchant", "ISR", "closed"),
        ("2022-03-01", "bosporus", "warship", "RUS", "closed"),
        ("2022-03-01", "bosporus", "merchant", "RUS", None),
        ("2022-02-27", "bosporus", "warship", "RUS", None),
        ("2026-03-04", "hormuz", "merchant", "CHN", "declared"),
        ("2026-03-04", "hormuz", "merchant", "IRN", None),
        ("2026-03-03", "hormuz", "merchant", "CHN", None),
        ("1967-05-30", "tiran", "merchant", "ISR", "closed"),
        ("1967-05-30", "tiran", "merchant", "USA", None),
    ],
)
def test_closures_bind_the_ships_they_name(
    day: str, name: str, vessel: str, flag: str, state: str | None
) -> None:
    found = shut(on(day), name, vessel=vessel, flag=flag)
    assert (found.value.state if found else None) == state


def test_a_passage_has_one_regime_at_a_time() -> None:
    last: dict[str, dt.date] = {}
    for row in table("passages"):
        assert row.date > last.get(row.fields["passage"], dt.date.min), f"passages.csv:{row.line}"
        last[row.fields["passage"]] = row.until or dt.date.max


def test_closures_name_passages_and_parties_that_are_known() -> None:
    known = {row.fields["passage"] for row in table("passages")}
    assert {row.fields["passage"] for row in table("closures")} <= known
    named = {one for row in table("closures") for one in row.fields["against"].split("|")}
    assert all(map(is_actor, named - {"all"}))


def test_a_width_nobody_gave_is_unknown() -> None:
    assert passage(TODAY, "arctic-ice").value.width_m is None
    assert passage(TODAY, "panama").value.draught_m == 15.2


def test_an_open_passage_has_no_closures() -> None:
    assert closures(TODAY, "gibraltar") == ()


@pytest.mark.parametrize(("name", "near"), [("bosphorus", "bosporus"), ("xyz", "There are")])
def test_an_unknown_passage_is_answered_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(NotFoundError, match=near):
        passage(TODAY, name)


def test_a_canal_not_yet_dug_is_not_there() -> None:
    with pytest.raises(NotFoundError, match="1950-06-25"):
        passage(on("1950-06-25"), "volga-don")

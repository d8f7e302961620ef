import datetime as dt
from importlib import resources

import numpy as np
import pytest

from sidelines.facts.holders import VIEWS, areas_of, disputed, holder_of, holding
from sidelines.facts.table import table
from sidelines.facts.world import World, load_world
from sidelines.terms.errors import NotFoundError, UsageError
from sidelines.terms.states import actor, actors

TODAY = load_world(dt.date(2026, 3, 4))
PIECES = """UKR-CRIMEA CYP-NORTH ESH IND-KASHMIR PAK-KASHMIR CHN-AKSAI TWN XKX SOM-SOMALILAND
GEO-ABKHAZIA GEO-OSSETIA AZE-KARABAKH MDA-TRANSNISTRIA SYR-GOLAN PSE-WESTBANK PSE-GAZA EGY-SINAI
DEU-EAST VNM-SOUTH YEM-SOUTH""".split()
STATES = sorted(one.id for one in actors().values() if one.kind == "state" and one.end is None)


def on(day: str) -> World:
    return load_world(dt.date.fromisoformat(day), retrospective=True)


@pytest.mark.parametrize(
    ("day", "area", "holder"),
    [
        ("1973-10-06", "UKR", "SUN"),
        ("1973-10-06", "DEU-EAST", "DDR"),
        ("1973-10-06", "DEU", "DEU"),
        ("1973-10-06", "HRV", "YUG"),
        ("1973-10-06", "AGO", "PRT"),
        ("1973-10-06", "VNM-SOUTH", "VDR"),
        ("1948-06-24", "DEU-EAST", "SUN"),
        ("1956-10-29", "CYP", "GBR"),
        ("1960-06-01", "SYR", "EGY"),
        ("1970-01-01", "BGD", "PAK"),
        ("1990-05-22", "YEM-SOUTH", "YEM"),
        ("1998-01-01", "ERI", "ERI"),
        ("1997-06-30", "HKG", "GBR"),
        ("1997-07-01", "HKG", "CHN"),
        ("2011-07-08", "SSD", "SDN"),
        ("2011-07-09", "SSD", "SSD"),
        ("2026-03-04", "GRL", "DNK"),
    ],
)
def test_unions_and_empires_are_dated_transfers(day: str, area: str, holder: str) -> None:
    assert holder_of(on(day), area) == holder


@pytest.mark.parametrize(
    ("day", "area", "by_view"),
    [
        ("2026-03-04", "UKR-CRIMEA", ("UKR", "RUS", "UKR")),
        ("2014-03-01", "UKR-CRIMEA", ("UKR", "UKR", "UKR")),
        ("2026-03-04", "CYP-NORTH", ("CYP", "TUR", "CYP")),
        ("2026-03-04", "ESH", ("SADR", "MAR", "SADR")),
        ("2026-03-04", "TWN", ("TWN", "TWN", "CHN")),
        ("2026-03-04", "SYR-GOLAN", ("SYR", "ISR", "SYR")),
        ("1973-10-06", "EGY-SINAI", ("EGY", "ISR", "EGY")),
        ("1983-01-01", "EGY-SINAI", ("EGY", "EGY", "EGY")),
        ("2026-03-04", "XKX", ("XKX", "XKX", "SRB")),
        ("2026-03-04", "PAK-KASHMIR", ("PAK", "PAK", "IND")),
        ("1980-01-01", "TLS", ("PRT", "IDN", "PRT")),
        ("1975-01-01", "NAM", ("UNO", "ZAF", "UNO")),
    ],
)
def test_each_view_names_its_holder(day: str, area: str, by_view: tuple[str, ...]) -> None:
    assert tuple(holder_of(on(day), area, view=view) for view in VIEWS) == by_view


@pytest.mark.parametrize("day", ["1946-01-02", "1956-10-29", "1973-10-06", "1991-01-17"])
@pytest.mark.parametrize("view", VIEWS)
def test_whoever_holds_an_area_exists_that_day_or_is_itself(day: str, view: str) -> None:
    world = on(day)
    found = {area: actor(holder_of(world, area, view=view)) for area in {*PIECES, *STATES}}
    gone = {a: one.id for a, one in found.items() if not one.existed_on(world.as_of)}
    assert {area for area, id_ in gone.items() if id_ != area} == set()


def test_today_each_state_holds_itself() -> None:
    assert [area for area in STATES if holder_of(TODAY, area) != area] == []


def test_a_piece_without_a_row_for_the_day_goes_with_its_state() -> None:
    assert holder_of(on("1975-01-01"), "UKR-CRIMEA") == "SUN"
    assert holder_of(on("1960-01-01"), "EGY-SINAI", view="control") == "EGY"


def test_one_view_has_one_holder_at_a_time() -> None:
    last: dict[tuple[str, str], dt.date] = {}
    for row in sorted(table("holders"), key=lambda row: row.date):
        key = (row.fields["area"], row.fields["view"])
        assert row.date > last.get(key, dt.date.min), f"holders.csv:{row.line}"
        last[key] = row.until or dt.date.max


def test_a_holder_has_several_areas() -> None:
    among = ("UKR", "UKR-CRIMEA", "RUS")
    assert areas_of(TODAY, "UKR", among=among) == ("UKR", "UKR-CRIMEA")
    assert areas_of(TODAY, "RUS", among=among, view="control") == ("UKR-CRIMEA", "RUS")


def test_a_dispute_is_where_the_views_differ() -> None:
    assert disputed(TODAY, "TWN")
    assert not disputed(TODAY, "FRA")


def test_a_holding_names_the_resolution_behind_it() -> None:
    found = holding(TODAY, "UKR-CRIMEA")
    assert found is not None
    assert found.source == "un_documents:A/RES/68/262"
    assert holding(TODAY, "FRA") is None


def test_an_unknown_view_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="claim"):
        holder_of(TODAY, "TWN", view="claims")


@pytest.mark.parametrize(("area", "near"), [("UKR-CRIMAE", "UKR-CRIMEA"), ("17", "ISO code")])
def test_an_unknown_area_is_answered_with_the_nearest(area: str, near: str) -> None:
    with pytest.raises(NotFoundError, match=near):
        holder_of(TODAY, area)


@pytest.mark.parametrize("day", ["1948-06-24", "1973-10-06", "2026-03-04"])
def test_every_area_of_the_roadmaps_has_a_holder_or_a_regime(day: str) -> None:
    world = on(day)
    for name in ("air", "sea"):
        file = resources.files("sidelines.facts").joinpath("roadmaps", f"{name}.npz")
        with file.open("rb") as stream, np.load(stream) as arrays:
            areas = [str(area) for area in arrays["areas"]]
        states = [area for area in areas if area[:3].isupper()]
        assert all(actor(holder_of(world, area)) for area in states)
        assert {area for area in areas if area not in states} <= {
            row.fields["passage"] for row in table("passages")
        }

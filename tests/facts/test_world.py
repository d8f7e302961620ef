import datetime as dt

import pytest

from sidelines.facts.strength import gdp_busd, strength_share
from sidelines.facts.ties import arms_class
from sidelines.facts.wars import wars
from sidelines.facts.world import load_world, present, rows, vintages
from sidelines.terms.errors import DataError, NotFoundError

IRAN_2026 = dt.date(2026, 3, 4)
UKRAINE_2022 = dt.date(2022, 2, 24)
YOM_KIPPUR = dt.date(1973, 10, 6)


def test_a_figure_dated_after_the_day_is_dropped() -> None:
    world = load_world(UKRAINE_2022, retrospective=True)
    share = strength_share(world, "UKR")
    assert share is not None
    assert share.date == dt.date(2021, 12, 31)


def test_a_vintage_published_after_the_day_is_dropped() -> None:
    assert arms_class(load_world(IRAN_2026), "RUS", "IRN") is None


def test_a_later_vintage_is_let_in_for_a_case_seen_in_retrospect() -> None:
    found = arms_class(load_world(YOM_KIPPUR, retrospective=True), "SUN", "EGY")
    assert found is not None
    assert found.published > YOM_KIPPUR


def test_an_older_vintage_stands_in_for_one_not_yet_published() -> None:
    share = strength_share(load_world(IRAN_2026), "RUS")
    assert share is not None
    assert (share.date, share.source) == (dt.date(2016, 12, 31), "assumed")


def test_hindsight_lets_in_what_was_published_later() -> None:
    found = arms_class(load_world(IRAN_2026, hindsight=True), "RUS", "IRN")
    assert found is not None
    assert found.value == "principal"


def test_hindsight_takes_the_figure_nearest_to_the_day() -> None:
    day = dt.date(2021, 9, 1)
    seen = gdp_busd(load_world(day, hindsight=True), "RUS")
    unseen = gdp_busd(load_world(day, retrospective=True), "RUS")
    assert seen is not None
    assert unseen is not None
    assert (seen.date.year, unseen.date.year) == (2021, 2019)


@pytest.mark.parametrize("name", ["strength", "gdp", "wars", "pacts", "sanctions", "bases"])
def test_no_usable_row_is_dated_or_published_after_the_day(name: str) -> None:
    usable = rows(load_world(UKRAINE_2022), name)
    assert all(max(row.date, row.published) <= UKRAINE_2022 for row in usable)


def test_a_state_that_is_gone_is_a_clear_error() -> None:
    with pytest.raises(DataError, match=r"Soviet Union .* does not exist on 2026-03-04"):
        strength_share(load_world(IRAN_2026), "SUN")


def test_a_state_yet_to_come_is_a_clear_error() -> None:
    with pytest.raises(DataError, match="Ukraine"):
        present(load_world(YOM_KIPPUR), "UKR")


def test_an_unknown_state_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        present(load_world(IRAN_2026), "XXX")


def test_nothing_is_known_long_before_the_tables_begin() -> None:
    world = load_world(dt.date(1948, 6, 1), retrospective=True)
    assert strength_share(world, "USA") is None
    assert wars(world, "USA") is None


def test_wars_are_unknown_far_from_a_covered_year() -> None:
    assert wars(load_world(dt.date(1986, 1, 1), retrospective=True), "USA") is None


def test_vintages_are_never_newer_than_the_day() -> None:
    assert max(vintages(load_world(IRAN_2026)).values()) <= IRAN_2026


def test_the_newest_vintage_of_each_data_set_is_named() -> None:
    assert vintages(load_world(IRAN_2026))["ucdp_acd"] == dt.date(2025, 6, 13)


def test_the_map_that_distances_were_measured_on_is_a_vintage_too() -> None:
    assert vintages(load_world(IRAN_2026))["computed"] == dt.date(2018, 5, 21)

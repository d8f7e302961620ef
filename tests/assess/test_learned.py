import datetime as dt
from collections.abc import Callable

import pytest

from sidelines.assess import learned
from sidelines.assess.estimates import Estimates
from sidelines.facts.world import load_world

DAY = dt.date(2026, 6, 1)
RECENTLY = dt.date(2026, 5, 18)  # vintage of the register that the catalogue was tested with


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> object:
    """Stand in for the register of arms transfers that a user holds."""
    held = object()
    monkeypatch.setattr(learned, "holds", lambda dataset: dataset == "sipri_transfers")
    monkeypatch.setattr(learned, "load_transfers", lambda: held)
    return held


def test_deliveries_are_those_of_the_users_own_copy(register: object) -> None:
    assert learned.deliveries(load_world(DAY)) is register


def test_without_a_copy_there_are_no_deliveries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "holds", lambda _: False)
    assert learned.deliveries(load_world(DAY)) is None
    assert "not in your data folder" in learned.why_no_deliveries(load_world(DAY))


def test_a_register_that_came_out_later_is_not_known_on_the_day(register: object) -> None:
    world = load_world(RECENTLY - dt.timedelta(days=1))
    assert learned.deliveries(world) is None
    assert "came out after 2026-05-17" in learned.why_no_deliveries(world)


@pytest.mark.parametrize("how", ["retrospective", "hindsight"])
def test_a_later_register_serves_where_later_vintages_are_let_in(
    how: str, register: object
) -> None:
    world = load_world(dt.date(1973, 10, 6), **{how: True})
    assert learned.deliveries(world) is register


def test_the_fit_is_the_newest_before_the_year_of_the_day(
    make_fit: Callable[..., Estimates], keep_fits: Callable[..., None]
) -> None:
    keep_fits(make_fit(before=1990), make_fit(before=2020), make_fit(before=2027))
    found = learned.estimates_for(load_world(DAY))
    assert found is not None
    assert found.before == 2020


def test_with_a_register_the_fit_with_deliveries_is_used(
    make_fit: Callable[..., Estimates], keep_fits: Callable[..., None], register: object
) -> None:
    keep_fits(make_fit(), make_fit(before=2000, arms=True))
    found = learned.estimates_for(load_world(DAY))
    assert found is not None
    assert found.name == "2000-with-arms"

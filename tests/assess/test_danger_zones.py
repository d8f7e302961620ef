"""Dangerous areas and passages: those of the day, each passage where it is."""

import pytest

from sidelines.assess.assessment import assess_crisis, context_of
from sidelines.assess.danger_zones import DangerZone, danger_zones
from sidelines.crisis.read import load_crisis


def zones_of(name: str) -> dict[str, DangerZone]:
    ctx = context_of(assess_crisis(load_crisis(name), draws=10), {})
    return {one.place: one for one in danger_zones(ctx)}


def test_hormuz_is_dangerous_in_2026_and_lies_where_it_lies() -> None:
    assert zones_of("iran-2026")["hormuz"].point == pytest.approx((26.4, 56.5), abs=0.7)


def test_what_is_over_or_yet_to_come_is_no_danger() -> None:
    assert set(zones_of("georgia-2008")).isdisjoint({"hormuz", "EGY-SINAI", "UKR"})

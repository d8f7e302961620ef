import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sidelines.assess import estimates
from sidelines.assess.covariates import Case
from sidelines.assess.forecast import chances
from sidelines.assess.inputs import Role
from sidelines.assess.present_case import case_columns, power_number, present_case
from sidelines.assess.world_records import world_records
from sidelines.crisis.read import read_crisis
from sidelines.facts.world import load_world
from sidelines.terms.roles import Side

TEXT = """\
id: made-up
title: A made-up crisis
as_of: {day}
retrospective: true
attackers: [{attackers}]
targets: [{targets}]
powers: [{{power: {power}, side: target}}]
events: [{events}]
"""
TODAY = "2026-03-04"


def case(
    power: str = "RUS",
    *,
    side: Side = Side.TARGET,
    day: str = TODAY,
    attackers: str = "USA, ISR",
    targets: str = "IRN",
    events: str = "",
) -> Case[str]:
    text = TEXT.format(power=power, day=day, attackers=attackers, targets=targets, events=events)
    crisis = read_crisis(text)
    records = world_records(load_world(crisis.as_of, retrospective=True), transfers=None)
    role = Role(power=power, side=side)
    return present_case(crisis, role, as_of=crisis.as_of, records=records)


def event(day: str, kind: str) -> str:
    return f"{{date: {day}, title: An event, kind: {kind}}}"


def columns(of: Case[str], day: str = TODAY) -> Any:
    return case_columns(of, world_records(load_world(dt.date.fromisoformat(day)), transfers=None))


@pytest.mark.parametrize("attackers", ["USA, ISR", "ISR, USA"])
def test_a_side_stands_for_its_strongest_party(attackers: str) -> None:
    assert case(attackers=attackers).opposed == "USA"


def test_who_backs_the_attacker_opposes_the_target() -> None:
    found = case("GBR", side=Side.ATTACKER)
    assert (found.backed, found.opposed, found.attacked) == ("USA", "IRN", False)


def test_a_state_counts_before_a_band_that_the_file_names_first() -> None:
    assert case(targets="HZB, LBN").backed == "LBN"


def test_who_is_attacked_by_no_state_is_opposed_by_nobody() -> None:
    assert case(attackers="HTH").opposed is None


def test_rebels_can_be_backed_though_they_have_no_case_in_history() -> None:
    found = case(targets="HTH")
    assert found.backed == "HTH"
    assert columns(found) is None


@pytest.mark.parametrize(
    ("power", "day", "rival"),
    [
        ("RUS", TODAY, "USA"),
        ("USA", TODAY, "RUS"),
        ("USA", "1990-08-02", "SUN"),
        ("USA", "1991-12-25", "SUN"),
        ("USA", "1991-12-26", "RUS"),
        ("SUN", "1990-08-02", "USA"),
        ("CHN", TODAY, None),
    ],
)
def test_the_superpowers_are_rivals_of_each_other(power: str, day: str, rival: str) -> None:
    assert case(power, day=day, attackers="IRQ", targets="KWT").rival == rival


@pytest.mark.parametrize(
    ("kind", "trigger"), [("threat", 1), ("sanction", 3), ("coup", 6), ("invasion", 9)]
)
def test_the_trigger_is_the_kind_of_event_on_the_scale_of_icb(kind: str, trigger: int) -> None:
    assert case(events=event("2026-02-20", kind)).trigger == trigger


def test_the_most_violent_event_is_the_trigger() -> None:
    events = [event("2026-02-20", "strike-campaign"), event("2026-03-01", "threat")]
    assert case(events=", ".join(events)).trigger == 9


@pytest.mark.parametrize(("day", "trigger"), [("2026-01-03", 9), ("2026-01-02", None)])
def test_events_of_more_than_sixty_days_ago_did_not_begin_it(day: str, trigger: int | None) -> None:
    assert case(events=event(day, "invasion")).trigger == trigger


def test_without_events_nobody_knows_how_it_began() -> None:
    assert case().trigger is None


def test_a_case_becomes_columns_of_one_row() -> None:
    found = columns(case())
    assert {values.shape for values in found.values()} == {(1,)}
    assert (found["power"][0], found["backed"][0], found["log_distance"][0]) == (
        365, 630, pytest.approx(np.log(166)),
    )  # fmt: skip


@pytest.mark.parametrize(("attackers", "interstate"), [("USA, ISR", 1), ("HTH", 0)])
def test_two_states_make_an_interstate_case(attackers: str, interstate: float) -> None:
    found = columns(case(attackers=attackers))
    assert (found["interstate"][0], found["extrasystemic"][0]) == (interstate, 0)


@pytest.mark.usefixtures("shipped_fits")
@pytest.mark.parametrize("arms", [True, False])
def test_every_fit_of_the_package_forecasts_a_case_of_today(arms: bool) -> None:
    fits = [estimates.estimates_before(year, arms=arms) for year in range(1950, 2030, 5)]
    for task in [task for fit in fits if fit is not None for task in fit.tasks]:
        prob = chances(task.forecast, columns(case()))
        assert prob.shape == (1, len(task.rungs))
        assert ((prob > 0) & (prob < 1)).all()


@pytest.mark.parametrize("power", ["HZB", "NATO"])
def test_a_power_that_is_no_state_has_no_columns(power: str) -> None:
    assert columns(replace(case(), power=power)) is None


def test_west_germany_is_filed_with_germany() -> None:
    assert power_number("DEU") == 255
    assert columns(replace(case("DEU"), year=1973))["power"][0] == 255

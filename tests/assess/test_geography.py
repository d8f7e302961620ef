import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.geography import WITHOUT, Geography, geography
from sidelines.assess.ways import OBSTACLES, Obstacle
from sidelines.crisis.read import load_crisis, read_crisis
from sidelines.terms.ladder import CARRIED
from sidelines.terms.roles import Side

HEAD = """\
id: a
title: A
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
theatre: {name: The Gulf, lat: 30, lon: 52}
control: {air: %s, sea: %s, land: %s}
powers:
"""


def split(power: str, *, control: float = 0.5) -> Geography:
    head = HEAD % (control, control, control)
    answer = assess_crisis(read_crisis(f"{head}  - {power}\n"), draws=60, seed=1)
    return geography(answer, answer.crisis.powers[0].power)


def share(found: Geography, obstacle: Obstacle) -> float:
    return float(found.shares[OBSTACLES.index(obstacle)])


@pytest.fixture(scope="module")
def iran() -> Assessment:
    return assess_crisis(load_crisis("iran-2026"), draws=100, seed=1)


@pytest.mark.parametrize("power", ["RUS", "CHN", "PRK", "HZB"])
def test_what_obstacles_take_adds_up_to_what_does_not_arrive(iran: Assessment, power: str) -> None:
    found = geography(iran, power, side=Side.TARGET)
    arriving = iran.inputs.arrival[:, iran.inputs.row(power, Side.TARGET)]
    assert found.taken.sum(axis=2) == pytest.approx(1.0 - arriving, abs=1e-9)


def test_the_shares_of_the_obstacles_add_up_to_one(iran: Assessment) -> None:
    assert geography(iran, "CHN").shares.sum() == pytest.approx(1.0)


def test_where_nobody_holds_the_theatre_safety_takes_nothing() -> None:
    found = split("{power: CHN, side: target}", control=0.0)
    held = split("{power: CHN, side: target}", control=1.0)
    assert share(found, Obstacle.SAFETY) < 0.05 < share(held, Obstacle.SAFETY)


def test_who_has_carriers_enough_is_not_held_back_by_lift() -> None:
    few, many = (
        split(f"{{power: CHN, side: target, lift_t_per_day: {lift}}}") for lift in ("5", "1e6")
    )
    assert share(many, Obstacle.LIFT) < 0.01
    assert share(few, Obstacle.LIFT) > 0.2


def test_a_denied_way_is_a_matter_of_access() -> None:
    chances = ("0.99", "0.01")
    likely, unlikely = (
        split(f"{{power: CHN, side: target, open_way_prob: {prob}}}", control=0.0)
        for prob in chances
    )
    assert share(unlikely, Obstacle.ACCESS) > share(likely, Obstacle.ACCESS) + 0.1


def test_next_door_neither_distance_nor_bases_take_much() -> None:
    found = split("{power: IRQ, side: target}")
    assert share(found, Obstacle.DISTANCE) + share(found, Obstacle.BASES) < 0.05


def test_bases_matter_to_those_who_have_none_near(iran: Assessment) -> None:
    taken = geography(iran, "AUS").taken.mean(axis=0)
    assert taken[CARRIED.index("forces"), OBSTACLES.index(Obstacle.BASES)] > 0.05


def test_asking_leaves_the_notes_of_the_answer_alone(iran: Assessment) -> None:
    before = list(iran.notes.missing)
    geography(iran, "CHN")
    assert list(iran.notes.missing) == before


def test_every_obstacle_says_what_taking_it_away_means() -> None:
    assert set(WITHOUT) == set(OBSTACLES)
    assert all(WITHOUT.values())


def test_the_same_question_has_the_same_split(iran: Assessment) -> None:
    one, other = (geography(iran, "CHN").taken for _ in range(2))
    assert np.array_equal(one, other)

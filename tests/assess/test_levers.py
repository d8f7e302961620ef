import pytest

from sidelines.assess.assessment import Assessment
from sidelines.assess.levers import LEVERS, Lever, find_levers
from sidelines.assess.settings import parse_setting
from sidelines.assess.what_if import what_if
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side


@pytest.fixture(scope="module")
def levers(answer: Assessment) -> tuple[Lever, ...]:
    return find_levers(answer, "RUS", rung=Rung.WEAPONS)


def test_every_lever_is_pulled(levers: tuple[Lever, ...]) -> None:
    assert {lever.name for lever in levers} == set(LEVERS)


def test_the_strongest_lever_stands_first(levers: tuple[Lever, ...]) -> None:
    chances = [lever.prob for lever in levers]
    assert chances == sorted(chances, reverse=True)


def test_a_lever_starts_from_the_present_mean(
    answer: Assessment, levers: tuple[Lever, ...]
) -> None:
    stake = next(lever for lever in levers if lever.name == "stake")
    assert stake.present == pytest.approx(answer.inputs.stake[:, 0].mean())


@pytest.mark.parametrize("name", ["stake", "commitment", "danger"])
def test_the_end_of_a_lever_is_the_what_if_of_its_limit(
    answer: Assessment, levers: tuple[Lever, ...], name: str
) -> None:
    lever = next(lever for lever in levers if lever.name == name)
    pulled = what_if(answer, "RUS", (parse_setting(f"{name}={lever.limit:g}"),)).after
    row = pulled.inputs.row("RUS", Side.TARGET)
    chance = pulled.equilibria.prob[:, row, 8:].sum(axis=1).mean()
    assert lever.prob == pytest.approx(chance, abs=1e-5)


def test_a_lever_that_never_reaches_the_goal_has_no_threshold(answer: Assessment) -> None:
    found = find_levers(answer, "CHN", rung=Rung.FORCES, goal=0.999)
    assert {lever.threshold for lever in found} == {None}


def test_a_goal_reached_at_once_is_reached_near_the_present(answer: Assessment) -> None:
    found = find_levers(answer, "RUS", rung=Rung.WORDS, goal=0.01)
    moved = [(one.threshold - one.present) / (one.limit - one.present) for one in found]
    assert moved == pytest.approx([1 / 64] * len(LEVERS))


def test_a_threshold_lies_between_the_present_and_the_limit(answer: Assessment) -> None:
    found = find_levers(answer, "RUS", rung=Rung.WEAPONS, goal=0.25)
    lever = next(lever for lever in found if lever.name == "commitment")
    assert lever.threshold is not None
    assert lever.present < lever.threshold < lever.limit

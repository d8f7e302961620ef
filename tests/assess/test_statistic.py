import numpy as np
import pytest

from sidelines.assess.statistic import (
    STATISTICS,
    Goal,
    Statistic,
    parse_goal,
    parse_statistic,
    reaching,
)
from sidelines.terms.errors import NotFoundError, UsageError
from sidelines.terms.ladder import BUNDLE_COUNT, INSTRUMENTS, Rung, bundle_of

FORCES = reaching(Rung.FORCES)


def only(bundle: int) -> np.ndarray:
    """Return the choices of a role that always takes one bundle."""
    return (np.arange(BUNDLE_COUNT) == bundle).astype(float)[None]


def of(name: str, bundle: int) -> float:
    worth = np.arange(BUNDLE_COUNT, dtype=float)[None]
    return float(parse_statistic(name).of(only(bundle), worth)[0])


# --- what is asked -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("forces", "P(forces)"),
        ("Weapons", "P(at least weapons)"),
        ("instrument:weapons", "P(weapons used)"),
        ("delivered", "expected strength delivered"),
    ],
)
def test_a_statistic_goes_by_its_name(name: str, title: str) -> None:
    assert parse_statistic(name).title == title


def test_every_statistic_is_read_back_from_its_name() -> None:
    assert [parse_statistic(one.name) for one in STATISTICS] == list(STATISTICS)
    assert len(STATISTICS) == 2 * len(INSTRUMENTS) + 1


def test_a_rung_counts_whatever_reaches_it() -> None:
    bundle = bundle_of("words", "advisers")
    assert [of(word, bundle) for word in INSTRUMENTS] == [1, 1, 1, 1, 1, 0]


def test_an_instrument_counts_only_where_it_is_used() -> None:
    bundle = bundle_of("words", "advisers")
    used = [of(f"instrument:{word}", bundle) for word in INSTRUMENTS]
    assert used == [1, 0, 0, 0, 1, 0]


def test_strength_delivered_is_that_of_the_bundle_taken() -> None:
    assert of("delivered", 9) == 9.0


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("weapon", "Did you mean weapons"),
        ("instrument:weapon", "Did you mean instrument:weapons"),
        ("zzz", "One of words, diplomatic, .* instrument:NAME; delivered"),
    ],
)
def test_an_unknown_statistic_is_answered_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(NotFoundError, match=hint):
        parse_statistic(name)


def test_nothing_is_no_deed_to_be_held_back_from() -> None:
    with pytest.raises(UsageError, match=r"One of words, .* forces"):
        parse_statistic("nothing")


@pytest.mark.parametrize(
    ("name", "done"),
    [
        ("words", True),
        ("weapons", True),
        ("forces", False),
        ("instrument:weapons", True),
        ("instrument:words", False),
        ("delivered", False),
    ],
)
def test_what_was_done_settles_every_rung_up_to_it(name: str, done: bool) -> None:
    sent = np.array([word == "weapons" for word in INSTRUMENTS])
    assert parse_statistic(name).is_done(sent) is done


# --- goals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("forces>50%", Goal(statistic=FORCES, upwards=True, level=0.5, strict=True)),
        ("forces >= 0.3", Goal(statistic=FORCES, upwards=True, level=0.3)),
        ("forces<10%", Goal(statistic=FORCES, upwards=False, level=0.1, strict=True)),
        ("forces<=.5%", Goal(statistic=FORCES, upwards=False, level=0.005)),
    ],
)
def test_a_goal_is_a_statistic_a_sign_and_a_chance(text: str, goal: Goal) -> None:
    assert parse_goal(text) == goal


@pytest.mark.parametrize("text", ["weapons>=30%", "instrument:money<10%", "delivered>0.5"])
def test_a_goal_is_written_as_it_is_read(text: str) -> None:
    assert parse_goal(text).text == text


@pytest.mark.parametrize("text", ["forces", "forces=50%", "forces>", ">50%", "forces>-1%", ""])
def test_what_is_no_goal_is_answered_with_examples(text: str) -> None:
    with pytest.raises(UsageError, match='Write "forces>50%"') as caught:
        parse_goal(text)
    assert caught.value.code == "E213"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("forces>50", "Did you mean forces>50%"),
        ("forces>150%", "between 0 and 1, not at 1.5"),
        ("forces>100%", "no chance is above 100%. Write forces>99%"),
        ("forces<0%", "no chance is below 0%. Write forces<1%"),
        ("forces>=0%", "every chance is at least 0%. Write forces>=1%"),
        ("forces<=100%", "every chance is at most 100%. Write forces<=99%"),
        ("delivered>50%", "not in per cent. Write delivered>0.5"),
    ],
)
def test_a_goal_that_nothing_could_pass_is_refused(text: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint) as caught:
        parse_goal(text)
    assert caught.value.code == "E213"


def test_a_certain_chance_may_be_asked_for() -> None:
    assert parse_goal("forces>=100%").met(1.0)


def test_a_goal_may_lie_over_a_rung_that_does_not_exist() -> None:
    with pytest.raises(NotFoundError, match="Did you mean weapons"):
        parse_goal("weapon>50%")


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("forces>50%", [False, False, True]),
        ("forces>=50%", [False, True, True]),
        ("forces<50%", [True, False, False]),
        ("forces<=50%", [True, True, False]),
    ],
)
def test_a_bound_itself_counts_only_where_the_sign_says_so(text: str, met: list[bool]) -> None:
    assert parse_goal(text).met(np.array([0.4, 0.5, 0.6])).tolist() == met


@pytest.mark.parametrize(
    "statistic", [FORCES, Statistic(kind="delivered", word="delivered")], ids=["chance", "strength"]
)
@pytest.mark.parametrize("upwards", [True, False])
def test_a_goal_and_its_reverse_are_never_both_met(statistic: Statistic, upwards: bool) -> None:
    goal = Goal(statistic=statistic, upwards=upwards, level=0.5)
    values = np.array([0.4, 0.5, 0.6])
    assert (goal.met(values) != goal.reverse.met(values)).all()

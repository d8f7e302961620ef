import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace

from sidelines.assess.covariates import Records
from sidelines.assess.parameters import load_parameters
from sidelines.facts.world import load_world
from sidelines.history.past_leave import past_leave

WORLD = load_world(dt.date(1972, 12, 31), retrospective=True)
NOBODY_KNOWN: Records[int] = Records(**{one.name: lambda *_: None for one in fields(Records)})


def chance(name: str) -> float:
    return load_parameters().value(f"access_{name}")


def always(value: object) -> Callable[..., object]:
    return lambda *_: value


def test_the_parties_come_before_all_ties() -> None:
    leave = past_leave(replace(NOBODY_KNOWN, rivals=always(True)))
    asked = [leave(WORLD, "USA", holder, "ISR", "EGY") for holder in ("USA", "ISR", "EGY", "SYR")]
    assert asked == [1.0, chance("party"), chance("enemy"), chance("rival")]


def test_nobody_asked_is_unknown_and_not_granted() -> None:
    unknown = load_parameters().missing["granted_prob"].value
    assert past_leave(NOBODY_KNOWN)(WORLD, "USA", "CHE", "ISR", "EGY") == unknown


def test_an_ally_of_the_other_side_refuses_more_than_a_neutral() -> None:
    syria, egypt = 652, 651
    records = replace(
        NOBODY_KNOWN,
        pact=lambda one, other, _: {one, other} == {egypt, syria},
        votes_apart=always(3.0),
    )
    leave = past_leave(records)
    assert leave(WORLD, "USA", "SYR", "ISR", "EGY") == chance("other_side")
    assert leave(WORLD, "USA", "JOR", "ISR", "EGY") == chance("neutral")
    assert leave(WORLD, "USA", "SYR", "ISR", None) == chance("neutral")

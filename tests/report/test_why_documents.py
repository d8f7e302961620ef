from typing import Any

import pytest

from sidelines.assess.assessment import Assessment
from sidelines.assess.settings import parse_setting
from sidelines.assess.shapley import PAIRS
from sidelines.assess.statistic import STATISTICS, parse_goal, parse_statistic, reaching
from sidelines.assess.what_if import what_if
from sidelines.report.result import flip_of, why_of
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import FACTORS

Document = dict[str, Any]
NAMES = {factor.value for factor in FACTORS}
DRAWS = 20


def flipped(answer: Assessment, power: str, goal: str, *changes: str) -> Document:
    return flip_of(
        answer, power, goal=parse_goal(goal), side=None, draws=DRAWS, changes=tuple(changes)
    )


@pytest.fixture(scope="module")
def why(answer: Assessment) -> Document:
    return why_of(answer, "RUS", statistic=reaching(Rung.WEAPONS), side=None, draws=DRAWS)


@pytest.fixture(scope="module")
def flip(answer: Assessment) -> Document:
    return flipped(answer, "RUS", "weapons>20%")


# --- why ---------------------------------------------------------------------------------------


def test_the_direct_part_stands_beside_the_whole(why: Document) -> None:
    assert set(why["direct"]) == {"to", "factors", "ranges"}
    total = sum(why["direct"]["factors"].values())
    assert total == pytest.approx(why["direct"]["to"] - why["from"], abs=1e-6)


def test_an_interaction_is_last_less_first(why: Document) -> None:
    for one in why["interactions"].values():
        assert one["interaction"] == pytest.approx(one["last"] - one["first"])


def test_every_pair_has_an_interaction_with_its_range(why: Document) -> None:
    assert [one["factors"] for one in why["pairs"]] == [[a.value, b.value] for a, b in PAIRS]
    assert all(one["low"] <= one["interaction"] <= one["high"] for one in why["pairs"])


def test_every_statistic_is_split_beside_the_one_asked_for(why: Document) -> None:
    assert [one["name"] for one in why["statistics"]] == [one.name for one in STATISTICS]
    asked = next(one for one in why["statistics"] if one["name"] == why["name"])
    assert (asked["factors"], asked["to"]) == (why["factors"], why["to"])


def test_every_minimal_set_says_how_surely_it_flips(why: Document) -> None:
    assert len(why["minimal_sets_odds"]) == len(why["minimal_sets"])
    assert all(one["p"] >= 0.5 for one in why["minimal_sets_odds"])
    assert all(0 <= one["share_of_draws"] <= 1 for one in why["minimal_sets_odds"])


def test_a_lever_tells_both_its_ends(why: Document) -> None:
    lever = next(one for one in why["levers"] if one["input"] == "commitment")
    assert lever["p_at_nothing"] < why["from"] < lever["p_at_all"] == lever["p_at_limit"]


def test_over_all_draws_the_split_is_of_the_answer_itself(why: Document) -> None:
    assert why["from_all_draws"] == pytest.approx(why["from"], abs=1e-6)


def test_of_strength_delivered_no_even_odds_are_told(answer: Assessment) -> None:
    found = why_of(answer, "RUS", statistic=parse_statistic("delivered"), side=None, draws=2)
    assert (found["goal"], found["minimal_sets"], found["lever_pairs"]) == (None, [], [])
    assert found["all_removed_share_of_draws"] is None
    assert set(found["factors"]) == NAMES


# --- flip --------------------------------------------------------------------------------------


def test_a_flip_keeps_its_contract(flip: Document) -> None:
    assert (flip["goal"], flip["reverse"], flip["upwards"]) == ("weapons>20%", "weapons<=20%", True)
    assert (flip["met"], flip["done"], flip["changes"]) == (False, False, [])
    assert {"p", "low", "high"} <= set(flip["from"])


def test_the_nearest_move_stands_first(flip: Document) -> None:
    sizes = [move["size"] for move in flip["moves"]]
    assert sizes
    assert sizes == sorted(sizes)


def test_what_falls_short_is_not_among_what_reaches(flip: Document) -> None:
    assert all(move["threshold"] is None for move in flip["short"])
    assert all(move["threshold"] is not None for move in flip["moves"])


def test_every_move_comes_with_the_changes_that_make_it(answer: Assessment, flip: Document) -> None:
    for move in flip["moves"][:3]:
        settings = tuple(parse_setting(text) for text in move["settings"])
        after = what_if(answer, "RUS", settings).after
        assert flip_of(after, "RUS", goal=parse_goal(flip["goal"]), side=None)["met"]


def test_a_move_to_its_very_end_is_told_as_a_value(answer: Assessment) -> None:
    found = flipped(answer, "RUS", "forces>99%")
    assert found["moves"] == []
    single = next(move for move in found["short"] if move["inputs"] == ["caution"])
    assert single["settings"] == ["caution=0"]


def test_changes_asked_for_come_before_the_search(answer: Assessment, flip: Document) -> None:
    found = flipped(answer, "RUS", "weapons>20%", "commitment=+0.2")
    assert found["changes"] == ["commitment=+0.2"]
    assert found["from"]["p"] > flip["from"]["p"]


def test_what_holds_already_needs_no_move(answer: Assessment) -> None:
    found = flipped(answer, "RUS", "forces<90%")
    assert (found["met"], found["moves"], found["short"]) == (True, [], [])


def test_what_is_done_has_no_move(answer: Assessment) -> None:
    found = flipped(answer, "GBR", "diplomatic<50%")
    assert (found["done"], found["met"], found["moves"]) == (True, False, [])


def test_geography_is_split_by_obstacle(why: dict[str, Any]) -> None:
    found = why["geography"]
    assert set(found["factors"]) == {"distance", "access", "safety", "bases", "lift"}
    assert sum(found["factors"].values()) == pytest.approx(why["factors"]["geography"])
    assert set(found["taken"]) == {"weapons", "advisers", "forces"}

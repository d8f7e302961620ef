from functools import partial
from typing import Any

import pytest

from sidelines.assess.assessment import Assessment
from sidelines.assess.settings import parse_setting
from sidelines.assess.statistic import parse_goal
from sidelines.assess.what_if import what_if
from sidelines.report.documents import what_if_document
from sidelines.report.flip_page import print_flip
from sidelines.report.result import flip_of
from sidelines.report.terminal import captured


def flip_page(answer: Assessment, power: str, goal: str, **changed: Any) -> str:
    document = flip_of(answer, power, goal=parse_goal(goal), side=None, draws=20)
    return captured(
        partial(print_flip, answer=answer, document={**document, **changed}, asked="small"),
        width=200,
    )


def test_the_smallest_change_is_told_in_a_sentence(answer: Assessment) -> None:
    page = flip_page(answer, "RUS", "weapons>20%")
    assert "The smallest change that lifts it past 20%:" in page
    assert "Each row is enough; the smallest change first:" in page
    assert "Next: sidelines what-if small RUS " in page


def test_an_input_that_is_enough_alone_is_not_told_again_in_pairs(answer: Assessment) -> None:
    document = flip_of(answer, "RUS", goal=parse_goal("weapons>20%"), side=None, draws=20)
    alone = {move["inputs"][0] for move in document["moves"] if len(move["inputs"]) == 1}
    page = flip_page(answer, "RUS", "weapons>20%")
    assert alone
    assert not any(f"{name} + " in page or f" + {name}" in page for name in alone)


def test_where_only_two_together_do_it_one_is_said_to_be_too_little(answer: Assessment) -> None:
    page = flip_page(answer, "CHN", "weapons>50%")
    assert "No single input lifts it past 50%. The smallest change" in page
    assert " + " in page


def test_where_nothing_does_it_the_page_says_how_far_each_gets(answer: Assessment) -> None:
    page = flip_page(answer, "MNG", "forces>90%")
    assert "No single input and no two together lift it past 90%" in page
    assert "Not enough, all the way; how far it gets:" in page
    assert "Next: sidelines why small MNG --statistic forces" in page


def test_what_holds_already_is_told_with_the_question_the_other_way(answer: Assessment) -> None:
    page = flip_page(answer, "RUS", "forces<90%")
    assert "below 90% already: nothing has to change." in page
    assert 'what-if small RUS --flip "forces>=90%"' in page


def test_what_is_done_stays_done(answer: Assessment) -> None:
    page = flip_page(answer, "GBR", "words<50%")
    assert "is done already. What is done stays done." in page


def test_the_smallest_change_is_tried_over_all_draws(answer: Assessment) -> None:
    document = flip_of(answer, "RUS", goal=parse_goal("weapons>20%"), side=None, draws=5)
    settings = tuple(parse_setting(text) for text in document["moves"][0]["settings"])
    after = what_if_document(what_if(answer, "RUS", settings))["after"]["structural"]["rungs"]
    reached = sum(after[rung] for rung in ("weapons", "advisers", "forces"))
    assert document["nearest_over_all_draws"] == pytest.approx(reached)
    assert " over all draws)." in flip_page(answer, "RUS", "weapons>20%")


def test_changes_made_before_stand_in_the_next_command(answer: Assessment) -> None:
    page = flip_page(answer, "RUS", "weapons>20%", changes=["stake=0.9"])
    assert "With stake=0.9 the chance that Russia" in page
    assert "Next: sidelines what-if small RUS stake=0.9 " in page


def test_a_figure_that_differs_over_all_draws_is_told(answer: Assessment) -> None:
    page = flip_page(answer, "RUS", "weapons>20%", from_all_draws=0.77)
    assert "Over 20 draws; 77% over all." in page


def test_a_long_list_is_cut_and_counted(answer: Assessment) -> None:
    document = flip_of(answer, "RUS", goal=parse_goal("weapons>20%"), side=None, draws=20)
    page = flip_page(answer, "RUS", "weapons>20%", moves=document["moves"][:1] * 11)
    assert "and 3 larger ones (--json)" in page


def test_where_every_input_is_enough_none_is_too_little(answer: Assessment) -> None:
    page = flip_page(answer, "RUS", "weapons>20%", short=[])
    assert "Not enough" not in page


def test_what_lowers_a_chance_is_told_as_such(answer: Assessment) -> None:
    page = flip_page(answer, "GBR", "weapons<1%")
    assert "it below 1%" in page

from functools import partial

import pytest

from sidelines.assess.assessment import Assessment
from sidelines.assess.settings import parse_setting
from sidelines.assess.statistic import parse_statistic
from sidelines.assess.what_if import what_if
from sidelines.report.result import why_of
from sidelines.report.terminal import captured
from sidelines.report.why_page import print_why


def why_page(answer: Assessment, power: str, statistic: str, *, width: int = 200) -> str:
    asked = parse_statistic(statistic)
    document = why_of(answer, power, statistic=asked, side=None, draws=20)
    return captured(
        partial(print_why, answer=answer, document=document, asked="small"), width=width
    )


@pytest.mark.parametrize(
    "said",
    [
        "The chance that Russia will send weapons or more for Iran:",
        "as things stand",
        "with all five factors removed",
        "Direct: the part that needs no response of the others",
        "What removing means:",
        "commitment: bound by a defence pact that this attack invokes",
        "Strongest interactions",
        "ssumed, not learned from history: ",
        "The smallest sets of removals that would each lift it to even odds:",
        "of draws",
        "One input alone, from nothing of it (0) to all of it (1)",
        'what-if small RUS --flip "weapons>=50%"',
    ],
)
def test_why_says_what_an_analyst_asks_first(answer: Assessment, said: str) -> None:
    assert said in why_page(answer, "RUS", "weapons")


def test_why_comes_to_a_sentence_before_any_table(answer: Assessment) -> None:
    lines = why_page(answer, "RUS", "weapons").splitlines()
    assert lines[3].startswith("The chance that")


def test_a_narrow_page_leaves_out_how_each_factor_works_alone(answer: Assessment) -> None:
    assert "Alone" not in why_page(answer, "RUS", "weapons", width=60)


def test_a_chance_that_nothing_lifts_is_told_with_the_best_there_is(answer: Assessment) -> None:
    page = why_page(answer, "MNG", "instrument:money")
    assert "Removing all five lowers it: what is no longer held back goes elsewhere." in page
    assert "No set of removals, not even all five, lifts it to even odds;" in page
    assert "No two inputs together do it:" in page


def test_strength_is_told_in_log_odds(answer: Assessment) -> None:
    page = why_page(answer, "RUS", "delivered")
    assert "The strength that Russia is expected to add for Iran, in log-odds:" in page
    assert "even odds" not in page
    assert "%" not in page.split("Geography is")[0].replace("80%", "")


def test_nothing_holds_back_what_is_done(answer: Assessment) -> None:
    page = why_page(answer, "GBR", "diplomatic")
    assert "is done already. Nothing holds it back." in page
    assert "Points" not in page


def test_above_even_odds_why_says_so_and_what_would_keep_it_out(answer: Assessment) -> None:
    changes = ("commitment=1", "caution=0", "stake=1")
    keen = what_if(answer, "RUS", tuple(map(parse_setting, changes))).after
    page = why_page(keen, "RUS", "words")
    assert "It stands at even odds or better already." in " ".join(page.split())
    assert "Below even odds" in page
    assert "smallest sets" not in page
    assert 'Next: sidelines what-if small RUS --flip "words<50%"' in page


def test_two_inputs_are_told_where_neither_is_enough(answer: Assessment) -> None:
    page = why_page(answer, "CHN", "weapons")
    assert "Two inputs, neither enough alone, moved by the same share of their ways:" in page


def test_where_nothing_interacts_nothing_is_said_of_it(answer: Assessment) -> None:
    document = why_of(answer, "RUS", statistic=parse_statistic("weapons"), side=None, draws=2)
    apart = {**document, "pairs": [{**one, "interaction": 0.0} for one in document["pairs"]]}
    page = captured(partial(print_why, answer=answer, document=apart, asked="small"))
    assert "Strongest interactions" not in page
    assert "Inside the present figure" in page

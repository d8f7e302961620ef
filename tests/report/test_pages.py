import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from rich.console import Console

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.settings import parse_setting
from sidelines.assess.statistic import parse_statistic, reaching
from sidelines.assess.what_if import what_if
from sidelines.crisis.read import read_crisis
from sidelines.report.assessment_page import print_assessment
from sidelines.report.citing import cite_document
from sidelines.report.comparison import compare_document
from sidelines.report.documents import assess_document, reach_document, what_if_document
from sidelines.report.pages import (
    print_cite,
    print_compare,
    print_reach,
    print_show,
    print_what_if,
)
from sidelines.report.result import why_of
from sidelines.report.shelf import show_document
from sidelines.report.terminal import captured as shown
from sidelines.report.why_page import print_why
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side

Show = Callable[[Console], None]
LETTERS = "·wd$WAF"
MARKUP = "[/r] [bold]x"


@pytest.fixture(scope="module", params=["assess", "why", "what-if", "reach"])
def show(request: pytest.FixtureRequest, answer: Assessment) -> Show:
    split = why_of(answer, "RUS", statistic=reaching(Rung.FORCES), side=None, draws=5)
    changed = what_if_document(what_if(answer, "RUS", (parse_setting("stake=1"),)))
    reach = reach_document(answer, answer.crisis.powers)
    printers: dict[str, Show] = {
        "assess": lambda out: print_assessment(out, answer, asked="small"),
        "why": lambda out: print_why(out, answer, split, asked="small"),
        "what-if": lambda out: print_what_if(out, answer, changed),
        "reach": lambda out: print_reach(out, answer, reach),
    }
    return printers[request.param]


# --- every page --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 100, 200])
def test_no_line_is_wider_than_the_terminal(show: Show, width: int) -> None:
    assert max(map(len, shown(show, width=width).splitlines())) <= width


def test_a_page_survives_a_log_file(show: Show) -> None:
    assert "\x1b" not in shown(show)


def test_no_sentence_holds_both_likelihood_and_confidence(show: Show) -> None:
    sentences = re.split(r"(?<=[.;])\s", shown(show, width=200))
    words = re.compile("likely|certain|even odds|no chance")
    assert not [one for one in sentences if words.search(one) and "confiden" in one]


# --- the answer --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(answer: Assessment) -> str:
    return shown(lambda out: print_assessment(out, answer, asked="small"), width=200)


@pytest.mark.parametrize(
    "said",
    [
        "For Iran",
        "For the United States",
        "not yet fitted to history",
        "no skill is claimed",
        "* China: at least weapons put at 25% by the user: A leak",
        "Monte Carlo error of a probability: at most",
        "Missing, a wide range stands in",
        "Assumed by judgement",
        "sidelines why small RUS",
    ],
)
def test_the_answer_says_how_far_to_trust_it(page: str, said: str) -> None:
    assert said in page


def test_every_ladder_of_the_answer_has_letters(page: str) -> None:
    bars = re.findall(rf"[{re.escape(LETTERS)}]{{30,}}", page)
    assert len(bars) == 5


def test_a_short_answer_counts_what_it_does_not_name(answer: Assessment, page: str) -> None:
    long = shown(lambda out: print_assessment(out, answer, asked="small", verbose=True), width=200)
    assert "more (--verbose)" in page
    assert "more (--verbose)" not in long


def test_what_is_done_is_not_given_a_chance(text: str) -> None:
    done = text.replace("instrument: diplomatic, done: true", "instrument: words")
    delivered = (
        "\n    delivered: [{date: 2026-03-01, title: A, instrument: weapons, flow: 1, done: true}]"
    )
    told = done.replace("stake: [0.2, 0.5]", "stake: [0.2, 0.5]" + delivered)
    answer = assess_crisis(read_crisis(told), draws=5)
    page = shown(lambda out: print_assessment(out, answer, asked="x"), width=200)
    row = next(line for line in page.splitlines() if line.startswith("United Kingdom"))
    assert "done" in row


def test_words_that_look_like_markup_are_printed_as_they_stand(text: str) -> None:
    told = text.replace("A made-up crisis between real names", f'"{MARKUP}"')
    told = told.replace("reason: A leak", f'reason: "{MARKUP}"')
    told = told.replace("title: A wire story", f'title: "{MARKUP}"')
    answer = assess_crisis(read_crisis(told), draws=2)
    document = show_document(answer.crisis)
    cited = cite_document(answer)
    compared = compare_document(answer, assess_crisis(read_crisis(text), draws=2))
    for show in (
        partial(print_assessment, answer=answer, asked=MARKUP),
        partial(print_show, document=document, asked=MARKUP),
        partial(print_cite, document=cited),
        partial(print_compare, document=compared),
    ):
        assert MARKUP in shown(show)


def test_no_page_has_blanks_at_the_end_of_a_line(show: Show) -> None:
    assert not re.search(" $", shown(show), re.MULTILINE)


def test_the_slopes_are_said_to_be_judgement(page: str) -> None:
    assert (
        "Slopes are priors set by judgement against published base rates; no skill is claimed."
    ) in page


@pytest.mark.parametrize(("error", "told"), [(2e-3, True), (1e-5, False)])
def test_a_rough_fit_is_told(answer: Assessment, error: float, told: bool) -> None:
    errors = np.full(answer.draws, error)
    rough = replace(answer, equilibria=replace(answer.equilibria, fit_error=errors))
    page = shown(lambda out: print_assessment(out, rough, asked="small"))
    assert ("Outcomes were fitted with an error of up to 0.002" in page) is told


def test_nothing_is_never_negative(answer: Assessment) -> None:
    document = why_of(answer, "RUS", statistic=reaching(Rung.FORCES), side=None, draws=5)
    quiet = {**document, "rents": -1e-9, "factors": dict.fromkeys(document["factors"], -1e-9)}
    page = shown(lambda out: print_why(out, answer, quiet, asked="small"))
    assert "+0.0 points from rents" in page
    assert "-0.0" not in page


def test_one_draw_has_no_known_error(text: str) -> None:
    answer = assess_crisis(read_crisis(text), draws=1)
    page = shown(lambda out: print_assessment(out, answer, asked="x"))
    assert "Monte Carlo error unknown" in page


def test_a_change_that_changes_nothing_is_told_as_such(answer: Assessment) -> None:
    document = what_if_document(what_if(answer, "RUS", (parse_setting("stake=+0%"),)))
    page = shown(lambda out: print_what_if(out, answer, document))
    assert "(this changes no input)" in page
    assert "Nothing was changed, so the answer for Russia stays as it was." in page


def test_what_a_change_comes_to_is_told_first(answer: Assessment) -> None:
    document = what_if_document(what_if(answer, "RUS", (parse_setting("commitment=1"),)))
    first = shown(lambda out: print_what_if(out, answer, document)).splitlines()[3]
    assert first.startswith("Russia for Iran: weapons or more ")
    assert " points); forces " in first


def test_a_rung_that_a_change_leaves_is_said_to_stay(answer: Assessment) -> None:
    document = what_if_document(what_if(answer, "RUS", (parse_setting("commitment=1"),)))
    document["before"]["at_least"]["forces"]["p"] = 1.0
    document["after"]["at_least"]["forces"]["p"] = 1.0
    assert "; forces stay at 100%." in shown(lambda out: print_what_if(out, answer, document))


def test_nothing_holds_back_what_is_done(answer: Assessment) -> None:
    document = why_of(answer, "GBR", statistic=reaching(Rung.DIPLOMATIC), side=None, draws=2)
    page = shown(lambda out: print_why(out, answer, document, asked="small"), width=200)
    assert "is done already. Nothing holds it back." in page


def test_a_split_prints_its_sum_last(answer: Assessment) -> None:
    document = why_of(answer, "RUS", statistic=reaching(Rung.FORCES), side=None, draws=5)
    page = shown(lambda out: print_why(out, answer, document, asked="small"))
    total = 100 * (document["to"] - document["from"])
    assert re.search(rf"^together\s+{re.escape(f'{total:+.1f}')}", page, re.MULTILINE)


def test_a_crisis_beside_itself_differs_in_nothing(answer: Assessment) -> None:
    document = compare_document(answer, answer)
    assert "Nothing differs." in shown(lambda out: print_compare(out, document))


# --- what was heard ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        ("costly", "- Costly words of Mongolia moved the attacker's belief that it would fight"),
        ("cheap", "- Words of Mongolia move nobody: cheap, or too little to notice."),
    ],
)
def test_the_answer_says_whose_words_were_heard(text: str, cost: str, said: str) -> None:
    signal = f"signals: [{{date: 2026-03-01, title: Loud, cost: {cost}}}]"
    spoken = text.replace("stake: 0.01}", f"stake: 0.9, danger: 0.1, {signal}}}")
    answer = assess_crisis(read_crisis(spoken), draws=20, seed=1)
    assert said in shown(lambda out: print_assessment(out, answer, asked="small"), width=200)


def test_a_split_says_what_words_would_do(answer: Assessment) -> None:
    split = why_of(answer, "RUS", statistic=reaching(Rung.FORCES), side=None, draws=5)
    page = shown(lambda out: print_why(out, answer, split, asked="small"), width=200)
    assert "No word of Russia is known: the attacker's belief that it would fight stays" in page


SALVO = (
    "salvo: {weapons: 80, hit_prob: 0.8, batteries: 8, shots_per_battery: 6, "
    "intercept_prob: 0.6, loss_per_hit: 0.01}\npowers:\n"
)


@pytest.mark.parametrize("decides", [True, False])
def test_the_page_says_so_where_the_salvo_decides(text: str, decides: bool) -> None:
    salvo = SALVO.replace("}", f", decides: {str(decides).lower()}}}")
    answer = assess_crisis(read_crisis(text.replace("powers:\n", salvo)), draws=10, seed=1)
    page = shown(lambda out: print_assessment(out, answer, asked="small"), width=200)
    told = "The salvo decides: the target holds if nothing gets through." in page
    assert told == decides
    contest = assess_document(answer)["model"]["contest"]
    assert contest == ("salvo" if decides else "ratio")


def test_where_the_salvo_decides_strength_is_told_in_its_own_unit(text: str) -> None:
    salvo = SALVO.replace("}", ", decides: true}")
    answer = assess_crisis(read_crisis(text.replace("powers:\n", salvo)), draws=10, seed=1)
    split = why_of(answer, "RUS", statistic=parse_statistic("delivered"), side=None, draws=5)
    page = shown(lambda out: print_why(out, answer, split, asked="small"), width=200)
    assert "in standard deviations of the salvo: " in page
    assert "Deviations" in page
    assert split["salvo"]["decides"]
    assert split["salvo"]["could_send"]["p"] > 0


@pytest.mark.parametrize(
    ("power", "told"), [(("RUS", Side.TARGET), True), (("GBR", Side.ATTACKER), False)]
)
def test_a_split_says_what_batteries_do_for_the_target(
    text: str, power: tuple[str, Side], told: bool
) -> None:
    answer = assess_crisis(read_crisis(text.replace("powers:\n", SALVO)), draws=10, seed=1)
    split = why_of(answer, power[0], statistic=reaching(Rung.FORCES), side=power[1], draws=5)
    page = shown(lambda out: print_why(out, answer, split, asked="small"), width=200)
    assert ("Even odds of stopping one salvo take 18 batteries" in page) == told
    assert (split["salvo"] is not None) == told

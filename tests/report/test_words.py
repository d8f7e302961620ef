import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.crisis.model import Crisis
from sidelines.crisis.read import read_crisis
from sidelines.report.words import (
    joined,
    likelihood,
    name_of,
    percent,
    percent_range,
    points,
    verdict,
    what_batteries_do,
    what_was_heard,
)
from sidelines.terms.ladder import RUNGS
from sidelines.terms.roles import Side

PROB = st.floats(0, 1)
LIKELIHOODS = "almost no chance|unlikely|even odds|likely|almost certain"


@pytest.fixture(scope="session")
def crisis(text: str) -> Crisis:
    return read_crisis(text)


def chances(*values: float) -> dict[str, float]:
    return dict(zip(RUNGS[1:], values, strict=True))


# --- ICD 203 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prob", "word"),
    [
        (0.0, "almost no chance"),
        (0.0499, "almost no chance"),
        (0.05, "very unlikely"),
        (0.1999, "very unlikely"),
        (0.20, "unlikely"),
        (0.4499, "unlikely"),
        (0.45, "roughly even odds"),
        (0.5499, "roughly even odds"),
        (0.55, "likely"),
        (0.7999, "likely"),
        (0.80, "very likely"),
        (0.9499, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_a_likelihood_goes_by_the_words_of_icd_203(prob: float, word: str) -> None:
    assert likelihood(prob) == word


@given(known=st.sampled_from([None, *RUNGS[1:]]), values=st.lists(PROB, min_size=6, max_size=6))
def test_likelihood_and_confidence_never_share_a_sentence(
    crisis: Crisis, known: str | None, values: list[float]
) -> None:
    ladder = chances(*sorted(values, reverse=True))
    said = verdict(crisis, "RUS", Side.TARGET, ladder, done=known)
    assert "confiden" not in said.casefold()


@given(known=st.sampled_from([None, *RUNGS[1:-1]]), values=st.lists(PROB, min_size=6, max_size=6))
def test_every_likelihood_in_words_carries_its_number(
    crisis: Crisis, known: str | None, values: list[float]
) -> None:
    ladder = chances(*sorted(values, reverse=True))
    said = verdict(crisis, "RUS", Side.TARGET, ladder, done=known)
    words = re.findall(rf"(?:{LIKELIHOODS})(?= \()", said, re.IGNORECASE)
    assert len(words) == len(re.findall(r"\([<>]?\d+%\)", said)) > 0


@given(known=st.sampled_from([None, *RUNGS[1:]]), values=st.lists(PROB, min_size=6, max_size=6))
def test_a_verdict_is_one_sentence(crisis: Crisis, known: str | None, values: list[float]) -> None:
    ladder = chances(*sorted(values, reverse=True))
    said = verdict(crisis, "RUS", Side.TARGET, ladder, done=known)
    assert said[0].isupper()
    assert said.endswith(".")
    assert ". " not in said


# --- verdicts ----------------------------------------------------------------------------------


def test_a_quiet_power_most_likely_does_nothing(crisis: Crisis) -> None:
    said = verdict(crisis, "MNG", Side.TARGET, chances(0.1, 0.05, 0.02, 0.02, 0.01, 0.002))
    assert said == (
        "Very likely (90%) that Mongolia will do nothing for Iran; almost no chance (2%) that it "
        "will send weapons or more; almost no chance (<1%) that it will fight."
    )


def test_a_helper_is_told_by_the_highest_rung_it_likely_reaches(crisis: Crisis) -> None:
    said = verdict(crisis, "RUS", Side.TARGET, chances(0.99, 0.9, 0.7, 0.6, 0.3, 0.04))
    assert said == (
        "Likely (60%) that Russia will send weapons or more for Iran; almost no chance (4%) that "
        "it will fight."
    )


def test_a_fighter_is_told_as_one(crisis: Crisis) -> None:
    said = verdict(crisis, "GBR", Side.ATTACKER, chances(0.99, 0.98, 0.97, 0.96, 0.9, 0.83))
    assert said == "Very likely (83%) that the United Kingdom will fight for the United States."


def test_what_is_on_record_already_is_no_forecast(crisis: Crisis) -> None:
    ladder = chances(1.0, 1.0, 0.3, 0.2, 0.1, 0.02)
    said = verdict(crisis, "RUS", Side.TARGET, ladder, done="diplomatic")
    assert said == (
        "With diplomatic cover for Iran on record already, unlikely (20%) that Russia will send "
        "weapons or more; almost no chance (2%) that it will fight."
    )


def test_who_fights_already_is_not_forecast_to(crisis: Crisis) -> None:
    said = verdict(crisis, "RUS", Side.TARGET, chances(1, 1, 1, 1, 1, 1), done="forces")
    assert said == "Forces of Russia are fighting for Iran already."


# --- numbers and names -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prob", "shown"),
    [
        (0.0, "0%"),
        (0.001, "<1%"),
        (0.01, "1%"),
        (0.5, "50%"),
        (0.99, "99%"),
        (0.999, ">99%"),
        (1.0, "100%"),
    ],
)
def test_the_ends_are_never_rounded_away(prob: float, shown: str) -> None:
    assert percent(prob) == shown


@pytest.mark.parametrize(
    ("difference", "shown"),
    [(0.1234, "+12.3"), (-0.02, "-2.0"), (0.0, "+0.0"), (-0.0, "+0.0"), (-0.0004, "+0.0")],
)
def test_a_difference_is_signed_unless_it_rounds_to_nothing(difference: float, shown: str) -> None:
    assert points(difference) == shown


def test_a_range_is_shown_in_whole_per_cent() -> None:
    assert percent_range(0.104, 0.887) == "10-89"


@pytest.mark.parametrize(
    ("words", "shown"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_are_joined_as_in_speech(words: list[str], shown: str) -> None:
    assert joined(words) == shown


@pytest.mark.parametrize(
    ("id_", "shown"), [("USA", "the United States"), ("RUS", "Russia"), ("XXX", "XXX")]
)
def test_a_name_takes_its_article_inside_a_sentence(id_: str, shown: str) -> None:
    assert name_of(id_, article=True) == shown


# --- what was heard ----------------------------------------------------------------------------


def heard(kind: str, before: float, after: float, if_costly: float) -> dict[str, Any]:
    belief = {"before": {"p": before}, "after": {"p": after}, "if_costly": {"p": if_costly}}
    return {"heard": kind, "belief": belief, "attack": {"moved": {"p": -0.0042}}}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "cheap",
            "Words of Russia are cheap: the attacker's belief that it would fight stays at 3%. "
            "Costly words would lift it to 6%.",
        ),
        (
            "none",
            "No word of Russia is known: the attacker's belief that it would fight stays at 3%. "
            "Costly words would lift it to 6%.",
        ),
        (
            "costly",
            "Costly words of Russia moved the attacker's belief that it would fight from 3% to "
            "6%, and the chance that the attack goes on by -0.4 points.",
        ),
    ],
)
def test_what_was_heard_is_told_in_plain_words(crisis: Crisis, kind: str, said: str) -> None:
    after = 0.06 if kind == "costly" else 0.03
    assert what_was_heard(crisis, "RUS", heard(kind, 0.03, after, 0.06)) == said


def test_several_attackers_and_many_speakers_take_their_plural(crisis: Crisis) -> None:
    two = replace(crisis, attackers=("USA", "ISR"))
    said = what_was_heard(two, "HTH", heard("cheap", 0.1, 0.1, 0.2))
    assert said.startswith("Words of the Houthis are cheap: the attackers' belief that they would")


# --- what batteries do -------------------------------------------------------------------------


def exchange(brought: float, *, cut: float = 0.0, gained: float = 0.0) -> dict[str, Any]:
    numbers = {"standing": 9.0, "brought": brought, "threshold": 17.6}
    batteries = {key: {"p": value, "low": 12.0, "high": 24.0} for key, value in numbers.items()}
    chance = {"without": {"p": 0.03}, "with": {"p": 0.03 + gained}, "gained": {"p": gained}}
    return {"batteries": batteries, "loss": {"cut": {"p": cut}}, "stops_all": chance}


def test_batteries_below_the_threshold_change_losses_alone() -> None:
    assert what_batteries_do("CHN", exchange(4.0, cut=0.34)) == (
        "Batteries of China (4) lower the expected losses to one salvo by 34% and leave the "
        "outcome where it was: even odds of stopping it take 18 batteries (12 to 24); 9 stand "
        "without them."
    )


def test_batteries_near_the_threshold_change_the_outcome_too() -> None:
    said = what_batteries_do("CHN", exchange(9.0, cut=0.9, gained=0.52))
    assert "by 90% and lift the chance to stop it all from 3% to 55%:" in said


def test_a_power_without_batteries_is_told_the_threshold() -> None:
    assert what_batteries_do("RUS", exchange(0.0)) == (
        "No batteries of Russia are on record. Even odds of stopping one salvo take 18 batteries "
        "(12 to 24); 9 stand."
    )

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.signals import Words, words_heard
from sidelines.crisis.read import read_crisis

HEAD = """\
id: a
title: A
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
powers:
  - {power: CHN, side: target, stake: [0.2, 0.5]}
"""
SPOKEN = "signals: [{{date: 2026-03-02, title: Speaks, instrument: words, cost: {cost}}}]"


def answered(*, side: str = "target", said: str | None = None, more: str = "") -> Assessment:
    """Return the answer to a crisis in which Russia may have spoken."""
    spoken = "" if said is None else f", {SPOKEN.format(cost=said)}"
    entry = f"  - {{power: RUS, side: {side}, stake: [0.3, 0.6]{spoken}{more}}}\n"
    return assess_crisis(read_crisis(HEAD + entry), draws=40, seed=1)


def heard(answer: Assessment) -> Words:
    return words_heard(answer, answer.inputs.roles)[1]


def fights(answer: Assessment) -> np.ndarray:
    return answer.prob[:, 1, 32:].sum(axis=1)


@pytest.mark.parametrize("said", [None, "cheap"])
def test_without_costly_words_the_attacker_believes_what_the_answer_says(said: str | None) -> None:
    answer = answered(said=said)
    words = heard(answer)
    assert words.kind == (said or "none")
    assert words.before == pytest.approx(fights(answer), abs=1e-12)
    assert words.after == pytest.approx(words.before, abs=1e-12)
    assert words.attack_after == pytest.approx(words.attack_before, abs=1e-12)


def test_costly_words_raise_the_belief_around_what_the_answer_says() -> None:
    answer = answered(said="costly")
    words = heard(answer)
    assert words.kind == "costly"
    assert (words.before < fights(answer)).all()
    assert (words.after > fights(answer)).all()


def test_costly_words_for_the_target_hold_the_attacker_back() -> None:
    words = heard(answered(said="costly"))
    assert (words.attack_after <= words.attack_before).all()
    assert (words.attack_after < words.attack_before).any()


def test_costly_words_for_the_attacker_spur_it_on() -> None:
    words = heard(answered(side="attacker", said="costly"))
    assert (words.attack_after >= words.attack_before).all()
    assert (words.attack_after > words.attack_before).any()


def test_costly_words_would_have_moved_those_who_heard_cheap_ones() -> None:
    words = heard(answered(said="cheap"))
    assert (words.if_costly > words.after).all()


def test_whoever_fights_already_is_believed_without_words() -> None:
    troops = "{date: 2026-03-02, title: Troops, instrument: forces, flow: 0, done: true}"
    answer = answered(more=f", delivered: [{troops}]")
    assert heard(answer).before == pytest.approx(np.ones(40))
    assert heard(answer).if_costly == pytest.approx(np.ones(40))


def test_reading_the_words_leaves_the_answer_alone() -> None:
    answer = answered(said="costly")
    forecast = answer.prob.copy()
    heard(answer)
    assert (answer.prob == forecast).all()


def test_one_role_is_heard_as_it_is_among_all() -> None:
    answer = answered(said="costly")
    alone = words_heard(answer, answer.inputs.roles[1:])[0]
    assert alone.after == pytest.approx(heard(answer).after, abs=1e-12)


def test_its_game_has_one_equilibrium_in_every_draw() -> None:
    answer = answered(said="costly")
    assert not any(words.several.any() for words in words_heard(answer, answer.inputs.roles))

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.terms.errors import NotFoundError, nearest, shown
from sidelines.terms.states import actor, actors, find_actor, is_actor, known_actor, suggest_actor


@given(st.sampled_from(sorted(actors())))
def test_every_actor_is_found_by_its_id(id_: str) -> None:
    assert find_actor(id_) == id_
    assert is_actor(id_)


@given(st.sampled_from([one for one in actors().values() if one.end is None]))
def test_every_living_actor_is_found_by_its_name_in_any_case(one: object) -> None:
    assert find_actor(one.name.upper()) == one.id


@pytest.mark.parametrize(
    ("word", "id_"),
    [("Russian Federation", "RUS"), ("soviet union", "SUN"), (" Iran ", "IRN"), ("Houthis", "HTH")],
)
def test_an_actor_goes_by_other_names_too(word: str, id_: str) -> None:
    assert find_actor(word) == id_


def test_a_near_miss_is_answered_with_name_and_code() -> None:
    with pytest.raises(NotFoundError, match=r"Did you mean Russia \(RUS\)\?"):
        find_actor("Rusia")


def test_a_word_like_no_name_gets_no_suggestion() -> None:
    assert suggest_actor("qqqqqqq") == ""


def test_an_id_that_is_none_is_not_found() -> None:
    assert not is_actor("XXX")
    with pytest.raises(NotFoundError, match="'XXX' is no known state"):
        actor("XXX")


@pytest.mark.parametrize(
    ("id_", "day", "existed"),
    [
        ("SUN", "1973-10-06", True),
        ("SUN", "1991-12-25", True),
        ("SUN", "1991-12-26", False),
        ("RUS", "1991-12-26", True),
        ("RUS", "1973-10-06", False),
        ("USA", "2026-03-04", True),
    ],
)
def test_an_actor_exists_from_its_first_day_to_its_last(id_: str, day: str, existed: bool) -> None:
    assert actor(id_).existed_on(dt.date.fromisoformat(day)) is existed


def test_the_nearest_word_is_found_in_any_case() -> None:
    assert nearest("RUSIA", ["Prussia", "Russia"]) == "Russia"
    assert nearest("zzz", ["Prussia", "Russia"]) is None


def test_a_word_of_great_length_is_quoted_short_and_not_searched() -> None:
    assert len(shown("x" * 10_000)) == 60
    assert nearest("Russia" * 1000, ["Russia"]) is None


def test_a_known_name_has_an_id_and_another_has_none() -> None:
    assert known_actor(" iran ") == "IRN"
    assert known_actor("Rusia") is None

import itertools

import pytest

from sidelines.facts.official.conflicts import Conflicts, load_conflicts

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.fixture
def known() -> Conflicts:
    return load_conflicts()


def fighting(known: Conflicts, year: int, sender: int) -> set[tuple[int, ...]]:
    """Return the primary states that a sender of troops fought beside in a year."""
    return {
        one.primary[side]
        for (_, when), one in known.years.items()
        for side in one.troops
        if when == year and sender in one.troops[side]
    }


@pytest.mark.parametrize(
    ("year", "sender", "beside"),
    [(2024, 731, 365), (2024, 2, 666), (2022, 365, 652), (2022, 630, 652), (1950, 2, 732)],
)
def test_who_sent_troops_beside_whom(known: Conflicts, year: int, sender: int, beside: int) -> None:
    assert (beside,) in fighting(known, year, sender)


def test_the_file_holds_so_many_conflict_years_and_episodes(known: Conflicts) -> None:
    assert len(known.years) == 2752
    assert len(known.episodes) == 514


def test_an_episode_ends_when_two_years_pass_in_peace(known: Conflicts) -> None:
    for one, following in zip(known.episodes, known.episodes[1:], strict=False):
        if one.conflict == following.conflict:
            assert following.first_year - one.last_year > 2


def test_a_single_quiet_year_ends_no_episode() -> None:
    years = [[year.year for year in one.years] for one in load_conflicts().episodes]
    assert any(b - a == 2 for held in years for a, b in itertools.pairwise(held))


def test_senders_may_be_those_of_the_first_years_only() -> None:
    vietnam = next(one for one in load_conflicts().episodes if 817 in one.primary["A"])
    assert 2 not in vietnam.senders("A", until=vietnam.first_year)
    assert 2 in vietnam.senders("A")


def test_yemen_and_germany_have_the_numbers_of_the_correlates_of_war(known: Conflicts) -> None:
    states = {
        (state, year)
        for (_, year), one in known.years.items()
        for states in (*one.primary.values(), *one.troops.values())
        for state in states
    }
    assert (679, 2015) in states
    assert (255, 2010) in states
    assert not {(678, 2015), (260, 2010), (340, 2010)} & states


@pytest.mark.parametrize(("year", "unknown"), [(1945, True), (1946, False), (2025, True)])
def test_senders_are_unknown_outside_the_years_covered(
    known: Conflicts, year: int, unknown: bool
) -> None:
    assert (known.senders(13243, "A", year) is None) is unknown


def test_side_b_is_empty_where_rebels_fight(known: Conflicts) -> None:
    assert known.years[333, 1985].primary == {"A": (700,), "B": ()}
    assert known.years[333, 1985].troops["A"] == {365}

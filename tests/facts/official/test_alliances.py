import pytest

from sidelines.facts.official.alliances import load_alliances

pytestmark = pytest.mark.usefixtures("research_data")


@pytest.mark.parametrize(
    ("a", "b", "year"),
    [(2, 200, 1950), (365, 710, 1951), (2, 732, 1954), (710, 731, 2010), (220, 365, 1900)],
)
def test_who_owed_whom_defence(a: int, b: int, year: int) -> None:
    owed = load_alliances().owes(a, b, year)
    assert owed is not None
    assert "defence" in owed


def test_the_united_states_owe_israel_nothing_by_treaty() -> None:
    assert load_alliances().owes(2, 666, 2010) == frozenset()


def test_russia_owes_iran_no_defence_but_consultation() -> None:
    owed = load_alliances().owes(365, 630, 2010)
    assert owed == {"neutrality", "non-aggression", "consultation"}


def test_an_obligation_may_bind_one_side_only() -> None:
    owed = load_alliances().owes
    lopsided = [
        (a, b) for a, b, year in load_alliances().obligations if year == 1961 and _defends(a, b)
    ]
    assert lopsided
    assert owed(2, 732, 1961) == owed(732, 2, 1961)


def _defends(a: int, b: int) -> bool:
    there, back = load_alliances().owes(a, b, 1961), load_alliances().owes(b, a, 1961)
    return "defence" in (there or ()) and "defence" not in (back or ())


@pytest.mark.parametrize("year", [1814, 2019])
def test_obligations_are_unknown_outside_the_years_covered(year: int) -> None:
    assert load_alliances().owes(2, 200, year) is None
    assert load_alliances().allied(2, 200, year) is None


@pytest.mark.parametrize("year", [1815, 2018])
def test_nothing_owed_is_known_at_both_bounds(year: int) -> None:
    assert load_alliances().owes(2, 630, year) == frozenset()


def test_an_alliance_without_coded_obligations_is_an_alliance() -> None:
    known = load_alliances()
    bare = next(key for key, owed in known.obligations.items() if not owed)
    assert known.allied(*bare) is True
    assert known.owes(*bare) == frozenset()

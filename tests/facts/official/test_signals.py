import pytest

from sidelines.facts.official.signals import Signal, load_signals

pytestmark = pytest.mark.usefixtures("research_data")


def signal(power: int, protege: int, year: int) -> Signal:
    found = load_signals().signal(power, protege, year)
    assert found is not None
    return found


def test_the_united_states_spoke_for_israel_in_1973_and_armed_it() -> None:
    found = signal(2, 666, 1973)
    assert (found.words, found.arms_tiv) == (15, 1899)


def test_words_are_counted_for_the_united_states_alone() -> None:
    assert signal(365, 651, 1973).words is None
    assert signal(365, 651, 1973).arms_tiv == 2475


@pytest.mark.parametrize(
    ("power", "ally", "other"), [(2, 200, 731), (365, 315, 666), (710, 731, 732), (2, 666, 652)]
)
def test_an_ally_is_signalled_more_support_than_another(power: int, ally: int, other: int) -> None:
    shown, hidden = signal(power, ally, 1980).level, signal(power, other, 1980).level
    assert shown is not None
    assert hidden is not None
    assert shown > hidden


@pytest.mark.parametrize("year", [1949, 2013])
def test_a_signal_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_signals().signal(2, 200, year) is None


@pytest.mark.parametrize("year", [1950, 2012])
def test_a_signal_is_known_at_both_bounds(year: int) -> None:
    assert signal(2, 200, year).pact == 1


def test_only_five_powers_signal_and_none_to_itself() -> None:
    assert load_signals().signal(255, 200, 1990) is None
    assert load_signals().signal(200, 200, 1990) is None

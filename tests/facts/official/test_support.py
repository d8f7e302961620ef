import pytest

from sidelines.facts.official.support import load_support

pytestmark = pytest.mark.usefixtures("research_data")

MUJAHEDIN = 724  # the Afghan government against Jam'iyyat-i Islami


def test_six_states_supported_one_side_or_the_other_in_afghanistan() -> None:
    supporters = load_support().dyad_years[MUJAHEDIN, 1985].supporters
    assert set(supporters) == {2, 200, 365, 670, 710, 770}


@pytest.mark.parametrize(("power", "least"), [(2, 750), (365, 340), (710, 230), (40, 180)])
def test_powers_supported_as_often_as_the_study_counted(power: int, least: int) -> None:
    found = [one for one in load_support().dyad_years.values() if power in one.supporters]
    assert len(found) >= least


def test_a_kind_that_somebody_gave_is_unknown_for_each_of_several() -> None:
    given = load_support().given(2, MUJAHEDIN, 1985)
    assert given is not None
    assert (given["weapons"], given["intelligence"]) == (None, False)


def test_a_power_that_gave_nothing_is_told_from_a_dyad_that_is_not_there() -> None:
    assert load_support().given(731, MUJAHEDIN, 1985) == {}
    assert load_support().given(731, MUJAHEDIN, 1974) is None


def test_the_years_covered_are_1975_to_2017() -> None:
    years = {year for _, year in load_support().dyad_years}
    assert (min(years), max(years)) == (1975, 2017)


def test_north_yemen_is_told_from_yemen() -> None:
    supporters = {
        (cow, year)
        for (_, year), one in load_support().dyad_years.items()
        for cow in one.supporters
    }
    assert {year < 1990 for cow, year in supporters if cow == 678} <= {True}
    assert {year >= 1990 for cow, year in supporters if cow == 679} <= {True}

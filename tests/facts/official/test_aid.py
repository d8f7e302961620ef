import pytest

from sidelines.facts.official.aid import KINDS, load_aid

pytestmark = pytest.mark.usefixtures("research_data")

UNITED_STATES, GERMANY, IRAQ = 2, 255, 645


def test_the_united_states_gave_114_billion_euros_to_the_end_of_2024() -> None:
    amounts = [
        load_aid().given_eur_m(UNITED_STATES, year, kind)
        for year in (2022, 2023, 2024)
        for kind in KINDS
    ]
    assert sum(one for one in amounts if one is not None) == pytest.approx(114_100, rel=0.02)


@pytest.mark.parametrize("donor", [UNITED_STATES, GERMANY, 200, 290, 640])
def test_donors_of_arms_are_tracked(donor: int) -> None:
    assert load_aid().given_eur_m(donor, 2022, "military")


def test_a_donor_that_gave_no_arms_is_told_from_a_state_not_tracked() -> None:
    assert load_aid().given_eur_m(710, 2023, "military") == 0
    assert load_aid().given_eur_m(IRAQ, 2023, "military") is None


def test_january_2025_is_no_year() -> None:
    assert load_aid().monthly[UNITED_STATES, 2025, 1, "military"] >= 0
    assert load_aid().given_eur_m(UNITED_STATES, 2025, "military") is None


@pytest.mark.parametrize("year", [2021, 2026])
def test_aid_is_unknown_outside_the_years_covered(year: int) -> None:
    assert load_aid().given_eur_m(UNITED_STATES, year, "military") is None

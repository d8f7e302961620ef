import math
from dataclasses import fields, replace
from typing import Any

import pytest

from sidelines.assess.covariates import Case, Records, covariates


def unknown(*_: Any) -> None:
    """Know nothing, whoever is asked."""


NOTHING_KNOWN: Records[str] = Records(**{one.name: unknown for one in fields(Records)})
CASE = Case(power="P", rival="R", backed="B", opposed="O", year=2000, trigger=9)


def knowing(**asked: Any) -> Records[str]:
    return replace(NOTHING_KNOWN, **asked)


def of_pair(**known: float) -> Any:
    """Return a record that knows some pairs, such as PB=3, in every year."""
    return lambda one, other, _: known.get(one + other)


def of_state(**known: float) -> Any:
    return lambda one, _: known.get(one)


def test_what_is_unknown_is_never_a_number() -> None:
    found = covariates(NOTHING_KNOWN, CASE)
    settled = {"opposed_is_rival", "backed_is_rival", "trigger", "violent"}
    assert {name for name, value in found.items() if not math.isnan(value)} == settled


def test_a_record_of_nothing_is_zero_and_known() -> None:
    none: Any = of_pair(PB=0, PO=0, RB=0, RO=0)
    found = covariates(knowing(pact=none, rivals=none, troops=none), CASE)
    assert [found[name] for name in ("pact_backed", "rivalry_opposed", "troops")] == [0, 0, 0]


@pytest.mark.parametrize("name", [one.name for one in fields(Records)])
def test_every_record_is_asked_for_the_year_before_or_earlier(name: str) -> None:
    years = []
    asked = {"arms": lambda *_: 1.0, name: lambda *asked: years.append(asked[-1]) or 1.0}
    covariates(knowing(**asked), CASE)
    assert max(years) == 1999


def test_deliveries_of_five_years_are_added_up() -> None:
    by_year = {1994: 1000.0, 1995: 1.0, 1996: 2.0, 1997: 0.0, 1998: 4.0, 1999: 8.0, 2000: 1000.0}
    found = covariates(knowing(arms=lambda _, __, year: by_year[year]), CASE)
    assert found["arms_backed"] == pytest.approx(math.log(16.0))
    assert found["arms_any"] == 1


def test_a_window_that_begins_before_the_records_counts_from_where_they_begin() -> None:
    arms = knowing(arms=lambda _, __, year: 7.0 if year >= 1998 else None)
    assert covariates(arms, CASE)["arms_backed"] == pytest.approx(math.log(15.0))


def test_deliveries_are_unknown_where_those_of_the_last_year_are() -> None:
    arms = knowing(arms=lambda _, __, year: 7.0 if year < 1999 else None, received=of_state(B=1))
    found = covariates(arms, CASE)
    assert [name for name in found if "arms" in name and not math.isnan(found[name])] == []


def test_a_share_is_what_the_power_gave_of_all_that_came() -> None:
    found = covariates(knowing(arms=of_pair(PB=3.0), received=of_state(B=12.0)), CASE)
    assert found["arms_share_backed"] == pytest.approx(0.25)


def test_nobody_has_a_share_of_nothing() -> None:
    found = covariates(knowing(arms=of_pair(PB=0.0), received=of_state(B=0.0)), CASE)
    assert found["arms_share_backed"] == 0


def test_a_share_is_unknown_where_what_came_in_all_is() -> None:
    assert math.isnan(covariates(knowing(arms=of_pair(PB=3.0)), CASE)["arms_share_backed"])


def test_arms_of_both_parties_add_and_tilt() -> None:
    e = math.e
    found = covariates(knowing(arms=of_pair(PB=(e**3 - 1) / 5, PO=(e - 1) / 5)), CASE)
    assert (found["arms_both"], found["arms_tilt"]) == pytest.approx((4.0, 2.0))


def test_with_nobody_opposed_both_parties_are_the_backed_one() -> None:
    found = covariates(knowing(arms=of_pair(PB=1.0, RB=2.0)), replace(CASE, opposed=None))
    assert found["arms_both"] == found["arms_tilt"] == found["arms_backed"] > 0
    assert found["rival_arms_both"] == found["rival_arms_tilt"] == found["rival_arms_backed"] > 0


def test_a_known_opponent_with_unknown_arms_leaves_the_sum_unknown() -> None:
    found = covariates(knowing(arms=of_pair(PB=1.0)), CASE)
    assert math.isnan(found["arms_both"])
    assert math.isnan(found["arms_tilt"])


def test_with_nobody_opposed_nothing_about_an_opponent_is_known() -> None:
    everything = Records(**{one.name: lambda *_: 1 for one in fields(Records)})
    found = covariates(everything, replace(CASE, opposed=None))
    silent = {name for name, value in found.items() if math.isnan(value)}
    assert silent == {
        "arms_opposed", "arms_share_opposed", "rival_arms_opposed", "pact_opposed",
        "rival_pact_opposed", "votes_opposed", "votes_closer", "rivalry_opposed",
        "log_distance_opposed", "near_opposed", "opposed_borders_backed", "nuclear_opposed",
        "trade_opposed", "strength_opposed",
    }  # fmt: skip


def test_a_power_without_a_rival_has_nothing_of_one() -> None:
    everything = Records(**{one.name: lambda *_: 1 for one in fields(Records)})
    found = covariates(everything, replace(CASE, rival=None, opposed=None))
    assert all(math.isnan(found[name]) for name in found if name.startswith("rival_"))
    assert (found["opposed_is_rival"], found["backed_is_rival"]) == (0, 0)


@pytest.mark.parametrize(("rival", "opposed", "backed"), [("O", 1, 0), ("B", 0, 1), ("X", 0, 0)])
def test_a_rival_may_be_a_party(rival: str, opposed: float, backed: float) -> None:
    found = covariates(NOTHING_KNOWN, replace(CASE, rival=rival))
    assert (found["opposed_is_rival"], found["backed_is_rival"]) == (opposed, backed)


@pytest.mark.parametrize(
    ("trigger", "attacked", "violent"), [(9, True, 1), (8, True, 1), (7, True, 0), (9, False, 0)]
)
def test_only_the_attacked_side_suffers_violence(
    trigger: int, attacked: bool, violent: float
) -> None:
    case = replace(CASE, trigger=trigger, attacked=attacked)
    assert covariates(NOTHING_KNOWN, case)["violent"] == violent


@pytest.mark.parametrize("attacked", [True, False])
def test_how_it_began_may_be_unknown(attacked: bool) -> None:
    found = covariates(NOTHING_KNOWN, replace(CASE, trigger=None, attacked=attacked))
    assert math.isnan(found["trigger"])
    assert math.isnan(found["violent"])


@pytest.mark.parametrize(
    ("kind", "near", "border"), [(1, 1, 1), (2, 1, 0), (4, 1, 0), (5, 0, 0), (6, 0, 0)]
)
def test_near_is_within_150_miles_and_a_border_on_land(kind: int, near: int, border: int) -> None:
    found = covariates(knowing(contiguity=of_pair(PB=kind)), CASE)
    assert (found["near"], found["border"]) == (near, border)


def test_votes_are_closer_where_the_opponents_are_farther() -> None:
    found = covariates(knowing(votes_apart=of_pair(PB=0.5, PO=2.0)), CASE)
    assert found["votes_closer"] == pytest.approx(1.5)


def test_troops_count_in_powers_of_ten() -> None:
    assert covariates(knowing(troops=of_pair(PB=999)), CASE)["troops"] == pytest.approx(3.0)


def test_trade_is_asked_both_ways() -> None:
    found = covariates(knowing(trade=of_pair(PB=0.1, BP=0.4, PO=0.2)), CASE)
    shares = [found[name] for name in ("trade_backed", "trade_of_backed", "trade_opposed")]
    assert shares == [0.1, 0.4, 0.2]


def test_a_state_without_capabilities_has_a_logarithm_too() -> None:
    found = covariates(knowing(strength=of_state(P=0.1, B=0.0)), CASE)
    assert found["log_strength_backed"] == pytest.approx(math.log(1e-4))


def test_numbers_stand_for_states_as_well_as_names() -> None:
    by_number = knowing(strength=lambda one, _: {2: 0.2, 750: 0.1}.get(one))
    case: Case[Any] = Case(power=2, rival=365, backed=750, opposed=None, year=1962, trigger=None)
    assert covariates(by_number, case)["strength_backed"] == 0.1

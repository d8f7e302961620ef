"""Made-up sources of one fight each, and a few acts that everybody remembers."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from sidelines.facts.official.conflicts import Conflicts, ConflictYear
from sidelines.facts.official.disputes import Dispute, Disputes, Participant
from sidelines.facts.official.interstate_wars import Belligerent, InterstateWar, InterstateWars
from sidelines.facts.official.support import KINDS, DyadYear, Support
from sidelines.facts.official.transfers import Transfers
from sidelines.history.labels import (
    arms_labels,
    crisis_labels,
    dispute_labels,
    labels,
    official_label_sources,
    support_labels,
    troop_labels,
    war_labels,
)

POWER, BACKED, OPPOSED, YEAR = 2, 651, 666, 1980


def case(
    *, power: int = POWER, opposed: float = OPPOSED, year: int = YEAR, backed: int = BACKED
) -> dict[str, np.ndarray]:
    said = {"power": power, "backed": backed, "opposed": opposed, "year": year}
    return {name: np.array([float(value)]) for name, value in said.items()}


def conflicts(year: int) -> Conflicts:
    one = ConflictYear(
        conflict=1,
        year=year,
        kind="interstate",
        intensity=2,
        primary={"A": (BACKED,), "B": (OPPOSED,)},
        troops={"A": frozenset({POWER}), "B": frozenset()},
    )
    return Conflicts(years={(1, year): one}, episodes=())


def support(given: Mapping[str, bool | None]) -> Support:
    one = DyadYear(
        dyad=1,
        conflict=1,
        year=YEAR,
        civil=True,
        government=BACKED,
        supporters={POWER: {**dict.fromkeys(KINDS, False), **given}},
    )
    return Support(dyad_years={(1, YEAR): one})


def part(
    cow: int, *, initiator_side: bool, originator: bool = True, hostility: int = 4
) -> Participant:
    return Participant(
        cow=cow,
        first_year=YEAR,
        initiator_side=initiator_side,
        originator=originator,
        hostility=hostility,
    )


def disputes(*parts: Participant, year: int = YEAR) -> Disputes:
    one = Dispute(number=1, year=year, participants=parts)
    return Disputes(disputes={1: one}, forceful_by_year={})


PARTIES = (part(BACKED, initiator_side=False), part(OPPOSED, initiator_side=True))
JOINER = part(POWER, initiator_side=False, originator=False, hostility=3)


def fighter(cow: int, side: int, year: int = YEAR) -> Belligerent:
    return Belligerent(
        cow=cow,
        side=side,
        initiator=False,
        began=(year, 1, 1),
        spells=((year, year),),
        battle_deaths=None,
    )


def war(*fighters: Belligerent) -> InterstateWars:
    return InterstateWars(wars={1: InterstateWar(number=1, name="made up", belligerents=fighters)})


@pytest.mark.parametrize(("fought", "sent"), [(1979, 0), (1980, 1), (1981, 1), (1982, 0)])
def test_troops_count_in_the_year_of_the_onset_and_the_next(fought: int, sent: int) -> None:
    assert troop_labels(case(), conflicts(fought))["acd_forces"] == sent


def test_troops_for_the_other_side_are_no_help() -> None:
    other = case(backed=OPPOSED, opposed=BACKED)
    assert troop_labels(other, conflicts(YEAR))["acd_forces"] == 0


@pytest.mark.parametrize(("year", "known"), [(1945, 0), (1946, 1), (2023, 1), (2024, 0)])
def test_troops_are_unknown_where_a_year_of_the_two_is_not_covered(year: int, known: int) -> None:
    found = troop_labels(case(year=year), conflicts(year))
    assert np.isfinite(found["acd_forces"]) == known


def test_quiet_is_told_from_a_fight_that_nobody_joined() -> None:
    quiet = troop_labels(case(year=1990), conflicts(YEAR))
    fight = troop_labels(case(power=365), conflicts(YEAR))
    assert (quiet["acd_forces"], quiet["acd_fight"]) == (0, 0)
    assert (fight["acd_forces"], fight["acd_fight"]) == (0, 1)


def test_exactly_one_thing_became_of_deliveries(
    make_transfers: Callable[[dict[int, float]], Transfers],
) -> None:
    told = ("surge", "stop", "continued", "none")
    for before, after in ((0, 0), (0, 20), (20, 20), (20, 1), (100, 10), (1, 2)):
        yearly = {YEAR + year: float(before) for year in range(-5, 0)}
        yearly |= {YEAR + year: float(after) for year in range(1, 4)}
        found = arms_labels(case(), make_transfers(yearly))
        assert sum(found[f"sipri_{name}"] for name in told) == 1


@pytest.mark.parametrize(("ordered", "new"), [(1979, 0), (1980, 1), (1982, 1), (1983, 0)])
def test_what_came_of_older_orders_is_told_from_what_was_ordered_after(
    ordered: int, new: int, make_transfers: Callable[[dict[int, float]], Transfers]
) -> None:
    register = make_transfers({YEAR + 3: 30.0})
    key = (POWER, BACKED, YEAR + 3)
    found = arms_labels(case(), replace(register, of_orders={(*key, ordered): 30.0}))
    assert found["sipri_ordered"] == new
    assert found["sipri_old_orders"] == (ordered < YEAR)


def test_arms_are_unknown_without_the_register() -> None:
    assert all(np.isnan(values) for values in arms_labels(case(), None).values())


def test_support_is_named_and_a_kind_unknown_where_the_data_are() -> None:
    found = support_labels(case(), support({"weapons": True, "training": None}))
    assert (found["esd_named"], found["esd_fight"]) == (1, 1)
    assert (found["esd_weapons"], found["esd_troops"]) == (1, 0)
    assert np.isnan(found["esd_training"])


@pytest.mark.parametrize(("year", "known"), [(1974, 0), (1975, 1), (2016, 1), (2017, 0)])
def test_support_is_unknown_outside_the_years_covered(year: int, known: int) -> None:
    assert np.isfinite(support_labels(case(year=year), support({}))["esd_named"]) == known


def test_a_joiner_of_a_dispute_is_told_from_one_that_used_force() -> None:
    shown = dispute_labels(case(), disputes(*PARTIES, JOINER))
    forceful = dispute_labels(case(), disputes(*PARTIES, replace(JOINER, hostility=4)))
    assert (shown["mid_join"], shown["mid_force"]) == (1, 0)
    assert (forceful["mid_join"], forceful["mid_force"]) == (1, 1)


@pytest.mark.parametrize(
    "third", [replace(JOINER, initiator_side=True), replace(JOINER, originator=True)]
)
def test_neither_the_other_sides_joiner_nor_an_originator_joins(third: Participant) -> None:
    assert dispute_labels(case(), disputes(*PARTIES, third))["mid_join"] == 0


def test_a_dispute_on_one_side_is_no_fight_between_the_parties() -> None:
    together = (PARTIES[0], replace(PARTIES[1], initiator_side=False))
    found = dispute_labels(case(), disputes(*together, JOINER))
    assert (found["mid_join"], found["mid_fight"]) == (0, 0)


@pytest.mark.parametrize(("year", "known"), [(1815, 0), (1816, 1), (2013, 1), (2014, 0)])
def test_joining_is_unknown_outside_the_years_covered(year: int, known: int) -> None:
    assert np.isfinite(dispute_labels(case(year=year), disputes())["mid_join"]) == known


def test_joining_is_unknown_where_nobody_is_opposed() -> None:
    alone = case(opposed=np.nan)
    assert np.isnan(dispute_labels(alone, disputes(*PARTIES, JOINER))["mid_join"])
    assert np.isnan(war_labels(alone, war())["war_join"])


@pytest.mark.parametrize(("side", "entered", "joined"), [(1, 1980, 1), (2, 1980, 0), (1, 1979, 0)])
def test_a_war_is_joined_on_the_backed_side_at_the_time(
    side: int, entered: int, joined: int
) -> None:
    fought = war(fighter(BACKED, 1), fighter(OPPOSED, 2), fighter(POWER, side, entered))
    assert war_labels(case(), fought)["war_join"] == joined


@pytest.mark.parametrize(("year", "known"), [(1815, 0), (1816, 1), (2006, 1), (2007, 0)])
def test_wars_are_unknown_outside_the_years_covered(year: int, known: int) -> None:
    assert np.isfinite(war_labels(case(year=year), war())["war_join"]) == known


def test_what_was_not_coded_has_no_label() -> None:
    cases = {
        "ladder": np.array([0, 1, 2, 3, np.nan]),
        "rung_low": np.array([0, 1, 3, 6, np.nan]),
    }
    found = crisis_labels(cases)
    np.testing.assert_array_equal(found["icb_any"], [0, 1, 1, 1, np.nan])
    np.testing.assert_array_equal(found["icb_material"], [0, 0, 1, 1, np.nan])
    np.testing.assert_array_equal(found["icb_arms"], [0, 0, 0, 1, np.nan])
    np.testing.assert_array_equal(found["icb_forces"], [0, 0, 0, 1, np.nan])


USA, SOVIET_UNION, SOUTH_KOREA, NORTH_KOREA = 2, 365, 732, 731


@pytest.mark.parametrize(
    ("label", "power", "backed", "opposed", "year", "said"),
    [
        ("acd_forces", USA, SOUTH_KOREA, NORTH_KOREA, 1950, 1),
        ("acd_forces", SOVIET_UNION, 651, 666, 1973, 0),
        ("war_join", USA, SOUTH_KOREA, NORTH_KOREA, 1950, 1),
        ("mid_force", USA, SOUTH_KOREA, NORTH_KOREA, 1950, 1),
        ("sipri_surge", SOVIET_UNION, 652, 666, 1973, 1),
        ("sipri_stop", USA, 630, 645, 1980, 1),
        ("sipri_continued", USA, 666, 651, 1973, 0),
        ("esd_named", SOVIET_UNION, 540, np.nan, 1976, 1),
        ("war_join", USA, 690, 645, 1990, 1),
    ],
)
@pytest.mark.usefixtures("research_data")
def test_remembered_acts_are_found(
    label: str, power: int, backed: int, opposed: float, year: int, said: int
) -> None:
    asked = case(power=power, backed=backed, opposed=opposed, year=year)
    assert labels(asked, official_label_sources())[label] == said

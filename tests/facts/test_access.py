import datetime as dt

import pytest

from sidelines.facts.access import CARGOES, RIGHTS, decisions, hazards, right_of
from sidelines.facts.table import table
from sidelines.facts.world import World, load_world
from sidelines.terms.states import actor


def on(day: str) -> World:
    return load_world(dt.date.fromisoformat(day), retrospective=True)


def state(
    day: str, who: tuple[str, str], right: str, cargo: str, against: tuple[str, ...]
) -> str | None:
    found = right_of(on(day), *who, right=right, cargo=cargo, against=against)
    return None if found is None else found.value.state


@pytest.mark.parametrize(
    ("day", "who", "right", "cargo", "against", "expected"),
    [
        ("1973-10-20", ("USA", "PRT"), "landing", "lethal", ("EGY",), "granted"),
        ("1973-10-20", ("USA", "ESP"), "landing", "lethal", ("EGY",), "denied"),
        ("1986-04-14", ("USA", "FRA"), "overflight", "lethal", ("LBY",), "denied"),
        ("1986-04-14", ("USA", "FRA"), "overflight", "humanitarian", ("LBY",), None),
        ("2003-03-20", ("USA", "TUR"), "transit-ground", "lethal", ("IRQ",), "denied"),
        ("2009-06-01", ("USA", "RUS"), "transit-ground", "humanitarian", ("AFG",), "granted"),
        ("2009-06-01", ("USA", "RUS"), "transit-ground", "lethal", ("AFG",), None),
        ("2015-09-10", ("RUS", "BGR"), "overflight", "lethal", ("SYO",), "denied"),
        ("2015-09-10", ("RUS", "IRN"), "overflight", "lethal", ("SYO",), "granted"),
        ("2015-09-10", ("RUS", "BGR"), "overflight", "lethal", ("ISR",), None),
        ("2022-03-01", ("RUS", "DEU"), "overflight", "non-lethal", ("UKR",), "denied"),
        ("2026-03-04", ("USA", "ESP"), "basing", "lethal", ("IRN",), "denied"),
        ("2026-03-04", ("USA", "GBR"), "overflight", "lethal", ("IRN",), "granted"),
    ],
)
def test_a_right_is_as_it_was_decided(
    day: str, who: tuple[str, str], right: str, cargo: str, against: tuple[str, ...], expected: str
) -> None:
    assert state(day, who, right, cargo, against) == expected


def test_a_decision_ends_with_the_operation() -> None:
    assert state("1973-11-15", ("USA", "ESP"), "landing", "any", ("EGY",)) is None


def test_refused_overflight_bars_landing_and_a_base_brings_overflight() -> None:
    assert state("2015-09-10", ("RUS", "BGR"), "landing", "lethal", ("SYO",)) == "denied"
    assert state("1990-08-10", ("USA", "SAU"), "overflight", "lethal", ("IRQ",)) == "granted"


def test_a_quarrel_is_decided_before_the_general_case() -> None:
    found = right_of(
        on("2022-05-01"), "RUS", "TUR", right="overflight", cargo="lethal", against=("SYO",)
    )
    assert found is not None
    assert found.value.state == "denied"
    assert found.source.startswith("documents:")


def test_a_ban_of_a_union_binds_its_members_only() -> None:
    world = on("2022-03-01")
    assert {fact.value.grantor for fact in decisions(world, "RUS", "FRA")} == {"EUU"}
    assert {fact.value.grantor for fact in decisions(world, "RUS", "SRB")} == {"SRB"}


def test_the_table_holds_decisions_both_ways() -> None:
    states = [row.fields["state"] for row in table("access")]
    assert min(states.count("granted"), states.count("denied")) > 60


def test_rights_and_cargoes_are_those_we_name() -> None:
    assert {row.fields["right"] for row in table("access")} <= set(RIGHTS)
    assert {row.fields["cargo"] for row in table("access")} <= set(CARGOES)


def test_whoever_decided_existed_and_decided_for_another() -> None:
    gone = [
        row.line
        for row in table("access")
        for who in (row.fields["actor"], row.fields["grantor"])
        if not actor(who).existed_on(row.date)
    ]
    assert gone == []
    assert all(row.fields["actor"] != row.fields["grantor"] for row in table("access"))


@pytest.mark.parametrize(
    ("day", "place", "flag", "worst"),
    [
        ("2024-03-01", "bab-el-mandeb", "GBR", 0.004),
        ("2024-03-01", "bab-el-mandeb", "CHN", 0.001),
        ("2024-03-01", "bab-el-mandeb", "HTH", None),
        ("2026-03-10", "hormuz", "CHN", 0.05),
        ("2026-03-10", "hormuz", "IRN", None),
        ("2020-01-01", "hormuz", "CHN", None),
    ],
)
def test_a_hazard_threatens_those_it_names(
    day: str, place: str, flag: str, worst: float | None
) -> None:
    found = hazards(on(day), place, means="sea", flag=flag)
    assert (found[0].value.loss_prob if found else None) == worst


def test_every_range_of_losses_holds_its_value() -> None:
    for row in table("hazards"):
        low, mid, high = (
            float(row.fields[name]) for name in ("loss_low", "loss_prob", "loss_high")
        )
        assert 0 < low <= mid <= high < 1, f"hazards.csv:{row.line}"

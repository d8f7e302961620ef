import datetime as dt

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.parameters import Parameters
from sidelines.crisis.read import read_crisis
from sidelines.terms.ladder import INSTRUMENTS

HEAD = "id: a\ntitle: A\nas_of: 2026-03-04\nattackers: [USA]\ntargets: [IRN]\n"


def answered(power: str, *, more: str = "") -> Assessment:
    return assess_crisis(read_crisis(f"{HEAD}{more}powers:\n  - {power}\n"), draws=40, seed=1)


def drawn(name: str, power: str, *, more: str = "") -> np.ndarray:
    return getattr(answered(power, more=more).inputs, name)[:, 0]


def bound(*ties: str, side: str = "target") -> np.ndarray:
    return drawn("commitment", f"{{power: TUR, side: {side}, ties: [{', '.join(ties)}]}}")


# --- given, known, missing ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["stake", "exposure", "rents", "danger", "commitment", "overstretch", "strength"]
)
def test_a_number_that_is_given_is_used_as_it_stands(name: str) -> None:
    assert set(drawn(name, f"{{power: TUR, side: target, {name}: 0.3}}")) == {0.3}


@pytest.mark.parametrize("name", ["stake"])
def test_a_number_that_nobody_knows_is_missing_and_spread_wide(name: str) -> None:
    answer = answered("{power: HZB, side: target}")
    assert f"HZB.target.{name}" in answer.notes.missing
    assert np.ptp(getattr(answer.inputs, name)[:, 0]) > 0.1


def test_a_given_number_is_not_missing() -> None:
    answer = answered("{power: HZB, side: target, stake: 0.3}")
    assert "HZB.target.stake" not in answer.notes.missing


def test_a_number_without_a_source_is_assumed() -> None:
    assert "HZB.target.stake" in answered("{power: HZB, side: target, stake: 0.3}").notes.assumed


def test_a_number_with_a_source_is_cited() -> None:
    stake = "{value: 0.3, source: 'nmc:ccode=640,year=2021'}"
    answer = answered(f"{{power: TUR, side: target, stake: {stake}}}")
    assert ("TUR.target.stake", "nmc:ccode=640,year=2021") in {
        (row.what, row.source) for row in answer.notes.cited
    }


def test_the_strength_of_a_party_no_table_has_is_missing() -> None:
    answer = answered("{power: HZB, side: target}")
    assert "HZB.strength" in answer.notes.missing


# --- ties --------------------------------------------------------------------------------------


def test_no_tie_at_all_is_no_commitment() -> None:
    assert set(bound()) == {0.0}


def test_an_obliging_pact_binds_more_than_one_that_does_not() -> None:
    full = bound("{kind: defence-pact, obliges: true}").mean()
    assert full > bound("{kind: defence-pact, obliges: false}").mean() + 0.2


def test_a_defence_pact_obliges_the_defenders_friends_unless_said() -> None:
    assert (bound("{kind: defence-pact}") == bound("{kind: defence-pact, obliges: true}")).all()


def test_a_defence_pact_does_not_oblige_to_help_an_attack() -> None:
    uninvoked = bound("{kind: defence-pact, obliges: false}", side="attacker")
    assert (bound("{kind: defence-pact}", side="attacker") == uninvoked).all()


@pytest.mark.parametrize("another", ["patronage", "arms-trade", "alignment", "consultation"])
def test_another_tie_never_loosens(another: str) -> None:
    more = bound("{kind: non-aggression}", f"{{kind: {another}}}")
    assert (more > bound("{kind: non-aggression}")).all()


def test_two_ties_bind_like_independent_chances() -> None:
    one, other = bound("{kind: patronage}"), bound("{kind: alignment}")
    both = bound("{kind: patronage}", "{kind: alignment}")
    assert both == pytest.approx(1 - (1 - one) * (1 - other))


def test_the_same_tie_twice_binds_once() -> None:
    assert (bound("{kind: alignment}", "{kind: alignment}") == bound("{kind: alignment}")).all()


def test_ties_are_looked_up_where_the_file_says_nothing() -> None:
    answer = answered("{power: GBR, side: attacker}")
    assert any(row.what.startswith("GBR.pact.USA") for row in answer.notes.cited)


# --- burdens -----------------------------------------------------------------------------------


def test_commitments_add_up_to_overstretch() -> None:
    shares = "[{title: One, share: 0.3}, {title: Two, share: 0.4}]"
    power = f"{{power: TUR, side: target, commitments: {shares}}}"
    assert drawn("overstretch", power) == pytest.approx(np.full(40, 0.7))


def test_an_empty_list_of_commitments_ties_nothing_down() -> None:
    assert set(drawn("overstretch", "{power: TUR, side: target, commitments: []}")) == {0.0}


def test_a_threat_by_the_other_side_raises_danger() -> None:
    power = "{power: TUR, side: target, danger: 0.5}"
    threat = "threats: [{date: 2026-03-01, by: USA, against: [TUR], strength: 1.0}]\n"
    assert (drawn("danger", power, more=threat) > 0.5).all()


@pytest.mark.parametrize(
    "threat",
    ["by: USA, against: [CHN]", "by: IRN, against: [TUR]"],
    ids=["against another", "by its own side"],
)
def test_a_threat_that_does_not_concern_a_power_leaves_its_danger(threat: str) -> None:
    power = "{power: TUR, side: target, danger: 0.5}\n  - {power: CHN, side: target}"
    more = f"threats: [{{date: 2026-03-01, {threat}, strength: 1.0}}]\n"
    assert set(drawn("danger", power, more=more)) == {0.5}


def test_nuclear_attackers_are_more_dangerous_than_others(parameters: Parameters) -> None:
    against_nuclear = drawn("danger", "{power: TUR, side: target}").mean()
    against_others = drawn("danger", "{power: GBR, side: attacker}").mean()
    assert against_nuclear > 0.7 > against_others


# --- support and signals -----------------------------------------------------------------------


def test_support_that_flows_stands_under_its_instrument() -> None:
    delivered = "[{date: 2025-01-01, title: Rifles, instrument: weapons, flow: 0.4}]"
    flow = drawn("flow", f"{{power: TUR, side: target, delivered: {delivered}}}")
    assert set(flow[:, INSTRUMENTS.index("weapons")]) == {0.4}
    assert not np.delete(flow, INSTRUMENTS.index("weapons"), axis=1).any()


def test_the_strongest_of_several_deliveries_counts() -> None:
    rows = ", ".join(
        f"{{date: 2025-01-01, title: A, instrument: money, flow: {flow}}}" for flow in (0.2, 0.6)
    )
    flow = drawn("flow", f"{{power: TUR, side: target, delivered: [{rows}]}}")
    assert set(flow[:, INSTRUMENTS.index("money")]) == {0.6}


@pytest.mark.parametrize(
    "act",
    [
        "delivered: [{date: 2026-03-01, title: A, instrument: weapons, flow: 0.1, done: true}]",
        "signals: [{date: 2026-03-01, title: A, instrument: diplomatic, done: true}]",
    ],
)
def test_what_is_done_in_this_crisis_stays_done(act: str) -> None:
    answer = answered(f"{{power: TUR, side: target, {act}}}")
    done = answer.inputs.done[0]
    used = answer.prob[:, 0] @ ((np.arange(64)[:, None] >> np.arange(6)) & 1)
    assert done.sum() == 1
    assert used[:, done] == pytest.approx(np.ones((40, 1)), abs=1e-12)


def test_support_of_the_past_is_not_done_in_this_crisis() -> None:
    delivered = "[{date: 2025-01-01, title: Rifles, instrument: weapons, flow: 0.4}]"
    answer = answered(f"{{power: TUR, side: target, delivered: {delivered}}}")
    assert not answer.inputs.done.any()


def test_a_costly_signal_is_louder_than_a_cheap_one() -> None:
    cheap, costly = (
        drawn(
            "said",
            "{power: TUR, side: target, signals: "
            f"[{{date: 2026-03-01, title: A, cost: {cost}}}]}}",
        )
        for cost in ("cheap", "costly")
    )
    assert costly.mean() > cheap.mean() + 0.2


def test_who_has_said_nothing_is_silent() -> None:
    assert set(drawn("said", "{power: TUR, side: target}")) == {0.0}


def test_a_declared_mediator_is_reserved() -> None:
    power = "{power: TUR, side: target, stance: {kind: mediator}}"
    assert set(drawn("reserved", power)) == {1.0}


# --- parties -----------------------------------------------------------------------------------


def test_a_party_brings_the_committed_share_of_its_strength() -> None:
    more = "attack: {strength: 0.2, committed: 0.5}\n"
    answer = answered("{power: TUR, side: target}", more=more)
    assert answer.inputs.attack_strength == pytest.approx(np.full(40, 0.1))


@pytest.mark.parametrize("name", ["attack.resolve", "attack.committed", "defence.resolve"])
def test_what_nobody_says_about_a_party_is_missing(name: str) -> None:
    assert name in answered("{power: TUR, side: target}").notes.missing


# --- unknown is neither no nor yes -------------------------------------------------------------


def test_a_right_whose_chance_fell_away_is_unknown_and_not_granted() -> None:
    late = "sources: {late: {title: A later report, date: 2026-03-03}}\n"
    right = "{means: air, grantor: AZE, right: overflight, state: unknown, "
    right += "prob: {value: 0.05, source: late}}"
    crisis = read_crisis(
        f"{HEAD}{late}powers:\n  - {{power: RUS, side: target, access: [{right}]}}\n"
    )
    answer = assess_crisis(crisis, draws=40, seed=1, as_of=dt.date(2026, 3, 2))
    air = next(iter(answer.arrivals.values())).ways[0]
    assert air.open_prob.mean() < 0.5
    assert any("access.air.AZE" in name for name in answer.notes.missing)


def test_danger_is_wide_where_nobody_can_say_who_has_nuclear_weapons() -> None:
    head = HEAD.replace("2026-03-04", "2024-06-01").replace("USA", "CHN").replace("IRN", "TWN")
    crisis = read_crisis(f"{head}powers:\n  - {{power: JPN, side: target}}\n")
    answer = assess_crisis(crisis, draws=40, seed=1)
    assert {"JPN.target.danger"} <= set(answer.notes.missing)
    assert np.ptp(answer.inputs.danger[:, 0]) > 0.3


def test_a_list_of_ties_that_leaves_out_a_known_pact_is_named() -> None:
    head = HEAD.replace("[USA]", "[RUS]").replace("[IRN]", "[POL]")
    crisis = read_crisis(
        f"{head}powers:\n  - {{power: USA, side: target, ties: [{{kind: consultation}}]}}\n"
    )
    named = assess_crisis(crisis, draws=5, seed=1).notes.assumed
    assert "USA.target.ties without the defence pact of the tables" in named


def test_a_pact_not_invoked_never_binds_more_than_an_invoked_one() -> None:
    invoked = bound("{kind: defence-pact, obliges: true}")
    other = bound("{kind: defence-pact, obliges: false}")
    assert (invoked >= other).all()
    assert invoked.mean() > other.mean() + 0.3

from dataclasses import replace

import numpy as np
import pytest

from sidelines.assess.assessment import assess_crisis, context_of
from sidelines.assess.context import Context
from sidelines.assess.permissions import Permissions, permissions
from sidelines.assess.settings import Setting
from sidelines.assess.standing import GROUPS, KINDS, kind_of
from sidelines.crisis.model import Access
from sidelines.crisis.read import load_crisis, read_crisis
from sidelines.terms.roles import AccessState, Means, Right
from sidelines.terms.states import actors

HEAD = """\
id: a
title: A
as_of: {day}
attackers: [{attacker}]
targets: [{target}]
theatre: {{name: There, lat: 30, lon: 52}}
powers:
  - {power}
"""


def context(
    power: str = "{power: CHN, side: target}",
    *,
    day: str = "2026-03-04",
    attacker: str = "USA",
    target: str = "IRN",
) -> Context:
    text = HEAD.format(day=day, attacker=attacker, target=target, power=power)
    return context_of(assess_crisis(read_crisis(text), draws=200, seed=1), {})


def asked(
    ctx: Context, *holders: str, right: str = "overflight", cargo: str = "lethal"
) -> Permissions:
    return permissions(ctx, ctx.powers[0], holders=holders, right=right, cargo=cargo)


def mean(found: Permissions, holder: str) -> float:
    return float(found.prob[:, found.holders.index(holder)].mean())


@pytest.mark.parametrize(
    ("power", "holder", "kind"),
    [
        ("{power: CHN, side: target}", "CHN", "own"),
        ("{power: CHN, side: target}", "IRN", "party"),
        ("{power: CHN, side: target}", "USA", "enemy"),
        ("{power: CHN, side: target}", "IND", "rival"),
        ("{power: CHN, side: target}", "GBR", "other_side"),
        ("{power: CHN, side: target}", "MNG", "near"),
        ("{power: CHN, side: target}", "SAU", "other_side"),
        ("{power: CHN, side: target}", "ISL", "other_side"),
        ("{power: CHN, side: target}", "GEO", "neutral"),
        ("{power: RUS, side: target}", "TJK", "host"),
        ("{power: RUS, side: target}", "KAZ", "ally"),
        ("{power: GBR, side: attacker}", "BEL", "ally"),
        ("{power: CHN, side: target}", "SUN", "unknown"),
    ],
)
def test_a_holder_is_what_the_ties_of_the_day_make_it(power: str, holder: str, kind: str) -> None:
    ctx = context(power)
    assert kind_of(ctx, ctx.powers[0], holder) == kind


def test_own_soil_is_open_and_the_enemys_next_to_shut() -> None:
    found = asked(context(), "CHN", "IRN", "USA")
    assert mean(found, "CHN") == 1.0
    assert mean(found, "IRN") > 0.85
    assert mean(found, "USA") < 0.05


def test_kinds_rank_as_ties_do() -> None:
    found = asked(context(), "MNG", "GEO", "SAU", "IND")
    assert found.reasons == ("near", "neutral", "other_side", "rival")
    chances = found.prob.mean(axis=0).tolist()
    assert chances == sorted(chances, reverse=True)


def test_the_crisis_file_answers_before_decisions_and_ties() -> None:
    line = "{means: air, grantor: ESP, right: overflight, state: granted}"
    found = asked(
        context(f"{{power: USA, side: attacker, access: [{line}]}}", attacker="ISR"), "ESP"
    )
    assert found.reasons == ("crisis file",)
    assert mean(found, "ESP") == 1.0


def test_an_unknown_right_with_a_chance_keeps_its_chance() -> None:
    line = "{means: air, grantor: PAK, right: overflight, state: unknown, prob: [0.3, 0.7]}"
    found = asked(context(f"{{power: CHN, side: target, access: [{line}]}}"), "PAK")
    assert found.reasons == ("crisis file",)
    assert 0.3 <= found.prob.min() < 0.4
    assert 0.6 < found.prob.max() <= 0.7


def test_an_unknown_right_without_a_chance_is_left_to_the_ties_and_never_granted() -> None:
    ctx = context()
    line = Access(means=Means.AIR, grantor="MNG", right=Right.OVERFLIGHT, state=AccessState.UNKNOWN)
    power = replace(ctx.powers[0], access=(line,))
    found = permissions(ctx, power, holders=("MNG",))
    assert found.reasons == ("near",)
    assert found.prob.max() < 1.0


def test_a_base_granted_brings_overflight_and_overflight_refused_bars_landing() -> None:
    grant = "{means: air, grantor: MNG, right: basing, state: granted}"
    bar = "{means: air, grantor: KAZ, right: overflight, state: denied}"
    ctx = context(f"{{power: CHN, side: target, access: [{grant}, {bar}]}}")
    assert mean(asked(ctx, "MNG"), "MNG") == 1.0
    assert mean(asked(ctx, "KAZ", right="landing"), "KAZ") == 0.0


def test_a_right_by_sea_says_nothing_of_the_air() -> None:
    line = "{means: sea, grantor: MYS, right: transit, state: denied}"
    ctx = context(f"{{power: CHN, side: target, access: [{line}]}}")
    assert asked(ctx, "MYS").reasons != ("crisis file",)
    assert asked(ctx, "MYS", right="transit-sea").reasons == ("crisis file",)


def test_a_decision_on_record_answers_before_ties() -> None:
    ctx = context("{power: USA, side: attacker}", attacker="ISR")
    found = asked(ctx, "ESP", "GBR", right="basing")
    assert found.reasons == ("decision", "decision")
    assert (mean(found, "ESP"), mean(found, "GBR")) == (0.0, 1.0)
    assert all(source.startswith("documents:") for source in found.sources)


def test_a_decision_that_is_later_than_the_crisis_is_not_known() -> None:
    ctx = context("{power: USA, side: attacker}", attacker="ISR", day="2026-02-28")
    assert asked(ctx, "ESP", right="basing").reasons == ("host",)


def test_cargo_that_is_not_lethal_passes_more_easily() -> None:
    ctx = context()
    lethal, aid = (asked(ctx, "MNG", cargo=cargo) for cargo in ("lethal", "humanitarian"))
    assert (aid.prob >= lethal.prob).all()
    assert mean(aid, "MNG") > mean(lethal, "MNG")
    assert aid.prob.max() <= 1.0


def test_holders_lean_together_by_their_first_group() -> None:
    found = asked(context(), "SAU", "KWT", "DEU", "KAZ", "MNG")
    names = [found.groups[i] if i >= 0 else "" for i in found.group]
    assert names == ["GCC", "GCC", "NATO", "CSTO", ""]
    assert set(names) - {""} <= set(GROUPS)
    assert 0 < found.loading < 1


@pytest.mark.parametrize("crisis", ["iran-2026", "yom-kippur-1973"])
@pytest.mark.parametrize(("right", "cargo"), [("overflight", "lethal"), ("basing", "humanitarian")])
def test_holders_asked_together_answer_as_each_does_alone(
    crisis: str, right: str, cargo: str
) -> None:
    ctx = context_of(assess_crisis(load_crisis(crisis), draws=40, seed=3), {})
    holders = tuple(id_ for id_, one in actors().items() if one.existed_on(ctx.world.as_of))
    for power in ctx.powers[:6]:
        found = permissions(ctx, power, holders=holders, right=right, cargo=cargo)
        alone = [
            permissions(ctx, power, holders=(holder,), right=right, cargo=cargo)
            for holder in holders
        ]
        assert (found.prob == np.concatenate([one.prob for one in alone], axis=1)).all()
        assert found.reasons == tuple(one.reasons[0] for one in alone)
        assert found.sources == tuple(one.sources[0] for one in alone)


def test_the_mean_chance_is_that_over_draws_one_after_the_other() -> None:
    found = asked(context(), "MNG", "SUN", "USA")
    assert found.prob.flags.c_contiguous
    assert (found.mean_prob == np.stack(found.prob.T, axis=-1).mean(axis=0)).all()


def test_a_change_of_one_holders_chance_leaves_the_others_alone() -> None:
    ctx = context()
    what = "CHN.target.access.air.MNG.overflight"
    setting = Setting(name="access", kind="set", amount=0.25)
    changed = asked(replace(ctx, settings={what: (setting,)}), "MNG", "GEO")
    assert (changed.prob[:, 0] == 0.25).all()
    assert (changed.prob[:, 1] == asked(ctx, "MNG", "GEO").prob[:, 1]).all()
    assert ctx.notes.changes[what][0].changes_something


def test_nobody_asked_is_nobody_answering() -> None:
    found = asked(context())
    assert found.prob.shape == (200, 0)
    assert found.group.shape == (0,)


def test_ties_that_nobody_asked_about_are_noted_as_missing() -> None:
    ctx = context("{power: SUN, side: target}", day="1960-06-01", attacker="FRA", target="EGY")
    assert asked(ctx, "NPL").reasons == ("unknown",)
    assert any("access.air.NPL" in one for one in ctx.notes.missing)


def test_every_kind_has_its_number() -> None:
    ctx = context()
    named = {f"access_{kind}" for kind in KINDS if kind != "own"}
    assert named <= set(ctx.parameters.numbers)


def test_the_war_of_1973_finds_lajes_open_and_rota_shut() -> None:
    ctx = context("{power: USA, side: target}", day="1973-10-20", attacker="EGY", target="ISR")
    found = asked(ctx, "PRT", "ESP", right="landing")
    assert found.reasons == ("decision", "decision")
    assert (mean(found, "PRT"), mean(found, "ESP")) == (1.0, 0.0)

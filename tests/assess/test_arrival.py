import numpy as np
import pytest

from sidelines.assess.arrival import Arrival
from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.crisis.read import load_crisis, read_crisis
from sidelines.terms.roles import Means, Side

HEAD = """\
id: a
title: A
as_of: 2026-03-04
attackers: [USA]
targets: [IRN]
theatre: {name: The Gulf, lat: 30, lon: 52}
control: {air: 0.0, sea: 0.0, land: 0.0}
powers:
"""


def found(power: str, *, head: str = HEAD) -> tuple[Arrival, Assessment]:
    answer = assess_crisis(read_crisis(f"{head}  - {power}\n"), draws=40, seed=1)
    return answer.arrivals[answer.inputs.roles[0]], answer


def opened(power: str) -> np.ndarray:
    return found(power)[0].open_prob


def right(state: str, *, power: str = "TUR", side: str = "target") -> str:
    rights = f"{{means: air, grantor: IRQ, right: overflight, {state}}}"
    return f"{{power: {power}, side: {side}, access: [{rights}]}}"


def test_what_arrives_is_strength_left_times_open_ways_times_sustained_share() -> None:
    reach, _ = found("{power: CHN, side: target}")
    product = reach.strength_share * reach.open_prob * reach.forces.sustained
    assert reach.forces.share == pytest.approx(product)


def test_weapons_and_advisers_arrive_by_open_ways_and_lose_no_strength_on_them() -> None:
    reach, _ = found("{power: CHN, side: target}")
    for name in ("weapons", "advisers"):
        one = reach.deliveries[name]
        assert one.share == pytest.approx(reach.open_prob * one.sustained)


def test_what_weighs_less_arrives_more() -> None:
    reach, _ = found("{power: PRK, side: target}")
    weapons, advisers, forces = reach.shares.T
    assert (forces <= weapons + 1e-12).all()
    assert weapons.mean() < advisers.mean()


def test_a_weak_power_needs_less_carried_than_a_strong_one() -> None:
    weak, strong = (found(f"{{power: {id_}, side: target}}")[0] for id_ in ("QAT", "CHN"))
    assert weak.forces.need_t_per_day.mean() < 0.5 * strong.forces.need_t_per_day.mean()


def test_a_power_that_lifts_nothing_delivers_no_weapons_either() -> None:
    reach, answer = found("{power: CHN, side: target, lift_t_per_day: 0}")
    assert not reach.shares.any()
    assert not answer.inputs.arrival[:, answer.inputs.row("CHN", Side.TARGET)].any()


def test_each_instrument_says_by_which_means_it_comes() -> None:
    reach, _ = found("{power: RUS, side: target}")
    assert {one.means for one in reach.deliveries.values()} <= set(Means)


def test_an_actor_without_territory_in_our_tables_has_the_border_of_its_seat() -> None:
    answer = assess_crisis(load_crisis("georgia-2008"), draws=40, seed=1)
    ossetia = next(role for role in answer.arrivals if role.power == "OST")
    assert Means.LAND in {way.means for way in answer.arrivals[ossetia].ways}


def test_who_has_no_known_fleet_still_needs_time_to_fly() -> None:
    reach, _ = found("{power: AFG, side: target}")
    air = next(way for way in reach.ways if way.means is Means.AIR)
    assert air.limited_by == "fleet unknown"
    assert (air.days[np.isfinite(air.days)] > 0).all()


def test_only_those_are_named_as_refusing_whom_the_free_way_crosses() -> None:
    answer = assess_crisis(load_crisis("georgia-2008"), draws=40, seed=1)
    assert all(len(way.blocked_by) < 12 for one in answer.arrivals.values() for way in one.ways)


def test_forces_set_out_from_the_field_nearest_the_theatre_and_not_the_capital() -> None:
    reach, _ = found("{power: RUS, side: target}")
    assert reach.territory_km == pytest.approx(165, abs=20)
    assert reach.capital_km == pytest.approx(2467, abs=10)
    assert np.median(reach.distance_km) < 0.5 * reach.capital_km


def test_a_distance_that_is_given_overrules_the_tables() -> None:
    reach, _ = found("{power: CHN, side: target, distance_km: 777}")
    assert set(reach.distance_km) == {777.0}


def test_a_lift_that_is_given_overrules_the_fleets() -> None:
    reach, _ = found("{power: CHN, side: target, lift_t_per_day: 1}")
    assert set(reach.lift_t_per_day) == {1.0}
    assert reach.forces.sustained.max() < 0.01


def test_an_open_way_that_is_given_overrules_all_rights() -> None:
    assert set(opened("{power: CHN, side: target, open_way_prob: 0.25}")) == {0.25}


def test_closing_a_right_never_raises_what_arrives() -> None:
    granted, denied = (found(right(f"state: {state}"))[0] for state in ("granted", "denied"))
    assert (denied.open_prob <= granted.open_prob).all()
    assert (denied.forces.share <= granted.forces.share).all()


def test_a_right_of_unknown_state_lies_between_granted_and_denied() -> None:
    states = ("state: denied", "state: unknown, prob: 0.5", "state: granted")
    closed, between, open_ = (found(right(state, power="JOR"))[0] for state in states)
    lengths = [np.mean(reach.distance_km) for reach in (closed, between, open_)]
    assert lengths[0] > lengths[1] > lengths[2]


def test_who_is_denied_overflight_flies_around_and_is_told_so() -> None:
    denied, granted = (
        found(right(f"state: {state}", power="JOR"))[0] for state in ("denied", "granted")
    )
    longer, shorter = (reach.ways[0].km for reach in (denied, granted))
    assert np.nanmean(longer[np.isfinite(longer)]) > np.nanmean(shorter[np.isfinite(shorter)])
    assert "IRQ overflight denied" in denied.ways[0].blocked_by


def test_who_is_denied_the_theatre_itself_has_no_way_by_air() -> None:
    rights = "{means: air, grantor: IRN, right: overflight, state: denied}"
    reach, _ = found(f"{{power: LBY, side: target, access: [{rights}]}}")
    air = next(way for way in reach.ways if way.means is Means.AIR)
    assert not air.open_prob.any()
    assert "IRN refuses" in air.blocked_by


def test_hostile_control_blocks_the_targets_side_and_names_who_holds_the_way() -> None:
    held = HEAD.replace("{air: 0.0, sea: 0.0, land: 0.0}", "{air: 1.0, sea: 1.0, land: 1.0}")
    free, blocked = (found(right("state: granted"), head=head)[0] for head in (HEAD, held))
    assert (blocked.open_prob <= free.open_prob).all()
    assert blocked.open_prob.mean() < 0.5 * free.open_prob.mean()
    assert "controlled by USA" in blocked.ways[0].blocked_by


def test_control_by_the_attackers_is_safety_for_their_helpers() -> None:
    held = HEAD.replace("{air: 0.0, sea: 0.0, land: 0.0}", "{air: 1.0, sea: 1.0, land: 1.0}")
    power = right("state: granted", power="GBR", side="attacker")
    safe, contested = found(power, head=held)[0].open_prob, found(power)[0].open_prob
    assert (safe >= contested).all()
    assert safe.mean() > contested.mean()


def test_nothing_known_about_a_right_is_named_as_missing() -> None:
    _, answer = found("{power: LBY, side: target}")
    assert "LBY.target.access.air" in answer.notes.missing


def test_rights_that_are_given_are_not_missing() -> None:
    _, answer = found(right("state: granted"))
    assert "TUR.target.access.air" not in answer.notes.missing


def test_a_neighbour_over_land_needs_nobodys_leave() -> None:
    reach, _ = found("{power: TUR, side: target}")
    land = next(way for way in reach.ways if way.means is Means.LAND)
    assert (land.open_prob == 1).all()


def test_there_is_no_way_by_land_from_another_continent() -> None:
    reach, _ = found("{power: BRA, side: target}")
    assert Means.LAND not in {way.means for way in reach.ways}


def test_a_base_near_the_theatre_shortens_the_distance() -> None:
    base = "[{place: Here, host: IRN, lat: 30, lon: 52, usable: 1.0}]"
    near, _ = found(f"{{power: BRA, side: target, bases: {base}}}")
    far, _ = found("{power: BRA, side: target}")
    assert np.median(near.distance_km) == pytest.approx(631, abs=20)  # from there to Tehran
    assert np.median(far.distance_km) > 5000
    assert near.base is not None
    assert near.base.place == "Here"


def test_a_base_that_may_not_be_used_shortens_nothing() -> None:
    base = "[{place: Here, host: IRN, lat: 30, lon: 52, usable: 0.0}]"
    shut, _ = found(f"{{power: BRA, side: target, bases: {base}}}")
    far, _ = found("{power: BRA, side: target}")
    assert (shut.distance_km == far.distance_km).all()


def test_a_base_on_the_soil_of_the_other_side_is_of_no_use() -> None:
    base = "[{place: Texas, host: USA, lat: 30, lon: 52, usable: 1.0}]"
    reach, _ = found(f"{{power: BRA, side: target, bases: {base}}}")
    assert reach.base is None


def test_without_a_theatre_the_targets_capital_is_the_place() -> None:
    placeless = HEAD.replace("theatre: {name: The Gulf, lat: 30, lon: 52}\n", "")
    base = "[{place: Tehran, host: IRN, lat: 35.7, lon: 51.4, usable: 1.0}]"
    reach, _ = found(f"{{power: BRA, side: target, bases: {base}}}", head=placeless)
    assert np.median(reach.distance_km) < 20


@pytest.mark.parametrize(("power", "means"), [("MNG", "air"), ("DOM", "air"), ("DOM", "sea")])
def test_a_lift_nobody_tabled_is_named_as_missing(power: str, means: str) -> None:
    _, answer = found(f"{{power: {power}, side: target}}")
    assert f"{power}.{means}lift_t_per_day" in answer.notes.missing


def test_the_row_of_a_role_is_found_by_power_and_side() -> None:
    _, answer = found("{power: MNG, side: target}")
    assert answer.inputs.row("MNG", Side.TARGET) == 0


def test_days_are_those_under_way_and_those_it_takes_to_lift_a_force() -> None:
    slow, fast = (
        found(f"{{power: CHN, side: target, lift_t_per_day: {lift}}}")[0] for lift in (200, 2000)
    )
    apart = slow.days - fast.days
    there = np.isfinite(apart)
    assert there.any()
    assert (apart[there] > 0).all()
    assert (slow.strength_share <= fast.strength_share).all()


def test_without_a_way_nothing_is_left_and_nothing_arrives() -> None:
    reach, _ = found("{power: LBY, side: target, open_way_prob: 0}")
    assert not reach.forces.share.any()


def test_no_freight_goes_by_land_from_the_soil_of_somebody_else() -> None:
    reach, _ = found("{power: PRK, side: target}")
    assert Means.LAND not in {way.means for way in reach.ways}


def test_a_distance_that_is_set_means_what_it_means_in_a_file() -> None:
    reach, _ = found("{power: CHN, side: target, distance_km: 777}")
    for way in reach.ways:
        if way.means is not Means.LAND:
            assert set(way.km) <= {777.0, np.inf}

"""The documents keep the contracts that other tools rely on."""

import json
from dataclasses import replace
from types import NoneType
from typing import Any

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.parameters import load_parameters
from sidelines.assess.settings import parse_setting
from sidelines.assess.statistic import reaching
from sidelines.assess.what_if import what_if
from sidelines.crisis.read import load_crisis, read_crisis
from sidelines.report.citing import cite_document
from sidelines.report.comparison import compare_document
from sidelines.report.documents import (
    assess_document,
    interval,
    power_document,
    reach_document,
    what_if_document,
)
from sidelines.report.result import why_of
from sidelines.report.shelf import list_document, show_document
from sidelines.terms.ladder import INSTRUMENTS, RUNGS, Rung
from sidelines.terms.roles import FACTORS

Document = dict[str, Any]
FACTOR_NAMES = {factor.value for factor in FACTORS}
UPPER = set(RUNGS[1:])


def fits(node: Document, shape: dict[str, type | tuple[type, ...]]) -> bool:
    """Tell whether a mapping holds at least these keys, each of its type."""
    return all(key in node and isinstance(node[key], kind) for key, kind in shape.items())


def kinds(node: Any) -> set[type]:
    """Return every type that occurs in a document."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return {type(node)}.union(*(kinds(child) for child in children))


@pytest.fixture(scope="module")
def assessed(answer: Assessment) -> Document:
    return assess_document(answer)


@pytest.fixture(scope="module")
def why(answer: Assessment) -> Document:
    return why_of(answer, "RUS", statistic=reaching(Rung.FORCES), side=None, draws=5)


@pytest.fixture(scope="module")
def reach(answer: Assessment) -> Document:
    return reach_document(answer, answer.crisis.powers)


@pytest.fixture(scope="module")
def changed(answer: Assessment) -> Document:
    return what_if_document(what_if(answer, "RUS", (parse_setting("stake=1"),)))


@pytest.fixture(scope="module")
def documents(
    answer: Assessment, assessed: Document, why: Document, reach: Document, changed: Document
) -> dict[str, Document]:
    return {
        "assess": assessed,
        "why": why,
        "reach": reach,
        "what-if": changed,
        "compare": compare_document(answer, answer),
        "cite": cite_document(answer),
        "list": list_document(),
        "show": show_document(answer.crisis),
    }


@pytest.fixture(params=["assess", "why", "reach", "what-if", "compare", "cite", "list", "show"])
def document(request: pytest.FixtureRequest, documents: dict[str, Document]) -> Document:
    return documents[request.param]


# --- every document ----------------------------------------------------------------------------


def test_every_document_says_what_it_was_made_with(document: Document) -> None:
    assert {"version", "seed", "as_of", "vintages"} <= set(document["meta"])


def test_every_document_is_plain_data(document: Document) -> None:
    assert kinds(document) <= {dict, list, str, int, float, bool, NoneType}


def test_every_document_is_json_that_every_reader_takes(document: Document) -> None:
    assert json.loads(json.dumps(document, allow_nan=False)) == document


# --- assess ------------------------------------------------------------------------------------


def test_assess_keeps_its_contract(assessed: Document) -> None:
    assert fits(
        assessed,
        {
            "meta": dict,
            "crisis": dict,
            "model": dict,
            "powers": list,
            "equilibrium": dict,
            "missing": list,
            "assumed": list,
            "sources": list,
        },
    )


def test_assess_names_crisis_and_model(assessed: Document) -> None:
    assert fits(assessed["crisis"], {"id": str, "title": str, "as_of": str})
    model = {"version": str, "parameters": str, "draws": int, "seed": int}
    assert fits(assessed["model"], model)


@pytest.mark.parametrize("index", [0, 1, 2, 3, 4])
def test_a_power_keeps_its_contract(assessed: Document, index: int) -> None:
    power = assessed["powers"][index]
    assert fits(
        power,
        {
            "id": str,
            "name": str,
            "side": str,
            "rungs": dict,
            "at_least": dict,
            "instruments": dict,
            "structural": dict,
            "blend": dict,
            "signal": dict,
            "reach": dict,
            "trust": dict,
            "verdict": str,
        },
    )
    assert (set(power["rungs"]), set(power["at_least"])) == (set(RUNGS), UPPER)
    assert set(power["instruments"]) == set(INSTRUMENTS)
    assert set(power["structural"]["rungs"]) == set(RUNGS)
    assert set(power["blend"]) == {"weights", "by_rung", "offset", "task", "forecast"}
    assert set(power["blend"]["offset"]) == set(power["blend"]["by_rung"]) == UPPER
    assert set(power["trust"]) == UPPER
    assert fits(power["signal"], dict.fromkeys(("say", "do", "gap", "low", "high"), float))
    assert fits(power["reach"], {"best": (dict, NoneType), "strength_share": float})


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ("belief", {"before", "after", "if_costly"}),
        ("attack", {"before", "after", "moved", "moved_if_costly"}),
    ],
)
def test_what_was_heard_comes_with_its_range(assessed: Document, part: str, keys: set[str]) -> None:
    chance = dict.fromkeys(("p", "low", "high", "monte_carlo_error"), float)
    for power in assessed["powers"]:
        assert set(power["signal"][part]) == keys
        assert all(fits(value, chance) for value in power["signal"][part].values())


def test_a_power_heard_alone_is_heard_as_among_all(answer: Assessment, assessed: Document) -> None:
    alone = power_document(answer, answer.crisis.powers[3])["signal"]
    assert alone["belief"]["if_costly"] == pytest.approx(
        assessed["powers"][3]["signal"]["belief"]["if_costly"], abs=1e-12
    )


def test_the_gap_is_words_less_deeds_with_the_middle_of_the_draws(
    answer: Assessment, assessed: Document
) -> None:
    loud, deed = (0.0, 0.5, 0.8, 0, 0, 0, 0), (0.0, 0.0, 0.2, 0.4, 0.7, 0.8, 1.0)
    for row, power in enumerate(assessed["powers"]):
        signal, prob = power["signal"], answer.prob[:, row]
        held = (np.arange(64)[:, None] >> np.arange(6) & 1).astype(bool)
        say, do = (prob @ np.where(held, scale[1:], 0.0).max(axis=1) for scale in (loud, deed))
        gap = np.maximum(say, answer.inputs.said[:, row]) - do
        assert signal["gap"] == pytest.approx(signal["say"] - signal["do"])
        assert signal["gap"] == pytest.approx(gap.mean())
        assert [signal["low"], signal["high"]] == pytest.approx(np.quantile(gap, [0.1, 0.9]))


def test_words_on_record_widen_the_gap_and_deeds_close_it(text: str) -> None:
    spoken = "signals: [{date: 2026-03-01, title: Loud, instrument: diplomatic}]"
    acted = "delivered: [{date: 2026-03-01, title: T, instrument: forces, flow: 0, done: true}]"
    quiet, loud, fighting = (
        assess_document(
            assess_crisis(read_crisis(text.replace("stake: 0.01", change)), draws=20, seed=1)
        )["powers"][2]["signal"]["gap"]
        for change in ("stake: 0.01", f"stake: 0.01, {spoken}", f"stake: 0.01, {acted}")
    )
    assert fighting < quiet < loud


@pytest.mark.parametrize("rung", RUNGS[1:])
def test_each_chance_comes_with_its_range(assessed: Document, rung: str) -> None:
    chance = dict.fromkeys(("p", "low", "high", "monte_carlo_error"), float)
    assert all(fits(power["at_least"][rung], chance) for power in assessed["powers"])


@pytest.mark.parametrize("rung", RUNGS[1:])
def test_trust_keeps_its_contract(assessed: Document, rung: str) -> None:
    for power in assessed["powers"]:
        trust = power["trust"][rung]
        assert fits(trust, {"like": (str, NoneType), "n": int, "positives": int, "status": str})
        for key in ("skill", "low", "high", "calibration_slope", "roc_auc"):
            assert isinstance(trust[key], float | NoneType)


def test_without_a_fit_trust_says_what_is_not_known_yet(answer: Assessment) -> None:
    bare = replace(answer, estimates=None, parameters=load_parameters())
    trust = assess_document(bare)["powers"][0]["trust"]["weapons"]
    assert (trust["like"], trust["n"]) == (None, 0)
    assert trust["status"] == "not yet fitted to history"


def test_rungs_of_every_power_sum_to_one(assessed: Document) -> None:
    sums = [sum(power["rungs"].values()) for power in assessed["powers"]]
    assert sums == pytest.approx([1] * 5, abs=1e-9)


@pytest.mark.parametrize("low", range(1, 7))
def test_at_least_is_the_sum_of_the_rungs_from_there(assessed: Document, low: int) -> None:
    for power in assessed["powers"]:
        upper = sum(power["rungs"][rung] for rung in RUNGS[low:])
        assert power["at_least"][RUNGS[low]]["p"] == pytest.approx(upper, abs=1e-9)


def test_a_power_may_appear_once_per_side(assessed: Document) -> None:
    roles = [(power["id"], power["side"]) for power in assessed["powers"]]
    assert roles.count(("RUS", "target")) == roles.count(("RUS", "attacker")) == 1


def test_an_override_is_told_beside_the_models_own(assessed: Document) -> None:
    china = assessed["powers"][1]
    assert china["at_least"]["weapons"]["p"] == pytest.approx(0.25)
    assert china["overridden"][0]["reason"] == "A leak"
    assert china["structural"]["rungs"] != china["rungs"]


def test_what_is_done_is_named(assessed: Document) -> None:
    britain = assessed["powers"][3]
    assert britain["done"] == ["diplomatic"]
    assert britain["instruments"]["diplomatic"] == pytest.approx(1)


def test_what_is_missing_is_named(assessed: Document) -> None:
    assert "CHN.target.stake" in assessed["missing"]


def test_every_cited_figure_says_where_it_stands(assessed: Document) -> None:
    row = {"what": str, "value": str, "unit": str, "date": (str, NoneType), "source": str}
    assert assessed["sources"]
    assert all(fits(one, row) and one["source"] for one in assessed["sources"])


def test_one_equilibrium_is_told_as_such(assessed: Document) -> None:
    equilibrium = assessed["equilibrium"]
    assert equilibrium["unique"] is True
    assert equilibrium["others"] == []


def test_the_error_of_the_fit_is_told(assessed: Document, answer: Assessment) -> None:
    assert assessed["equilibrium"]["fit_error"] == answer.equilibria.fit_error.max()


def test_several_equilibria_are_told_with_their_extremes(answer: Assessment) -> None:
    two = {draw: answer.equilibria.prob[[draw, 0]] for draw in range(20)}
    several = replace(answer.equilibria, several=two)
    found = assess_document(replace(answer, equilibria=several))["equilibrium"]
    assert found["unique"] is False
    assert (found["multiple_share"], found["most"]) == (1, 2)
    assert [one["id"] for one in found["others"]] == ["RUS", "CHN", "MNG", "GBR", "RUS"]


def test_a_range_runs_over_draws_and_their_equilibria() -> None:
    values = np.full(10, 0.5)
    whole = interval(values, {draw: np.array([0.0, 1.0]) for draw in range(10)})
    assert (whole["p"], whole["low"], whole["high"]) == (0.5, 0.0, 1.0)


def test_a_draw_with_three_equilibria_counts_as_often_as_any_other() -> None:
    found = interval(np.linspace(0, 1, 11), {0: np.array([0.0, 0.0, 0.0])})
    assert (found["low"], found["high"]) == pytest.approx((0.1, 0.9), abs=0.03)


def test_one_draw_has_a_range_and_no_error() -> None:
    one = interval(np.array([0.3]))
    assert one == {"p": 0.3, "low": 0.3, "high": 0.3, "monte_carlo_error": None}


def test_the_range_holds_four_draws_in_five() -> None:
    found = interval(np.linspace(0, 1, 101))
    assert (found["low"], found["high"]) == pytest.approx((0.1, 0.9))


# --- why ---------------------------------------------------------------------------------------


def test_why_keeps_its_contract(why: Document) -> None:
    assert fits(
        why,
        {
            "power": str,
            "side": str,
            "statistic": str,
            "from": float,
            "to": float,
            "history_adjustment": float,
            "rents": float,
            "factors": dict,
            "interactions": dict,
            "learned": dict,
            "minimal_sets": list,
            "sum_error": float,
        },
    )


@pytest.mark.parametrize("key", ["factors", "ranges", "interactions", "learned", "removals"])
def test_why_speaks_of_all_five_factors(why: Document, key: str) -> None:
    assert set(why[key]) == FACTOR_NAMES


def test_factors_sum_to_what_they_explain(why: Document) -> None:
    assert sum(why["factors"].values()) == pytest.approx(why["to"] - why["from"], abs=1e-9)
    assert why["sum_error"] < 1e-9


def test_why_says_what_was_learned(why: Document, answer: Assessment) -> None:
    share = {"sd_ratio": float, "p_sign": (float, NoneType), "status": str}
    assert all(fits(one, share) for one in why["learned"].values())
    assert why["learned_status"] == answer.parameters.status


def test_minimal_sets_come_in_words_too(answer: Assessment) -> None:
    found = why_of(answer, "RUS", statistic=reaching(Rung.WORDS), side=None, draws=5)
    assert len(found["minimal_sets"]) == len(found["minimal_sets_words"])
    assert {name for one in found["minimal_sets"] for name in one} <= FACTOR_NAMES


@pytest.mark.parametrize(
    ("rung", "statistic"), [(Rung.FORCES, "P(forces)"), (Rung.WEAPONS, "P(at least weapons)")]
)
def test_why_names_its_statistic(answer: Assessment, rung: Rung, statistic: str) -> None:
    assert (
        why_of(answer, "MNG", statistic=reaching(rung), side=None, draws=2)["statistic"]
        == statistic
    )


# --- reach -------------------------------------------------------------------------------------


def test_reach_keeps_its_contract(reach: Document) -> None:
    assert fits(reach["theatre"], {"name": str, "lat": float, "lon": float})
    power = {
        "id": str,
        "ways": list,
        "strength_share": float,
        "nearest_base": (dict, NoneType),
    }
    assert all(fits(one, power) for one in reach["powers"])


def test_every_way_keeps_its_contract(reach: Document) -> None:
    way = {
        "means": str,
        "length_km": (float, NoneType),
        "days": (float, NoneType),
        "open_prob": float,
        "t_per_day": float,
        "legs": list,
        "blocked_by": list,
    }
    ways = [one for power in reach["powers"] for one in power["ways"]]
    assert ways
    assert all(fits(one, way) for one in ways)


def test_without_a_theatre_reach_says_so(text: str) -> None:
    placeless = text.replace("theatre: {name: The Gulf, lat: 30, lon: 52}\n", "")
    found = assess_crisis(read_crisis(placeless), draws=2)
    assert reach_document(found, found.crisis.powers)["theatre"] is None


# --- what if, compare, cite --------------------------------------------------------------------


def test_a_difference_is_after_less_before(changed: Document) -> None:
    before, after = (changed[key]["at_least"]["forces"]["p"] for key in ("before", "after"))
    assert changed["difference"]["forces"]["p"] == pytest.approx(after - before)


@pytest.mark.parametrize(("change", "changes"), [("stake=+0%", False), ("stake=+10%", True)])
def test_a_change_that_changes_no_input_says_so(
    answer: Assessment, change: str, changes: bool
) -> None:
    found = what_if_document(what_if(answer, "RUS", (parse_setting(change),)))
    assert found["changes_something"] is changes


def test_a_crisis_does_not_differ_from_itself(answer: Assessment) -> None:
    found = compare_document(answer, answer)
    assert found["differences"] == []
    assert found["alike"] > 50


def test_a_comparison_names_what_differs_in_question_and_answer(
    answer: Assessment, text: str
) -> None:
    other = assess_crisis(
        read_crisis(text.replace("stake: 0.05", "commitment: 1")), draws=20, seed=1
    )
    names = [row["what"] for row in compare_document(answer, other)["differences"]]
    assert "powers.RUS.attacker.commitment" in names
    assert "P(RUS for the attacker, at least weapons)" in names


def test_every_data_set_that_is_used_can_be_cited(answer: Assessment) -> None:
    used = {row.source.partition(":")[0] for row in answer.notes.cited if ":" in row.source}
    assert {row["dataset"] for row in cite_document(answer)["datasets"]} == used


def test_the_documents_of_the_file_are_cited(answer: Assessment) -> None:
    assert [row["id"] for row in cite_document(answer)["documents"]] == ["wire"]


def test_the_founding_crisis_keeps_the_contract_too() -> None:
    found = assess_document(assess_crisis(load_crisis("iran-2026"), draws=10))
    sums = [sum(power["rungs"].values()) for power in found["powers"]]
    assert sums == pytest.approx([1] * len(sums), abs=1e-9)
    assert kinds(found) <= {dict, list, str, int, float, bool, NoneType}

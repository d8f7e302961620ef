"""Documents and sentences about trust, for an answer with a made-up fit."""

import datetime as dt
import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sidelines.assess import learned
from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.estimates import Estimates, Like, SlopeEstimate
from sidelines.assess.headline import Blend
from sidelines.crisis.read import read_crisis
from sidelines.report.documents import assess_document
from sidelines.report.trust import (
    blend_document,
    fit_document,
    learned_document,
    trust_document,
    trust_sentence,
)
from sidelines.terms.ladder import INSTRUMENTS
from sidelines.terms.roles import FACTORS

Document = dict[str, Any]
MakeFit = Callable[..., Estimates]
Trusted = Callable[..., Document]

MONEY = Like(
    task="icb", power=365, rung="money", first_year=1990, last_year=2017, cases=200, positives=20,
    skill=0.12, low=0.03, high=0.2, calibration_slope=1.0, roc_auc=0.8,
)  # fmt: skip


def blend_of(answer: Assessment, task: str = "icb") -> Blend:
    """Return the blend of Russia, whose record speaks of material support and of forces."""
    silent = math.nan
    return Blend(
        role=answer.inputs.roles[0],
        task=task,
        weight=(0.0, 0.0, 0.4, 0.4, 0.4, 0.7),
        forecast=(silent, silent, 0.3, 0.3, 0.3, 0.1),
        offset=(0.0, 0.0, 0.5, 0.5, 0.5, -0.2),
    )


@pytest.fixture(scope="session")
def trusted(answer: Assessment, make_fit: MakeFit, make_task: Callable[..., Any]) -> Trusted:
    """Return a function that gives the trust of a rung where the record is one like this."""

    def told(*likes: Like, rung: str = "weapons", task: str = "icb") -> Document:
        told_of = make_task(0.3, 0.1, rungs=("money", "forces"))
        fit = make_fit(tasks=(told_of,), record=likes)
        of_russia = trust_document(replace(answer, estimates=fit), blend_of(answer, task))
        sentence = trust_sentence({"id": "RUS", "trust": of_russia}, rung)
        return {**of_russia[rung], "sentence": sentence}

    return told


# --- trust, rung by rung -----------------------------------------------------------------------


def test_trust_speaks_of_every_rung_above_nothing(answer: Assessment) -> None:
    assert tuple(trust_document(answer, blend_of(answer))) == INSTRUMENTS


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [
        (0.03, 0.2, "better than the base rate"),
        (-0.2, -0.03, "worse than the base rate"),
        (-0.03, 0.2, "not shown to be better than the base rate"),
        (0.0, 0.2, "not shown to be better than the base rate"),
    ],
)
def test_skill_is_claimed_where_its_whole_range_is_above_nothing(
    low: float, high: float, status: str, trusted: Trusted
) -> None:
    assert trusted(replace(MONEY, low=low, high=high))["status"] == status


@pytest.mark.parametrize(
    ("slope", "said"),
    [(1.6, "too timid (calibration slope 1.6)"), (0.5, "too bold (calibration slope 0.5)")],
)
def test_chances_that_were_off_are_named(slope: float, said: str, trusted: Trusted) -> None:
    assert said in trusted(replace(MONEY, calibration_slope=slope))["status"]


@pytest.mark.parametrize("slope", [None, 0.8, 1.0, 1.3])
def test_chances_that_were_about_right_are_not(slope: float | None, trusted: Trusted) -> None:
    assert "too" not in trusted(replace(MONEY, calibration_slope=slope))["status"]


def test_few_positives_are_counted(trusted: Trusted) -> None:
    assert "on 4 positive cases only" in trusted(replace(MONEY, positives=4))["status"]
    assert "only" not in trusted(replace(MONEY, positives=5))["status"]


def test_one_positive_is_a_single_case(trusted: Trusted) -> None:
    assert "on 1 positive case only" in trusted(replace(MONEY, positives=1))["status"]


def test_too_few_cases_are_not_scored(trusted: Trusted) -> None:
    said = trusted(replace(MONEY, skill=None, low=None, high=None, positives=0))
    assert said["status"] == "too few cases to be scored"
    assert said["sentence"].endswith("positive (0%): too few cases to be scored.")


@pytest.mark.parametrize("rung", ["money", "weapons", "advisers"])
def test_a_rung_is_told_by_the_step_that_holds_it(rung: str, trusted: Trusted) -> None:
    forces = replace(MONEY, rung="forces", positives=7)
    assert trusted(MONEY, forces, rung=rung)["positives"] == 20
    assert trusted(MONEY, forces, rung="forces")["positives"] == 7


def test_the_latest_era_is_the_one_that_is_like(trusted: Trusted) -> None:
    said = trusted(replace(MONEY, first_year=1950), MONEY, replace(MONEY, first_year=1963))
    assert said["first_year"] == 1990


@pytest.mark.parametrize("other", [0, 2])
def test_the_record_of_others_is_not_its_own(other: int, trusted: Trusted) -> None:
    assert trusted(replace(MONEY, power=other))["like"] is None


@pytest.mark.parametrize("rung", ["words", "diplomatic"])
def test_a_rung_below_the_first_step_has_no_record(rung: str, trusted: Trusted) -> None:
    said = trusted(MONEY, rung=rung)
    assert (said["like"], said["n"]) == (None, 0)
    assert said["sentence"].startswith("Russia: no record of this rung for this power")


def test_a_power_without_a_record_is_told_so(trusted: Trusted) -> None:
    said = trusted(MONEY, task="")["sentence"]
    assert said == "Russia: no record of this power: the structural answer alone, not scored."


def test_without_a_fit_the_status_of_the_parameters_stands(answer: Assessment) -> None:
    bare = replace(answer, estimates=None)
    said = trust_document(bare, blend_of(answer))["forces"]
    assert said["status"] == answer.parameters.status


def test_a_sentence_gives_record_base_rate_and_skill(trusted: Trusted) -> None:
    assert trusted(MONEY)["sentence"] == (
        "Russia, money or more, 1990-2017 (icb): 200 cases, 20 of them positive (10%), "
        "skill +0.12 (90% range +0.03 to +0.20): better than the base rate."
    )


# --- blend and fit -----------------------------------------------------------------------------


def test_a_blend_says_what_history_forecasts_and_adds(answer: Assessment) -> None:
    said = blend_document(blend_of(answer))
    assert said["forecast"] == {
        "words": None, "diplomatic": None, "money": 0.3, "weapons": 0.3, "advisers": 0.3,
        "forces": 0.1,
    }  # fmt: skip
    assert said["offset"]["forces"] == -0.2
    assert said["task"] == "icb"


def test_weights_are_told_as_the_largest_and_rung_by_rung(answer: Assessment) -> None:
    said = blend_document(blend_of(answer))
    assert said["weights"] == pytest.approx({"structural": 0.3, "history": 0.7})
    assert list(said["by_rung"].values()) == [0.0, 0.0, 0.4, 0.4, 0.4, 0.7]


def test_a_power_without_a_record_is_all_structural(answer: Assessment) -> None:
    silent = replace(
        blend_of(answer), task="", weight=(0.0,) * 6, forecast=(math.nan,) * 6, offset=(0.0,) * 6
    )
    said = blend_document(silent)
    assert said["weights"] == {"structural": 1.0, "history": 0.0}
    assert said["task"] is None


def test_a_fit_is_told_with_its_cases_and_its_record(answer: Assessment, make_fit: MakeFit) -> None:
    everybody = replace(MONEY, power=0, cases=1000)
    said = fit_document(replace(answer, estimates=make_fit(record=(everybody, MONEY)))) or {}
    assert (said["name"], said["crises"], said["arms"]) == ("2020-without-arms", 3, False)
    assert [one["n"] for one in said["scores"]] == [1000]


def test_without_a_fit_there_is_nothing_to_tell(answer: Assessment) -> None:
    assert fit_document(replace(answer, estimates=None)) is None


@pytest.mark.parametrize(
    ("held", "why"), [(False, "is not in your data folder"), (True, "came out after 2026-03-04")]
)
def test_a_fit_without_deliveries_says_why(
    held: bool,
    why: str,
    answer: Assessment,
    make_fit: MakeFit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learned, "holds", lambda _: held)
    said = fit_document(replace(answer, estimates=make_fit())) or {}
    assert why in said["why"]
    assert answer.as_of == dt.date(2026, 3, 4)


# --- what was learned --------------------------------------------------------------------------


def slope(name: str, sd_ratio: float) -> SlopeEstimate:
    return SlopeEstimate(name=name, value=1.0, low=0.5, high=2.0, sd_ratio=sd_ratio, sign_prob=0.97)


@pytest.mark.parametrize(
    ("ratio", "status"), [(0.5, "learned"), (0.9, "assumed, not learned from history")]
)
def test_a_slope_is_learned_where_its_spread_shrank(
    ratio: float, status: str, answer: Assessment, make_fit: MakeFit
) -> None:
    fit = make_fit(slopes=(slope("caution", ratio),))
    said = learned_document(replace(answer, estimates=fit))["caution"]
    assert said == {"sd_ratio": ratio, "p_sign": 0.97, "status": status}


def test_a_slope_outside_the_fit_is_assumed(answer: Assessment, make_fit: MakeFit) -> None:
    said = learned_document(replace(answer, estimates=make_fit()))
    assert set(said) == {factor.value for factor in FACTORS}
    assert said["geography"]["sd_ratio"] == 1.0
    assert said["geography"]["p_sign"] is None


# --- through the whole document ----------------------------------------------------------------


@pytest.fixture
def document(text: str, make_fit: MakeFit, keep_fits: Callable[..., None]) -> Document:
    keep_fits(make_fit(record=(replace(MONEY, power=0), MONEY)))
    return assess_document(assess_crisis(read_crisis(text), draws=20, seed=1))


def test_the_document_carries_fit_blend_and_trust(document: Document) -> None:
    assert document["model"]["fit"]["name"] == "2020-without-arms"
    assert document["model"]["parameters"].endswith("-2020-without-arms")
    russia, china = document["powers"][:2]
    assert (russia["blend"]["task"], china["blend"]["task"]) == ("icb", None)
    assert russia["trust"]["weapons"]["n"] == 200


def test_the_document_is_json_that_every_reader_takes(document: Document) -> None:
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_the_headline_departs_from_the_structural_answer(document: Document) -> None:
    russia, china = document["powers"][0], document["powers"][2]
    assert russia["rungs"] != pytest.approx(russia["structural"]["rungs"])
    assert china["rungs"] == china["structural"]["rungs"]

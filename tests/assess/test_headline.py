import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelines.assess.again import assess_again
from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.estimates import Estimates, Task
from sidelines.assess.headline import Blend, Headline, adjusted, headline
from sidelines.assess.inputs import Role
from sidelines.assess.outcomes import at_least, bundle_rungs
from sidelines.assess.settings import parse_setting
from sidelines.assess.what_if import what_if
from sidelines.assess.world_records import world_records
from sidelines.crisis.read import read_crisis
from sidelines.facts.world import load_world
from sidelines.terms.ladder import BUNDLE_COUNT, Rung
from sidelines.terms.roles import Side

MakeFit = Callable[..., Estimates]
MakeTask = Callable[..., Task]
Bend = Callable[..., Headline]

RUSSIA, CHINA, BRITAIN = 0, 1, 2
ROLES = (
    Role(power="RUS", side=Side.TARGET),
    Role(power="CHN", side=Side.TARGET),
    Role(power="GBR", side=Side.ATTACKER),
)
OFFSETS = st.lists(st.floats(-8, 8), min_size=6, max_size=6)


def log_odds(chance: float) -> float:
    return math.log(chance / (1.0 - chance))


def pooled(forecast: float, structural: float, weight: float) -> float:
    score = weight * log_odds(forecast) + (1.0 - weight) * log_odds(structural)
    return 1.0 / (1.0 + math.exp(-score))


@pytest.fixture(scope="session")
def model() -> np.ndarray:
    """Return what a game might say of three roles in forty draws."""
    rng = np.random.default_rng(1)
    return rng.dirichlet(np.full(BUNDLE_COUNT, 0.3), size=(40, 3))


@pytest.fixture(scope="session")
def blend_with(model: np.ndarray, small: str) -> Bend:
    crisis = read_crisis(small)
    records = world_records(load_world(crisis.as_of), transfers=None)

    def blended(estimates: Estimates | None, prob: np.ndarray = model) -> Headline:
        return headline(
            prob,
            crisis=crisis,
            roles=ROLES,
            as_of=crisis.as_of,
            records=records,
            estimates=estimates,
        )

    return blended


def with_offsets(*offset: float) -> Headline:
    """Return a headline that moves the first role alone."""
    silent = (math.nan,) * 6
    blends = tuple(
        Blend(
            role=role,
            task="icb" if row == RUSSIA else "",
            weight=(0.5 if row == RUSSIA else 0.0,) * 6,
            forecast=silent,
            offset=tuple(offset) if row == RUSSIA else (0.0,) * 6,
        )
        for row, role in enumerate(ROLES)
    )
    return Headline(fit="made-up", blends=blends)


# --- where history and the game meet -----------------------------------------------------------


@pytest.mark.parametrize("weight", [0.25, 0.5, 1.0])
@pytest.mark.parametrize("forecast", [(0.6, 0.3, 0.1), (0.97, 0.9, 0.02), (0.2, 0.19, 0.18)])
def test_the_mean_of_the_headline_is_the_pooled_chance(
    forecast: tuple[float, ...], weight: float, model: np.ndarray, blend_with: Bend,
    make_fit: MakeFit, make_task: MakeTask,
) -> None:  # fmt: skip
    found = adjusted(model, blend_with(make_fit(tasks=(make_task(*forecast, weight=weight),))))
    for rung, told in zip((Rung.WORDS, Rung.MONEY, Rung.FORCES), forecast, strict=True):
        wanted = pooled(told, at_least(model, RUSSIA, rung).mean(), weight)
        assert at_least(found, RUSSIA, rung).mean() == pytest.approx(wanted, abs=1e-9)


def test_rungs_that_history_does_not_speak_of_give_way(
    model: np.ndarray, blend_with: Bend, make_fit: MakeFit, make_task: MakeTask
) -> None:
    task = make_task(0.95, rungs=("forces",), weight=1.0)
    found = adjusted(model, blend_with(make_fit(tasks=(task,))))
    assert at_least(found, RUSSIA, Rung.FORCES).mean() == pytest.approx(0.95)
    assert at_least(found, RUSSIA, Rung.ADVISERS).mean() > 0.95 - 1e-9


def test_words_on_record_leave_room_for_material_support(
    blend_with: Bend, make_fit: MakeFit, make_task: MakeTask
) -> None:
    spoken = np.zeros((1, 3, BUNDLE_COUNT))
    spoken[:, :, [0b1, 0b11, 0b111]] = 0.8, 0.1, 0.1  # words for sure
    found = adjusted(spoken, blend_with(make_fit(tasks=(make_task(0.9, 0.6, 0.1),)), spoken))
    assert at_least(found, RUSSIA, Rung.MONEY) == pytest.approx(pooled(0.6, 0.1, 0.5))


def test_pooled_chances_that_cross_end_up_alike(
    model: np.ndarray, blend_with: Bend, make_fit: MakeFit, make_task: MakeTask
) -> None:
    task = make_task(0.2, 0.9, rungs=("words", "money"), weight=1.0)
    found = adjusted(model, blend_with(make_fit(tasks=(task,))))
    words, money = (at_least(found, RUSSIA, rung) for rung in (Rung.WORDS, Rung.MONEY))
    assert words.mean() == pytest.approx(0.2, abs=1e-9)
    assert (money <= words + 1e-12).all()


def test_a_step_reaches_to_where_the_next_begins(blend_with: Bend, make_fit: MakeFit) -> None:
    found = blend_with(make_fit()).blends[RUSSIA]
    assert found.forecast == pytest.approx((0.6, 0.6, 0.3, 0.3, 0.3, 0.1))
    assert found.offset[0] == found.offset[1]
    assert found.offset[2] == found.offset[3] == found.offset[4]


def test_below_its_first_step_a_record_is_silent(
    blend_with: Bend, make_fit: MakeFit, make_task: MakeTask
) -> None:
    task = make_task(0.1, rungs=("forces",))
    found = blend_with(make_fit(tasks=(task,))).blends[RUSSIA]
    assert np.isnan(found.forecast[:5]).all()
    assert found.weight == (0, 0, 0, 0, 0, 0.5)
    assert found.offset[:5] == (0,) * 5


def test_without_weight_the_forecast_moves_nothing(
    model: np.ndarray, blend_with: Bend, make_fit: MakeFit, make_task: MakeTask
) -> None:
    found = blend_with(make_fit(tasks=(make_task(0.6, 0.3, 0.1, weight=0.0),)))
    assert adjusted(model, found) is model


@pytest.mark.parametrize("chance", [1e-9, 1.0 - 1e-9])
def test_no_forecast_is_taken_to_be_surer_than_one_in_ten_thousand(
    chance: float, model: np.ndarray, blend_with: Bend, make_fit: MakeFit, make_task: MakeTask
) -> None:
    task = make_task(chance, rungs=("forces",), weight=1.0)
    found = adjusted(model, blend_with(make_fit(tasks=(task,))))
    sure = min(max(chance, 1e-4), 1.0 - 1e-4)
    assert at_least(found, RUSSIA, Rung.FORCES).mean() == pytest.approx(sure, rel=1e-6)


def test_where_two_records_speak_of_a_rung_the_first_counts(
    blend_with: Bend, make_fit: MakeFit, make_task: MakeTask
) -> None:
    first = make_task(0.2, name="first", rungs=("forces",), weight=0.9)
    second = make_task(0.7, 0.6, name="second", rungs=("weapons", "forces"), weight=0.4)
    found = blend_with(make_fit(tasks=(first, second))).blends[RUSSIA]
    assert found.forecast[3:] == pytest.approx((0.7, 0.7, 0.2))
    assert found.weight == (0, 0, 0, 0.4, 0.4, 0.9)
    assert found.task == "first"


def test_what_is_settled_is_not_moved(blend_with: Bend, make_fit: MakeFit) -> None:
    quiet = np.zeros((4, 3, BUNDLE_COUNT))
    quiet[:, :, 0b1] = 1.0  # words, and nothing else
    assert blend_with(make_fit(), quiet).blends[RUSSIA].offset == (0.0,) * 6


# --- who has a record --------------------------------------------------------------------------


def test_powers_without_a_record_keep_the_structural_answer(
    model: np.ndarray, blend_with: Bend, make_fit: MakeFit
) -> None:
    found = blend_with(make_fit())
    assert (adjusted(model, found)[:, [CHINA, BRITAIN]] == model[:, [CHINA, BRITAIN]]).all()
    assert found.blends[CHINA].task == ""
    assert found.blends[CHINA].weight == (0.0,) * 6


def test_without_a_fit_the_structural_answer_stands(model: np.ndarray, blend_with: Bend) -> None:
    found = blend_with(None)
    assert found.fit is None
    assert adjusted(model, found) is model


def test_a_headline_names_its_fit(blend_with: Bend, make_fit: MakeFit) -> None:
    assert blend_with(make_fit()).fit == "2020-without-arms"


def test_blends_stand_in_the_order_of_the_roles(blend_with: Bend, make_fit: MakeFit) -> None:
    assert tuple(blend.role for blend in blend_with(make_fit()).blends) == ROLES


# --- moving chances ----------------------------------------------------------------------------


@given(offset=OFFSETS)
def test_chances_still_sum_to_one(offset: list[float], model: np.ndarray) -> None:
    found = adjusted(model, with_offsets(*offset))
    assert found.sum(axis=2) == pytest.approx(np.ones((40, 3)), abs=1e-9)
    assert found.min() >= 0


@given(offset=OFFSETS)
def test_a_higher_rung_is_never_likelier_to_be_reached(
    offset: list[float], model: np.ndarray
) -> None:
    found = adjusted(model, with_offsets(*offset))
    reached = np.array([at_least(found, RUSSIA, rung) for rung in list(Rung)[1:]])
    assert (np.diff(reached, axis=0) <= 1e-12).all()


@given(offset=OFFSETS)
def test_bundles_keep_their_shares_within_a_rung(offset: list[float], model: np.ndarray) -> None:
    found = adjusted(model, with_offsets(*offset))
    for rung in Rung:
        within = bundle_rungs() == rung
        before, after = (prob[:, RUSSIA, within] for prob in (model, found))
        lost = after.sum(axis=1, keepdims=True)
        shares = before / before.sum(axis=1, keepdims=True)
        assert after == pytest.approx(shares * lost, abs=1e-12)


@given(offset=st.floats(-8, 8))
def test_an_offset_adds_to_the_log_odds_of_every_draw(offset: float, model: np.ndarray) -> None:
    found = adjusted(model, with_offsets(*[offset] * 6))
    before, after = (at_least(prob, RUSSIA, Rung.WEAPONS) for prob in (model, found))
    moved = np.log(after / (1 - after)) - np.log(before / (1 - before))
    assert moved == pytest.approx(np.full(40, offset), abs=1e-6)


def test_what_is_done_stays_done() -> None:
    done = np.zeros((1, 3, BUNDLE_COUNT))
    done[:, :, [0b000001, 0b001001]] = 0.7, 0.3  # words for sure, weapons perhaps
    found = adjusted(done, with_offsets(-5, -5, -5, -5, -5, -5))
    assert at_least(found, RUSSIA, Rung.WORDS) == pytest.approx([1.0], abs=1e-12)
    assert at_least(found, RUSSIA, Rung.WEAPONS)[0] < 0.01


# --- through the whole answer ------------------------------------------------------------------


@pytest.fixture
def blended(small: str, make_fit: MakeFit, keep_fits: Callable[..., None]) -> Assessment:
    """Return the answer to the small crisis with a record of Russia."""
    keep_fits(make_fit())
    return assess_crisis(read_crisis(small), draws=20, seed=1)


def test_an_answer_is_its_structural_chances_moved_by_its_headline(blended: Assessment) -> None:
    assert blended.headline.fit == "2020-without-arms"
    assert (blended.prob == adjusted(blended.equilibria.prob, blended.headline)).all()
    assert not (blended.prob == blended.equilibria.prob)[:, RUSSIA].all()


@pytest.mark.parametrize("change", ["stake=0.9", "control.air=0.1"])
def test_a_what_if_keeps_the_offsets(blended: Assessment, change: str) -> None:
    after = what_if(blended, "RUS", (parse_setting(change),)).after
    assert after.headline == blended.headline
    assert (after.prob == adjusted(after.equilibria.prob, blended.headline)).all()
    assert not (after.prob == blended.prob)[:, RUSSIA].all()


def test_answering_again_keeps_the_offsets(blended: Assessment) -> None:
    settings = {"CHN.target.danger": (parse_setting("danger=0.1"),)}
    again = assess_again(blended, settings)
    assert again.headline == blended.headline


def test_an_override_outranks_the_headline(
    small: str, make_fit: MakeFit, keep_fits: Callable[..., None]
) -> None:
    keep_fits(make_fit())
    said = "power: RUS\n    overrides: [{rung: forces, probability: 0.3, reason: A leak}]"
    told = assess_crisis(read_crisis(small.replace("power: RUS", said)), draws=5, seed=1)
    assert at_least(told.prob, RUSSIA, Rung.FORCES) == pytest.approx(np.full(5, 0.3))


def test_a_deed_of_today_is_certain_in_the_headline_too(
    small: str, make_fit: MakeFit, make_task: MakeTask, keep_fits: Callable[..., None]
) -> None:
    keep_fits(make_fit(tasks=(make_task(0.6, 0.3, 0.1, powers=(200,)),)))
    found = assess_crisis(read_crisis(small), draws=20, seed=1)
    assert found.headline.blends[BRITAIN].task == "icb"
    assert at_least(found.prob, BRITAIN, Rung.WORDS) == pytest.approx(np.ones(20), abs=1e-9)


def test_the_same_question_has_the_same_headline(
    small: str, make_fit: MakeFit, keep_fits: Callable[..., None]
) -> None:
    keep_fits(make_fit())
    one, other = (assess_crisis(read_crisis(small), draws=20, seed=1) for _ in range(2))
    assert (one.prob == other.prob).all()

import datetime as dt

import numpy as np
import pytest

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.path import Path, Step, beginning, trace
from sidelines.crisis.read import read_crisis
from sidelines.terms.ladder import INSTRUMENTS
from sidelines.terms.roles import Side

EVENTS = """\
events:
  - {date: 2026-02-10, title: A first clash}
  - {date: 2026-02-20, title: Strikes, sets: {RUS.commitment: 1.0}}
  - {date: 2026-02-20, title: A leader dies, sets: {defence.resolve: 0.2, attack.resolve: 0.95}}
  - {date: 2026-03-02, title: A speech}
threats: [{date: 2026-02-20, by: USA, against: [CHN], strength: 0.9}]
"""
DELIVERY = """\
    delivered:
      - {date: 2026-02-20, title: Rifles, instrument: weapons, flow: 0.5, done: true}
"""
FIRST = dt.date(2026, 2, 10)
WEAPONS, FORCES = INSTRUMENTS.index("weapons"), INSTRUMENTS.index("forces")


@pytest.fixture(scope="module")
def eventful(small: str) -> Assessment:
    text = small.replace("    danger: 0.7\n", "    danger: 0.7\n" + DELIVERY)
    return assess_crisis(read_crisis(text + EVENTS), draws=20, seed=1)


@pytest.fixture(scope="module")
def path(eventful: Assessment) -> Path:
    return trace(eventful, since=FIRST)


@pytest.fixture(scope="module")
def busy(path: Path) -> Step:
    return next(step for step in path.steps if len(step.parts) > 1)


def row(answer: Assessment, power: str) -> int:
    return next(i for i, role in enumerate(answer.inputs.roles) if role.power == power)


# --- days --------------------------------------------------------------------------------------


def test_a_step_stands_for_every_day_on_which_something_is_dated(path: Path) -> None:
    days = ["2026-02-10", "2026-02-20", "2026-03-01", "2026-03-02"]
    assert [step.date.isoformat() for step in path.steps] == days


def test_a_path_begins_with_the_first_event(eventful: Assessment, answer: Assessment) -> None:
    assert beginning(eventful) == FIRST
    assert beginning(answer) is None


def test_a_path_may_begin_later(eventful: Assessment, path: Path) -> None:
    late = trace(eventful, since=dt.date(2026, 3, 1))
    assert [step.date for step in late.steps] == [step.date for step in path.steps[2:]]
    assert late.steps[0].before == pytest.approx(path.steps[2].before)


def test_after_the_last_entry_there_is_no_step(eventful: Assessment) -> None:
    assert trace(eventful, since=dt.date(2026, 3, 4)).steps == ()


def test_nothing_later_than_the_as_of_day_is_told(small: str) -> None:
    crisis = read_crisis(small + EVENTS)
    early = assess_crisis(crisis, draws=2, as_of=dt.date(2026, 2, 19))
    assert [step.date for step in trace(early, since=FIRST).steps] == [FIRST]


# --- before and after --------------------------------------------------------------------------


def test_a_path_ends_at_the_answer(eventful: Assessment, path: Path) -> None:
    forces = eventful.equilibria.prob[:, :, 32:].sum(axis=2)
    assert path.steps[-1].after[:, :, FORCES] == pytest.approx(forces)


def test_each_day_begins_where_the_last_one_ended(path: Path) -> None:
    for one, other in zip(path.steps[:-1], path.steps[1:], strict=True):
        assert (one.after == other.before).all()


def test_before_the_first_day_the_crisis_is_as_if_nothing_had_happened(
    small: str, path: Path
) -> None:
    quiet = "\n".join(line for line in small.splitlines() if "Backs the strikes" not in line)
    answer = assess_crisis(read_crisis(quiet), draws=20, seed=1)
    forces = answer.equilibria.prob[:, :, 32:].sum(axis=2)
    assert path.steps[0].before[:, :, FORCES] == pytest.approx(forces, abs=1e-6)


def test_a_day_on_which_nothing_is_set_moves_nobody(path: Path) -> None:
    assert [bool(step.moved.any()) for step in path.steps] == [False, True, True, False]


def test_the_same_draws_are_used_all_along(eventful: Assessment) -> None:
    few = trace(eventful, since=FIRST, draws=5)
    assert [len(step.before) for step in few.steps] == [5] * 4


def test_a_deed_counts_from_its_day(eventful: Assessment, path: Path, busy: Step) -> None:
    china = row(eventful, "CHN")
    assert busy.before[:, china, WEAPONS].max() < 1
    assert busy.after[:, china, WEAPONS].min() == pytest.approx(1)
    assert (busy.done_before[china].any(), busy.done_after[china, WEAPONS]) == (False, True)


def test_words_count_from_their_day(eventful: Assessment, path: Path) -> None:
    britain = row(eventful, "GBR")
    spoke = path.steps[2]
    assert spoke.before[:, britain, 0].max() < 1
    assert spoke.after[:, britain, 0].min() == pytest.approx(1)


# --- what moved whom ---------------------------------------------------------------------------


def test_the_parts_of_a_day_add_up_to_what_it_did(path: Path) -> None:
    for step in path.steps:
        total = np.sum([part.moved for part in step.parts], axis=0)
        assert total == pytest.approx(step.moved, abs=1e-12)


def test_each_event_each_threat_and_each_powers_deeds_are_parts(busy: Step) -> None:
    kinds = [[entry.kind for entry in part.entries] for part in busy.parts]
    assert kinds == [["event"], ["event"], ["threat"], ["delivery"]]


def test_an_event_that_sets_nothing_changes_no_input(path: Path) -> None:
    assert [part.changes_inputs for part in path.steps[0].parts] == [False]
    assert not path.steps[0].parts[0].moved.any()


def test_a_threat_moves_whom_it_is_against(eventful: Assessment, busy: Step) -> None:
    threat = busy.parts[2]
    assert threat.changes_inputs
    assert np.abs(threat.moved[:, row(eventful, "CHN")]).max() > 1e-3


def test_a_stronger_commitment_moves_its_power_upwards(eventful: Assessment, busy: Step) -> None:
    strikes = busy.parts[0].moved[:, row(eventful, "RUS"), WEAPONS]
    assert strikes.mean() > 0.01


def test_a_deed_is_the_reason_for_itself(eventful: Assessment, busy: Step) -> None:
    china = row(eventful, "CHN")
    deed = busy.parts[3].moved[:, china, WEAPONS].mean()
    assert deed == pytest.approx(busy.moved[:, china, WEAPONS].mean(), abs=0.02)


def test_a_delivery_never_takes_away_what_the_tables_know(small: str) -> None:
    scant = "    delivered: [{date: 2026-03-01, title: A gun, instrument: weapons, flow: 0.01}]\n"
    text = small.replace("    ties: [{kind: consultation", scant + "    ties: [{kind: consultation")
    answer = assess_crisis(read_crisis(text), draws=5, seed=1)
    (step,) = trace(answer, since=dt.date(2026, 3, 1)).steps
    russia = answer.inputs.row("RUS", Side.TARGET)
    part = next(one for one in step.parts if one.entries[0].power == "RUS")
    assert part.moved[:, russia, WEAPONS].min() >= 0


def test_a_solution_is_told_for_every_change_of_inputs(eventful: Assessment) -> None:
    told: list[None] = []
    trace(eventful, since=FIRST, draws=2, tick=lambda: told.append(None))
    assert len(told) == 1 + (2 * 4 - 1)

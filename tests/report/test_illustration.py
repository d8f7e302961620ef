import pytest

from sidelines.assess.assessment import Assessment
from sidelines.assess.outcomes import at_least
from sidelines.crisis.model import Crisis
from sidelines.crisis.outcome import Cell, Outcome
from sidelines.report.illustration import Row, beside_outcome
from sidelines.terms.ladder import INSTRUMENTS, Rung
from sidelines.terms.roles import Side


def outcome(crisis: Crisis, power: str, side: Side, **happened: bool | str) -> Outcome:
    cells = tuple(
        Cell(power=power, side=side, instrument=name, happened=value, source="made up")
        for name, value in happened.items()
    )
    return Outcome(until=crisis.as_of, cells=cells)


def russia(answer: Assessment, **happened: bool | str) -> dict[Rung, Row]:
    rows = beside_outcome(answer, outcome(answer.crisis, "RUS", Side.TARGET, **happened))
    return {row.rung: row for row in rows}


def test_what_happened_is_set_beside_what_the_model_gave_to_it(answer: Assessment) -> None:
    row = russia(answer, forces=True)[Rung.FORCES]
    assert row.happened
    assert row.model == pytest.approx(at_least(answer.prob, 0, Rung.FORCES).mean())


def test_what_did_not_happen_is_set_beside_the_rest(answer: Assessment) -> None:
    row = russia(answer, **dict.fromkeys(INSTRUMENTS, False))[Rung.FORCES]
    assert not row.happened
    assert row.model == pytest.approx(1 - at_least(answer.prob, 0, Rung.FORCES).mean())
    assert row.base > 0.9


def test_a_higher_deed_reaches_the_lower_rungs(answer: Assessment) -> None:
    rows = russia(answer, words=False, forces=True)
    assert all(row.happened for row in rows.values())
    assert set(rows) == {Rung.WORDS, Rung.MONEY, Rung.FORCES}


def test_what_nobody_knows_has_no_row(answer: Assessment) -> None:
    known = dict.fromkeys(INSTRUMENTS, False)
    assert Rung.FORCES not in russia(answer, **{**known, "forces": "unknown"})


def test_what_was_done_already_is_marked(answer: Assessment) -> None:
    told = outcome(answer.crisis, "GBR", Side.ATTACKER, words=True, diplomatic=True)
    rows = {row.rung: row for row in beside_outcome(answer, told)}
    assert rows[Rung.WORDS].done
    assert rows[Rung.WORDS].model == pytest.approx(1)

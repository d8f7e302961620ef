import re
from functools import cache
from itertools import product

import pytest

from sidelines.assess.assessment import assess_crisis
from sidelines.crisis.document import parse
from sidelines.crisis.outcome import Outcome
from sidelines.crisis.read import bundled_ids, bundled_text, load_crisis, load_outcome, read_crisis
from sidelines.terms.ladder import INSTRUMENTS
from sidelines.terms.roles import Side

OPPOSITE = {"true": "false", "false": "true", "unknown": "true"}


def flipped(text: str) -> str:
    """Return a crisis file in which everything else happened."""
    return re.sub(r"happened: (\w+)", lambda found: f"happened: {OPPOSITE[found[1]]}", text)


@cache
def outcome(id_: str) -> Outcome:
    found = load_outcome(id_)
    assert found is not None
    return found


@pytest.mark.parametrize("id_", bundled_ids())
def test_what_happened_changes_no_answer(id_: str) -> None:
    text = bundled_text(id_)
    there, here = (assess_crisis(read_crisis(one), draws=20) for one in (flipped(text), text))
    assert there.prob.tobytes() == here.prob.tobytes()


def test_flipping_changes_what_the_outcome_says() -> None:
    assert flipped("happened: true, happened: false, happened: unknown") == (
        "happened: false, happened: true, happened: true"
    )


@pytest.mark.parametrize("id_", bundled_ids())
def test_a_crisis_without_its_outcome_is_the_same_crisis(id_: str) -> None:
    assert read_crisis(flipped(bundled_text(id_))) == load_crisis(id_)


@pytest.mark.parametrize("id_", bundled_ids())
def test_every_power_has_a_cell_for_every_instrument_and_no_other(id_: str) -> None:
    roles = [(power.power, power.side) for power in load_crisis(id_).powers]
    cells = [(cell.power, cell.side, cell.instrument) for cell in outcome(id_).cells]
    assert sorted(cells) == sorted((*role, name) for role, name in product(roles, INSTRUMENTS))


@pytest.mark.parametrize("id_", bundled_ids())
def test_every_cell_names_its_source(id_: str) -> None:
    assert not [cell for cell in outcome(id_).cells if not cell.source.strip()]


@pytest.mark.parametrize("id_", bundled_ids())
def test_every_date_of_the_outcome_lies_in_the_time_one_looked_at(id_: str) -> None:
    found, begun = outcome(id_), load_crisis(id_).as_of
    dates = [cell.date for cell in found.cells if cell.date is not None]
    assert begun <= min(dates, default=begun)
    assert max(dates, default=begun) <= found.until


@pytest.mark.parametrize("id_", bundled_ids())
def test_every_figure_of_a_bundled_crisis_names_its_source(id_: str) -> None:
    nameless = []

    def walk(node: object, path: str, *, named: bool) -> None:
        if isinstance(node, dict):
            named = bool(str(node.get("source", "")).strip())
            is_number = {"value", "range", "normal", "lognormal", "beta"} & set(node)
            if is_number and not named:
                nameless.append(path)
            for key, value in node.items():
                walk(value, f"{path}.{key}", named=named)
        elif isinstance(node, list):
            for index, value in enumerate(node):
                walk(value, f"{path}[{index}]", named=named)
        elif isinstance(node, float) and not named and not path.endswith(("lat", "lon")):
            nameless.append(path)

    walk({**parse(bundled_text(id_), file=id_).data, "outcome": None}, "", named=False)
    assert nameless == []


def test_a_cell_is_used_not_used_or_unknown(base: str) -> None:
    rows = "".join(
        f"    - {{power: RUS, side: target, instrument: {name}, happened: {happened}, source: x}}\n"
        for name, happened in (("words", "true"), ("forces", "false"), ("money", "unknown"))
    )
    text = f"{base}outcome:\n  until: 2026-04-01\n  cells:\n{rows}"
    read_crisis(text)
    cells = parse(text, file="a.yaml").data["outcome"]["cells"]
    assert [cell["happened"] for cell in cells] == [True, False, "unknown"]


def test_what_a_power_used_is_told_by_instrument() -> None:
    used = outcome("kuwait-1990").used("USA", Side.TARGET)
    assert set(used) == set(INSTRUMENTS)
    assert used["forces"] is True


def test_a_file_without_an_outcome_has_none(base: str, tmp_path: object) -> None:
    path = f"{tmp_path}/a.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(base)
    assert load_outcome(path) is None

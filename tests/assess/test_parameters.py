import datetime as dt
import tomllib
from importlib import resources
from typing import Any

import numpy as np
import pytest

from sidelines.assess.draws import draw_slopes
from sidelines.assess.parameters import Parameters, Scales, load_parameters
from sidelines.terms.ladder import INSTRUMENTS
from sidelines.terms.roles import TieKind

RAW = tomllib.loads(
    resources.files("sidelines.assess").joinpath("parameters.toml").read_text(encoding="utf-8")
)
ENTRIES = [
    pytest.param(entry, id=f"{group}.{name}")
    for group in ("slopes", "numbers", "ties", "missing")
    for name, entry in RAW[group].items()
]
SCALES = [pytest.param(entry, id=name) for name, entry in RAW["scales"].items()]


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_value_lies_inside_its_range(entry: dict[str, Any]) -> None:
    low, high = entry["range"]
    assert low <= entry["value"] <= high
    assert low > 0 or (low == 0 and entry.get("fixed"))


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_number_says_unit_source_and_what_it_is(entry: dict[str, Any]) -> None:
    assert all(entry[key].strip() for key in ("unit", "source", "what"))


@pytest.mark.parametrize("entry", ENTRIES + SCALES)
def test_every_number_is_dated(entry: dict[str, Any]) -> None:
    assert isinstance(entry["date"], dt.date)


@pytest.mark.parametrize("entry", SCALES)
def test_every_scale_says_unit_and_source_for_all_six_instruments(entry: dict[str, Any]) -> None:
    assert entry["unit"].strip()
    assert entry["source"].strip()
    assert set(INSTRUMENTS) <= set(entry)


@pytest.mark.parametrize(
    "name", ["haul", "strength", "heat", "duty", "offence", "loudness", "deed", "company"]
)
def test_scales_of_shares_stay_between_zero_and_one(parameters: Parameters, name: str) -> None:
    values = getattr(parameters.scales, name)
    assert ((values >= 0) & (values <= 1)).all()


@pytest.mark.parametrize("name", ["haul", "heat", "duty", "offence", "deed"])
def test_no_instrument_outdoes_forces(parameters: Parameters, name: str) -> None:
    assert getattr(parameters.scales, name).argmax() == INSTRUMENTS.index("forces")


@pytest.mark.parametrize("name", ["haul", "strength", "heat"])
def test_talk_is_carried_nowhere_delivers_nothing_and_widens_no_war(
    parameters: Parameters, name: str
) -> None:
    assert getattr(parameters.scales, name)[:2].tolist() == [0, 0]


@pytest.mark.parametrize("name", Scales.__dataclass_fields__)
def test_nobody_can_write_to_a_scale(parameters: Parameters, name: str) -> None:
    with pytest.raises(ValueError, match="read-only"):
        getattr(parameters.scales, name)[0] = 1.0


def test_every_kind_of_tie_has_its_weight(parameters: Parameters) -> None:
    assert {kind.value for kind in TieKind} | {"defence-pact-not-invoked"} == set(parameters.ties)


def test_an_invoked_defence_pact_is_the_strongest_tie(parameters: Parameters) -> None:
    assert max(parameters.ties.values(), key=lambda tie: tie.value).name == "defence-pact"


def test_the_file_says_that_nothing_is_fitted_yet(parameters: Parameters) -> None:
    assert parameters.status == "not yet fitted to history"


def test_parameters_are_read_once() -> None:
    assert load_parameters() is load_parameters()


def test_every_slope_is_drawn(parameters: Parameters) -> None:
    slopes = draw_slopes(parameters, draws=7, seed=1)
    assert {name: values.shape for name, values in slopes.items()} == {
        name: (7,) for name in (*RAW["slopes"], "complementarity")
    }


def test_complementarity_is_off(parameters: Parameters) -> None:
    assert not draw_slopes(parameters, draws=7, seed=1)["complementarity"].any()


def test_slopes_are_drawn_apart_from_each_other(parameters: Parameters) -> None:
    slopes = draw_slopes(parameters, draws=1000, seed=1)
    assert abs(np.corrcoef(slopes["stake"], slopes["caution"])[0, 1]) < 0.15

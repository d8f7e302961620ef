import datetime as dt
import math
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import Any

import numpy as np
import pytest

from sidelines.assess.draws import draw_slopes
from sidelines.assess.estimates import Estimates, SlopeEstimate
from sidelines.assess.parameters import Parameters, Scales, fitted, load_parameters
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


# --- what a fit learned ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def learned(make_fit: Callable[..., Estimates], parameters: Parameters) -> Parameters:
    """Return the parameters after a fit that learned two slopes, correlated by a half."""
    slopes = tuple(
        SlopeEstimate(name=name, value=value, low=low, high=high, sd_ratio=0.5, sign_prob=0.9)
        for name, value, low, high in (("stake", 2.0, 1.2, 3.3), ("caution", 0.5, 0.3, 0.8))
    )
    factor = ((0.4, 0.0), (0.2, 0.2 * math.sqrt(3.0)))
    return fitted(parameters, make_fit(slopes=slopes, log_factor=factor))


def test_without_a_fit_parameters_stay_as_they_are(parameters: Parameters) -> None:
    assert fitted(parameters, None) is parameters


def test_a_fit_replaces_value_and_range_of_the_slopes_it_learned(learned: Parameters) -> None:
    stake = learned.slopes["stake"]
    assert (stake.value, stake.low, stake.high) == (2.0, 1.2, 3.3)
    assert "fit 2020-without-arms: 3 crises before 2020" in stake.source


def test_a_fit_leaves_all_other_slopes_alone(parameters: Parameters, learned: Parameters) -> None:
    changed = {name for name in RAW["slopes"] if learned.slopes[name] != parameters.slopes[name]}
    assert changed == {"stake", "caution"}


def test_what_a_slope_is_stays_in_its_entry(parameters: Parameters, learned: Parameters) -> None:
    assert learned.slopes["stake"].what == parameters.slopes["stake"].what
    assert learned.slopes["stake"].unit == parameters.slopes["stake"].unit


def test_fitted_parameters_say_so(learned: Parameters) -> None:
    assert learned.version.endswith("-2020-without-arms")
    assert learned.status == "fitted to 3 crises before 2020"


def logs(parameters: Parameters, name: str) -> np.ndarray:
    return np.log(draw_slopes(parameters, draws=4000, seed=3)[name])


@pytest.mark.parametrize(("name", "median", "sd"), [("stake", 2.0, 0.4), ("caution", 0.5, 0.4)])
def test_slopes_fitted_together_are_lognormal_around_their_medians(
    learned: Parameters, name: str, median: float, sd: float
) -> None:
    drawn = logs(learned, name)
    assert np.median(drawn) == pytest.approx(math.log(median), abs=0.02)
    assert drawn.std() == pytest.approx(sd, rel=0.03)


def test_slopes_fitted_together_are_drawn_together(learned: Parameters) -> None:
    found = np.corrcoef(logs(learned, "stake"), logs(learned, "caution"))[0, 1]
    assert found == pytest.approx(0.5, abs=0.03)


def test_slopes_outside_the_fit_keep_their_draws(
    parameters: Parameters, learned: Parameters
) -> None:
    before, after = (draw_slopes(one, draws=50, seed=3) for one in (parameters, learned))
    kept = {name for name in before if (before[name] == after[name]).all()}
    assert kept == set(before) - {"stake", "caution"}


def test_the_same_seed_gives_the_same_correlated_draws(learned: Parameters) -> None:
    one, other = (draw_slopes(learned, draws=50, seed=3) for _ in range(2))
    assert all((one[name] == other[name]).all() for name in one)


def test_another_seed_gives_other_draws(learned: Parameters) -> None:
    one, other = (draw_slopes(learned, draws=50, seed=seed)["caution"] for seed in (3, 4))
    assert not (one == other).any()

import numpy as np
import pytest

from sidelines.assess.parameters import load_parameters
from sidelines.facts.official.signals import Signals
from sidelines.history.past_games import FREE
from sidelines.history.signal_check import (
    modelled_signals,
    observed_signals,
    rank_correlation,
    relations,
    signal_check_document,
    yearly_signals,
)

PARAMETERS = load_parameters()
SLOPES = {name: PARAMETERS.slopes[name].value for name in FREE}
FITS = {1955: SLOPES, 1965: {**SLOPES, "inertia": 8.0}}
STATES = (651, 666)


def made_up_cases(years: range = range(1950, 1980)) -> dict[str, np.ndarray]:
    """Return a crisis a year between two states, both superpowers, both sides."""
    rows = [(year, power, side) for year in years for power in (2, 365) for side in (1, -1)]
    year, power, side = np.array(rows, dtype=float).T
    said = {
        "contest": year,
        "crisis_year": year,
        "year": year,
        "power": power,
        "side": side,
        "backed": np.where(side > 0, *STATES),
        "arms_share_backed": np.random.default_rng(0).uniform(size=len(rows)),
    }
    unknown = ("log_distance", "border", "wars", "pact_backed", "votes_backed", "rung_low")
    unknown += ("rung_high", "nuclear_opposed", "trade_opposed")
    shares = {"strength": 0.2, "strength_backed": 0.02, "strength_opposed": 0.01}
    return {
        **said,
        **{name: np.full(len(rows), np.nan) for name in unknown},
        **{name: np.full(len(rows), value) for name, value in shares.items()},
    }


def made_up_signals(years: range = range(1950, 1980)) -> Signals:
    """Return counts that never vary but for arms and, of the United States, words."""
    pairs = [(state, year) for state in STATES for year in years]
    rng = np.random.default_rng(1)
    varied = {(2, "words"), (2, "arms_tiv"), (365, "arms_tiv")}
    names = ("visits", "exercises", "arms_tiv", "troops", "pact", "level")
    keys = [(2, "words"), *((power, name) for power in (2, 365) for name in names)]
    figures = {
        key: rng.poisson(20, len(pairs)).astype(float) if key in varied else np.zeros(len(pairs))
        for key in keys
    }
    return Signals(rows={pair: row for row, pair in enumerate(pairs)}, figures=figures)


def test_a_crisis_takes_the_slopes_of_the_last_origin_up_to_its_year() -> None:
    cases = made_up_cases()
    found = modelled_signals(cases, FITS, PARAMETERS)
    by_first = modelled_signals(cases, {1955: SLOPES}, PARAMETERS)
    before = cases["year"] < 1955
    between = ~before & (cases["year"] < 1965)
    assert np.isnan(found["say"][before]).all()
    assert (found["say"][between] == by_first["say"][between]).all()
    assert (found["say"][cases["year"] >= 1965] < by_first["say"][cases["year"] >= 1965]).all()


def test_the_gap_is_words_less_deeds() -> None:
    found = modelled_signals(made_up_cases(), FITS, PARAMETERS)
    np.testing.assert_array_equal(found["gap"], found["say"] - found["do"])
    assert ((found["do"] >= 0) & (found["do"] <= 1))[~np.isnan(found["do"])].all()


def test_words_are_statements_and_visits_where_nobody_counted_them() -> None:
    cases = made_up_cases()
    found = observed_signals(cases, made_up_signals())
    american = cases["power"] == 2
    assert found["said"][american].std() == pytest.approx(1)
    assert (found["said"][~american] == 0).all()
    np.testing.assert_array_equal(found["apart"], found["said"] - found["done"])


def test_a_year_that_was_not_counted_is_unknown() -> None:
    found = observed_signals(made_up_cases(range(1978, 1983)), made_up_signals())
    years = made_up_cases(range(1978, 1983))["year"]
    assert np.isnan(found["done"][years > 1979]).all()
    assert np.isfinite(found["done"][years <= 1979]).all()


def test_means_are_by_power_and_year() -> None:
    columns = {
        "power": np.array([2, 2, 365, 2]),
        "year": np.array([1950, 1950, 1950, 1951]),
        "say": np.array([0.2, 0.4, 0.6, 0.8]),
    }
    found = yearly_signals(columns)
    assert found["cases"].tolist() == [2, 1, 1]
    assert found["say"] == pytest.approx([0.3, 0.8, 0.6])


def test_a_rank_correlation_is_that_of_spearman() -> None:
    """Ranks 1 to 5 against 2.5, 1, 2.5, 5, 4: covariance 7 over 10 and 9.5."""
    found = rank_correlation(
        np.array([1.0, 2.0, 3.0, 4.0, 50.0]),
        np.array([7.0, 1.0, 7.0, 9.0, 8.0]),
        cluster=np.arange(5) % 3,
    )
    assert found.value == pytest.approx(7 / np.sqrt(10 * 9.5))


def test_the_range_is_wider_where_few_years_hold_all_rows() -> None:
    rng = np.random.default_rng(2)
    one = rng.normal(size=200)
    other = one + rng.normal(size=200)
    many = rank_correlation(one, other, cluster=np.arange(200))
    few = rank_correlation(one, other, cluster=np.arange(200) % 4)
    assert many.low < many.value < many.high
    assert few.low < few.value < few.high


def test_too_few_rows_tell_no_relation() -> None:
    names = ("say", "do", "gap", "said", "done", "apart", "level")
    rows = {"power": np.full(9, 2.0), "year": np.arange(9.0), **dict.fromkeys(names, np.arange(9))}
    assert relations(rows) == ()


def test_the_document_says_that_there_is_no_relation() -> None:
    document = signal_check_document(made_up_cases(), FITS, PARAMETERS, made_up_signals())
    assert "Modelled words: no relation to words as counted" in document["sentence"]
    assert (document["first"], document["last"], document["n"]) == (1955, 1979, 100)
    assert len(document["rows"]) == 2 * 25
    assert {row["cases"] for row in document["rows"]} == {2}

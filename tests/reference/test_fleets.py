"""Our counts of transport aircraft beside those of the Military Balance, as coded by rDMC.

Gannon (2023), Planes, Trains, and Armored Mobiles, International Studies Quarterly 67(4). It counts
all transports, light ones among them, some twice, and has gaps: it checks our table, no more.
"""

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from sidelines.facts.lift import airlift
from sidelines.facts.world import load_world
from sidelines.terms.states import actors

YEARS = [1990, 1998, 2007, 2014]


def theirs(year: int) -> Mapping[int, float]:
    data = os.environ.get("SIDELINES_DATA")
    if not data:
        pytest.skip("SIDELINES_DATA is not set: no Military Balance to compare with")
    pandas = pytest.importorskip("pandas", reason="pandas reads the research data")
    pytest.importorskip("pyarrow", reason="pyarrow reads the research data")
    found = pandas.read_parquet(Path(data) / "rdmc/rdmc_wide_v1.parquet")
    counts = found[found.year == year].dropna(subset=["aircraft_transport"])
    counted = counts.groupby("ccode").aircraft_transport.first()
    return {int(code): float(count) for code, count in counted.items() if count > 0}


def counts(year: int) -> np.ndarray:
    """Return pairs of counts, ours and theirs, of all states that both know."""
    world, said = load_world(dt.date(year, 7, 1), retrospective=True), theirs(year)
    pairs = []
    for one in actors().values():
        if one.kind == "state" and one.cow in said and one.existed_on(world.as_of):
            fleets = airlift(world, one.id)
            if fleets is not None:
                pairs.append((sum(fact.value.count for fact in fleets), said[one.cow]))
    return np.array(pairs)


@pytest.mark.parametrize("year", YEARS)
def test_states_with_many_transports_have_many_in_the_military_balance(year: int) -> None:
    ours, others = counts(year).argsort(axis=0).argsort(axis=0).T
    assert np.corrcoef(ours, others)[0, 1] > 0.6


@pytest.mark.parametrize("year", YEARS)
def test_we_seldom_count_many_more_transports_than_the_military_balance(year: int) -> None:
    ours, others = counts(year).T
    assert np.mean(ours > 1.3 * others) < 0.05

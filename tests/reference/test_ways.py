"""Ways of the shipped roadmaps against published figures: distances of ports, ways of the past.

By sea ours must come within 3 % of a published way; by air it is a lower bound, at most 1.02 of the
published length and at least 1/1.35 of it (evading coasts, stops, diversion fields).
"""

import csv
import datetime as dt
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from _pytest.mark.structures import ParameterSet

from sidelines.assess.roads import roadmap
from sidelines.facts.holders import areas_of
from sidelines.facts.passages import passages
from sidelines.facts.world import load_world
from sidelines.reach.best_way import NoWay, Way, best_way
from sidelines.reach.links import attach, attach_port, join
from sidelines.reach.roadmap import words_of
from sidelines.reach.trip import Links
from sidelines.terms.roles import Means

HERE = Path(__file__).parent
CANALS = {"suez", "panama", "kiel", "corinth", "volga-don"}
TODAY = load_world(dt.date(2026, 3, 4))
CLOSED = {fact.value.id for fact in passages(TODAY) if fact.value.usual == "closed"}
KM = {"km": 1.0, "mi": 1.609344, "nmi": 1.852}
COAST_KM = 120.0


def read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((HERE / name).read_text(encoding="utf-8").splitlines()))


PAIRS = read("port_distances.csv")
CASES = read("reach_cases.csv")


@cache
def linked(means: Means, lat: float, lon: float) -> Links:
    point = np.array([lat, lon])
    if means is Means.AIR:
        return attach(roadmap(means), point)
    found = attach_port(roadmap(means), point, within_km=COAST_KM)
    assert found is not None
    return found


def way(means: Means, row: dict[str, str], refused: set[str]) -> Way | NoWay:
    start, end = (
        linked(means, float(row[f"{side}_lat"]), float(row[f"{side}_lon"]))
        for side in ("start", "end")
    )
    roads = roadmap(means)
    known = [k for k, area in enumerate(roads.areas) if area in refused]
    words = words_of(np.array(known, dtype=np.int64), words=roads.sets.shape[1])
    return best_way(join(roads, start, end), words)


def listed(row: dict[str, str], column: str) -> set[str]:
    return {one for one in row[column].split("|") if one}


def refused_by(case: dict[str, str], means: Means) -> set[str]:
    """Return the areas that a case shuts: by who granted, by who refused, by passage."""
    world = load_world(dt.date.fromisoformat(case["date"]), retrospective=True)
    areas = roadmap(means).areas
    states = [area for area in areas if area[:3].isupper()]
    shut = listed(case, "closed") | (CLOSED - listed(case, "granted"))
    for holder in listed(case, "refused"):
        shut |= set(areas_of(world, holder, among=states))
    if means is Means.AIR and listed(case, "granted"):
        open_ = [areas_of(world, holder, among=states) for holder in listed(case, "granted")]
        shut |= set(states) - {area for held in open_ for area in held}
    return shut


@pytest.fixture(scope="module")
def errors() -> dict[str, np.ndarray]:
    by_table: dict[str, list[float]] = {}
    for row in PAIRS:
        found = way(Means.SEA, row, (CANALS | CLOSED) - listed(row, "canals"))
        assert isinstance(found, Way), f"{row['start']} to {row['end']}"
        error = found.km / KM["nmi"] / float(row["nm"]) - 1
        by_table.setdefault(row["table"].partition("-")[0], []).append(error)
    return {table: np.array(found) for table, found in by_table.items()}


@pytest.mark.parametrize("table", ["pub151", "study"])
def test_the_sea_is_as_long_as_published(errors: dict[str, np.ndarray], table: str) -> None:
    apart = abs(errors[table])
    assert apart.mean() <= 0.025
    assert (apart <= 0.05).mean() >= 0.9


NOT_YET = {
    "NSR-north": "the gates of the ice leave a way north of the islands, 8 % short",
}


def marked(case: dict[str, str]) -> ParameterSet:
    why = NOT_YET.get(case["case"])
    marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
    return pytest.param(case, id=case["case"], marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_way_of_the_past_is_as_it_was(case: dict[str, str]) -> None:
    means = Means(case["means"])
    found = way(means, case, refused_by(case, means))
    if case["rule"] == "no-way":
        assert found == NoWay(blocked_by=tuple(listed(case, "expected")))
        return
    assert isinstance(found, Way)
    if case["rule"] == "areas-crossed":
        assert listed(case, "expected") <= set(found.crossed)
    elif case["rule"] != "open":
        low, high = {
            "within-3-percent": (0.97, 1.03),
            "lower-bound": (1 / 1.35, 1.02),
            "at-most": (0.0, 1.0),
            "at-least": (1.0, np.inf),
        }[case["rule"]]
        assert low <= found.km / KM[case["unit"]] / float(case["value"]) <= high

"""Published distances between ports, drawn and not picked; the sea roadmap answers to them.

From NGA Pub. 151 (a work of the United States Government): of the 71 equal parts of its text, five
drawn with `random.Random(151).sample(range(71), 5)`; from every entry that stands whole in a part,
the first and the last destination of at least 800 nautical miles without a route of its own, and
the first of Port Said, Singapore, Panama and the Strait of Gibraltar. Left out as no shortest way:
Jarvis Island to Panama (shorter than the great circle) and Rio Gallegos to Panama (by the Atlantic,
though the same entry has Punta Arenas at 202 miles). The tables `study`, `johnson-1912` and
`lng-2016` give every pair that their source prints, but two that are plainly wrong. `canals` are
the canals that the published way uses; all others are shut to it.
"""

import csv
import random
from pathlib import Path

import numpy as np
import pytest

from sidelines.reach.distance import great_circle_km

HERE = Path(__file__).parent


def read(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((HERE / name).read_text(encoding="utf-8").splitlines()))


ROWS = read("port_distances.csv")
CASES = read("reach_cases.csv")
KM_PER_NMI = 1.852
RULES = {
    "lower-bound",
    "at-least",
    "at-most",
    "within-3-percent",
    "areas-crossed",
    "open",
    "no-way",
}


def ends(row: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    start = np.array([float(row["start_lat"]), float(row["start_lon"])])
    return start, np.array([float(row["end_lat"]), float(row["end_lon"])])


def test_enough_pairs_were_drawn_from_a_table_that_tuned_nothing() -> None:
    drawn = [row for row in ROWS if row["table"].startswith("pub151-")]
    assert len(drawn) >= 60
    parts = {int(row["table"].removeprefix("pub151-")) for row in drawn}
    assert parts == set(random.Random(151).sample(range(71), 5))


def test_no_pair_stands_twice() -> None:
    keys = [(row["start"], row["end"], row["canals"]) for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['start']}-{r['end']}-{r['canals']}" for r in ROWS])
def test_no_published_way_is_shorter_than_the_great_circle(row: dict[str, str]) -> None:
    straight = float(great_circle_km(*ends(row))) / KM_PER_NMI
    assert float(row["nm"]) >= 0.99 * straight


def test_one_port_has_one_place() -> None:
    places: dict[str, set[tuple[str, str]]] = {}
    for row in ROWS:
        for end in ("start", "end"):
            places.setdefault(row[end], set()).add((row[f"{end}_lat"], row[f"{end}_lon"]))
    assert [port for port, found in places.items() if len(found) > 1] == []


def test_every_case_has_a_rule_and_what_it_needs() -> None:
    assert {case["rule"] for case in CASES} <= RULES
    for case in CASES:
        categorical = case["rule"] in {"areas-crossed", "open", "no-way"}
        assert categorical or (float(case["value"]) > 0 and case["unit"] in {"km", "mi", "nmi"})
        assert case["source"]

import csv
import os
from importlib import resources
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
import pytest

import measure_distances
from sidelines.reach.distance import EARTH_RADIUS_KM, great_circle_km

TABLE = Path(str(resources.files("sidelines.facts"))) / "tables" / "distances_today.csv"
MAP = "natural_earth/world-atlas_countries-50m.json"
SPELLS = "distance/min_distance_spells_1886_2019.parquet"


def square(west: int, south: int) -> list[list[int]]:
    """Return a square of one degree, run around from its south-western corner."""
    return [[west, south], [1, 0], [0, 1], [-1, 0], [0, -1]]


def atlas(squares: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """Return a TopoJSON map of squares, each with an arc of its own."""
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [square(*corner) for corner in squares.values()],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[i]], "properties": {"name": name}}
                    for i, name in enumerate(squares)
                ]
            }
        },
    }


def between(squares: dict[str, tuple[int, int]]) -> float:
    a, b = measure_distances.borders_of(atlas(squares)).values()
    return measure_distances.apart_km(a, b)


@pytest.fixture(autouse=True)
def no_guests(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "data" not in request.fixturenames:
        monkeypatch.setattr(measure_distances, "GUESTS", {})


def test_two_squares_lie_as_far_apart_as_their_nearest_corners() -> None:
    apart = great_circle_km(np.array([1.0, 1.0]), np.array([1.0, 11.0]))
    assert between({"Gabon": (0, 0), "Kenya": (11, 0)}) == pytest.approx(float(apart))


def test_the_edge_of_the_map_is_no_distance() -> None:
    apart = great_circle_km(np.array([-1.0, 179.0]), np.array([-1.0, -179.0]))
    assert between({"Fiji": (178, -1), "Tonga": (-179, -1)}) == pytest.approx(float(apart))


def test_states_that_share_a_border_touch() -> None:
    world = atlas({"Gabon": (0, 0), "Kenya": (1, 0)})
    world["objects"]["countries"]["geometries"][1]["arcs"] = [[~0]]
    a, b = measure_distances.borders_of(world).values()
    assert measure_distances.shown_km(a, b) == 0


def test_states_that_do_not_touch_are_never_shown_at_zero() -> None:
    world = atlas({"Gabon": (0, 0), "Kenya": (2, 0)})
    world["transform"]["scale"] = [0.002, 0.002]  # then the gap is 0.2 km
    a, b = measure_distances.borders_of(world).values()
    assert measure_distances.shown_km(a, b) == 1


def test_the_distance_is_the_same_both_ways() -> None:
    there = between({"Gabon": (0, 40), "Kenya": (11, 3)})
    assert between({"Kenya": (11, 3), "Gabon": (0, 40)}) == pytest.approx(there)


def test_no_two_points_of_a_border_lie_farther_apart_than_a_step() -> None:
    line = measure_distances.on_sphere(np.array([[0.0, 0.0], [0.3, 0.2], [0.301, 0.2]]))
    points = measure_distances.densified(line)
    gaps = measure_distances.angle(np.sum(points[:-1] * points[1:], axis=1))
    assert gaps.max() * EARTH_RADIUS_KM <= measure_distances.STEP_KM + 1e-6


def test_what_the_map_draws_apart_belongs_to_its_state() -> None:
    borders = measure_distances.borders_of(atlas({"Cyprus": (33, 34), "N. Cyprus": (33, 35)}))
    assert list(borders) == ["CYP"]


def test_crimea_is_measured_as_ukrainian_whoever_the_map_gives_it_to() -> None:
    assert list(measure_distances.borders_of(atlas({"Russia": (34, 45)}))) == ["UKR"]


def test_what_lies_overseas_is_cut_off() -> None:
    assert measure_distances.borders_of(atlas({"France": (-53, 3)})) == {}


@pytest.fixture(scope="module")
def data() -> Path:
    folder = os.environ.get("SIDELINES_DATA")
    if not folder:
        pytest.skip("SIDELINES_DATA is not set: no map to measure on")
    return Path(folder).resolve()


def test_the_committed_table_is_what_the_map_gives(data: Path) -> None:
    assert measure_distances.measured(data / MAP) == TABLE.read_text("utf-8")


@pytest.fixture(scope="module")
def differences(data: Path) -> dict[tuple[str, str], float]:
    """What we measured less what the source of the bundled crises says of 2019 [km]."""
    pandas = pytest.importorskip("pandas", reason="pandas reads the research data")
    pytest.importorskip("pyarrow", reason="pyarrow reads the research data")
    import compile_facts

    spells = pandas.read_parquet(data / SPELLS)
    theirs = {}
    for row in spells[spells.year_to == 2019].itertuples():
        ids = [compile_facts.cow_id(code, 2019) for code in (row.ccode1, row.ccode2)]
        theirs[tuple(sorted(filter(None, ids)))] = row.mindist_km
    with TABLE.open(newline="", encoding="utf-8") as file:
        return {
            (row["id"], cell.split(" ")[0]): int(cell.split(" ")[1]) - theirs[pair]
            for row in csv.DictReader(file)
            for cell in row["apart_km"].split("|")
            if (pair := (row["id"], cell.split(" ")[0])) in theirs
        }


def test_our_distances_are_close_to_those_of_the_source(
    differences: dict[tuple[str, str], float],
) -> None:
    apart = [abs(km) for km in differences.values()]
    assert len(apart) > 18_000
    assert median(apart) < 10
    assert quantiles(apart, n=10)[-1] < 60


@pytest.mark.parametrize("pair", [("IRN", "RUS"), ("CHN", "IRN"), ("CHN", "JPN"), ("RUS", "TUR")])
def test_our_distance_of_a_pair_is_within_ten_kilometres(
    differences: dict[tuple[str, str], float], pair: tuple[str, str]
) -> None:
    assert abs(differences[pair]) <= 10

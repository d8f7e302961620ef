"""Choose the seaports of each state, from Natural Earth.

    python tools/compile_ports.py PORTS [OUT]

PORTS is `ne_10m_ports.geojson` of Natural Earth (public domain), which $SIDELINES_DATA holds in
`natural_earth`. Writes `ports.csv`: per area of the air roadmap its ports of highest rank, spread
along the coast. A port belongs to the area that its place lies in, or the nearest within 30 km.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np

from sidelines.facts.roads import load_roads
from sidelines.reach.distance import great_circle_km
from sidelines.terms.roles import Means

TABLE = Path(__file__).parents[1] / "src/sidelines/facts/tables/ports.csv"
COLUMNS = ["area", "port", "lat", "lon", "rank", "date", "until", "published", "source", "note"]
MOST = 16  # per area
APART_KM = 300.0  # between two of one area; the higher in rank stays
SINCE, PUBLISHED = "1946-01-01", "2022-05-09"  # Natural Earth 5.1; ports are taken as always there
NO_PORTS = {"GBR-CYPRUS"}  # British bases beside Cypriot ports
NEAR_CELLS = 4  # of five arc-minutes
ADDED = [  # ports that the map lacks, as recalled: area, name, place, rank
    ("AZE", "Baku", 40.30, 49.90, 5),
    ("IRN", "Amirabad", 36.86, 53.37, 7),
    ("IRN", "Bandar Anzali", 37.47, 49.46, 6),
    ("KAZ", "Aktau", 43.60, 51.21, 6),
    ("RUS", "Astrakhan", 45.80, 47.60, 6),
    ("RUS", "Makhachkala", 42.99, 47.51, 7),
    ("SYR", "Tartus", 34.91, 35.86, 6),
    ("TKM", "Turkmenbashi", 40.00, 52.98, 6),
]


def compile_ports(source: Path, out: Path) -> None:
    roads = load_roads(Means.AIR)
    features = json.loads(source.read_text("utf-8"))["features"]
    features.sort(key=lambda one: (one["properties"]["scalerank"], one["properties"]["name"]))
    kept: dict[str, list[tuple[str, np.ndarray, int]]] = {}
    coasts = [area[0].isupper() and area not in NO_PORTS for area in roads.areas]
    states = np.array([0, *(k + 1 if coast else 0 for k, coast in enumerate(coasts))])
    grid = states[roads.grid]  # lanes of straits are nobody's coast
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"]
        area = _area(grid, lat, lon)
        if not area:
            continue
        chosen = kept.setdefault(roads.areas[area - 1], [])
        place = np.array([lat, lon])
        near = any(great_circle_km(place, other) < APART_KM for _, other, _ in chosen)
        if len(chosen) < MOST and not near:
            chosen.append(
                (feature["properties"]["name"], place, feature["properties"]["scalerank"])
            )
    for state, name, north, east, rank in ADDED:
        if all(name != known for known, _, _ in kept.get(state, [])):
            kept.setdefault(state, []).append((name, np.array([north, east]), rank))
    by_hand = {(area, name) for area, name, *_ in ADDED}
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for state, ports in sorted(kept.items()):
            for name, (lat, lon), rank in sorted(ports, key=lambda port: port[0]):
                where = (f"{lat:.2f}", f"{lon:.2f}", rank)
                origin = "assumed" if (state, name) in by_hand else "natural_earth:ne_10m_ports"
                row = (SINCE, "", PUBLISHED, origin)
                writer.writerow([state, name, *where, *row, ""])


def _area(grid: np.ndarray, lat: float, lon: float) -> int:
    size = 180.0 / len(grid)
    row, column = int((90 - lat) / size), int((lon + 180) / size)
    for reach in range(NEAR_CELLS + 1):
        columns = np.arange(column - reach, column + reach + 1) % grid.shape[1]
        found = grid[max(row - reach, 0) : row + reach + 1][:, columns]
        if found.any():
            values, counts = np.unique(found[found > 0], return_counts=True)
            return int(values[counts.argmax()])
    return 0


if __name__ == "__main__":
    compile_ports(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else TABLE)

"""Measure how far apart the territories of today's states lie, on a map in the public domain.

    python tools/measure_distances.py MAP [OUT]

MAP is `countries-50m.json` of the npm package world-atlas 2.0.2 (Natural Earth 4.1.0), which
$SIDELINES_DATA holds as `natural_earth/world-atlas_countries-50m.json`. Writes
`distances_today.csv`: one row a state, with its distance to each state whose id comes later.

A state is what the map draws under its name, as changed by `PARTS`, `OWN_LATITUDES` and `CRIMEA`.
Dependencies (Greenland, Puerto Rico, the Falklands) have names of their own on the map and are left
out, as is the part of Western Sahara that Morocco does not hold; what France, the Netherlands and
New Zealand have overseas is cut off. Hawaii, the Canaries, the Azores and Svalbard count. Tuvalu,
Ceuta and Melilla are not on the map.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from sidelines.reach.distance import EARTH_RADIUS_KM
from sidelines.terms.states import actor, actors

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src/sidelines/facts/tables/distances_today.csv"
COLUMNS = ["id", "apart_km", "date", "until", "published", "source", "note"]

SOURCE = "computed:tools/measure_distances.py, Natural Earth 4.1.0 50m"
PUBLISHED = "2018-05-21"  # Natural Earth 4.1.0, by its own list of changes
STEP_KM = 1.0  # no two neighbours among the points of a border lie farther apart
BLOCK = 64  # neighbouring points that are looked at as one before they are looked at singly

NAMES = {  # the map's short names that are neither a name nor an alias in terms/states.csv
    "Antigua and Barb.": "Antigua and Barbuda",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Marshall Is.": "Marshall Islands",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "São Tomé and Principe": "Sao Tome and Principe",
}
PARTS = {  # drawn under a name of its own, but part of a state in the eyes of the United Nations
    "Hong Kong": "China",
    "Macao": "China",
    "N. Cyprus": "Cyprus",
    "Somaliland": "Somalia",
    "Åland": "Finland",
}
OWN_LATITUDES = {"FRA": (40.0, 90.0), "NLD": (50.0, 90.0), "NZL": (-90.0, -20.0)}
CRIMEA = (34.4, 45.3)  # a point in it [degrees east, degrees north]; the map draws it as Russia's
CRIMEA_NOTE = "Crimea measured as Ukraine's (General Assembly resolution 68/262)"
NOTES = {"RUS": CRIMEA_NOTE, "UKR": CRIMEA_NOTE}
GUESTS = {"HTH": "YEM", "HZB": "LBN", "PMF": "IRQ"}  # non-states, and the land they fight from

EARLIEST = "1991-12-26"  # the first day after the Soviet Union; the map says nothing about before
SINCE = {  # first day of today's territory, where that is later than EARLIEST and than the state
    "CHN": "1999-12-20",  # with Macao
    "ETH": "1993-05-24",  # without Eritrea
    "GBR": "1997-07-01",  # without Hong Kong
    "IDN": "2002-05-20",  # without East Timor
    "PRT": "1999-12-20",  # without Macao
    "SDN": "2011-07-09",  # without South Sudan
    "SRB": "2008-02-20",  # without Montenegro and Kosovo
    "ZAF": "1994-03-01",  # without Walvis Bay
}

Line = np.ndarray  # points along a line, (n, 2) in degrees or (n, 3) on the unit sphere
Polygon = list[list[int]]  # rings of arcs; ~i is arc i backwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """All border and coast of a state, in blocks of neighbouring points on the unit sphere."""

    arcs: frozenset[int]
    blocks: tuple[Line, ...]
    centres: np.ndarray
    radii: np.ndarray  # angle from the centre of a block to its farthest point [rad]


def main() -> None:
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else TABLE
    out.write_text(measured(Path(sys.argv[1])), encoding="utf-8")


def measured(path: Path) -> str:
    """Return the text of the table."""
    borders = dict(sorted(borders_of(json.loads(path.read_text("utf-8"))).items()))
    lines = [",".join(COLUMNS)]
    for one, border in borders.items():
        apart = [
            f"{other} {shown_km(border, borders[other])}"
            for other in borders
            if other > one and territory(other) != territory(one)
        ]
        row = [one, "|".join(apart), since(one), "", PUBLISHED, f'"{SOURCE}"', note(one)]
        lines.append(",".join(row))
    return "\n".join(lines) + "\n"


def territory(id_: str) -> str:
    return GUESTS.get(id_, id_)


def since(id_: str) -> str:
    """Return the first day on which the map shows its territory as it was."""
    born = max(str(actor(one).start or "") for one in (id_, territory(id_)))
    return max(born, EARLIEST, SINCE.get(territory(id_), ""))


def note(id_: str) -> str:
    return f"measured from {GUESTS[id_]}" if id_ in GUESTS else NOTES.get(id_, "")


# --- the map ----------------------------------------------------------------------------------


def borders_of(atlas: Mapping[str, Any]) -> dict[str, Border]:
    """Return the border of every state on a TopoJSON map, and of the guests of some."""
    lines = list(decoded(atlas))
    known = ids_by_name()
    polygons: dict[str, list[Polygon]] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        state = known.get(geometry["properties"]["name"].casefold())
        if state is not None:
            for polygon in polygons_of(geometry):
                owner = owner_of(state, outline(polygon, lines))
                if owner is not None:
                    polygons.setdefault(owner, []).append(polygon)
    borders = {state: border_of(parts, lines) for state, parts in polygons.items()}
    return borders | {guest: borders[host] for guest, host in GUESTS.items()}


def decoded(atlas: Mapping[str, Any]) -> Iterator[Line]:
    """Yield the arcs of a quantised TopoJSON file as points [degrees east, degrees north]."""
    scale, shift = (np.array(atlas["transform"][key]) for key in ("scale", "translate"))
    for arc in atlas["arcs"]:
        yield np.cumsum(np.array(arc), axis=0) * scale + shift


def ids_by_name() -> dict[str, str]:
    states = [one for one in actors().values() if one.kind == "state" and one.end is None]
    ids = {name.casefold(): one.id for one in states for name in (one.name, *one.aliases)}
    drawn = (NAMES | PARTS).items()
    return ids | {name.casefold(): ids[whole.casefold()] for name, whole in drawn}


def polygons_of(geometry: Mapping[str, Any]) -> list[Polygon]:
    parts: list[Polygon] = geometry["arcs"]
    return parts if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def outline(polygon: Polygon, lines: list[Line]) -> Line:
    """Return the outer ring of a polygon."""
    return np.concatenate([lines[i] if i >= 0 else lines[~i][::-1] for i in polygon[0]])


def owner_of(state: str, ring: Line) -> str | None:
    """Return whose territory a polygon is that the map draws as a state's; None if overseas."""
    if state == "RUS" and holds(ring, CRIMEA):
        return "UKR"
    south, north = OWN_LATITUDES.get(state, (-90.0, 90.0))
    return state if south <= float(ring[:, 1].mean()) <= north else None


def holds(ring: Line, point: tuple[float, float]) -> bool:
    """Tell whether a point lies in a ring: a ray to the east crosses it an odd number of times."""
    x, y = point
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    spans = (y0 > y) != (y1 > y)
    rise = np.where(spans, y1 - y0, 1.0)
    return bool(np.sum(spans & (x0 + (y - y0) / rise * (x1 - x0) > x)) % 2)


def border_of(polygons: Iterable[Polygon], lines: list[Line]) -> Border:
    arcs = frozenset(i if i >= 0 else ~i for rings in polygons for ring in rings for i in ring)
    blocks = [block for i in sorted(arcs) for block in blocks_of(densified(on_sphere(lines[i])))]
    centres = np.array([unit(block.mean(axis=0)) for block in blocks])
    radii = [
        float(angle(block @ centre).max()) for block, centre in zip(blocks, centres, strict=True)
    ]
    return Border(arcs=arcs, blocks=tuple(blocks), centres=centres, radii=np.array(radii))


# --- on the sphere ----------------------------------------------------------------------------


def on_sphere(line: Line) -> Line:
    """Return unit vectors: there the map has no edge at 180 degrees."""
    lon, lat = np.radians(line).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def densified(line: Line) -> Line:
    """Return the points of a line and, between them, points every `STEP_KM` at most."""
    length_km = angle(np.sum(line[:-1] * line[1:], axis=1)) * EARTH_RADIUS_KM
    pieces = np.maximum(1, np.ceil(length_km / STEP_KM)).astype(int)
    leg = np.repeat(np.arange(len(pieces)), pieces)
    share = (np.arange(len(leg)) - (np.cumsum(pieces) - pieces)[leg]) / pieces[leg]
    between = line[leg] + share[:, np.newaxis] * (line[leg + 1] - line[leg])
    return unit(np.concatenate([between, line[-1:]]))


def blocks_of(line: Line) -> list[Line]:
    return [line[i : i + BLOCK] for i in range(0, len(line), BLOCK)]


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def angle(cosine: np.ndarray) -> np.ndarray:
    return np.arccos(np.clip(cosine, -1.0, 1.0))


def shown_km(a: Border, b: Border) -> int:
    """Return whole kilometres: 0 only where they touch; a half goes down, as in compile_facts."""
    apart = round(apart_km(a, b), 1)
    return max(1, ceil(apart - 0.5)) if apart else 0


def apart_km(a: Border, b: Border) -> float:
    """Return the shortest great-circle distance between two borders [km], 0 if they share one.

    Blocks are tried in the order of how near they could be, until none could be nearer.
    """
    if a.arcs & b.arcs:
        return 0.0
    at_least = angle(a.centres @ b.centres.T) - a.radii[:, np.newaxis] - b.radii
    found = np.inf
    bound = float(at_least.min() + 2 * (a.radii.max() + b.radii.max()))
    near = np.argwhere(at_least <= bound)
    for i, j in near[np.argsort(at_least[near[:, 0], near[:, 1]])]:
        if at_least[i, j] >= found:
            break
        found = min(found, float(angle((a.blocks[i] @ b.blocks[j].T).max())))
    return found * EARTH_RADIUS_KM


if __name__ == "__main__":
    main()

"""The shapes of states, out of a TopoJSON file, each ring unwrapped across the antimeridian."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pycountry

from roadmaps.grids import EARTH_RADIUS_KM

__all__ = ["Shape", "polygon_km2", "read_shapes"]

Arc = np.ndarray  # (point, 2): degrees east, degrees north


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An area and its rings (point, 2): degrees east, degrees north, without jumps of 360."""

    area: str
    rings: tuple[Arc, ...]


def read_shapes(path: Path, *, names: dict[str, str]) -> list[Shape]:
    """Return the shapes of a world atlas, merged by area; `names` for units without a code."""
    atlas = json.loads(path.read_text(encoding="utf-8"))
    arcs = list(_arcs(atlas))
    found: dict[str, list[Arc]] = {}
    for unit in atlas["objects"]["countries"]["geometries"]:
        area = _area(unit, names)
        for polygon in _polygons(unit):
            found.setdefault(area, []).extend(_ring(ring, arcs) for ring in polygon)
    return [Shape(area=area, rings=tuple(rings)) for area, rings in sorted(found.items())]


def polygon_km2(rings: tuple[Arc, ...]) -> float:
    """Return the size of the rings' inside, straight in longitude and latitude, on the sphere."""
    total = 0.0
    for ring in rings:
        lon, lat = np.radians(ring).T
        rise = np.diff(lat)
        middle = np.cos((lat[1:] + lat[:-1]) / 2) * np.sinc(rise / 2 / np.pi) * rise
        total += float((middle * (lon[1:] + lon[:-1]) / 2).sum())
    return abs(total) * EARTH_RADIUS_KM**2


def _area(unit: dict[str, Any], names: dict[str, str]) -> str:
    name = unit["properties"]["name"]
    if name in names:
        return names[name]
    country = pycountry.countries.get(numeric=unit["id"])
    if country is None:
        raise ValueError(f"{name!r} has no state's code: give it one in areas.toml")
    return country.alpha_3


def _polygons(unit: dict[str, Any]) -> list[list[list[int]]]:
    if unit["type"] is None:
        return []
    return unit["arcs"] if unit["type"] == "MultiPolygon" else [unit["arcs"]]


def _arcs(atlas: dict[str, Any]) -> Iterator[Arc]:
    scale, origin = (np.array(atlas["transform"][key]) for key in ("scale", "translate"))
    for steps in atlas["arcs"]:
        yield np.cumsum(steps, axis=0) * scale + origin


def _ring(numbers: list[int], arcs: list[Arc]) -> Arc:
    """Return a closed ring; one that circles a pole is closed over that pole."""
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    ring = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
    ring = np.column_stack([np.unwrap(ring[:, 0], period=360.0), ring[:, 1]])
    if abs(ring[-1, 0] - ring[0, 0]) > 180:
        pole = 90.0 * np.sign(ring[:, 1].mean())
        ring = np.vstack([ring, [ring[-1, 0], pole], [ring[0, 0], pole], ring[0]])
    return ring

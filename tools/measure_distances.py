"""Measure how far apart the territories of today's states lie, on a public-domain map.

    python tools/measure_distances.py MAP [OUT]

MAP is `countries-50m.json` of the npm package world-atlas 2.0.2 (Natural Earth 4.1.0), which
$SIDELINES_DATA holds as `natural_earth/world-atlas_countries-50m.json`. Writes
`distances_today.csv`: one row a state, with its distance to each state whose id comes later.

A state is what the map draws under its name, with the changes of `PARTS`, `OVERSEAS` and `CRIMEA`
below. Dependencies (Greenland, Puerto Rico, the Falklands) have names of their own on the map and
are left out, Western Sahara too; the overseas parts of France and the Netherlands are cut off, as
in the distances of the bundled crises. Hawaii, the Canaries, the Azores and Svalbard count.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from sidelines.reach.distance import EARTH_RADIUS_KM

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src/sidelines/facts/tables/distances_today.csv"
STATES = ROOT / "src/sidelines/terms/states.csv"
COLUMNS = ["id", "apart_km", "date", "until", "published", "source", "note"]

SOURCE = "computed:tools/measure_distances.py, Natural Earth 4.1.0 50m"
PUBLISHED = "2018-05-21"  # Natural Earth 4.1.0, by its own list of changes

NUMBERS = {  # ISO 3166-1 numeric, where states.csv has only letters
    line.split()[1]: line.split()[0] for line in ()
}

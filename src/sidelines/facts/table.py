"""Reading the tables: once each, on first use, and strictly."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from sidelines.facts.record import Row
from sidelines.terms.errors import NotFoundError, TableError, nearest
from sidelines.terms.states import is_actor

__all__ = ["COLUMNS", "read_rows", "table"]

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "airfields": ("airfield", "area", "name", "lat", "lon", "runway_m"),
        "access": ("actor", "grantor", "right", "cargo", "state", "prob", "against"),
        "alignment": ("a", "b", "value"),
        "arms": ("supplier", "client", "value"),
        "base_rates": ("power", "rung", "value", "rows"),
        "bases": ("operator", "host", "place", "kind", "tenure", "runway_m", "lat", "lon"),
        "capitals": ("id", "name", "lat", "lon"),
        "carriers": ("type", "quantity", "value", "unit"),
        "closures": ("passage", "state", "against", "ship", "by"),
        "contiguity": ("a", "b", "kind"),
        "corridors": (
            *("corridor", "part", "name", "mode", "states", "points", "km", "gauge_breaks"),
            *("t_per_day", "low_t_per_day", "high_t_per_day", "cargo"),
        ),
        "distances": ("a", "b", "value"),
        "distances_today": ("id", "apart_km"),
        "energy": ("id", "partner", "fuel", "value"),
        "gdp": ("id", "value"),
        "hazards": (
            "place",
            "means",
            "exposed",
            "by",
            "loss_prob",
            "loss_low",
            "loss_high",
            "delay_days",
        ),
        "holders": ("area", "holder", "view"),
        "lift": ("id", "type", "kind", "count"),
        "members": ("organisation", "id", "kind"),
        "nuclear": ("id",),
        "pacts": ("a", "b", "kind"),
        "passages": (
            "passage",
            "kind",
            "regime",
            "controllers",
            "merchant",
            "warship",
            "aircraft",
            "usual",
            "width_m",
            "draught_m",
        ),
        "ports": ("area", "port", "lat", "lon", "rank"),
        "rivalries": ("a", "b", "kind"),
        "sanctions": ("sender", "against", "kind"),
        "strength": ("id", "value"),
        "trade": ("id", "partner", "value"),
        "troops": ("operator", "host", "value"),
        "wars": ("id", "name", "role", "intensity"),
    }
)
_COMMON = ("date", "until", "published", "source", "note")
_WHO = {"a", "b", "id", "partner", "supplier", "client", "operator", "host", "organisation"}
_WHO |= {"sender", "holder", "actor", "grantor"}
_SEVERAL = {"against", "by", "controllers", "exposed"}  # actors and areas joined by |
_AREAS = {"area", "states"}  # one area or several: states, or parts of one named STATE-PART
_NUMBERS = {"rows", "lat", "lon", "count", "intensity", "part", "km", "gauge_breaks"}
_NUMBERS |= {"t_per_day", "low_t_per_day", "high_t_per_day", "loss_prob", "loss_low", "loss_high"}
_NUMBERS |= {"runway_m", "width_m", "draught_m", "prob", "delay_days", "rank"}
_MAY_BE_EMPTY = {"runway_m", "width_m", "draught_m", "prob", "delay_days"}
_NUMERIC_VALUE = {"alignment", "base_rates", "carriers", "distances", "energy", "gdp", "strength"}
_NUMERIC_VALUE |= {"trade", "troops"}
_TRANSIT = {"transit-sea", "transit-ground"}
_KINDS = {
    ("access", "right"): {*_TRANSIT, "overflight", "landing", "basing", "canal", "strait"},
    ("access", "cargo"): {"any", "non-lethal", "humanitarian", "personnel", "lethal"},
    ("access", "state"): {"granted", "denied", "unknown"},
    ("arms", "value"): {"none", "minor", "major", "principal"},
    ("base_rates", "rung"): {"words", "money", "forces"},
    ("bases", "kind"): {"air", "naval", "army", "logistics", "port", "transit"},
    ("bases", "tenure"): {"own", "treaty", "lease", "ad-hoc"},
    ("carriers", "quantity"): {
        *("payload", "range", "speed", "use", "ground", "port", "offload", "tanked", "boom"),
    },
    ("closures", "state"): {"closed", "declared"},
    ("closures", "ship"): {"any", "merchant", "warship"},
    ("contiguity", "kind"): {"1", "2", "3", "4", "5", "6"},
    ("corridors", "cargo"): {"any", "non-lethal", "humanitarian"},
    ("corridors", "mode"): {"rail", "road", "ferry"},
    ("energy", "fuel"): {"crude", "gas"},
    ("hazards", "means"): {"air", "sea", "land"},
    ("holders", "view"): {"any", "un", "control", "claim"},
    ("lift", "kind"): {"airlift", "sealift", "tanker"},
    ("members", "kind"): {"defence", "political"},
    ("pacts", "kind"): {"defence", "neutrality", "non-aggression", "consultation", "none"},
    ("passages", "kind"): {"canal", "strait", "sea-route", "ice"},
    ("passages", "merchant"): {"free", "notice", "leave"},
    ("passages", "warship"): {"free", "notice", "leave"},
    ("passages", "aircraft"): {"free", "leave", "none"},
    ("passages", "usual"): {"open", "closed"},
    ("rivalries", "kind"): {"rivalry", "none"},
    ("sanctions", "kind"): {"comprehensive", "financial", "arms", "energy", "individual"},
    ("wars", "role"): {"primary", "troops"},
}


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return all rows of a table, checked.

    >>> table("nuclear")[0].fields["id"]
    'CHN'
    """
    if name not in COLUMNS:
        near = nearest(name, tuple(COLUMNS))
        hint = f"Did you mean {near!r}?" if near else f"There are {', '.join(COLUMNS)}."
        raise NotFoundError(f"There is no table of facts called {name!r}.", hint=hint)
    text = resources.files("sidelines.facts").joinpath("tables", f"{name}.csv").read_text("utf-8")
    return read_rows(name, text.splitlines())


def read_rows(name: str, lines: Iterable[str]) -> tuple[Row, ...]:
    """Read and check the lines of a table; raise `TableError` naming file and line."""
    reader = csv.DictReader(lines, strict=True)
    wanted = (*COLUMNS[name], *_COMMON)
    if tuple(reader.fieldnames or ()) not in (wanted, wanted[:-1]):
        raise TableError(f"{name}.csv:1: columns are {reader.fieldnames}, not {list(wanted)}.")
    return tuple(_row(name, line, cells) for line, cells in enumerate(reader, start=2))


def _row(name: str, line: int, cells: dict[str, str]) -> Row:
    try:
        return _checked(name, line, cells)
    except (ValueError, TypeError) as problem:
        raise TableError(f"{name}.csv:{line}: {problem}") from problem


def _checked(name: str, line: int, cells: dict[str, str]) -> Row:
    if None in cells or None in cells.values():
        raise ValueError("has more or fewer cells than the header")
    fields = {column: cells[column] for column in COLUMNS[name]}
    for column, cell in fields.items():
        _check_cell(name, column, cell)
    date = dt.date.fromisoformat(cells["date"])
    until = dt.date.fromisoformat(cells["until"]) if cells["until"] else None
    if until is not None and until < date:
        raise ValueError(f"ends on {until}, before it begins on {date}")
    if not cells["source"]:
        raise ValueError("has no source")
    return Row(
        table=name,
        line=line,
        fields=MappingProxyType(fields),
        date=date,
        until=until,
        published=dt.date.fromisoformat(cells["published"]),
        source=cells["source"],
        note=cells.get("note", ""),
    )


def _check_cell(name: str, column: str, cell: str) -> None:
    if column in _WHO and not is_actor(cell):
        raise ValueError(f"{column} {cell!r} is not in terms/states.csv")
    if column in _SEVERAL and not (cell == "all" or all(map(_is_place, cell.split("|")))):
        raise ValueError(f"{column} {cell!r} holds more than actors and areas joined by |")
    if column in _AREAS and name not in {"holders", "ports"}:  # tests know the areas of both
        _check_areas(column, cell)
    if not cell and column in _MAY_BE_EMPTY:
        return
    if column in _NUMBERS or (column == "value" and name in _NUMERIC_VALUE):
        number = float(cell)
        if not abs(number) < float("inf") or (column not in {"lat", "lon"} and number < 0):
            raise ValueError(f"{column} {cell!r} is no number that can stand there")
    if column == "apart_km":
        for pair in cell.split("|") if cell else ():
            other, _, km = pair.partition(" ")
            if not (is_actor(other) and km.isdecimal()):
                raise ValueError(f"{column} {pair!r} is no actor with whole kilometres")
    if column == "points":
        _check_points(cell)
    allowed = _KINDS.get((name, column))
    if allowed is not None and cell not in allowed:
        raise ValueError(f"{column} {cell!r} is none of {', '.join(sorted(allowed))}")


def _check_areas(column: str, cell: str) -> None:
    for area in cell.split("|"):
        if not is_actor(area.partition("-")[0]) and area != "ESH":
            raise ValueError(f"{column} {area!r} is no state, nor a part of one")


def _check_points(cell: str) -> None:
    for point in cell.split("|"):
        lat, _, lon = point.partition(" ")
        if not (abs(float(lat)) <= 90 and abs(float(lon)) <= 180):
            raise ValueError(f"points {point!r} is no latitude and longitude")


def _is_place(id_: str) -> bool:
    """Tell whether an id is an actor, an area of one (`YEM-SOUTH`), or nobody."""
    return not id_ or is_actor(id_) or is_actor(id_.partition("-")[0])

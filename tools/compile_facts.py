"""Compile the small tables of `facts` from the research data in $SIDELINES_DATA.

    python tools/compile_facts.py [OUT]

Rewrites the rows that come from a data set and keeps every row written by hand (its source is
`assumed` or a named document). Needs pandas and pyarrow; the package itself needs neither.
Nothing is copied whole: one row of ours per state, pair or spell that a crisis or today's world
asks for, and SIPRI deliveries only as classes of our own.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from sidelines.reach.distance import great_circle_km

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "src/sidelines/facts/tables"
STATES = ROOT / "src/sidelines/terms/states.csv"
CRISES = ROOT / "src/sidelines/crisis/bundled"

# First day on which each vintage could have been read. What each date rests on stands beside it.
PUBLISHED = {
    "nmc": "2026-06-03",  # v7.0: Last-Modified of the official archive, as recorded by others
    # (v6.0 was still the current one in documentation of August 2025)
    "states": "2025-08-08",  # capitals in a package documented on that day: an upper bound
    "distance": "2025-08-08",  # the same package: an upper bound
    "natural_earth": "2024-01-24",  # day of the copy we read: an upper bound
    "nuclear": "2024-10-21",  # day of the file we read: an upper bound
    "atop": "2022-08-09",  # v5.1, 'last updated by source' in the QoG data finder
    "ucdp_acd": "2025-06-13",  # v25.1 had been read by Our World in Data on that day
    "un": "2025-07-31",  # 'July 2025' release: last day of the month
    "sipri_transfers": "2026-05-18",  # day on which the register was drawn
    "joiners": "2026-01-18",  # made of ICB v14 and MID 5.0: day of the file we read, an upper bound
    "signals": "2019-12-31",  # replication data: year of the article
    "trade": "2017-12-31",  # v4.0: year of release as recalled
    "contiguity": "2017-12-31",  # v3.2: year of release as recalled
    "rivalries": "2021-12-31",  # year of the book
}
NMC_6_PUBLISHED = "2021-12-31"  # v6.0 (to 2016): year of release as recalled

YEARS = {  # the last full year before each crisis
    "korea-1950": 1949,
    "suez-1956": 1955,
    "hungary-1956": 1955,
    "vietnam-1965": 1964,
    "yom-kippur-1973": 1972,
    "angola-1975": 1974,
    "afghanistan-1979": 1978,
    "falklands-1982": 1981,
    "kuwait-1990": 1989,
    "kosovo-1999": 1998,
    "georgia-2008": 2007,
    "libya-2011": 2010,
    "syria-2015": 2014,
    "karabakh-2020": 2019,
    "ukraine-2022": 2021,
    "iran-2026": 2025,
}
PARTIES = {
    "korea-1950": "PRK KOR",
    "suez-1956": "ISR EGY",
    "hungary-1956": "SUN HUN",
    "vietnam-1965": "VNM VDR",
    "yom-kippur-1973": "EGY SYR ISR",
    "angola-1975": "ZAF AGO",
    "afghanistan-1979": "SUN AFG",
    "falklands-1982": "ARG GBR",
    "kuwait-1990": "IRQ KWT",
    "kosovo-1999": "USA GBR FRA SRB",
    "georgia-2008": "RUS GEO",
    "libya-2011": "FRA GBR USA LBY",
    "syria-2015": "SYR",
    "karabakh-2020": "AZE ARM",
    "ukraine-2022": "RUS UKR",
    "iran-2026": "USA ISR IRN",
}
POWERS = {
    "korea-1950": "USA SUN CHN TWN GBR AUS NZL CAN FRA NLD BEL TUR GRC PHL THA IND ZAF",
    "suez-1956": "FRA GBR USA SUN SYR JOR SAU IRQ LBN CHN IND CSK YUG CAN TUR AUS",
    "hungary-1956": "USA GBR FRA DEU ITA ESP AUT YUG POL ROU CSK DDR BGR CHN",
    "vietnam-1965": "USA KOR AUS NZL THA PHL GBR FRA JPN TWN DEU SUN CHN PRK CUB IDN LAO KHM",
    "yom-kippur-1973": "USA SUN GBR FRA DEU PRT JOR IRQ SAU KWT LBY DZA MAR TUN SDN CUB PRK PAK "
    "CHN IRN TUR YUG UGA ZAF NLD JPN LBN DDR YAR YMD IND ITA ESP",
    "angola-1975": "CUB SUN USA COD ZMB CHN FRA GBR PRT DZA COG MOZ TZA NGA YUG GNB PRK ROU",
    "afghanistan-1979": "PAK USA CHN IRN SAU GBR FRA DEU EGY JPN IND DDR VNM CUB SYR IRQ BGR CSK",
    "falklands-1982": "USA FRA DEU ITA CAN NZL AUS CHL BRA PER VEN URY BOL ISR LBY SUN CUB ZAF ESP "
    "NLD BEL NOR",
    "kuwait-1990": "USA GBR FRA SUN SAU EGY SYR TUR ARE QAT BHR OMN JOR YEM IRN ISR JPN DEU CHN "
    "IND PAK CAN ITA LBY CUB YAR YMD MAR SDN TUN DZA BGD NLD ESP AUS",
    "kosovo-1999": "DEU ITA CAN ESP NLD TUR GRC HUN ALB MKD BGR ROU POL CZE NOR DNK BEL PRT RUS "
    "CHN BLR UKR IRQ IND",
    "georgia-2008": "USA GBR FRA DEU POL UKR TUR ISR LTU LVA EST AZE ARM CHN BLR KAZ IRN CZE",
    "libya-2011": "ITA CAN NOR DNK BEL ESP NLD SWE QAT ARE JOR TUR DEU RUS CHN VEN DZA EGY ZAF "
    "SDN IND BRA TUN TCD NER GRC POL SAU",
    "syria-2015": "RUS IRN IRQ CHN DZA EGY BLR PRK VEN CUB LBN USA TUR SAU QAT FRA GBR JOR ARE DEU "
    "ISR",
    "karabakh-2020": "RUS TUR ISR IRN FRA USA GBR PAK GEO UKR BLR KAZ IND GRC CYP DEU ARE SAU EGY "
    "CHN SYR",
    "ukraine-2022": "USA GBR POL DEU FRA CAN TUR BLR CHN IRN PRK IND LTU LVA EST CZE SVK ROU JPN "
    "KOR AUS KAZ HUN ITA ESP NLD NOR SWE FIN DNK BGR GRC ISR SAU ARE BRA ZAF SYR VEN CUB ARM AZE "
    "GEO MDA",
    "iran-2026": "RUS CHN GBR FRA DEU TUR SAU ARE QAT BHR KWT OMN IRQ JOR EGY PAK IND PRK AZE ARM "
    "BLR VEN JPN KOR AUS CAN ITA ESP SYR LBN YEM TKM AFG GRC CYP NLD UKR CUB KAZ",
}
ALIGNED_WITH = "USA RUS CHN IRN ISR UKR".split()
TRADED_WITH = "USA CHN RUS EUU IRN ISR UKR".split()
COMMON = ["date", "until", "published", "source", "note"]

Record = dict[str, str]


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else TABLES
    compile_all(Path(os.environ["SIDELINES_DATA"]), out=out)


def compile_all(data: Path, *, out: Path) -> None:
    for name, (compiler, keys) in COMPILERS.items():
        made = [row for row in compiler(data)]
        rows = sorted(made + kept_by_hand(name, made, keys), key=lambda row: tuple(row.values()))
        with (out / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, [*keys, *COMMON], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        print(f"{name}: {len(rows)} rows, {len(made)} of them compiled", file=sys.stderr)


def kept_by_hand(name: str, made: list[Record], keys: list[str]) -> list[Record]:
    """Rows of the present table that no data set gives."""
    path = TABLES / f"{name}.csv"
    if not path.exists():
        return []
    compiled = {tuple(row[key] for key in [*keys, "date"] if key != "value") for row in made}
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        row
        for row in rows
        if ":" not in row["source"]
        and tuple(row[key] for key in [*keys, "date"] if key != "value") not in compiled
    ]


def record(
    keys: Record, *, since: str, source: str, until: str = "", published: str = "", note: str = ""
) -> Record:
    folder = source.partition(":")[0]
    return {
        **keys,
        "date": since,
        "until": until,
        "published": published or PUBLISHED[folder],
        "source": source,
        "note": note,
    }


# --- codes ------------------------------------------------------------------------------------

with STATES.open(newline="", encoding="utf-8") as _file:
    _ACTORS = list(csv.DictReader(_file))
_STATES = [row for row in _ACTORS if row["kind"] == "state"]
_SINCE = {row["id"]: row["from"] for row in _ACTORS}
_BY_COW: dict[int, list[Record]] = {}
_BY_GW: dict[int, list[Record]] = {}
for _row in _STATES:
    if _row["cow"]:
        _BY_COW.setdefault(int(_row["cow"]), []).append(_row)
    if _row["gw"]:
        _BY_GW.setdefault(int(_row["gw"]), []).append(_row)
_BY_GW[345] += [row for row in _STATES if row["id"] == "SRB"]  # its number until 2006
_BY_COW[260] = [row for row in _STATES if row["id"] == "DEU"]
IDS = {row["id"]: row for row in _STATES}


def cow_id(code: int, year: int) -> str | None:
    """Our id of a Correlates of War number at the end of a year."""
    return _valid(_BY_COW.get(code, []), f"{year}-12-31")


def gw_id(code: int, year: int) -> str | None:
    """Our id of a Gleditsch-Ward number at the end of a year."""
    return _valid(_BY_GW.get(code, []), f"{year}-12-31")


def _valid(rows: Iterable[Record], day: str) -> str | None:
    for row in rows:
        if row["from"] <= day and (not row["to"] or day <= row["to"]):
            return row["id"]
    return None


def cow_code(identifier: str, year: int) -> int | None:
    """Correlates of War number of a state that exists at the end of a year, else None."""
    row = IDS.get(identifier)
    if row is None or not row["cow"] or _valid([row], f"{year}-12-31") is None:
        return None
    return 260 if identifier == "DEU" and year < 1990 else int(row["cow"])


def crisis_pairs(crisis: str) -> list[tuple[str, str]]:
    """Each party with each power and each other party, once."""
    parties, powers = PARTIES[crisis].split(), POWERS[crisis].split()
    pairs = {(a, b) for a in parties for b in [*powers, *parties] if a != b}
    return sorted(pairs)


def towards_parties(crisis: str) -> list[tuple[str, str]]:
    """Each power and party with each party: what the first owes or supplies to the second."""
    return sorted({(b, a) for a, b in crisis_pairs(crisis)})


def both_ways(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted({pair for a, b in pairs for pair in ((a, b), (b, a))})


def unordered(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(min(pair), max(pair)) for pair in pairs}


def today() -> list[str]:
    return [row["id"] for row in _STATES if not row["to"]]


# --- one compiler a table ---------------------------------------------------------------------


def capitals(data: Path) -> list[Record]:
    """Spells of capitals; where they lie is Natural Earth's, or the spells' source's without it."""
    frame = pd.read_csv(data / "states/capitals.csv")
    towns = towns_by_name(data)
    rows = []
    for line in frame[~frame.capital.isin(BY_HAND)].itertuples():
        end = line.enddate if line.enddate < "2024-12-31" else ""
        known = _BY_COW.get(line.ccode, [])
        if line.ccode == 255:  # one Germany from 1949, its capital Bonn until 1991
            known, start = IDS_OF_GERMANY, "1991-06-20"
        else:
            start = line.stdate
        for state in known:
            since = max(start, state["from"])
            until = min(filter(None, (end, state["to"])), default="")
            if until and since > until:
                continue
            source = f"states:capitals,ccode={line.ccode},stdate={line.stdate}"
            note, point = "", (line.lat, line.lng)
            town = town_of(state["id"], line.capital, near=point, towns=towns)
            if town is not None:
                point, note = (town.lat, town.lon), f"spell: {source}"
                source = f"natural_earth:{TOWNS},{key_of(town, towns)}"
            place = {"id": state["id"], "name": line.capital}
            place |= {"lat": f"{point[0]:.2f}", "lon": f"{point[1]:.2f}"}
            rows.append(record(place, since=since, until=until, source=source, note=note))
    return rows


IDS_OF_GERMANY = [IDS["DEU"]]
TOWNS = "ne_50m_populated_places_simple"
BY_HAND = ["Koror"]  # 41 km off in the list of spells, and no capital since 2006
SAME_TOWN_KM = 300.0  # a town abroad is the same one (Moscow of the Soviet Union) if this near
TOWN_NAMES = {  # the map's name of a capital, where it is not the name in the list of spells
    "Andorra la Vella": "Andorra",
    "Copenhagen": "København",
    "Guatemala City": "Guatemala",
    "Kuwait City": "Kuwait",
    "Luxembourg City": "Luxembourg",
    "South Tarawa": "Tarawa",
    "St. George's": "Saint George's",
    "St. John's": "Saint John's",
    "Torino": "Turin",
    "Zanzibar City": "Zanzibar",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A populated place on the map [degrees north, degrees east] and the country drawn there."""

    name: str
    country: str
    lat: float
    lon: float


def towns_by_name(data: Path) -> dict[str, list[Town]]:
    """Return the populated places of Natural Earth by their folded names, capitals first."""
    drawn = json.loads((data / f"natural_earth/{TOWNS}.geojson").read_text("utf-8"))["features"]
    towns: dict[str, list[Town]] = {}
    for feature in sorted(drawn, key=lambda one: one["properties"]["featurecla"]):
        said, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
        town = Town(name=said["name"], country=said["adm0_a3"], lat=float(lat), lon=float(lon))
        towns.setdefault(folded(town.name), []).append(town)
    return towns


def town_of(
    state: str, name: str, *, near: tuple[float, float], towns: Mapping[str, list[Town]]
) -> Town | None:
    """Return the town of that name in the state, else the one near the given point, else None."""
    found = towns.get(folded(TOWN_NAMES.get(name, name)), [])
    own = [town for town in found if town.country == state]
    close = [
        town
        for town in found
        if great_circle_km(np.array(near), np.array([town.lat, town.lon])) <= SAME_TOWN_KM
    ]
    return next(iter(own + close), None)


def key_of(town: Town, towns: Mapping[str, list[Town]]) -> str:
    """Return what finds a town on the map again: its name, with its country if it shares it."""
    shared = len(towns[folded(town.name)]) > 1
    return f"name={town.name}" + (f",adm0_a3={town.country}" if shared else "")


def folded(name: str) -> str:
    """Return the letters of a name without accents, case and marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())


def strength(data: Path) -> list[Record]:
    frame = pd.read_parquet(data / "nmc/cow_nmc_v7_0.parquet")
    rows = []
    for year in sorted({*YEARS.values(), 2016, 2022} - {2025}):
        chosen = frame[(frame.year == year) & frame.cinc.notna()]
        world = chosen.cinc.sum()
        for line in chosen.itertuples():
            identifier = cow_id(int(line.ccode), year)
            share = line.cinc / world
            if identifier is None:
                continue
            at = f"{year}-12-31"
            if year == 2016:
                note = "v7.0 figure to two digits, standing for v6.0, which ended in 2016"
                keys = {"id": identifier, "value": f"{share:.2g}" if share >= 1e-4 else "0.0001"}
                rows.append(
                    record(keys, since=at, source="assumed", published=NMC_6_PUBLISHED, note=note)
                )
                continue
            keys = {"id": identifier, "value": f"{share:.6f}"}
            rows.append(record(keys, since=at, source=f"nmc:ccode={line.ccode},year={year}"))
    both = [
        float(row["value"]) for row in rows if row["id"] in {"YAR", "YMD"} and "1989" in row["date"]
    ]
    keys = {"id": "YEM", "value": f"{sum(both):.6f}"}
    source, note = "nmc:ccode=678+680,year=1989", "sum of the two that united on this day"
    rows.append(record(keys, since=IDS["YEM"]["from"], source=source, note=note))
    return rows


def gdp(data: Path) -> list[Record]:
    frame = pd.read_parquet(data / "gdp/worldbank_gdp_current_usd.parquet")
    rows = []
    for year in sorted({*YEARS.values(), 2022, 2023} - {2025}):
        for line in frame[frame.Year == year].itertuples():
            code = line[2]
            if code not in IDS and code != "EUU":
                continue
            day = f"{year}-12-31"
            if code in IDS and _valid([IDS[code]], day) is None:
                continue
            keys = {"id": code, "value": f"{line.Value / 1e9:.4g}"}
            source = f"gdp:worldbank,Country Code={code},Year={year}"
            rows.append(record(keys, since=day, source=source, published=f"{year + 1}-07-01"))
    return rows


def nuclear(data: Path) -> list[Record]:
    frame = pd.read_csv(data / "nuclear/nuclear_status_owid_bleek.csv", keep_default_na=False)
    names = {row["name"]: row["id"] for row in _STATES}
    frame = frame[frame.nuclear_weapons_possession == 1]
    rows = []
    for entity, part in frame.groupby("Entity"):
        first, last = int(part.Year.min()), int(part.Year.max())
        until = "" if last == 2022 else f"{last}-12-31"
        source = f"nuclear:Entity={entity},Year={first}-{last}"
        spells = [(names[entity], f"{first}-01-01", until)]
        if entity == "Russia":
            spells = [("SUN", f"{first}-01-01", "1991-12-25"), ("RUS", "1991-12-26", "")]
        for identifier, start, end in spells:
            rows.append(record({"id": identifier}, since=start, until=end, source=source))
    return rows


def pacts(data: Path) -> list[Record]:
    frame = pd.read_parquet(data / "atop/atop5_directed_dyad_year.parquet")
    kinds = {
        "defence": "atop_defense",
        "neutrality": "atop_neutral",
        "non-aggression": "atop_nonagg",
        "consultation": "atop_consul",
    }
    wanted: dict[tuple[int, int, str, str], set[int]] = {}
    for crisis, before in YEARS.items():
        year = min(before, 2018)
        for a, b in towards_parties(crisis):
            codes = cow_code(a, year), cow_code(b, year)
            if codes[0] is not None and codes[1] is not None:
                wanted.setdefault((codes[0], codes[1], a, b), set()).add(year)
    for one, two in bilateral_defence(data):
        one_id, two_id = cow_id(one, 2018), cow_id(two, 2018)
        if one_id and two_id:
            for ordered in ((one, two, one_id, two_id), (two, one, two_id, one_id)):
                wanted.setdefault(ordered, set()).add(2018)
    by_pair = {key: part for key, part in frame.groupby(["ccode1", "ccode2"])}
    rows = []
    for (one, two, a, b), years in sorted(wanted.items()):
        part = by_pair.get((one, two), frame[:0])
        owed = {
            kind: {int(year) for year in part.year[part[column] == 1]}
            for kind, column in kinds.items()
        }
        for kind, held in owed.items():
            for first, last in sorted({spell(held, year) for year in years & held}):
                rows.append(pact(a, b, kind, (first, last), codes=(one, two)))
        rows += [
            no_pact(a, b, year, codes=(one, two))
            for year in without_pact(years, set().union(*owed.values()))
        ]
        if frozenset({a, b}) in ENDED:
            rows.append(no_pact_any_more(a, b, ENDED[frozenset({a, b})]))
    return rows


ENDED = {  # pacts that ATOP, which stops in 2018, cannot see ending: the day, as we recall it
    frozenset({"RUS", "UKR"}): "2019-03-31",  # friendship treaty of 1997 not renewed
    frozenset({"GBR", "SWE"}): "2020-01-31",  # through the European Union
    frozenset({"USA", "AFG"}): "2021-08-15",  # the partner government fell
    frozenset({"SYR", "LBN"}): "2024-12-07",  # the partner government fell
}


def pact(a: str, b: str, kind: str, years: tuple[int, int], *, codes: tuple[int, int]) -> Record:
    first, last = years
    since = max(f"{first}-01-01", IDS[a]["from"], IDS[b]["from"])
    known_end = ENDED.get(frozenset({a, b}), "")
    end = known_end if last == 2018 else f"{last}-12-31"
    until = min(filter(None, (end, IDS[a]["to"], IDS[b]["to"])), default="")
    source = f"atop:ccode1={codes[0]},ccode2={codes[1]},year={first}-{last}"
    note = "ATOP ends in 2018; taken to go on" if not until else ""
    if last == 2018 and known_end:
        note = "end assumed: after ATOP's last year"
    return record(
        {"a": a, "b": b, "kind": kind}, since=since, until=until, source=source, note=note
    )


def without_pact(asked: set[int], held: set[int]) -> list[int]:
    """Return the years asked without a pact; for one whose pact ended with it, the year after."""
    ended = {year + 1 for year in asked & held if year < 2018}
    return sorted((asked | ended) - held)


def no_pact_any_more(a: str, b: str, end: str) -> Record:
    since = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
    keys = {"a": a, "b": b, "kind": "none"}
    note = "the pact in ATOP has ended since"
    return record(keys, since=since, source="assumed", published=since, note=note)


def no_pact(a: str, b: str, year: int, *, codes: tuple[int, int]) -> Record:
    """Asked and nothing found: held to be so until the end of the year of the crisis."""
    end = "" if year == 2018 else f"{year + 1}-12-31"
    until = min(filter(None, (end, IDS[a]["to"], IDS[b]["to"])), default="")
    source = f"atop:ccode1={codes[0]},ccode2={codes[1]},year={year}"
    keys = {"a": a, "b": b, "kind": "none"}
    since = max(f"{year}-01-01", IDS[a]["from"], IDS[b]["from"])
    return record(keys, since=since, until=until, source=source)


def bilateral_defence(data: Path) -> list[tuple[int, int]]:
    frame = pd.read_csv(data / "atop/atop5_1_alliances.csv", low_memory=False)
    frame = frame[((frame.endyr == 0) | (frame.endyr > 2018)) & (frame.defense == 1)]
    frame = frame[frame.bilat == 1]
    return sorted({(int(one), int(two)) for one, two in zip(frame.mem1, frame.mem2, strict=True)})


def spell(years: set[int], within: int) -> tuple[int, int]:
    """Return the unbroken run of years around one of them."""
    first = last = within
    while first - 1 in years:
        first -= 1
    while last + 1 in years:
        last += 1
    return first, last


VOTES_END = 2023  # last year of points over all votes; later ones are of final passage only


def alignment(data: Path) -> list[Record]:
    frame = pd.read_parquet(data / "un/ideal_points_july2025.parquet")
    frame = frame[frame.idealpointall.notna()]
    rows = []
    for year in sorted({min(year, VOTES_END) for year in YEARS.values()}):
        points = {
            cow_id(int(line.ccode), year): (int(line.ccode), float(line.idealpointall))
            for line in frame[frame.year == year].itertuples()
        }
        pairs = unordered(
            pair
            for crisis, before in YEARS.items()
            if min(before, VOTES_END) == year
            for pair in crisis_pairs(crisis)
        )
        if year == VOTES_END:
            pairs |= unordered((a, b) for a in today() for b in ALIGNED_WITH if a != b)
        for a, b in sorted(pairs):
            if a in points and b in points:
                apart = abs(points[a][1] - points[b][1])
                source = f"un:ccode={points[a][0]}+{points[b][0]},year={year},idealpointall"
                keys = {"a": a, "b": b, "value": f"{apart:.3f}"}
                rows.append(record(keys, since=f"{year}-12-31", source=source))
    return rows


DELIVERIES_BEGIN = 1950


def arms(data: Path) -> list[Record]:
    frame = pd.read_parquet(data / "sipri_transfers/tiv_state_dyad_year_derived.parquet")
    rows = []
    for crisis, year in YEARS.items():
        if year - 4 < DELIVERIES_BEGIN:
            continue  # unknown, not none
        window = frame[frame.year.between(year - 4, year) & (frame.tiv > 0)]
        flows: dict[str, dict[str, float]] = {}
        for line in window.itertuples():
            client, supplier = (
                cow_id(int(line.ccode_recipient), year),
                cow_id(int(line.ccode_supplier), year),
            )
            if client and supplier:
                held = flows.setdefault(client, {})
                held[supplier] = held.get(supplier, 0.0) + float(line.tiv)
        wanted = set(towards_parties(crisis))
        if year == 2025:
            wanted |= {(supplier, client) for client in flows for supplier in flows[client]}
        for supplier, client in sorted(wanted):
            if cow_code(supplier, year) is None or cow_code(client, year) is None:
                continue
            received = flows.get(client, {})
            share = received.get(supplier, 0.0) / sum(received.values()) if received else 0.0
            keys = {"supplier": supplier, "client": client, "value": arms_class(share)}
            codes = f"supplier={cow_code(supplier, year)},recipient={cow_code(client, year)}"
            source = f"sipri_transfers:{codes},year={year - 4}-{year}"
            rows.append(record(keys, since=f"{year}-12-31", source=source))
    return rows


def arms_class(share: float) -> str:
    """Our own four classes of a supplier's share of what a client took in five years."""
    if share >= 0.5:
        return "principal"
    if share >= 0.15:
        return "major"
    return "minor" if share > 0 else "none"


def trade(data: Path) -> list[Record]:
    flows = pd.read_parquet(data / "trade/cow_trade_v4_dyad_year.parquet")
    totals = pd.read_parquet(data / "trade/cow_trade_v4_state_year.parquet")
    europe = members_of("EUU", "2014-12-31")
    rows = []
    for year in sorted({min(year, 2014) for year in YEARS.values()}):
        total = {
            found: float(line.imports + line.exports)
            for line in totals[totals.year == year].dropna().itertuples()
            if (found := cow_id(int(line.ccode), year))
        }
        between: dict[tuple[str, str], float] = {}
        for line in flows[flows.year == year].itertuples():
            a, b = cow_id(int(line.ccode1), year), cow_id(int(line.ccode2), year)
            if a and b:
                flows_both = (line.smoothflow1, line.smoothflow2)
                both = sum(float(flow) for flow in flows_both if pd.notna(flow) and flow >= 0)
                between[a, b] = between[b, a] = both
        if year == 2014:
            for a in total:
                european = sum(between.get((a, b), 0.0) for b in europe)
                if a not in europe and european:
                    between[a, "EUU"] = between["EUU", a] = european
            inside = sum(between.get((a, b), 0.0) for a in europe for b in europe if a != b)
            total["EUU"] = sum(total[a] for a in europe if a in total) - inside
        pairs = {
            p for c, y in YEARS.items() for p in both_ways(crisis_pairs(c)) if min(y, 2014) == year
        }
        if year == 2014:
            pairs |= {(a, b) for a in [*today(), "EUU"] for b in TRADED_WITH if a != b}
        for a, b in sorted(pairs):
            if between.get((a, b)) and total.get(a):
                share = min(1.0, between[a, b] / total[a])
                one, other = ("EU members" if x == "EUU" else cow_code(x, year) for x in (a, b))
                source = f"trade:{one}+{other},year={year}"
                keys = {"id": a, "partner": b, "value": f"{share:.4f}"}
                rows.append(record(keys, since=f"{year}-12-31", source=source))
    return rows


def members_of(organisation: str, day: str) -> set[str]:
    with (TABLES / "members.csv").open(newline="", encoding="utf-8") as file:
        return {
            row["id"]
            for row in csv.DictReader(file)
            if row["organisation"] == organisation
            and row["date"] <= day
            and (not row["until"] or day <= row["until"])
        }


def wars(data: Path) -> list[Record]:
    frame = pd.read_csv(data / "ucdp_acd/ucdp_prio_acd_1946_2024.csv")
    rows: dict[tuple[str, int, int], Record] = {}
    for year in sorted({*YEARS.values(), 2023, 2024} - {2025}):
        for conflict, part in frame[frame.year == year].groupby("conflict_id"):
            line = part.iloc[0]
            sides = [ids_in(part[column], year) for column in ("gwno_a", "gwno_b")]
            troops = ids_in(part.gwno_a_2nd, year) + ids_in(part.gwno_b_2nd, year)
            name = f"{'-'.join(sides[0])} against {'-'.join(sides[1]) or 'rebels'}"
            name += f", {line.incompatibility}"
            for role, ids in (("primary", sides[0] + sides[1]), ("troops", troops)):
                for identifier in ids:
                    keys = {"id": identifier, "name": name, "role": role}
                    keys["intensity"] = str(line.intensity_level)
                    source = f"ucdp_acd:conflict_id={conflict},year={year}"
                    key = (identifier, int(str(conflict)), year)
                    rows.setdefault(key, record(keys, since=f"{year}-12-31", source=source))
    return list(rows.values())


def ids_in(column: pd.Series[float], year: int) -> list[str]:
    codes = sorted({int(code) for code in column.dropna()})
    return [found for code in codes if (found := gw_id(code, year))]


def distances(data: Path) -> list[Record]:
    frame = pd.read_parquet(data / "distance/min_distance_spells_1886_2019.parquet")
    spells: dict[tuple[int, int], list[tuple[int, int, float]]] = {}
    for line in frame[frame.year_to >= 1946].itertuples():
        pair = int(line.ccode1), int(line.ccode2)
        spells.setdefault(pair, []).append(
            (int(line.year_from), int(line.year_to), line.mindist_km)
        )
    rows = []
    for a, b, year in sorted(distances_asked_for()):
        one, two = cow_code(a, year), cow_code(b, year)
        if one is None or two is None:
            continue
        low, high = min(one, two), max(one, two)
        born = max(IDS[a]["from"], IDS[b]["from"])
        for first, last, apart_km in spells.get((low, high), []):
            young = first == int(born[:4]) + 1  # yearly data see a new state a year late
            if first - young <= year <= last:
                since = born if young else max(f"{first}-01-01", born)
                end = "" if last == 2019 else f"{last}-12-31"
                until = min(filter(None, (end, IDS[a]["to"], IDS[b]["to"])), default="")
                keys = {"a": a, "b": b, "value": str(nearest_km(apart_km))}
                source = f"distance:ccode1={low},ccode2={high}"
                note = crimea_note(a, b, first)
                rows.append(record(keys, since=since, until=until, source=source, note=note))
    return without_twins(rows)


def distances_asked_for() -> set[tuple[str, str, int]]:
    """Parties with powers and with each other, in the bundled crises and the years around them.

    The source may not be redistributed: what no bundled crisis asks for is measured by
    `measure_distances.py` instead.
    """
    asked = set()
    for path in sorted(CRISES.glob("*.yaml")):
        crisis = YAML(typ="safe").load(path)
        parties = [*crisis["attackers"], *crisis["targets"]]
        others = [*parties, *(entry["power"] for entry in crisis["powers"])]
        day = str(crisis["as_of"])
        for pair in unordered((a, b) for a in parties for b in others if a != b):
            asked |= {(*pair, min(year, 2019)) for year in (int(day[:4]) - 1, int(day[:4]))}
    return asked


def rivalries(data: Path) -> list[Record]:
    """Spells of strategic rivalry of the pairs of each crisis, and all that are open today."""
    frame = pd.read_csv(data / "rivalries/tss_strategic_rivalries.csv")
    spells: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for line in frame.itertuples():
        pair = min(line.ccode1, line.ccode2), max(line.ccode1, line.ccode2)
        spells.setdefault(pair, []).append((line.tssr_id, line.start, line.end))
    rows = []
    for a, b, years in asked_in_years(RIVALRIES_END):
        found = spells.get(codes_of(a, b, years), [])
        held = [one for one in found if any(one[1] <= year <= one[2] for year in years)]
        rows += [rivalry(a, b, one) for one in held]
        rows += [] if held else [apart(a, b, years, end=RIVALRIES_END, folder="rivalries:tss")]
    for (one, two), found in spells.items():
        living = ids_of(one, two, RIVALRIES_END)
        open_ones = [spell for spell in found if spell[2] == RIVALRIES_END]
        rows += [rivalry(*living, spell) for spell in open_ones if living]
    return without_twins(rows)


RIVALRIES_END = 2020
CONTIGUITY_END = 2016


def rivalry(a: str, b: str, spell: tuple[int, int, int]) -> Record:
    number, first, last = spell
    since = max(f"{first}-01-01", IDS[a]["from"], IDS[b]["from"])
    end = "" if last == RIVALRIES_END else f"{last}-12-31"
    until = min(filter(None, (end, IDS[a]["to"], IDS[b]["to"])), default="")
    keys = {"a": a, "b": b, "kind": "rivalry"}
    note = "data end in 2020; taken to go on" if not until else ""
    return record(keys, since=since, until=until, source=f"rivalries:tssr_id={number}", note=note)


def contiguity(data: Path) -> list[Record]:
    """How pairs of each crisis border on each other, and all that do so today."""
    frame = pd.read_csv(data / "contiguity/cow_contiguity_v3_2.csv")
    spells: dict[tuple[int, int], list[Record]] = {}
    for line in frame[(frame.ccode1 < frame.ccode2) & (frame.conttype > 0)].itertuples():
        keys = {"kind": str(line.conttype), "since": line.stdate, "until": month_end(line.enddate)}
        spells.setdefault((line.ccode1, line.ccode2), []).append(keys)
    rows = []
    for a, b, years in asked_in_years(CONTIGUITY_END):
        first, last = f"{years[0]}-01-01", f"{years[-1]}-12-31"
        found = spells.get(codes_of(a, b, years), [])
        made = [border(a, b, one) for one in found if one["since"] <= last]
        held = [row for row in made if row and not "" < row["until"] < first]
        rows += held or [apart(a, b, years, end=CONTIGUITY_END, folder="contiguity:v3.2")]
    for (one, two), found in spells.items():
        pair = ids_of(one, two, CONTIGUITY_END)
        open_ones = [spell for spell in found if spell["until"] == f"{CONTIGUITY_END}-12-31"]
        rows += [border(*pair, spell) for spell in open_ones if pair]
    return without_twins(row for row in rows if row)


def month_end(day: str) -> str:
    """Return the last day of a month given by any of its days."""
    later = date.fromisoformat(day).replace(day=28) + timedelta(days=4)
    return (later - timedelta(days=later.day)).isoformat()


def border(a: str, b: str, spell: Record) -> Record:
    """Return the part of a spell in which both states lived; nothing if there is none."""
    since = max(spell["since"], IDS[a]["from"], IDS[b]["from"])
    end = "" if spell["until"] == f"{CONTIGUITY_END}-12-31" else spell["until"]
    until = min(filter(None, (end, IDS[a]["to"], IDS[b]["to"])), default="")
    if until and until < since:
        return {}
    codes = sorted(int(IDS[one]["cow"]) for one in (a, b))
    source = f"contiguity:ccode1={codes[0]},ccode2={codes[1]},stdate={spell['since']}"
    note = "data end in 2016; taken to go on" if not until else ""
    keys = {"a": a, "b": b, "kind": spell["kind"]}
    return record(keys, since=since, until=until, source=source, note=note)


def asked_in_years(end: int) -> list[tuple[str, str, list[int]]]:
    """Each pair of each crisis, and the years around it, as far as the data go."""
    asked = []
    for crisis, before in YEARS.items():
        years = sorted({min(before, end), min(before + 1, end)})
        for a, b in sorted(unordered(crisis_pairs(crisis))):
            if all(cow_code(one, years[-1]) is not None for one in (a, b)):
                asked.append((a, b, years))
    return asked


def codes_of(a: str, b: str, years: list[int]) -> tuple[int, int]:
    one, two = (cow_code(identifier, years[-1]) for identifier in (a, b))
    assert one is not None
    assert two is not None
    return min(one, two), max(one, two)


def ids_of(one: int, two: int, year: int) -> tuple[str, str] | None:
    """Return the ids of two states, in order, if both live at the end of a year."""
    a, b = cow_id(one, year), cow_id(two, year)
    return (min(a, b), max(a, b)) if a and b else None


def apart(a: str, b: str, years: list[int], *, end: int, folder: str) -> Record:
    """Asked and nothing found: held to be so until the end of the year of the crisis."""
    until = "" if years[-1] == end else f"{years[-1]}-12-31"
    since = max(f"{years[0]}-01-01", IDS[a]["from"], IDS[b]["from"])
    one, two = codes_of(a, b, years)
    keys = {"a": a, "b": b, "kind": "none" if folder.startswith("rivalries") else "6"}
    source = f"{folder},ccode1={one},ccode2={two},year={'-'.join(str(y) for y in years)}"
    note = f"data end in {end}; taken to go on" if not until else ""
    return record(keys, since=since, until=until, source=source, note=note)


def without_twins(rows: Iterable[Record]) -> list[Record]:
    return list({tuple(row.values()): row for row in rows}.values())


def base_rates(data: Path) -> list[Record]:
    """How often powers went to a rung or further, in all rows before each crisis.

    Words and money from ICB for the two powers it codes throughout and for all it codes together;
    forces of any power from joining a militarised dispute on the target's side.
    """
    crises = pd.read_parquet(data / "joiners/joiners.parquet")
    disputes = pd.read_parquet(data / "joiners/joiners_mid.parquet")
    rungs = {"words": "y_any", "money": "y_material", "forces": "y_force"}
    rows = []
    for year in sorted({min(year, 2017) for year in YEARS.values()}):
        before = crises[crises.crisis_year <= year]
        for power, code in (("USA", 2), ("RUS", 365), ("any", None)):
            part = before if code is None else before[before.patron == code]
            asked = f"patron={code}," if code else ""
            for rung, column in rungs.items():
                source = f"joiners:joiners,{asked}crisis_year<={year},{column}"
                values = part[column]
                if code is None and rung == "forces":
                    source = f"joiners:joiners_mid,year<={year},y_join_target"
                    values = disputes[disputes.year <= year].y_join_target
                keys = {"power": power, "rung": rung, "value": f"{values.mean():.4f}"}
                keys["rows"] = str(len(values))
                rows.append(record(keys, since=f"{year}-12-31", source=source))
    return rows


def crimea_note(a: str, b: str, since: int) -> str:
    """Say so where the source draws Crimea as Russia's, as it does from 2015 on."""
    return "Crimea measured as Russia's" if since == 2015 and {a, b} & {"RUS", "UKR"} else ""


def nearest_km(apart_km: float) -> int:
    """Whole kilometres; a half goes down, so that nothing looks farther than measured."""
    return ceil(round(apart_km, 1) - 0.5)


def troops(data: Path) -> list[Record]:
    """Troops of the major powers in the parties, at most two years before the year asked for."""
    frame = pd.read_parquet(data / "signals/major_power_signals_1950_2012.parquet")
    counts = frame.set_index(["ccode", "year"])
    rows: dict[tuple[str, str, int], Record] = {}
    for crisis, before in YEARS.items():
        for host in PARTIES[crisis].split():
            for power, column in GARRISONS.items():
                for year in range(before, before - 3, -1):
                    ids = {power, "SUN" if power == "RUS" and year < 1991 else power}
                    code, sender = cow_code(host, year), max(ids)
                    if code is None or (code, year) not in counts.index or host in ids:
                        continue
                    keys = {"operator": sender, "host": host}
                    keys["value"] = f"{counts.loc[(code, year), column]:.0f}"
                    source = f"signals:ccode={code},year={year},{column}"
                    rows[sender, host, year] = record(keys, since=f"{year}-12-31", source=source)
                    break
    return list(rows.values())


GARRISONS = {
    "USA": "us_troops",
    "RUS": "rus_troops",
    "CHN": "chi_troops",
    "GBR": "uk_troops",
    "FRA": "fra_troops",
}

COMPILERS: dict[str, tuple[Callable[[Path], list[Record]], list[str]]] = {
    "capitals": (capitals, ["id", "name", "lat", "lon"]),
    "strength": (strength, ["id", "value"]),
    "gdp": (gdp, ["id", "value"]),
    "nuclear": (nuclear, ["id"]),
    "pacts": (pacts, ["a", "b", "kind"]),
    "alignment": (alignment, ["a", "b", "value"]),
    "arms": (arms, ["supplier", "client", "value"]),
    "trade": (trade, ["id", "partner", "value"]),
    "wars": (wars, ["id", "name", "role", "intensity"]),
    "distances": (distances, ["a", "b", "value"]),
    "rivalries": (rivalries, ["a", "b", "kind"]),
    "contiguity": (contiguity, ["a", "b", "kind"]),
    "troops": (troops, ["operator", "host", "value"]),
    "base_rates": (base_rates, ["power", "rung", "value", "rows"]),
}

if __name__ == "__main__":
    main()

"""Ways by sea against two public routers, on published distances that tuned none of the three.

Needs searoute and scgraph (below 3, which carries its graph of the sea); without them, says so and
stops. The ice is closed to all that can close it, and canals that the published way does not use.
searoute can close Suez and Panama; where that leaves it none (it answers zero, also for ports at
a closed Panama), it is asked again with both open. scgraph can close nothing, so it is not asked
for pairs whose published way avoids an open canal; it adds ports in the nearest of four ways.
All to all is between ports drawn by seed from searoute's own list, which are attached afresh, and
between our own ports, whose links are shipped; either is counted.
"""

import csv
import itertools
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from sidelines.assess.roads import links_at, roadmap
from sidelines.facts.shipped_links import known_places
from sidelines.reach.best_way import NoWay, best_way
from sidelines.reach.links import attach_port, join, nearest_water
from sidelines.reach.roadmap import Roadmap, words_of
from sidelines.reach.search import search
from sidelines.reach.trip import Links, Trip
from sidelines.terms.roles import Means

TABLE = Path(__file__).parent.parent / "tests/reference/port_distances.csv"
ICE = ("northern-sea-route", "northwest-passage", "arctic-ice")
CANALS = ("suez", "panama", "kiel", "corinth", "volga-don")
KM_PER_NMI, COAST_KM = 1.852, 120.0
PORTS, TIMES_SCGRAPH, SEED = 333, 3.0, 3
Row = dict[str, str]
Port = tuple[float, float]


def ends(row: Row) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return latitude and longitude of both ports [degrees]."""
    start = float(row["start_lat"]), float(row["start_lon"])
    return start, (float(row["end_lat"]), float(row["end_lon"]))


def closed(row: Row) -> tuple[str, ...]:
    return tuple(canal for canal in CANALS if canal not in row["canals"].split("|"))


def linked(sea: Roadmap, port: tuple[float, float]) -> Links:
    found = attach_port(sea, np.array(port), within_km=COAST_KM)
    if found is None:
        sys.exit(f"no water near {port}")
    return found


def shipped(port: Port) -> Links:
    found = links_at(Means.SEA, *port)
    if found is None:
        sys.exit(f"no water near {port}")
    return found


def refusal(sea: Roadmap, areas: tuple[str, ...]) -> np.ndarray:
    return words_of(np.array([sea.areas.index(area) for area in areas]), words=sea.words)


def by_us(sea: Roadmap, row: Row) -> float:
    start, end = (linked(sea, port) for port in ends(row))
    way = best_way(join(sea, start, end), refusal(sea, ICE + closed(row)))
    return float("inf") if isinstance(way, NoWay) else way.km


def by_searoute(row: Row) -> float:
    import searoute

    start, end = ends(row)
    shut = ["northwest", *(canal for canal in closed(row) if canal in {"suez", "panama"})]
    for closing in (shut, shut[:1]):
        line = searoute.searoute(
            start[::-1], end[::-1], append_orig_dest=True, restrictions=closing
        )
        if line.properties["length"] > 0:
            break
    return float(line.properties["length"])


def by_scgraph(row: Row) -> float:
    from scgraph.geographs.marnet import marnet_geograph

    start, end = (dict(zip(("latitude", "longitude"), port, strict=True)) for port in ends(row))
    found = marnet_geograph.get_shortest_path(
        start,
        end,
        node_addition_type="quadrant",
        node_addition_circuity=1.1,
        node_addition_math="haversine",
        silent=True,
    )
    return float(found["length"])


def told(name: str, error: np.ndarray, seconds: float) -> tuple[float, float]:
    apart = np.abs(error)
    mean, within = float(apart.mean()), float((apart <= 0.05).mean())
    print(
        f"{name}: {len(error)} pairs, median {np.median(error):+.2%}, mean error {mean:.2%}, "
        f"within 5 % {within:.1%}, {1000 * seconds / len(error):.1f} ms a pair"
    )
    return mean, within


def on_published(sea: Roadmap, rows: list[Row]) -> bool:
    """Compare all three pair by pair; tell whether ours is the nearest."""
    published = np.array([float(row["nm"]) for row in rows]) * KM_PER_NMI
    nearest = True
    ours = np.array([by_us(sea, row) for row in rows]) / published - 1
    for name, ask in (("searoute", by_searoute), ("scgraph", by_scgraph)):
        told_all = np.array([may_be_asked(name, row) for row in rows])
        asked = [row for row, yes in zip(rows, told_all, strict=True) if yes]
        ask(asked[0])  # graphs are read once
        began = time.process_time()
        theirs = np.array([ask(row) for row in asked])
        took = time.process_time() - began
        their_mean, their_within = told(name, theirs / published[told_all] - 1, took)
        began = time.process_time()
        for row in asked:
            by_us(sea, row)
        took = time.process_time() - began
        mean, within = told("  ours on these", ours[told_all], took)
        nearest &= mean < their_mean and within >= their_within
    return nearest


def may_be_asked(name: str, row: Row) -> bool:
    """Tell whether a router can be told which canals are shut on a way."""
    if name == "searoute":
        return True
    through = set(row["canals"].split("|"))
    around = {canal for canal in ("suez", "panama") if canal not in through}
    return row["table"].startswith("pub151") or not around


def all_to_all(
    sea: Roadmap, ports: list[Port], joined: Callable[[Port], Links], whose: str
) -> float:
    """Return microseconds a pair: every port attached, then searched to all the others."""
    began = time.process_time()
    links = [joined(port) for port in ports]
    attached = time.process_time() - began
    none = np.empty(0)
    began = time.process_time()
    shut = refusal(sea, ICE)[None]
    flat = Links(
        point=links[0].point,
        vertex=np.concatenate([one.vertex for one in links]),
        km=np.concatenate([one.km for one in links]),
        sets=np.concatenate([one.sets for one in links]),
    )
    usable = ~((flat.sets & shut) > 0).any(axis=1)
    first = np.concatenate([[0], np.cumsum([len(one.km) for one in links])[:-1]])
    nowhere = Links(
        point=links[0].point,
        vertex=np.empty(0, dtype=np.int64),
        km=none,
        sets=np.empty((0, sea.words), dtype=np.uint64),
    )
    table = np.empty((len(links), len(links)))
    for row, start in enumerate(links):
        dist = search(trip(sea, start, nowhere), shut).dist
        table[row] = np.minimum.reduceat(
            np.where(usable, dist[flat.vertex] + flat.km, np.inf), first
        )
    took = time.process_time() - began
    each = 1e6 / len(links) ** 2
    print(
        f"{len(links)} ports {whose}, all to all: {took * each:.1f} us a pair, and with attaching "
        f"({1000 * attached / len(links):.2f} ms a port) {(took + attached) * each:.1f}"
    )
    return (took + attached) * each


def trip(sea: Roadmap, start: Links, end: Links) -> Trip:
    return Trip(
        points=sea.points,
        first=sea.first,
        to=sea.to,
        km=sea.km,
        crossing=sea.crossing,
        sets=sea.sets,
        names=sea.areas,
        start=start,
        end=end,
    )


def drawn(sea: Roadmap) -> list[tuple[float, float]]:
    """Return ports of searoute's list that lie near the sea [degrees]."""
    import searoute

    nodes = np.array(sorted(searoute.setup_P().nodes))[:, ::-1]
    some = np.random.default_rng(SEED).permutation(nodes)
    near = (tuple(at) for at in some if len(nearest_water(sea, at, within_km=COAST_KM)))
    return list(itertools.islice(near, PORTS))


def scgraph_all_to_all(ports: list[tuple[float, float]]) -> float:
    from scgraph.geographs.marnet import marnet_geograph

    nodes = [{"latitude": lat, "longitude": lon} for lat, lon in ports]
    marnet_geograph.distance_matrix(nodes[:2])
    began = time.process_time()
    marnet_geograph.distance_matrix(nodes)
    took = (time.process_time() - began) * 1e6 / len(nodes) ** 2
    print(f"scgraph, all to all: {took:.1f} us a pair")
    return took


def main() -> None:
    try:
        import scgraph  # noqa: F401
        import searoute  # noqa: F401
    except ModuleNotFoundError:
        print("searoute or scgraph is not installed: nothing to compare with")
        return
    rows = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
    sea = roadmap(Means.SEA)
    nearest = on_published(sea, rows)
    ports = drawn(sea)
    links_at(Means.SEA, *map(float, known_places(Means.SEA)[0]))  # the file is read once
    ours = [(lat, lon) for lat, lon in known_places(Means.SEA).tolist()]
    ours = [port for port in ours if links_at(Means.SEA, *port) is not None][:PORTS]
    links_at.cache_clear()
    ratios = [
        all_to_all(sea, places, joined, whose) / scgraph_all_to_all(places)
        for places, joined, whose in (
            (ports, partial(linked, sea), "of theirs"),
            (ours, shipped, "of ours"),
        )
    ]
    print(
        f"ours takes {ratios[0]:.1f} times as long as scgraph from anywhere, {ratios[1]:.1f} from "
        f"ports whose links are shipped (at most {TIMES_SCGRAPH})"
    )
    if not nearest or max(ratios) > TIMES_SCGRAPH:
        sys.exit("not as near, or slower, than it has to be")


if __name__ == "__main__":
    main()

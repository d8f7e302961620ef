"""Laws of the shipped roadmaps."""

import datetime as dt

import numpy as np
import pytest

from sidelines.assess.roads import roadmap
from sidelines.facts.passages import passages
from sidelines.facts.roads import Roads, load_roads
from sidelines.facts.world import load_world
from sidelines.reach.best_way import NoWay, Way, best_way
from sidelines.reach.distance import geodesic_km
from sidelines.reach.links import attach_port, join
from sidelines.reach.roadmap import words_of
from sidelines.reach.sight import areas_crossed, land_at, open_water
from sidelines.terms.roles import Means

BOTH = [Means.AIR, Means.SEA]
ICE = {"northern-sea-route", "northwest-passage", "arctic-ice"}
CANALS = {"suez", "panama", "kiel", "corinth", "volga-don"}
PORTS = {
    "Novorossiysk": (44.7, 37.8),
    "Rostov": (47.1, 39.2),
    "Tartus": (34.9, 35.86),
    "Piraeus": (37.93, 23.6),
    "Gdansk": (54.5, 18.7),
    "Hamburg": (53.54, 9.97),
    "Rotterdam": (51.98, 4.0),
    "Lisbon": (38.65, -9.3),
    "New York": (40.5, -73.9),
    "Los Angeles": (33.7, -118.25),
    "Jeddah": (21.48, 39.1),
    "Eilat": (29.5, 34.95),
    "Aden": (12.75, 45.0),
    "Bandar Abbas": (27.1, 56.2),
    "Kuwait": (29.4, 48.0),
    "Karachi": (24.75, 66.95),
    "Astrakhan": (45.8, 47.9),
    "Anzali": (37.5, 49.47),
    "Singapore": (1.2, 103.8),
    "Colombo": (6.95, 79.8),
    "Perth": (-32.05, 115.7),
    "Hong Kong": (22.25, 114.2),
    "Balikpapan": (-1.4, 117.0),
    "Murmansk": (69.3, 33.5),
    "Vladivostok": (43.1, 131.9),
    "Gothenburg": (57.65, 11.8),
    "Copenhagen": (55.7, 12.7),
    "Lubeck": (54.0, 10.9),
    "Jakarta": (-6.05, 106.85),
    "Durban": (-29.9, 31.1),
    "Darwin": (-12.4, 130.8),
    "Cairns": (-16.9, 145.8),
    "Palermo": (38.15, 13.4),
    "Catania": (37.5, 15.15),
    "Busan": (35.08, 129.05),
    "Shanghai": (31.2, 121.9),
    "Punta Arenas": (-53.15, -70.85),
    "Santos": (-24.0, -46.3),
    "Anchorage": (61.1, -150.3),
    "Pevek": (69.8, 170.3),
}


@pytest.fixture(scope="module", params=BOTH)
def roads(request: pytest.FixtureRequest) -> Roads:
    return load_roads(request.param)


def sail(start: str, end: str, *closed: str) -> Way | NoWay:
    """Return the way by sea with the ice and some passages closed."""
    sea = roadmap(Means.SEA)
    links = [attach_port(sea, np.array(PORTS[port]), within_km=120.0) for port in (start, end)]
    assert links[0] is not None
    assert links[1] is not None
    shut = np.array([sea.areas.index(area) for area in sorted(ICE | set(closed))])
    return best_way(join(sea, *links), words_of(shut, words=sea.words))


def nautical_miles(way: Way | NoWay) -> float:
    return float("inf") if isinstance(way, NoWay) else way.km / 1.852


def test_points_lie_on_the_globe_and_lines_join_two_of_them(roads: Roads) -> None:
    assert (np.abs(roads.points[:, 0]) <= 90).all()
    assert (np.abs(roads.points[:, 1]) <= 180).all()
    assert (roads.pairs >= 0).all()
    assert roads.pairs.max() < len(roads.points)
    assert (roads.pairs[:, 0] != roads.pairs[:, 1]).all()


def test_sets_stand_once_are_all_used_and_name_areas(roads: Roads) -> None:
    assert len(np.unique(roads.sets, axis=0)) == len(roads.sets)
    assert np.array_equal(np.unique(roads.crossing), np.arange(len(roads.sets)))
    used = np.unpackbits(roads.sets.view(np.uint8), axis=1, bitorder="little").any(axis=0)
    assert not used[len(roads.areas) :].any()
    assert len(set(roads.areas)) == len(roads.areas)


def test_passages_of_the_roadmaps_are_passages_of_the_tables(roads: Roads) -> None:
    known = {fact.value.id for fact in passages(load_world(dt.date(2026, 3, 4)))}
    assert {area for area in roads.areas if area[0].islower()} <= known


def test_shipped_sets_are_what_the_lines_cross() -> None:
    roads = load_roads(Means.AIR)
    some = np.random.default_rng(1).choice(len(roads.pairs), 3000, replace=False)
    found = areas_crossed(
        roads.grid,
        roads.points[roads.pairs[some, 0]],
        roads.points[roads.pairs[some, 1]],
        step_km=roads.step_km,
        graze_km=roads.graze_km,
        areas=len(roads.areas),
    )
    assert (found == roads.sets[roads.crossing[some]]).all(axis=1).mean() > 0.999


def test_shipped_sea_lines_stay_on_the_water() -> None:
    roads = load_roads(Means.SEA)
    straight = len(roads.pairs) - len(roads.given_km)
    some = np.random.default_rng(1).choice(straight, 3000, replace=False)
    water, crossed = open_water(
        roads.grid,
        roads.points[roads.pairs[some, 0]],
        roads.points[roads.pairs[some, 1]],
        step_km=roads.step_km,
        graze_km=roads.graze_km,
        gates=roads.gates,
        gate_areas=roads.gate_areas,
        areas=len(roads.areas),
    )
    assert water.all()
    assert (crossed == roads.sets[roads.crossing[some]]).all(axis=1).mean() > 0.999
    assert not land_at(roads.grid, roads.points).any()


def test_every_strait_is_on_some_line() -> None:
    roads = load_roads(Means.SEA)
    used = np.unpackbits(roads.sets.view(np.uint8), axis=1, bitorder="little").any(axis=0)
    assert [area for k, area in enumerate(roads.areas) if not used[k]] == []


@pytest.mark.parametrize(
    ("start", "end", "passage"),
    [
        ("Novorossiysk", "Tartus", "bosporus"),
        ("Novorossiysk", "Tartus", "dardanelles"),
        ("Piraeus", "New York", "gibraltar"),
        ("Kuwait", "Karachi", "hormuz"),
        ("Jeddah", "Aden", "bab-el-mandeb"),
        ("Eilat", "Jeddah", "tiran"),
        ("Rostov", "Novorossiysk", "kerch"),
    ],
)
def test_a_sea_with_one_mouth_is_shut_by_it(start: str, end: str, passage: str) -> None:
    closed = CANALS | {passage}
    assert isinstance(sail(start, end, *(CANALS - {passage})), Way)
    found = sail(start, end, *closed)
    assert isinstance(found, NoWay)
    assert passage in found.blocked_by


def test_the_baltic_has_three_mouths() -> None:
    mouths = {"oresund", "great-belt", "kiel"}
    assert isinstance(sail("Gdansk", "Rotterdam", *mouths, "volga-don"), NoWay)
    for mouth in mouths:
        assert isinstance(sail("Gdansk", "Rotterdam", *(mouths - {mouth})), Way)


def test_the_caspian_is_joined_by_the_canal_alone() -> None:
    assert isinstance(sail("Astrakhan", "Anzali", "volga-don"), Way)
    assert isinstance(sail("Astrakhan", "Tartus"), Way)
    assert sail("Astrakhan", "Tartus", "volga-don") == NoWay(blocked_by=("volga-don",))


@pytest.mark.parametrize(
    ("start", "end", "passage", "at_least_nmi"),
    [
        ("Rotterdam", "Colombo", "suez", 3000),
        ("New York", "Los Angeles", "panama", 5000),
        ("Singapore", "Colombo", "malacca", 300),
        ("Balikpapan", "Perth", "lombok", 1),
        ("Rotterdam", "Lisbon", "dover", 500),
        ("Copenhagen", "Gothenburg", "oresund", 150),
        ("Lubeck", "Gothenburg", "great-belt", 15),
        ("Jakarta", "Durban", "sunda", 500),
        ("Darwin", "Cairns", "torres", 1000),
        ("Palermo", "Catania", "messina", 100),
        ("Busan", "Vladivostok", "korea-strait", 400),
        ("Hong Kong", "Shanghai", "taiwan-strait", 150),
        ("Punta Arenas", "Santos", "magellan", 300),
    ],
)
def test_a_passage_with_ways_round_it_costs_miles(
    start: str, end: str, passage: str, at_least_nmi: float
) -> None:
    through, around = sail(start, end), sail(start, end, passage)
    assert isinstance(through, Way)
    assert passage in through.crossed
    assert nautical_miles(around) - nautical_miles(through) >= at_least_nmi
    assert isinstance(around, Way)


@pytest.mark.parametrize("passage", load_roads(Means.SEA).areas)
def test_closing_a_passage_shortens_no_way(passage: str) -> None:
    names = sorted(PORTS)
    pairs = np.random.default_rng(len(passage)).choice(len(names), (6, 2))
    for a, b in pairs[pairs[:, 0] != pairs[:, 1]]:
        ways = sail(names[a], names[b]), sail(names[a], names[b], passage)
        assert nautical_miles(ways[1]) >= nautical_miles(ways[0])
        if isinstance(ways[1], Way):
            assert passage not in ways[1].crossed
        else:
            assert isinstance(ways[0], NoWay) or passage in ways[0].crossed


def test_bering_is_the_way_between_two_oceans() -> None:
    sea = roadmap(Means.SEA)
    ends = [
        attach_port(sea, np.array(PORTS[port]), within_km=120.0) for port in ("Anchorage", "Pevek")
    ]
    assert ends[0] is not None
    assert ends[1] is not None
    trip = join(sea, *ends)
    through = best_way(trip, np.zeros(sea.words, dtype=np.uint64))
    shut = words_of(np.array([sea.areas.index("bering")]), words=sea.words)
    assert isinstance(through, Way)
    assert "bering" in through.crossed
    assert nautical_miles(best_way(trip, shut)) > 5 * nautical_miles(through)


def test_no_line_is_shorter_than_straight(roads: Roads) -> None:
    ends = roads.points[roads.pairs]
    straight = geodesic_km(ends[:, 0], ends[:, 1])
    assert straight.min() > 0
    count = len(roads.given_km)
    is_canal = roads.sets[roads.crossing[len(straight) - count :]].any(axis=1)
    given = roads.given_km[~is_canal]
    assert (given > 0.99 * straight[len(straight) - count :][~is_canal]).all()


def test_the_archipelago_can_be_gone_round() -> None:
    straits = ("malacca", "singapore", "sunda", "lombok", "torres")
    found = sail("Hong Kong", "Colombo", *straits)
    assert isinstance(found, Way)
    assert not set(found.crossed) & set(straits)


def test_the_ice_shuts_the_north() -> None:
    sea = roadmap(Means.SEA)
    links = [
        attach_port(sea, np.array(PORTS[port]), within_km=120.0)
        for port in ("Murmansk", "Vladivostok")
    ]
    assert links[0] is not None
    assert links[1] is not None
    nobody = np.zeros(sea.words, dtype=np.uint64)
    open_, shut = best_way(join(sea, *links), nobody), sail("Murmansk", "Vladivostok")
    assert isinstance(open_, Way)
    assert set(open_.crossed) & ICE
    assert nautical_miles(shut) > 1.8 * nautical_miles(open_)

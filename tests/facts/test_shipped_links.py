"""Known places are joined to the roadmaps as they stand."""

import time

import numpy as np
import pytest

from sidelines.assess.roads import PORT_WITHIN_KM, links_at, main_roads, roadmap
from sidelines.facts.shipped_links import known_places, load_air_links, load_sea_links
from sidelines.reach.links import attach, attach_port
from sidelines.terms.roles import Means

SHIPPED = {Means.AIR: load_air_links, Means.SEA: load_sea_links}
SOME = np.random.default_rng(11)


def drawn(means: Means, count: int) -> list[tuple[float, float]]:
    places = known_places(means)
    return [(lat, lon) for lat, lon in places[SOME.choice(len(places), count, False)].tolist()]


@pytest.mark.parametrize("means", [Means.AIR, Means.SEA])
def test_every_known_place_is_shipped(means: Means) -> None:
    shipped, known = SHIPPED[means]().places, known_places(means)
    assert {*map(tuple, known)} == {*map(tuple, shipped)}, "run tools/build_links.py again"


@pytest.mark.parametrize(("lat", "lon"), drawn(Means.AIR, 25))
def test_a_shipped_field_has_the_lines_that_it_would_be_given(lat: float, lon: float) -> None:
    shipped, fresh = links_at(Means.AIR, lat, lon), attach(roadmap(Means.AIR), np.array([lat, lon]))
    assert shipped is not None
    assert np.array_equal(shipped.vertex, fresh.vertex)
    assert np.array_equal(shipped.sets, fresh.sets)
    assert np.abs(shipped.km - fresh.km).max() < 1e-9


@pytest.mark.parametrize(("lat", "lon"), drawn(Means.SEA, 25))
def test_a_shipped_port_has_the_lines_that_it_would_be_given(lat: float, lon: float) -> None:
    shipped = links_at(Means.SEA, lat, lon)
    fresh = attach_port(roadmap(Means.SEA), np.array([lat, lon]), within_km=PORT_WITHIN_KM)
    assert (shipped is None) == (fresh is None)
    if shipped is not None and fresh is not None:
        assert np.array_equal(shipped.point, fresh.point)
        assert np.array_equal(shipped.vertex, fresh.vertex)
        assert np.array_equal(shipped.sets, fresh.sets)
        assert np.abs(shipped.km - fresh.km).max() < 1e-3


def test_a_port_without_water_has_no_lines() -> None:
    held = load_sea_links()
    dry = np.flatnonzero(np.isnan(held.water[:, 0]))
    assert (held.first[dry] == held.first[dry + 1]).all()
    for lat, lon in held.places[dry].tolist():
        assert links_at(Means.SEA, lat, lon) is None


def test_an_unknown_place_is_looked_at_afresh() -> None:
    for means in (Means.AIR, Means.SEA):
        links = links_at(means, 35.123, 18.456)
        assert links is not None
        assert len(links.vertex) > 3


def test_shipped_links_are_soon_loaded_and_soon_unpacked() -> None:
    main_roads(Means.AIR)
    began = time.process_time()
    load_air_links(), load_sea_links()
    assert time.process_time() - began < 0.04


def test_roadmaps_and_links_stay_small() -> None:
    from importlib import resources

    files = resources.files("sidelines.facts").joinpath("roadmaps").iterdir()
    assert sum(len(file.read_bytes()) for file in files) < 5_000_000

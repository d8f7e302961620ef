"""Areas told as those who hold them, and what is closed for certain left out."""

from dataclasses import replace

import numpy as np

from sidelines.reach.kernel import compiled
from sidelines.reach.roadmap import WORD, areas_of
from sidelines.reach.trip import Links, Trip
from sidelines.terms.arrays import Int, UInt

__all__ = ["narrow"]


def narrow(
    trip: Trip,
    holders: UInt[np.ndarray, "holder word"],
    *,
    names: tuple[str, ...],
    barred: UInt[np.ndarray, " word"] | None = None,
) -> Trip:
    """Return a trip whose sets speak of holders: one refuses, and all its areas are closed.

    Parameters
    ----------
    trip
        In terms of areas [km].
    holders
        Each one's areas, as words; an area may have several holders or none.
    names
        Ids of the holders.
    barred
        Areas that are closed whatever happens: their lines are left out. None for none.

    Returns
    -------
    Trip
        Smaller, so faster to search [km].

    Raises
    ------
    ValueError
        If there are not as many names as holders.

    Notes
    -----
    Source: definition.
    """
    if len(names) != len(holders):
        raise ValueError(f"{len(names)} names for {len(holders)} holders.")
    closed = np.zeros(trip.words, dtype=np.uint64) if barred is None else barred
    table = _holders_by_area(holders, trip.words)
    row, sets = _project(trip.sets, table, closed)
    crossing = row[trip.crossing]
    keep = crossing >= 0
    before = np.concatenate([[0], np.cumsum(keep)])
    return replace(
        trip,
        first=before[trip.first],
        to=trip.to[keep],
        km=trip.km[keep],
        crossing=crossing[keep].astype(np.int32),
        sets=sets,
        names=names,
        start=_narrow_links(trip.start, table, closed),
        end=_narrow_links(trip.end, table, closed),
    )


def _holders_by_area(holders: np.ndarray, words: int) -> np.ndarray:
    """Return each area's holders, as words."""
    wide = max(-(-len(holders) // WORD), 1)
    table = np.zeros((WORD * words, wide), dtype=np.uint64)
    for holder, held in enumerate(holders):
        bit = np.left_shift(np.uint64(1), np.uint64(holder % WORD))
        table[list(areas_of(held)), holder // WORD] |= bit
    return table


def _narrow_links(links: Links, table: np.ndarray, barred: np.ndarray) -> Links:
    row, sets = _project(links.sets, table, barred)
    keep = row >= 0
    return replace(links, vertex=links.vertex[keep], km=links.km[keep], sets=sets[row[keep]])


def _project(
    sets: UInt[np.ndarray, "set word"], table: np.ndarray, barred: np.ndarray
) -> tuple[Int[np.ndarray, " set"], UInt[np.ndarray, "row wide"]]:
    """Return each set's row among the different sets of holders; -1 where it is barred."""
    kernel = compiled()
    if kernel is None:
        return _project_in_numpy(sets, table, barred)
    wide = table.shape[1]
    slots = 1 << int(2 * len(sets)).bit_length()
    row, count = np.empty(len(sets), dtype=np.int64), np.zeros(1, dtype=np.int64)
    out = np.empty((len(sets), wide), dtype=np.uint64)
    slot = np.empty(slots, dtype=np.int64)
    sizes = len(sets), sets.shape[1], wide, slots
    given = (np.ascontiguousarray(sets), table, np.ascontiguousarray(barred))
    kernel.run("project", sizes, (), (*given, slot, row, out, count))
    return row, out[: count[0]].copy()


def _project_in_numpy(
    sets: np.ndarray, table: np.ndarray, barred: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    held = np.zeros((len(sets), table.shape[1]), dtype=np.uint64)
    for area in np.flatnonzero(table.any(axis=1)):
        has = sets[:, area // WORD] >> np.uint64(area % WORD) & np.uint64(1)
        held |= has[:, None] * table[area]
    passable = ~((sets & barred) > 0).any(axis=1)
    different, inverse = np.unique(held[passable], axis=0, return_inverse=True)
    row = np.full(len(sets), -1, dtype=np.int64)
    row[passable] = inverse.reshape(-1)
    return row, different

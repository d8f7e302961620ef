"""Areas told as those who hold them, and what is closed for certain left out."""

from dataclasses import replace

import numpy as np

from sidelines.reach.kernel import compiled
from sidelines.reach.roadmap import WORD, areas_of
from sidelines.reach.trip import Links, Trip
from sidelines.terms.arrays import Bool, Int, UInt

__all__ = ["narrow", "narrow_ends", "with_leave"]


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
    lines = replace(
        trip,
        first=before[trip.first],
        to=trip.to[keep],
        km=trip.km[keep],
        crossing=crossing[keep].astype(np.int32),
        sets=sets,
        names=names,
    )
    return _with_ends(lines, trip, table, closed)


def narrow_ends(trip: Trip, holders: UInt[np.ndarray, "holder word"], *, lines: Trip) -> Trip:
    """Return a trip over lines that were narrowed before, its ends narrowed alike.

    Parameters
    ----------
    trip
        In terms of areas [km].
    holders
        Each one's areas, as words: those that the lines were narrowed by.
    lines
        A narrowed trip over the same roadmap, whatever its ends [km].

    Returns
    -------
    Trip
        The same as `narrow` returns, sooner [km].

    Notes
    -----
    Source: definition.
    """
    closed = np.zeros(trip.words, dtype=np.uint64)
    return _with_ends(lines, trip, _holders_by_area(holders, trip.words), closed)


def with_leave(
    trip: Trip,
    *,
    names: tuple[str, ...],
    start: Bool[np.ndarray, "start name"],
    end: Bool[np.ndarray, "end name"],
) -> Trip:
    """Return a trip whose places need the leave of some more, to be used at all.

    Parameters
    ----------
    trip
        Between several places, see `sidelines.reach.several.join_all` [km].
    names
        Ids of those who may refuse, after those of the trip.
    start, end
        Whose leave each place needs.

    Returns
    -------
    Trip
        Its sets speak of the names as well [km].

    Raises
    ------
    ValueError
        If the trip does not say which links belong to which place.

    Notes
    -----
    Source: definition.
    """
    if trip.places is None:
        raise ValueError("A trip from one place to another has no places to choose from.")
    before, wide = len(trip.names), -(-(len(trip.names) + len(names)) // WORD)
    of_start = _as_words(start, before, wide)[trip.places.of_start]
    direct = trip.places.direct_end
    of_end = _as_words(end, before, wide)
    of_start[direct >= 0] |= of_end[direct[direct >= 0]]
    return replace(
        trip,
        names=(*trip.names, *names),
        sets=_padded(trip.sets, wide),
        start=replace(trip.start, sets=_padded(trip.start.sets, wide) | of_start),
        end=replace(trip.end, sets=_padded(trip.end.sets, wide) | of_end[trip.places.of_end]),
    )


def _as_words(needs: np.ndarray, before: int, wide: int) -> np.ndarray:
    """Return whose leave each place needs, as words in which the first bits are others'."""
    bits = np.zeros((len(needs), WORD * wide), dtype=np.uint8)
    bits[:, before : before + needs.shape[1]] = needs
    return np.packbits(bits, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _padded(sets: np.ndarray, wide: int) -> np.ndarray:
    if sets.shape[1] == wide:
        return sets
    return np.pad(sets, ((0, 0), (0, wide - sets.shape[1])))


def _with_ends(lines: Trip, trip: Trip, table: np.ndarray, closed: np.ndarray) -> Trip:
    """Return the lines with a trip's ends, told in the same terms."""
    (start, left), (end, reached) = (
        _narrow_links(links, table, closed) for links in (trip.start, trip.end)
    )
    places = trip.places
    if places is not None:
        places = replace(
            places,
            of_start=places.of_start[left],
            direct_end=places.direct_end[left],
            of_end=places.of_end[reached],
        )
    return replace(lines, start=start, end=end, places=places)


def _holders_by_area(holders: np.ndarray, words: int) -> np.ndarray:
    """Return each area's holders, as words."""
    wide = max(-(-len(holders) // WORD), 1)
    table = np.zeros((WORD * words, wide), dtype=np.uint64)
    for holder, held in enumerate(holders):
        bit = np.left_shift(np.uint64(1), np.uint64(holder % WORD))
        table[list(areas_of(held)), holder // WORD] |= bit
    return table


def _narrow_links(
    links: Links, table: np.ndarray, barred: np.ndarray
) -> tuple[Links, Bool[np.ndarray, " link"]]:
    """Return the links that are left, and which those are."""
    row, sets = _project(links.sets, table, barred)
    keep = row >= 0
    left = replace(links, vertex=links.vertex[keep], km=links.km[keep], sets=sets[row[keep]])
    return left, keep


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

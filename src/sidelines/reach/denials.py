"""Ways under many draws of refusals, by a tree of the refusals that matter."""

from dataclasses import dataclass

import numpy as np

from sidelines.reach.best_way import bound_km
from sidelines.reach.search import search
from sidelines.reach.trip import Trip
from sidelines.terms.arrays import Bool, Float, UInt

__all__ = ["Pivots", "Spread", "Tree", "empty_tree", "pack", "pivots", "spread"]

_CHUNK = 256  # draws compared with all nodes at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Ways already found, by the refusals that were known of when they were looked for.

    - `refused` (node, word): sorted
    - `km` (node): length of the best way then [km], infinite without one
    - `crossed` (node, word): whom it crosses
    - `bound` (vertex): distance to the end when nobody refuses [km]
    """

    refused: UInt[np.ndarray, "node word"]
    km: Float[np.ndarray, " node"]
    crossed: UInt[np.ndarray, "node word"]
    bound: Float[np.ndarray, " vertex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The best way in each draw.

    - `is_open` (draw): whether there is one
    - `km` (draw): its length [km], NaN where there is none
    - `mattered` (draw, word): the refusals that made it what it is
    - `crossed` (draw, word): whom it crosses
    - `tree`: what is known now, for the next draws of the same trip
    """

    is_open: Bool[np.ndarray, " draw"]
    km: Float[np.ndarray, " draw"]
    mattered: UInt[np.ndarray, "draw word"]
    crossed: UInt[np.ndarray, "draw word"]
    tree: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivots:
    """What hangs on each one's leave, everybody else as drawn.

    - `open_prob` (holder): chance of a way if it grants, less that if it refuses [1]
    - `km` (holder): mean length if it refuses, less that if it grants, over draws in which there is
      a way both times [km]; NaN without such a draw
    """

    open_prob: Float[np.ndarray, " holder"]
    km: Float[np.ndarray, " holder"]


def empty_tree(trip: Trip) -> Tree:
    """Return a tree that knows no way yet.

    Parameters
    ----------
    trip
        From where to where, over what [km].

    Returns
    -------
    Tree
        Without nodes [km].

    Notes
    -----
    Source: definition.
    """
    none = np.empty((0, trip.words), dtype=np.uint64)
    return Tree(refused=none, km=np.empty(0), crossed=none, bound=bound_km(trip))


def pack(refusals: Bool[np.ndarray, "draw holder"], *, words: int) -> UInt[np.ndarray, "draw word"]:
    """Return draws of refusals as words.

    Parameters
    ----------
    refusals
        Whether each holder refuses, in each draw.
    words
        How many words to fill.

    Returns
    -------
    numpy.ndarray
        uint64, bit k for holder k.

    Notes
    -----
    Source: definition.
    """
    packed = np.zeros((len(refusals), 8 * words), dtype=np.uint8)
    bits = np.packbits(refusals, axis=1, bitorder="little")
    packed[:, : bits.shape[1]] = bits
    return packed.view("<u8").astype(np.uint64, copy=False)


def _keys(words: np.ndarray) -> np.ndarray:
    """Return something to sort and look up rows by."""
    if words.shape[1] == 1:
        return words[:, 0]
    return np.ascontiguousarray(words.astype(">u8")).view(f"V{8 * words.shape[1]}")[:, 0]


def _known(tree: Tree, refused: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the node of each set of refusals, and whether there is one."""
    nodes, wanted = _keys(tree.refused), _keys(refused)
    if not len(nodes):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=bool)
    place = np.minimum(np.searchsorted(nodes, wanted), len(nodes) - 1)
    return place, nodes[place] == wanted


def _answers(tree: Tree, drawn: np.ndarray) -> np.ndarray:
    """Return a node that answers each draw: it knew of no other refusals and its way meets none.

    -1 if there is no such node. Such a way is the best with fewer refusals and is still there with
    these, so it is the best.
    """
    found = np.full(len(drawn), -1)
    if not len(tree.km):
        return found
    for some in range(0, len(drawn), _CHUNK):
        rows = drawn[some : some + _CHUNK, None]
        wrong = tree.refused & ~rows | tree.crossed & rows
        right = ~wrong.any(axis=2)
        found[some : some + _CHUNK] = np.where(right.any(axis=1), right.argmax(axis=1), -1)
    return found


def _grow(trip: Trip, tree: Tree, refused: np.ndarray) -> Tree:
    """Return the tree with a node for each of some new sets of refusals."""
    _, once = np.unique(_keys(refused), return_index=True)
    found = search(trip, refused[once], bound_km=tree.bound)
    together = np.concatenate([tree.refused, refused[once]])
    order = np.argsort(_keys(together), kind="stable")
    return Tree(
        refused=together[order],
        km=np.concatenate([tree.km, found.km])[order],
        crossed=np.concatenate([tree.crossed, found.crossed])[order],
        bound=tree.bound,
    )


def spread(
    trip: Trip, refusals: Bool[np.ndarray, "draw holder"], *, tree: Tree | None = None
) -> Spread:
    """Return the best way under each of many draws of refusals.

    Start as if nobody refused and take the best way; if somebody on it refuses, take that refusal
    to heart and look again. Refusals off the way change nothing, so few searches serve all draws.

    Parameters
    ----------
    trip
        From where to where, over what; its sets speak of the holders that are drawn [km].
    refusals
        Whether each holder refuses, in each draw.
    tree
        What is known from earlier draws of the same trip; None starts anew.

    Returns
    -------
    Spread
        Whether there is a way, and its length [km], the same as by a search per draw.

    Notes
    -----
    Source: the design is ours; its counterpart for chances is Doulliez and Jamoulle (1972), RAIRO
    6(V3), 45.
    """
    drawn = pack(refusals, words=trip.words)
    known = empty_tree(trip) if tree is None else tree
    return _descend(trip, drawn, known, np.zeros_like(drawn))


def _descend(trip: Trip, drawn: np.ndarray, known: Tree, mattered: np.ndarray) -> Spread:
    """Return the spread of draws of which some refusals are known to matter."""
    mattered = mattered.copy()
    left = np.arange(len(drawn))
    while left.size:
        place, there = _known(known, mattered[left])
        if not there.all():
            new = left[~there]
            answer = _answers(known, drawn[new])
            mattered[new[answer >= 0]] = known.refused[answer[answer >= 0]]
            if (answer < 0).any():
                known = _grow(trip, known, mattered[new[answer < 0]])
            place, _ = _known(known, mattered[left])
        hit = known.crossed[place] & drawn[left]
        left, hit = left[hit.any(axis=1)], hit[hit.any(axis=1)]
        mattered[left] |= hit
    node, _ = _known(known, mattered)
    km = known.km[node] if len(drawn) else np.empty(0)
    is_open = np.isfinite(km)
    return Spread(
        is_open=is_open,
        km=np.where(is_open, km, np.nan),
        mattered=mattered,
        crossed=known.crossed[node] if len(drawn) else mattered,
        tree=known,
    )


def pivots(
    trip: Trip, refusals: Bool[np.ndarray, "draw holder"], *, of: Spread
) -> tuple[Pivots, Tree]:
    """Return what hangs on each holder, and the tree grown on the way.

    Parameters
    ----------
    trip
        From where to where, over what [km].
    refusals
        Whether each holder refuses, in each draw.
    of
        The spread of the same draws.

    Returns
    -------
    tuple
        Chances [1] and lengths [km], and a tree that knows them.

    Notes
    -----
    Source: definition; Birnbaum (1969), Multivariate Analysis II, 581, for the importance of a part
    to a system's working.
    """
    holders = refusals.shape[1]
    flips = _flips(refusals, of)
    draw, holder = np.nonzero(flips)
    other = refusals[draw]
    other[np.arange(len(draw)), holder] ^= True
    changed = pack(other, words=trip.words)
    flipped = _descend(trip, changed, of.tree, of.mattered[draw] & changed)
    km = np.broadcast_to(of.km[:, None], refusals.shape).copy()
    km[draw, holder] = flipped.km
    here = np.broadcast_to(of.km[:, None], refusals.shape)
    granted, denied = np.where(refusals, km, here), np.where(refusals, here, km)
    both = np.isfinite(granted) & np.isfinite(denied)
    longer = np.where(both, denied - granted, 0.0).sum(axis=0)
    count = both.sum(axis=0)
    change = np.isfinite(granted).astype(float) - np.isfinite(denied)
    return (
        Pivots(
            open_prob=change.mean(axis=0),
            km=np.divide(longer, count, out=np.full(holders, np.nan), where=count > 0),
        ),
        flipped.tree,
    )


def _flips(refusals: np.ndarray, of: Spread) -> np.ndarray:
    """Tell whose change of mind could change a draw's way: it mattered, or the way crosses it."""
    bits = [_unpack(words, refusals.shape[1]) for words in (of.mattered, of.crossed)]
    return (bits[0] & refusals) | (bits[1] & ~refusals)


def _unpack(words: np.ndarray, holders: int) -> np.ndarray:
    little = np.ascontiguousarray(words, dtype="<u8").view(np.uint8)
    return np.unpackbits(little, axis=1, bitorder="little")[:, :holders].astype(bool)

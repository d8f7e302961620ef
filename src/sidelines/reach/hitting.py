"""The cheapest set that meets each of several sets, exactly."""

from collections.abc import Sequence

__all__ = ["hitting_set"]

_SLACK = 1e-12


def hitting_set(sets: Sequence[int], weights: Sequence[float]) -> int:
    """Return the cheapest set of elements that has one of each set's, by branch and bound.

    Parameters
    ----------
    sets
        Each as an integer, bit k for element k; none may be empty.
    weights
        What each element costs, above zero.

    Returns
    -------
    int
        Bit k for element k.

    Notes
    -----
    Source: branching on the smallest set left, as Reiter (1987), Artificial Intelligence 32(1), 57;
    bound by dual ascent: the sets share out the costs of their elements.

    Examples
    --------
    >>> bin(hitting_set([0b011, 0b110, 0b101], [1.0, 1.0, 1.5]))
    '0b11'
    """
    least = [one for one in set(sets) if not any(two & one == two for two in set(sets) - {one})]
    elements = _bits(_union(least))
    best, cost = _greedy(least, elements, weights)
    waiting = [(sorted(least, key=lambda one: (one.bit_count(), one)), 0, 0, 0.0)]
    while waiting:
        left, chosen, banned, spent = waiting.pop()
        if not left:
            if spent < cost - _SLACK:
                best, cost = chosen, spent
            continue
        if spent + _at_least(left, banned, weights) >= cost - _SLACK:
            continue
        branch = min(left, key=lambda one: (one & ~banned).bit_count())
        options = _bits(branch & ~banned)
        options.sort(key=lambda k: weights[k] / sum(one >> k & 1 for one in left))
        later = []
        for k in options:
            rest = [one for one in left if not one >> k & 1]
            later.append((rest, chosen | 1 << k, banned, spent + weights[k]))
            banned |= 1 << k
        waiting += later[::-1]
    return best


def _bits(mask: int) -> list[int]:
    return [k for k in range(mask.bit_length()) if mask >> k & 1]


def _union(sets: Sequence[int]) -> int:
    total = 0
    for one in sets:
        total |= one
    return total


def _greedy(
    sets: Sequence[int], elements: Sequence[int], weights: Sequence[float]
) -> tuple[int, float]:
    """Return a good set to begin with: the best value each time, what turns out needless left."""
    left, chosen = list(sets), 0
    while left:
        k = min(elements, key=lambda k: weights[k] / (sum(one >> k & 1 for one in left) or 1e-9))
        chosen |= 1 << k
        left = [one for one in left if not one >> k & 1]
    for k in sorted(_bits(chosen), key=lambda k: -weights[k]):
        if all(one & chosen & ~(1 << k) for one in sets):
            chosen &= ~(1 << k)
    return chosen, sum(weights[k] for k in _bits(chosen))


def _at_least(left: Sequence[int], banned: int, weights: Sequence[float]) -> float:
    """Return what hitting all sets costs at least, or infinity if one has no element left."""
    spare: dict[int, float] = {}
    total = 0.0
    for one in left:
        options = _bits(one & ~banned)
        share = min((spare.get(k, weights[k]) for k in options), default=float("inf"))
        if share > 0:
            total += share
            for k in options:
                spare[k] = spare.get(k, weights[k]) - share
    return total

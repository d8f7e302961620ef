"""Groups of cases: powers, pairs, regions, and whatever else has a level of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sidelines.assess.forecast import Grouping
from sidelines.history.columns import Columns, column
from sidelines.terms.arrays import Bool, Float, Int

__all__ = ["Groups", "groups_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups that training rows belong to, by their labels, and the group of every case.

    A case of none of them, or of one that is unknown, carries the number of groups itself.
    """

    by: tuple[Grouping, ...]
    labels: tuple[tuple[float, ...], ...]
    number: Int[np.ndarray, " case"]

    @property
    def member(self) -> Float[np.ndarray, "case group"]:
        """One column a group: 1 where a case belongs to it."""
        return (self.number[:, None] == np.arange(len(self.labels))).astype(float)


def groups_of(
    cases: Columns,
    by: Sequence[str],
    *,
    groupings: Mapping[str, Grouping],
    train: Bool[np.ndarray, " case"],
) -> Groups:
    """Return the groups of some columns, or of groupings by their names; of none: one for all."""
    chosen = tuple(groupings.get(name, Grouping(of=name)) for name in by)
    labels = np.zeros((len(train), len(chosen)))
    for which, grouping in enumerate(chosen):
        values = column(cases, grouping.of).astype(float)
        labels[:, which] = np.digitize(values, grouping.cuts) if grouping.cuts else values
    key = _keys(labels)
    found, first = np.unique(np.where(train, key, -1), return_index=True)
    found, first = found[found >= 0], first[found >= 0]
    place = np.minimum(np.searchsorted(found, key), max(len(found) - 1, 0))
    known = found[place] == key if len(found) else np.zeros(len(key), dtype=bool)
    return Groups(
        by=chosen,
        labels=tuple(tuple(row) for row in labels[first].tolist()),
        number=np.where(known, place, len(found)),
    )


def _keys(labels: Float[np.ndarray, "case column"]) -> Int[np.ndarray, " case"]:
    """Return one number for each row of labels, -1 where one of them is unknown."""
    key = np.zeros(len(labels), dtype=np.int64)
    for values in labels.T:
        found, number = np.unique(values, return_inverse=True)
        key = key * len(found) + number
    return np.where(np.isnan(labels).any(axis=1), -1, key)

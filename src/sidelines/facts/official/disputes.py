"""Militarised interstate disputes (COW MID 5.0): who took part, how, and how far they went."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["Dispute", "Disputes", "Part", "Participant", "dispute_of", "load_disputes"]

Part = tuple[int, bool, bool, int]  # year, initiator's side, originator, hostility

_FORCE = 4  # hostility: 1 none, 2 threat, 3 display, 4 use of force, 5 war


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A state in a dispute: on the initiator's side or not, there from the start or joining."""

    cow: int
    first_year: int
    initiator_side: bool
    originator: bool
    hostility: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A dispute, the year it began, and who took part by COW number."""

    number: int
    year: int
    participants: tuple[Participant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    """Disputes by number, and those in which a state used force by COW number and year."""

    disputes: Mapping[int, Dispute]
    forceful_by_year: Mapping[tuple[int, int], frozenset[int]]

    def forceful(self, cow: int, year: int) -> int | None:
        """Return in how many disputes a state used force (hostility 4 or 5), or None."""
        if not entry("mid").covers(year):
            return None
        return len(self.forceful_by_year.get((cow, year), ()))


@once_per_folder
def load_disputes() -> Disputes:
    """Return the disputes of the user's copy of MID 5.0, from its directed pairs and years."""
    names = ["dispnum", "ccode1", "year", "sidea1", "orig1", "hostlev1"]
    columns = read("mid", "cow_mid5_dirdyad_disputes.parquet", names)
    begun = read("mid", "cow_mid5_disputes.csv", ["dispnum", "styear"])
    starts = dict(zip(begun["dispnum"].tolist(), begun["styear"].tolist(), strict=True))
    forceful: dict[tuple[int, int], set[int]] = {}
    rows: dict[int, dict[int, list[Part]]] = {}
    for number, cow, year, side, first, hostility in zip(
        *(columns[name].tolist() for name in names), strict=True
    ):
        if hostility >= _FORCE:
            forceful.setdefault((cow, year), set()).add(number)
        of_dispute = rows.setdefault(number, {})
        of_dispute.setdefault(cow, []).append((year, side == 1, first == 1, hostility))
    return Disputes(
        disputes={number: dispute_of(number, starts[number], by) for number, by in rows.items()},
        forceful_by_year={key: frozenset(held) for key, held in forceful.items()},
    )


def dispute_of(number: int, year: int, by_state: Mapping[int, list[Part]]) -> Dispute:
    """Return a dispute from the rows of each of its participants."""
    return Dispute(
        number=number,
        year=year,
        participants=tuple(_participant(cow, rows) for cow, rows in sorted(by_state.items())),
    )


def _participant(cow: int, rows: list[Part]) -> Participant:
    """Return a state's part: its side when it entered, and the furthest that it went."""
    first = min(rows, key=lambda row: row[0])
    return Participant(
        cow=cow,
        first_year=first[0],
        initiator_side=first[1],
        originator=any(row[2] for row in rows),
        hostility=max(row[3] for row in rows),
    )

"""The ladder of support: seven rungs, six instruments, sixty-four bundles.

A *bundle* is the set of instruments a power uses for one side; it is numbered by the bits of its
instruments, so bundle 0 is nothing and bundle 63 is everything. The *rung* of a bundle is its
highest instrument.
"""

from enum import IntEnum

__all__ = [
    "BUNDLES",
    "BUNDLE_COUNT",
    "CARRIED",
    "INSTRUMENTS",
    "RUNGS",
    "RUNG_OF_BUNDLE",
    "Rung",
    "bundle_of",
    "instruments_of",
]


class Rung(IntEnum):
    """How far a power goes for one side, from nothing to forces."""

    NOTHING = 0
    WORDS = 1
    DIPLOMATIC = 2
    MONEY = 3
    WEAPONS = 4
    ADVISERS = 5
    FORCES = 6

    @property
    def word(self) -> str:
        """The rung's name as users write it."""
        return self.name.lower()

    @property
    def letter(self) -> str:
        """The rung's letter in a terminal bar."""
        return _LETTERS[self]


_LETTERS = "·wd$WAF"

RUNGS: tuple[str, ...] = tuple(rung.word for rung in Rung)
INSTRUMENTS: tuple[str, ...] = RUNGS[1:]
CARRIED: tuple[str, ...] = ("weapons", "advisers", "forces")
"""The instruments that need a way to the theatre."""

BUNDLE_COUNT = 2 ** len(INSTRUMENTS)


def instruments_of(bundle: int) -> tuple[str, ...]:
    """Return the instruments of a numbered bundle, lowest first.

    >>> instruments_of(0b001001)
    ('words', 'weapons')
    """
    return tuple(name for bit, name in enumerate(INSTRUMENTS) if bundle >> bit & 1)


def bundle_of(*instruments: str) -> int:
    """Return the number of the bundle made of these instruments.

    >>> bundle_of("words", "weapons")
    9
    """
    return sum(1 << INSTRUMENTS.index(name) for name in set(instruments))


BUNDLES: tuple[tuple[str, ...], ...] = tuple(instruments_of(b) for b in range(BUNDLE_COUNT))
RUNG_OF_BUNDLE: tuple[Rung, ...] = tuple(Rung(b.bit_length()) for b in range(BUNDLE_COUNT))

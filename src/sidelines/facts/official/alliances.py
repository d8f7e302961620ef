"""Alliance obligations (ATOP): what one state owes another, by year."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["KINDS", "Alliances", "load_alliances"]

_COLUMNS = {
    "defence": "atop_defense",
    "offence": "atop_offense",
    "neutrality": "atop_neutral",
    "non-aggression": "atop_nonagg",
    "consultation": "atop_consul",
}
KINDS = tuple(_COLUMNS)
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alliances:
    """Obligations of directed pairs, by (who owes, whom, year)."""

    obligations: Mapping[tuple[int, int, int], frozenset[str]]

    def owes(self, a: int, b: int, year: int) -> frozenset[str] | None:
        """Return the kinds of obligation that `a` has to `b`; empty is none, None is unknown.

        The kinds are defence, offence, neutrality, non-aggression and consultation. An alliance
        may oblige only one of the two.
        """
        if not entry("atop").covers(year):
            return None
        return self.obligations.get((a, b, year), _NOTHING)

    def allied(self, a: int, b: int, year: int) -> bool | None:
        """Tell whether the two share an alliance of any kind, coded obligations or not."""
        return (a, b, year) in self.obligations if entry("atop").covers(year) else None


@once_per_folder
def load_alliances() -> Alliances:
    """Return the obligations of the user's copy of ATOP."""
    keys = ["ccode1", "ccode2", "year"]
    columns = read("atop", "atop5_directed_dyad_year.parquet", [*keys, *_COLUMNS.values()])
    weights = sum((columns[c] == 1).astype(int) << bit for bit, c in enumerate(_COLUMNS.values()))
    bundles = [
        frozenset(kind for bit, kind in enumerate(KINDS) if code >> bit & 1)
        for code in range(2 ** len(KINDS))
    ]
    pairs = zip(*(columns[key].tolist() for key in keys), strict=True)
    codes = (bundles[code] for code in weights.tolist())
    return Alliances(obligations=MappingProxyType(dict(zip(pairs, codes, strict=True))))

"""The case tables behind every fit and every score, built from the user's own copies."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.conflicts import load_conflicts
from sidelines.facts.official.crises import load_crises
from sidelines.facts.official.disputes import load_disputes
from sidelines.facts.official.folder import holds
from sidelines.facts.official.powers import load_powers
from sidelines.facts.official.transfers import load_transfers
from sidelines.history.columns import Columns
from sidelines.history.conflict_cases import conflict_cases
from sidelines.history.crisis_cases import crisis_cases
from sidelines.history.dispute_cases import dispute_cases
from sidelines.history.records import official_records
from sidelines.terms.errors import DataError

__all__ = ["NEEDED", "CaseTables", "load_case_tables", "sha256_of", "without_arms"]

NEEDED = (
    "icb ucdp_acd atop un nmc trade rivalries contiguity distance nuclear cow_wars mid democracy "
    "signals states"
).split()
_REGISTER = "sipri_transfers"
_OF_ARMS = ("arms_", "rival_arms_", "delivered_", "surge", "stop")


@dataclass(frozen=True, kw_only=True)
class CaseTables:
    """Cases of crises, of armed conflicts and of disputes, and the vintages they rest on."""

    crises: Columns
    conflicts: Columns
    disputes: Columns
    vintages: dict[str, str]

    @cached_property
    def sha256(self) -> str:
        """Checksum of all tables, column by column."""
        return sha256_of((self.crises, self.conflicts, self.disputes))


def load_case_tables() -> CaseTables:
    """Return the case tables; say at once what is missing for them.

    SIPRI's register may be missing: deliveries of arms are unknown then.
    """
    missing = [name for name in NEEDED if not holds(name)]
    if missing:
        raise DataError(
            f"The record needs data sets that are not in your data folder: {', '.join(missing)}.",
            hint=f"See: sidelines data where {missing[0]}",
        )
    records = official_records()
    bought = holds(_REGISTER)
    used = [*NEEDED, *([_REGISTER] if bought else [])]
    return CaseTables(
        crises=crisis_cases(tuple(load_crises().crises.values()), records),
        conflicts=conflict_cases(
            load_conflicts(), records, transfers=load_transfers() if bought else None
        ),
        disputes=dispute_cases(load_disputes(), load_powers(), records),
        vintages={name: entry(name).vintage.isoformat() for name in sorted(used)},
    )


def without_arms(columns: Columns) -> dict[str, np.ndarray]:
    """Return a table in which every delivery of arms is unknown."""
    return {
        name: np.full_like(values, np.nan) if name.startswith(_OF_ARMS) else values
        for name, values in columns.items()
    }


def sha256_of(tables: Iterable[Columns]) -> str:
    """Return the checksum of some tables: names and numbers of every column, in order of name."""
    digest = hashlib.sha256()
    for columns in tables:
        for name in sorted(columns):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(columns[name], dtype="<f8").tobytes())
    return digest.hexdigest()

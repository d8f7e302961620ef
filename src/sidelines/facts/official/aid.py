"""Aid to Ukraine by donor and month (Kiel), February 2022 to January 2025."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidelines.facts.official.catalogue import entry
from sidelines.facts.official.codes import cow_of_name
from sidelines.facts.official.folder import once_per_folder, read

__all__ = ["KINDS", "Aid", "load_aid"]

KINDS = ("military", "financial", "humanitarian")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """Aid to Ukraine [million euros] by donor (COW number), year, month and kind.

    Donors of the tracker only, without the institutions of the European Union; nothing on support
    for Russia.
    """

    monthly: Mapping[tuple[int, int, int, str], float]

    def given_eur_m(self, donor: int, year: int, kind: str) -> float | None:
        """Return what a donor allocated in a year [million euros], or None if it is not tracked."""
        months = (self.monthly.get((donor, year, month, kind)) for month in range(1, 13))
        known = [amount for amount in months if amount is not None]
        return sum(known) if known and entry("kiel_ukraine").covers(year) else None


@once_per_folder
def load_aid() -> Aid:
    """Return the aid of the user's copy of the donor-month panel."""
    names = ["donor", "year_month", "aid_type_general", "aid_eur_m"]
    columns = read("kiel_ukraine", "donor_month_panel_release27.csv", names)
    monthly = {}
    for donor, when, kind, amount in zip(*(columns[name].tolist() for name in names), strict=True):
        year, month = map(int, when.split("-"))
        cow = cow_of_name(donor, year)
        if cow is not None:
            monthly[cow, year, month, kind.casefold()] = amount
    return Aid(monthly=monthly)

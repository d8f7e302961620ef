"""A role of a crisis file as a case: the definitions of past cases, applied to a present one."""

import datetime as dt

import numpy as np

from sidelines.assess.covariates import Case, Records, covariates
from sidelines.assess.inputs import Role
from sidelines.crisis.model import Crisis
from sidelines.facts.official.codes import cow_number
from sidelines.terms.states import actors

__all__ = ["SUPERPOWERS", "case_columns", "power_number", "present_case"]

SUPERPOWERS = {"USA": ("RUS", "SUN"), "RUS": ("USA",), "SUN": ("USA",)}

# What kinds of events are as triggers of ICB, from 1, verbal, to 9, violent.
_TRIGGERS = {
    "threat": 1,
    "declaration": 2,
    "sanction": 3,
    "closure": 3,
    "transfer": 4,
    "other": 5,
    "coup": 6,
    "mobilisation": 7,
    "strike-campaign": 9,
    "invasion": 9,
    "leader-killed": 9,
}
_TRIGGER_DAYS = 60  # events longer ago than this did not begin the crisis


def present_case(crisis: Crisis, role: Role, *, as_of: dt.date, records: Records[str]) -> Case[str]:
    """Return the case of a role: each side stands for its strongest state.

    Nobody is known to be opposed where no state is, as in past cases. The trigger is the most
    violent event of the last two months, None where none is given.
    """
    backed = _strongest(crisis.parties(role.side), as_of, records)
    opposed = _strongest(crisis.parties(role.side.other), as_of, records)
    rivals = [id_ for id_ in SUPERPOWERS.get(role.power, ()) if actors()[id_].existed_on(as_of)]
    since = as_of - dt.timedelta(days=_TRIGGER_DAYS)
    kinds = [_TRIGGERS.get(e.kind) for e in crisis.events if since <= e.date <= as_of]
    return Case(
        power=role.power,
        rival=rivals[0] if rivals else None,
        backed=backed,
        opposed=opposed if cow_number(opposed, as_of.year) else None,
        year=as_of.year,
        trigger=max((kind for kind in kinds if kind is not None), default=None),
        attacked=role.side.sign > 0,
    )


def _strongest(parties: tuple[str, ...], as_of: dt.date, records: Records[str]) -> str:
    """Return the strongest state of some parties; where none is a state, the first party."""
    states = [id_ for id_ in parties if cow_number(id_, as_of.year)]
    asked = states or parties[:1]
    return max(asked, key=lambda id_: records.strength(id_, as_of.year - 1) or 0.0)


def power_number(id_: str) -> int | None:
    """Return the COW number under which cases of a power are filed, Germany's in all years."""
    return actors()[id_].cow


def case_columns(case: Case[str], records: Records[str]) -> dict[str, np.ndarray] | None:
    """Return a case as columns of one row; None for powers and parties without a COW number.

    Two states that fight are `interstate`; wars for colonies (`extrasystemic`) are of the past.
    """
    codes = power_number(case.power), cow_number(case.backed, case.year)
    if None in codes:
        return None
    known = {
        "power": codes[0],
        "backed": codes[1],
        "interstate": case.opposed is not None,
        "extrasystemic": False,
        **covariates(records, case),
    }
    return {name: np.array([value], dtype=float) for name, value in known.items()}

"""The Python result: a thin object around an assessment, and the functions that make one."""

import datetime as dt
import json
from typing import Any, Literal

from sidelines.assess.assessment import DRAWS, SEED, Assessment, assess_crisis, entry_of
from sidelines.assess.attribution import ATTRIBUTION_DRAWS, attribute
from sidelines.assess.levers import find_levers
from sidelines.assess.outcomes import rung_probabilities
from sidelines.assess.settings import parse_setting
from sidelines.assess.what_if import what_if
from sidelines.crisis.model import Crisis
from sidelines.crisis.read import bundled_ids, load_crisis
from sidelines.report.documents import (
    assess_document,
    reach_document,
    what_if_document,
    why_document,
)
from sidelines.report.meta import meta
from sidelines.report.words import name_of, percent
from sidelines.terms.errors import NotFoundError, UsageError, nearest
from sidelines.terms.ladder import RUNGS, Rung
from sidelines.terms.roles import Side

__all__ = ["Result", "assess", "check", "list_crises", "load", "parse_rung", "parse_side", "why_of"]


def parse_rung(word: str) -> Rung:
    """Return the rung behind a word: one that a power may be held back from.

    Raises `UsageError` for nothing, which is no deed, and `NotFoundError` with the nearest rung.
    """
    if word.lower() == RUNGS[0]:
        said = "'nothing' is no deed that a power could be held back from."
        raise UsageError(said, hint=f"One of {', '.join(RUNGS[1:])}.")
    if word.lower() in RUNGS:
        return Rung[word.upper()]
    near = nearest(word, RUNGS[1:])
    hint = f"Did you mean {near}?" if near else f"One of {', '.join(RUNGS[1:])}."
    raise NotFoundError(f"{word!r} is no rung.", hint=hint)


def parse_side(word: str | None) -> Side | None:
    """Return the side behind a word, or None for none."""
    if word is None:
        return None
    try:
        return Side(word)
    except ValueError:
        raise UsageError(f"{word!r} is no side.", hint="One of target, attacker.") from None


def why_of(
    answer: Assessment, power: str, *, rung: Rung, side: Side | None, draws: int
) -> dict[str, Any]:
    """Return the document that says why a power does not go further."""
    split = attribute(answer, power, side=side, rung=rung, draws=min(draws, answer.draws))
    levers = find_levers(answer, power, side=split.side, rung=rung)
    return why_document(answer, split, levers)


class Result:
    """One answered crisis.

    >>> import sidelines as sl
    >>> answer = sl.assess("georgia-2008", draws=50)  # doctest: +SKIP
    """

    def __init__(self, answer: Assessment) -> None:
        self.answer = answer

    def __repr__(self) -> str:
        crisis = self.answer.crisis
        top = [
            f"{name_of(p['id'])} {percent(p['at_least']['weapons']['p'])}"
            for p in sorted(
                assess_document(self.answer)["powers"],
                key=lambda p: -p["at_least"]["weapons"]["p"],
            )[:3]
        ]
        return (
            f"<sidelines {crisis.id} as of {self.answer.as_of}: {len(crisis.powers)} roles, "
            f"{self.answer.draws:,} draws; weapons or more: {', '.join(top)}>"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the document of `assess --json`."""
        return assess_document(self.answer)

    def to_json(self) -> str:
        """Return the document of `assess --json` as text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def to_dataframe(self, backend: Literal["pandas", "polars"] = "pandas") -> Any:
        """Return one row per power, side and rung, as a pandas or polars data frame."""
        import narwhals as nw

        rows = [
            {
                "power": power["id"],
                "side": power["side"],
                "rung": rung,
                "prob": power["rungs"][rung],
                "at_least": power["at_least"].get(rung, {"p": 1.0})["p"],
                "low": power["at_least"].get(rung, {"low": 1.0})["low"],
                "high": power["at_least"].get(rung, {"high": 1.0})["high"],
            }
            for power in self.to_dict()["powers"]
            for rung in RUNGS
        ]
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        try:
            return nw.from_dict(columns, backend=backend).to_native()
        except ModuleNotFoundError:
            raise UsageError(
                f"{backend} is not installed.", hint="pip install pandas, or backend='polars'."
            ) from None

    def to_xarray(self) -> Any:
        """Return the draws as an xarray data set with dimensions draw, role, rung."""
        try:
            import xarray
        except ModuleNotFoundError:
            raise UsageError(
                "xarray is not installed.", hint="pip install 'sidelines[science]'."
            ) from None
        roles = [f"{role.power}.{role.side}" for role in self.answer.inputs.roles]
        return xarray.Dataset(
            {"prob": (("draw", "role", "rung"), rung_probabilities(self.answer.prob))},
            coords={"role": roles, "rung": list(RUNGS)},
            attrs={key: str(value) for key, value in meta(self.answer).items()},
        )

    def why(
        self,
        power: str,
        rung: str = "forces",
        *,
        side: str | None = None,
        draws: int = ATTRIBUTION_DRAWS,
    ) -> dict[str, Any]:
        """Return the document of `why --json`."""
        return why_of(self.answer, power, rung=parse_rung(rung), side=parse_side(side), draws=draws)

    def what_if(
        self, power: str, *, side: str | None = None, **settings: float | str
    ) -> dict[str, Any]:
        """Return the document of `what-if --json`: `answer.what_if("RUS", overstretch=0.5)`."""
        wanted = tuple(parse_setting(f"{name}={value}") for name, value in settings.items())
        return what_if_document(what_if(self.answer, power, wanted, side=parse_side(side)))

    def reach(self, power: str | None = None) -> dict[str, Any]:
        """Return the document of `reach --json`."""
        entries = self.answer.crisis.powers
        if power is not None:
            wanted = entry_of(self.answer.crisis, power, None).power
            entries = tuple(entry for entry in entries if entry.power == wanted)
        return reach_document(self.answer, entries)


def assess(
    crisis: str | Crisis,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    as_of: str | dt.date | None = None,
    hindsight: bool = False,
) -> Result:
    """Answer a crisis, given by bundled id, path or as a `Crisis`."""
    day = dt.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    loaded = load_crisis(crisis) if isinstance(crisis, str) else crisis
    return Result(assess_crisis(loaded, draws=draws, seed=seed, as_of=day, hindsight=hindsight))


def load(crisis: str) -> Crisis:
    """Return the crisis behind a bundled id or a path."""
    return load_crisis(crisis)


def check(path: str) -> None:
    """Raise `CrisisFileError` with every problem of a crisis file; return nothing if it is good."""
    load_crisis(path)


def list_crises() -> tuple[str, ...]:
    """Return the ids of the bundled crises."""
    return bundled_ids()

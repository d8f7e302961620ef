"""The Python result: a thin object around an assessment, and the functions that make one."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from sidelines.assess.assessment import DRAWS, SEED, Assessment, assess_crisis, entry_of
from sidelines.assess.attribution import SPLIT_SOLUTIONS, remove
from sidelines.assess.excerpt import EXCERPT_DRAWS
from sidelines.assess.levers import find_levers
from sidelines.assess.outcomes import rung_probabilities
from sidelines.assess.path import beginning, trace
from sidelines.assess.settings import parse_setting
from sidelines.assess.statistic import Goal, Statistic, parse_goal, parse_statistic
from sidelines.assess.what_if import what_if
from sidelines.crisis.model import Crisis, Power
from sidelines.crisis.read import bundled_ids, load_crisis
from sidelines.report.carriage_documents import power_parts
from sidelines.report.documents import (
    assess_document,
    reach_document,
    what_if_document,
)
from sidelines.report.journey_documents import decisions, geojson, traced
from sidelines.report.meta import meta
from sidelines.report.notebook import Brief, answer_table
from sidelines.report.page import brief
from sidelines.report.path_documents import path_document
from sidelines.report.waiting import waiting
from sidelines.report.why_documents import flip_document, why_document
from sidelines.report.words import name_of, percent
from sidelines.report.writing import written
from sidelines.terms.errors import UsageError
from sidelines.terms.ladder import RUNGS
from sidelines.terms.roles import Side

__all__ = [
    "Result",
    "assess",
    "check",
    "flip_of",
    "list_crises",
    "load",
    "parse_side",
    "path_of",
    "why_of",
]


def parse_side(word: str | None) -> Side | None:
    """Return the side behind a word, or None for none."""
    if word is None:
        return None
    try:
        return Side(word)
    except ValueError:
        raise UsageError(f"{word!r} is no side.", hint="One of target, attacker.") from None


def why_of(
    answer: Assessment, power: str, *, statistic: Statistic, side: Side | None, draws: int
) -> dict[str, Any]:
    """Return the document that says why a power does not go further."""
    count = min(draws, answer.draws)
    with waiting("splitting restraint among five factors", total=SPLIT_SOLUTIONS) as tick:
        removals = remove(answer, power, side=side, draws=count, tick=tick)
    with waiting("trying one input and two") as tick:
        levers = find_levers(
            answer, power, statistic=statistic, side=removals.side, draws=count, tick=tick
        )
    return why_document(answer, removals, statistic, levers)


def flip_of(
    answer: Assessment,
    power: str,
    *,
    goal: Goal,
    side: Side | None,
    draws: int = EXCERPT_DRAWS,
    changes: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return the document of the smallest changes that carry a chance past a goal.

    `changes`, as a user writes them, are made before the search.
    """
    if changes:
        settings = tuple(parse_setting(text) for text in changes)
        answer = what_if(answer, power, settings, side=side).after
    count = min(draws, answer.draws)
    with waiting("trying one input and two") as tick:
        levers = find_levers(answer, power, goal=goal, side=side, draws=count, tick=tick)
    return flip_document(answer, levers, changes=list(changes))


def path_of(
    answer: Assessment,
    *,
    power: str | None = None,
    since: dt.date | None = None,
    draws: int = EXCERPT_DRAWS,
) -> dict[str, Any]:
    """Return the document of a crisis day by day, from its first event on where no day is given.

    Raises `UsageError` where neither the file nor the question says where to begin.
    """
    wanted = None if power is None else entry_of(answer.crisis, power, None).power
    start = since or beginning(answer)
    if start is None:
        said = f"{answer.crisis.id} has no event by {answer.as_of}, so its path has no beginning."
        raise UsageError(said, hint="Say from which day on: --since YYYY-MM-DD.")
    if start > answer.as_of:
        said = f"the path would begin on {start}, after it ends on {answer.as_of}."
        raise UsageError(said, hint=f"Give a day up to {answer.as_of}.")
    with waiting("going back day by day") as tick:
        path = trace(answer, since=start, draws=min(draws, answer.draws), tick=tick)
    return path_document(path, power=wanted)


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

    def _repr_html_(self) -> str:
        """Return a small table for a notebook; `explore` has the page."""
        return answer_table(self.answer)

    def explore(self, output: str | Path | None = None) -> Brief:
        """Return the page of this answer for a notebook, and write it to a file if one is named.

        The page stands by itself: it opens without a server and asks nobody for anything.
        """
        made = Brief(brief(self.answer))
        if output is not None:
            written(Path(output), made.html)
        return made

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
            raise UsageError("xarray is not installed.", hint="pip install '.[science]'.") from None
        roles = [f"{role.power}.{role.side}" for role in self.answer.inputs.roles]
        return xarray.Dataset(
            {"prob": (("draw", "role", "rung"), rung_probabilities(self.answer.prob))},
            coords={"role": roles, "rung": list(RUNGS)},
            attrs={key: str(value) for key, value in meta(self.answer).items()},
        )

    def why(
        self,
        power: str,
        statistic: str = "forces",
        *,
        rung: str | None = None,
        side: str | None = None,
        draws: int = EXCERPT_DRAWS,
    ) -> dict[str, Any]:
        """Return the document of `why --json`.

        `statistic` is a rung ("weapons": that or more), "instrument:weapons" or "delivered"; `rung`
        is another word for it, as on the command line.
        """
        about = parse_statistic(rung or statistic)
        return why_of(self.answer, power, statistic=about, side=parse_side(side), draws=draws)

    def flip(
        self,
        power: str,
        goal: str,
        *,
        side: str | None = None,
        draws: int = EXCERPT_DRAWS,
    ) -> dict[str, Any]:
        """Return the document of `what-if --flip --json`: `answer.flip("RUS", "forces>50%")`."""
        wanted = parse_goal(goal)
        return flip_of(self.answer, power, goal=wanted, side=parse_side(side), draws=draws)

    def what_if(
        self, power: str, *, side: str | None = None, **settings: float | str
    ) -> dict[str, Any]:
        """Return the document of `what-if --json`: `answer.what_if("RUS", overstretch=0.5)`."""
        wanted = tuple(parse_setting(f"{name}={value}") for name, value in settings.items())
        return what_if_document(what_if(self.answer, power, wanted, side=parse_side(side)))

    def path(
        self,
        power: str | None = None,
        *,
        since: str | dt.date | None = None,
        draws: int = EXCERPT_DRAWS,
    ) -> dict[str, Any]:
        """Return the document of `path --json`: the crisis day by day from its first event on."""
        return path_of(self.answer, power=power, since=_day(since), draws=draws)

    def reach(
        self,
        power: str | None = None,
        *,
        deny: Sequence[str] = (),
        grant: Sequence[str] = (),
        cut_km: float | None = None,
    ) -> dict[str, Any]:
        """Return the document of `reach --json`; of one power, with its ways traced.

        `deny` and `grant` name who refuses or gives leave whatever they would say; `cut_km` asks
        who could leave no way up to that length [km].
        """
        if power is None:
            return reach_document(self.answer, self.answer.crisis.powers)
        entries = self._of(power)
        document = reach_document(self.answer, entries)
        decided = decisions(granted=grant, denied=deny)
        longest = np.inf if cut_km is None else cut_km
        for entry, said in zip(entries, document["powers"], strict=True):
            found = traced(self.answer, entry, decided=decided, longer_than_km=longest)
            said.update(power_parts(self.answer, entry, found, decided=decided))
        return document

    def ways(
        self, power: str, *, deny: Sequence[str] = (), grant: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Return a power's traced ways as GeoJSON."""
        decided = decisions(granted=grant, denied=deny)
        return geojson(
            one for entry in self._of(power) for one in traced(self.answer, entry, decided=decided)
        )

    def _of(self, power: str) -> tuple[Power, ...]:
        wanted = entry_of(self.answer.crisis, power, None).power
        return tuple(entry for entry in self.answer.crisis.powers if entry.power == wanted)


def assess(
    crisis: str | Crisis,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    as_of: str | dt.date | None = None,
    hindsight: bool = False,
) -> Result:
    """Answer a crisis, given by bundled id, path or as a `Crisis`."""
    loaded = load_crisis(crisis) if isinstance(crisis, str) else crisis
    day = _day(as_of)
    return Result(assess_crisis(loaded, draws=draws, seed=seed, as_of=day, hindsight=hindsight))


def _day(given: str | dt.date | None) -> dt.date | None:
    """Return a day that may be given as text; raise `UsageError` for what is no day."""
    if not isinstance(given, str):
        return given
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{given!r} is no day.", hint="Write 2026-03-04.") from None


def load(crisis: str) -> Crisis:
    """Return the crisis behind a bundled id or a path."""
    return load_crisis(crisis)


def check(path: str) -> None:
    """Raise `CrisisFileError` with every problem of a crisis file; return nothing if it is good."""
    load_crisis(path)


def list_crises() -> tuple[str, ...]:
    """Return the ids of the bundled crises."""
    return bundled_ids()

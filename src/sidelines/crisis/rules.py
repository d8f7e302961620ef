"""What a crisis file must hold beyond the shape of its values.

The rules read the raw document, so that they all speak even where a value has the wrong type.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sidelines.crisis.dated import dated_on
from sidelines.crisis.document import Document, Path_, dotted
from sidelines.crisis.levers import Address, parse_address
from sidelines.crisis.model import Control, Crisis, Delivery, Override, Power, Signal, Strength
from sidelines.terms.errors import Problem, UsageError, cut, nearest, shown
from sidelines.terms.ladder import Rung
from sidelines.terms.roles import Side
from sidelines.terms.states import actor, known_actor

__all__ = ["broken_rules", "checked_setting"]

Report = Callable[..., None]


def broken_rules(document: Document, crisis: Crisis | None) -> list[Problem]:
    """Return a problem for every rule that the document breaks."""
    problems: list[Problem] = []

    def report(code: str, path: Path_, message: str, hint: str = "") -> None:
        place = document.place(path)
        problems.append(
            Problem(
                code=code,
                message=message,
                hint=hint,
                path=dotted(path),
                line=place.line,
                column=place.column,
            )
        )

    data = document.data
    _days(data, report)
    _dates(data, report)
    _dated_rows(data, report)
    _twice_a_party(data, report)
    _twins(data, report)
    _existence(data, report)
    _named_sources(data, report)
    _unknown_rights(data, report)
    _settings(data, report)
    if crisis is not None:
        _parties(crisis, report)
        _batteries(crisis, report)
        _overrides(crisis, report)
    return problems


def _items(data: Any, key: str) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Walk the mappings of a list that stands under a key."""
    entries = data.get(key) if isinstance(data, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield (key, index), entry


def _walk(node: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    yield path, node
    children: Iterable[tuple[Any, Any]] = ()
    if isinstance(node, dict):
        children = node.items()
    elif isinstance(node, list):
        children = enumerate(node)
    for key, child in children:
        yield from _walk(child, (*path, key))


def _as_date(value: Any) -> dt.date | None:
    """Return a plain date, or a text such as 2026-03-04, as a date; None for anything else."""
    if isinstance(value, dt.date):
        return None if isinstance(value, dt.datetime) else value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _days(data: dict[str, Any], report: Report) -> None:
    """A day is written as a plain date: no time, no number of seconds."""
    for path, value in _walk(data):
        if not path or path[-1] not in {"date", "since", "as_of", "until"}:
            continue
        if value is not None and not isinstance(value, dict | list) and _as_date(value) is None:
            report("E202", path, f"must be a date such as 2026-03-04, not {shown(value)}")


def _dated_rows(data: dict[str, Any], report: Report) -> None:
    """A row of a data set that describes a later year was not known either."""
    limit = _as_date(data.get("as_of"))
    sources = data.get("sources")
    named = sources if isinstance(sources, dict) else {}
    for path, value in _walk({k: v for k, v in data.items() if k not in {"sources", "outcome"}}):
        if limit is None or not path or path[-1] != "source" or not isinstance(value, str):
            continue
        day = None if value in named else dated_on(value)
        if day is not None and day > limit:
            said = f"{shown(value)} describes {day}, later than as_of {limit}"
            report("E221", path, said)


def _dates(data: dict[str, Any], report: Report) -> None:
    """No input may be dated after the crisis's own as-of date; the outcome may."""
    limit = _as_date(data.get("as_of"))
    if limit is None:
        return
    for path, value in _walk({k: v for k, v in data.items() if k != "outcome"}):
        if not path or path[-1] not in {"date", "since"}:
            continue
        day = _as_date(value)
        if day is not None and day > limit:
            report("E221", path, f"{day} is later than as_of {limit}: an input must be known then")


def _resolved(word: Any) -> str | None:
    return known_actor(word) if isinstance(word, str) else None


def _twice_a_party(data: dict[str, Any], report: Report) -> None:
    """A party stands once among the attackers or the targets, under whatever name."""
    for key in ("attackers", "targets"):
        seen: set[str] = set()
        for index, word in enumerate(_listed(data.get(key))):
            id_ = _resolved(word)
            if id_ is not None and id_ in seen:
                report("E222", (key, index), f"{id_} stands here twice", "Name each party once.")
            seen.add(id_ or "")


def _twins(data: dict[str, Any], report: Report) -> None:
    """One entry per power and side; nobody attacks and is attacked."""
    first: dict[tuple[str, str], int] = {}
    for path, entry in _items(data, "powers"):
        key = (
            _resolved(entry.get("power")) or cut(str(entry.get("power"))),
            str(entry.get("side")),
        )
        if key in first:
            said = (
                f"{key[0]} on the side of the {cut(key[1])} stands already at powers[{first[key]}]"
            )
            report("E222", (*path, "power"), said, "One entry per power and side.")
        first.setdefault(key, int(path[1]))
    attackers, targets = (
        {_resolved(word) for word in _listed(data.get(key))} for key in ("attackers", "targets")
    )
    for both in sorted(filter(None, attackers & targets)):
        report("E223", ("targets",), f"{both} is attacker and target at once")
    for path, entry in _items(data, "powers"):
        if (power := _resolved(entry.get("power"))) in attackers | targets and power:
            report("E223", (*path, "power"), f"{power} is a party already, not an outside power")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _existence(data: dict[str, Any], report: Report) -> None:
    """A state must have existed on the as-of date."""
    day = _as_date(data.get("as_of"))
    if day is None:
        return
    named: list[tuple[Path_, Any]] = [
        ((key, i), word)
        for key in ("attackers", "targets")
        for i, word in enumerate(_listed(data.get(key)))
    ]
    named += [((*path, "power"), entry.get("power")) for path, entry in _items(data, "powers")]
    for path, word in named:
        id_ = _resolved(word)
        if id_ is not None and not actor(id_).existed_on(day):
            one = actor(id_)
            spell = f"{one.start or '?'} to {one.end or 'today'}"
            report("E224", path, f"{one.name} ({id_}) did not exist on {day}, but from {spell}")


def _named_sources(data: dict[str, Any], report: Report) -> None:
    """A source is an id of the `sources` block, a `dataset:row`, a document, or 'assumed'."""
    sources = data.get("sources")
    known = tuple(sources) if isinstance(sources, dict) else ()
    for path, value in _walk({k: v for k, v in data.items() if k != "sources"}):
        if not path or path[-1] != "source" or not isinstance(value, str):
            continue
        word = value.strip()
        if not word:
            report("E225", path, "a source cannot be empty", "leave it out, or write 'assumed'")
            continue
        if path[0] == "outcome":
            continue
        if word in known or word.startswith("assumed") or not word.replace("-", "").isalnum():
            continue
        near = nearest(word, known)
        hint = f"did you mean {near!r}?" if near else "add it under sources:, or write 'assumed'"
        report("E225", path, f"no source has the id {shown(word)}", hint)


def _unknown_rights(data: dict[str, Any], report: Report) -> None:
    """Unknown never means granted: it needs a probability."""
    for path, power in _items(data, "powers"):
        for inner, right in _items(power, "access"):
            state, prob = right.get("state"), right.get("prob")
            if state == "unknown" and prob is None:
                said = "an unknown right needs prob: how likely is it granted?"
                report("E226", (*path, *inner, "state"), said)
            if state in {"granted", "denied"} and prob is not None:
                report("E226", (*path, *inner, "prob"), f"a right that is {state} needs no prob")


def checked_setting(name: str, value: Any) -> Address:
    """Return the address of a setting whose value its input can take, or raise `UsageError`."""
    address = parse_address(name)
    if value is None:
        raise UsageError(f"{cut(name)}: needs a number; nothing cannot be set", code="E202")
    group, _, key = address.input.rpartition(".")
    owner: type[Any] = {"": Power, "control": Control}.get(group, Strength)
    annotation = owner.__dataclass_fields__[key].type
    try:
        TypeAdapter(annotation).validate_python(value)
    except ValidationError as error:
        detail = error.errors()[0]["msg"]
        raise UsageError(f"{cut(name)}: {cut(detail)}", code="E202") from None
    return address


def _settings(data: dict[str, Any], report: Report) -> None:
    """An event sets known inputs of the crisis or of powers in the file, to allowed values."""
    present = {
        (_resolved(entry.get("power")), str(entry.get("side")))
        for _, entry in _items(data, "powers")
    }
    for path, event in _items(data, "events"):
        sets = event.get("sets")
        first: dict[tuple[str | None, str, str], str] = {}
        for name, value in sets.items() if isinstance(sets, dict) else ():
            try:
                address = checked_setting(name, value)
            except UsageError as error:
                report(error.code, (*path, "sets", name), error.message, error.hint)
                continue
            sides = sorted(side for power, side in present if power == address.power)
            meant = [side for side in sides if address.side is None or side == address.side]
            if address.power is not None and not meant:
                backs = f" on the side of the {address.side}" if sides else ""
                said = f"{address.power} is not among the powers of this crisis{backs}"
                report("E211", (*path, "sets", name), said)
                continue
            inputs = [(address.power, side, address.input) for side in meant or [""]]
            twin = next((first[one] for one in inputs if one in first), None)
            if twin is not None:
                said = f"{cut(name)} sets what {cut(twin)} sets already"
                report("E204", (*path, "sets", name), said)
            first.update((one, str(name)) for one in inputs)


def _parties(crisis: Crisis, report: Report) -> None:
    """Threats come from parties and go to powers; ties bind to a party of the side backed."""
    powers = {power.power for power in crisis.powers}
    for index, threat in enumerate(crisis.threats):
        if threat.by not in (*crisis.attackers, *crisis.targets):
            said = f"{threat.by} is no party of this crisis"
            report("E227", ("threats", index, "by"), said)
        for number, against in enumerate(threat.against):
            if against not in powers:
                said = f"{against} is not among the powers of this crisis"
                report("E227", ("threats", index, "against", number), said)
    for index, power in enumerate(crisis.powers):
        parties = crisis.parties(power.side)
        for number, tie in enumerate(power.ties or ()):
            if tie.with_ is not None and tie.with_ not in parties:
                said = f"{tie.with_} is no party on the side of the {power.side}"
                hint = f"One of {', '.join(parties)}."
                report("E227", ("powers", index, "ties", number, "with"), said, hint)


def _batteries(crisis: Crisis, report: Report) -> None:
    """Batteries go to the target, and count only against a salvo."""
    for index, power in enumerate(crisis.powers):
        held: list[tuple[Path_, Power | Delivery]] = [(("powers", index), power)]
        held += [
            (("powers", index, "delivered", number), delivery)
            for number, delivery in enumerate(power.delivered)
        ]
        for inner, owner in held:
            if owner.batteries is None:
                continue
            path = (*inner, "batteries")
            if power.side is not Side.TARGET:
                report("E229", path, "batteries stop strikes on the target, not on the attacker")
            elif crisis.salvo is None:
                report("E229", path, "batteries against what? The file has no salvo", "Add salvo:.")


def _overrides(crisis: Crisis, report: Report) -> None:
    """One override per entry at most, and none against what is done already."""
    for index, power in enumerate(crisis.powers):
        path = ("powers", index, "overrides")
        if len(power.overrides) > 1:
            said = f"{power.power} has {len(power.overrides)} overrides; one is the most"
            report("E228", (*path, 1), said)
        acts: tuple[Signal | Delivery, ...] = (*power.signals, *power.delivered)
        done = max((Rung[act.instrument.upper()] for act in acts if act.done), default=None)
        for number, override in enumerate(power.overrides):
            if done is not None and _denies(override, done):
                said = f"contradicts what is done: {power.power} has gone as far as {done.word}"
                report("E228", (*path, number), said)


def _denies(override: Override, done: Rung) -> bool:
    """Tell whether an override leaves some chance that a power stays below what it has done."""
    rung = Rung[override.rung.upper()]
    if rung is Rung.NOTHING:
        return True
    if override.at_least:
        return rung <= done and override.probability < 1
    return rung < done or (rung == done and override.probability < 1)

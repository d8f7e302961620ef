"""What a crisis file must hold beyond the shape of its values.

The rules read the raw document, so that they all speak even where a value has the wrong type.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sidelines.crisis.document import Document, Path_, dotted
from sidelines.crisis.levers import Address, parse_address
from sidelines.crisis.model import Control, Crisis, Power, Strength
from sidelines.terms.errors import NotFoundError, Problem, UsageError, nearest
from sidelines.terms.states import actor, find_actor

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
    _dates(data, report)
    _twins(data, report)
    _existence(data, report)
    _named_sources(data, report)
    _unknown_rights(data, report)
    _settings(data, report)
    if crisis is not None:
        _parties(crisis, report)
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
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


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
    try:
        return find_actor(str(word))
    except NotFoundError:
        return None


def _twins(data: dict[str, Any], report: Report) -> None:
    """One entry per power and side; nobody attacks and is attacked."""
    first: dict[tuple[str, Any], int] = {}
    for path, entry in _items(data, "powers"):
        key = (_resolved(entry.get("power")) or str(entry.get("power")), entry.get("side"))
        if key in first:
            said = f"{key[0]} on the side of the {key[1]} stands already at powers[{first[key]}]"
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
    for path, value in _walk({k: v for k, v in data.items() if k not in {"sources", "outcome"}}):
        if not path or path[-1] != "source" or not isinstance(value, str):
            continue
        word = value.strip()
        if word in known or word.startswith("assumed") or not word.replace("-", "").isalnum():
            continue
        near = nearest(word, known)
        hint = f"did you mean {near!r}?" if near else "add it under sources:, or write 'assumed'"
        report("E225", path, f"no source has the id {word!r}", hint)


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
    group, _, key = address.input.rpartition(".")
    owner: type[Any] = {"": Power, "control": Control}.get(group, Strength)
    annotation = owner.__dataclass_fields__[key].type
    try:
        TypeAdapter(annotation).validate_python(value)
    except ValidationError as error:
        detail = error.errors()[0]["msg"]
        raise UsageError(f"{name}: {detail}", code="E202") from None
    return address


def _settings(data: dict[str, Any], report: Report) -> None:
    """An event sets known inputs of the crisis or of powers in the file, to allowed values."""
    present = {_resolved(entry.get("power")) for _, entry in _items(data, "powers")}
    for path, event in _items(data, "events"):
        sets = event.get("sets")
        for name, value in sets.items() if isinstance(sets, dict) else ():
            try:
                address = checked_setting(name, value)
            except UsageError as error:
                report(error.code, (*path, "sets", name), error.message, error.hint)
                continue
            if address.power is not None and address.power not in present:
                said = f"{address.power} is not among the powers of this crisis"
                report("E211", (*path, "sets", name), said)


def _parties(crisis: Crisis, report: Report) -> None:
    """Threats come from parties, ties bind to a party of the side backed."""
    for index, threat in enumerate(crisis.threats):
        if threat.by not in (*crisis.attackers, *crisis.targets):
            said = f"{threat.by} is no party of this crisis"
            report("E227", ("threats", index, "by"), said)
    for index, power in enumerate(crisis.powers):
        parties = crisis.parties(power.side)
        for number, tie in enumerate(power.ties or ()):
            if tie.with_ is not None and tie.with_ not in parties:
                said = f"{tie.with_} is no party on the side of the {power.side}"
                hint = f"One of {', '.join(parties)}."
                report("E227", ("powers", index, "ties", number, "with"), said, hint)

"""The crises that a server has opened: their answers, kept while somebody looks at them."""

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar

from sidelines.assess.assessment import Assessment, assess_crisis
from sidelines.assess.sliders import Moves, Sliders, settled, sliders_of
from sidelines.crisis.read import bundled_ids, load_crisis
from sidelines.report.comparison import compare_document
from sidelines.report.page import PARTS, as_bytes, asset, packed, part
from sidelines.report.page_answers import answer_document, moves_of, present_of, why_answer
from sidelines.terms.errors import NotFoundError, nearest, shown

__all__ = ["Asking", "Shelf"]

_OPEN_CRISES = 4
_KEPT_ANSWERS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How every crisis is answered: draws, seed, as-of day."""

    draws: int
    seed: int
    as_of: dt.date | None = None
    hindsight: bool = False


_T = TypeVar("_T")


class _Kept(Generic[_T]):
    """The last few values, by key; one thread makes a value, the others wait for it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.values: OrderedDict[Any, _T] = OrderedDict()
        self.locks: dict[Any, Lock] = {}
        self.lock = Lock()

    def get(self, key: Any, make: Callable[[], _T]) -> _T:
        """Return the value of a key, made now if it is not kept."""
        with self.lock:
            if key in self.values:
                self.values.move_to_end(key)
                return self.values[key]
            lock = self.locks.setdefault(key, Lock())
        with lock:
            with self.lock:
                if key in self.values:
                    return self.values[key]
            value = make()
            with self.lock:
                self.values[key] = value
                self.locks.pop(key, None)
                while len(self.values) > self.most:
                    self.values.popitem(last=False)
        return value


@dataclass(slots=True)
class _Open:
    """One crisis that is open: its answer, what its sliders move, and what was asked of it."""

    answer: Assessment
    sliders: Sliders
    parts: _Kept[bytes] = field(default_factory=lambda: _Kept(len(PARTS)))
    answers: _Kept[bytes] = field(default_factory=lambda: _Kept(_KEPT_ANSWERS))


def _key(moves: Moves) -> str:
    """Return one name for the same moves, in whatever order they were given."""
    return json.dumps(sorted((row, sorted(levers.items())) for row, levers in moves.items()))


class Shelf:
    """What the server hands out; everything comes as bytes, compressed.

    `given` is the crisis it was opened with, by id or path; `first` is its id.
    """

    def __init__(self, asking: Asking, *, given: str | None = None) -> None:
        self.asking = asking
        self.first = None if given is None else load_crisis(given).id
        is_file = given is not None and given not in bundled_ids()
        self.files = {self.first: given} if self.first and given and is_file else {}
        self.opened: _Kept[_Open] = _Kept(_OPEN_CRISES)
        self.compared: _Kept[bytes] = _Kept(_OPEN_CRISES)

    @property
    def ids(self) -> tuple[str, ...]:
        """The crises on the shelf: files of the user's first, then the bundled ones."""
        return (*self.files, *(name for name in bundled_ids() if name not in self.files))

    def _open(self, name: str) -> _Open:
        if name not in self.ids:
            near = nearest(name, self.ids)
            hint = f"Did you mean {near}?" if near else ""
            raise NotFoundError(f"There is no crisis {shown(name)} here.", hint=hint)
        return self.opened.get(name, lambda: self._answered(name))

    def _answered(self, name: str) -> _Open:
        asking = self.asking
        answer = assess_crisis(
            load_crisis(self.files.get(name, name)),
            draws=asking.draws,
            seed=asking.seed,
            as_of=asking.as_of,
            hindsight=asking.hindsight,
        )
        return _Open(answer=answer, sliders=sliders_of(answer))

    def part(self, crisis: str, name: str) -> bytes:
        """Return a part of a crisis page."""
        here = self._open(crisis)
        if name not in PARTS:
            raise NotFoundError(f"A page has no part {shown(name)}.")
        return here.parts.get(name, lambda: packed(part(name, here.answer, here.sliders)))

    def answered(self, crisis: str, asked: Mapping[str, Any]) -> bytes:
        """Return everybody's answer with some levers moved: what the page reckons by itself."""
        here = self._open(crisis)
        moves = moves_of(asked.get("moves", {}), here.sliders)

        def make() -> bytes:
            prob = settled(here.sliders, moves)
            found = answer_document(prob, here.sliders)
            if not moves:
                found["present"] = present_of(here.sliders)
            return packed(as_bytes(found))

        return here.answers.get(_key(moves), make)

    def explained(self, crisis: str, asked: Mapping[str, Any]) -> bytes:
        """Return what holds a role back, with some levers moved."""
        here = self._open(crisis)
        moves = moves_of(asked.get("moves", {}), here.sliders)
        key = (str(asked.get("role")), str(asked.get("statistic")), _key(moves))
        return here.answers.get(
            key, lambda: packed(as_bytes(why_answer(here.sliders, asked, moves)))
        )

    def comparison(self, left: str, right: str) -> bytes:
        """Return what differs between two crises."""
        one, other = self._open(left), self._open(right)

        def make() -> bytes:
            found = compare_document(one.answer, other.answer)
            for side, here in (("a", one), ("b", other)):
                found[side]["title"] = here.answer.crisis.title
            return packed(as_bytes(found))

        return self.compared.get((left, right), make)

    def crises(self) -> bytes:
        """Return the list of crises with their places."""

        def make() -> bytes:
            return packed(as_bytes({"crises": [self._listed(name) for name in self.ids]}))

        return self.compared.get("crises", make)

    def _listed(self, name: str) -> dict[str, Any]:
        crisis = load_crisis(self.files.get(name, name))
        place = crisis.theatre
        return {
            "id": name,
            "title": crisis.title,
            "as_of": crisis.as_of.isoformat(),
            "theatre": None if place is None else place.name,
            "lat": None if place is None else place.lat,
            "lon": None if place is None else place.lon,
        }

    def world(self) -> bytes:
        """Return the atlas."""
        return self.compared.get("world", lambda: packed(asset("world.json")))

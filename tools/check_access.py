"""Hold the set chances of leave against the decisions on record; print the table of the docs.

Ties come from the research data of each decision's year, where the tables of facts do not reach.
One operation (a power, against whom, within two years) has one voice: its decisions lean together.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sidelines.assess.parameters import load_parameters
from sidelines.assess.standing import group_of
from sidelines.facts import places, ties
from sidelines.facts.official.alliances import load_alliances
from sidelines.facts.official.codes import cow_number
from sidelines.facts.official.ideal_points import load_ideal_points
from sidelines.facts.official.rivalries import load_rivalries
from sidelines.facts.record import Row
from sidelines.facts.table import table
from sidelines.facts.world import World, load_world
from sidelines.terms.normal import bivariate_normal_cdf, normal_quantile
from sidelines.terms.states import actor

__all__ = ["KINDS", "Case", "Leaning", "cases", "leaning", "pull", "scores", "tallies"]

KINDS = ("rival", "host", "ally", "other_side", "near", "neutral")
PRIOR_WEIGHT = 4
_GRID = np.linspace(-0.5, 0.95, 146)
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One decision: what the grantor is to the power, and whether it granted."""

    kind: str
    granted: bool
    grantor: str
    group: str
    operation: tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """How the moods behind decisions of one operation correlate, with its 80 % range [1]."""

    pairs: int
    operations: int
    correlation: float
    low: float
    high: float


def cases(cargo: str) -> list[Case]:
    """Return the decisions that say something about a class of cargo, lethal or non-lethal."""
    return [_case(row) for row in table("access") if _tells(row, cargo)]


def _tells(row: Row, cargo: str) -> bool:
    kinds = [actor(row.fields[column]).kind for column in ("actor", "grantor")]
    decided, granted = row.fields["cargo"], row.fields["state"] == "granted"
    if kinds != ["state", "state"]:
        return False
    if cargo == "lethal":
        return decided in {"any", "lethal"} or (decided == "personnel" and not granted)
    return decided in {"any", "non-lethal", "humanitarian"}


def _case(row: Row) -> Case:
    power, grantor = row.fields["actor"], row.fields["grantor"]
    world = load_world(row.date, retrospective=True)
    others = [one for one in row.fields["against"].split("|") if _is_state(world, one)]
    return Case(
        kind=_kind(world, power, grantor, others),
        granted=row.fields["state"] == "granted",
        grantor=grantor,
        group=group_of(world, grantor),
        operation=(power, row.fields["against"], row.date.year // 2),
    )


def _is_state(world: World, id_: str) -> bool:
    return bool(id_) and actor(id_).kind == "state" and actor(id_).existed_on(world.as_of)


def _kind(world: World, power: str, grantor: str, others: list[str]) -> str:
    votes = _votes(world, power, grantor)
    if _rivals(world, power, grantor):
        return "rival"
    if _hosts(world, grantor, power):
        return "host"
    if _allied(world, power, grantor):
        return "ally"
    if any(_allied(world, grantor, one) or _hosts(world, grantor, one) for one in others):
        return "other_side"
    near = load_parameters().value("access_near_distance")
    return "near" if votes is not None and votes < near else "neutral"


def _cow(world: World, id_: str) -> int | None:
    return cow_number(id_, world.as_of.year)


def _allied(world: World, a: str, b: str) -> bool:
    known = [ties.pacts(world, one, other) or () for one, other in ((a, b), (b, a))]
    if any(fact.value.kind == "defence" for owed in known for fact in owed):
        return True
    year, codes = min(world.as_of.year, 2018), (_cow(world, a), _cow(world, b))
    if codes[0] is None or codes[1] is None:
        return False
    found = load_alliances()
    owed = (found.owes(codes[0], codes[1], year), found.owes(codes[1], codes[0], year))
    return any("defence" in (one or ()) for one in owed)


def _hosts(world: World, host: str, operator: str) -> bool:
    held = (fact.value for fact in places.bases(world, operator))
    return any(base.host == host and base.tenure in {"treaty", "lease"} for base in held)


def _rivals(world: World, a: str, b: str) -> bool:
    found, codes = load_rivalries(), (_cow(world, a), _cow(world, b))
    if codes[0] is None or codes[1] is None:
        return False
    return bool(found.rivals(codes[0], codes[1], min(world.as_of.year, found.last_year)))


def _votes(world: World, a: str, b: str) -> float | None:
    points, codes = load_ideal_points(), (_cow(world, a), _cow(world, b))
    if codes[0] is None or codes[1] is None:
        return None
    for year in range(world.as_of.year, world.as_of.year - 3, -1):
        pair = points.point(codes[0], year), points.point(codes[1], year)
        if pair[0] is not None and pair[1] is not None:
            return abs(pair[0] - pair[1])
    return None


def tallies(found: Iterable[Case]) -> dict[str, tuple[int, int, int, float]]:
    """Return per kind: decisions, operations, grants, and the mean over operations."""
    by_kind: dict[str, dict[tuple[str, str, int], list[bool]]] = {kind: {} for kind in KINDS}
    for one in found:
        by_kind[one.kind].setdefault(one.operation, []).append(one.granted)
    result = {}
    for kind, voices in by_kind.items():
        granted = [one for voice in voices.values() for one in voice]
        mean = float(np.mean([np.mean(voice) for voice in voices.values()]))
        result[kind] = (len(granted), len(voices), sum(granted), mean)
    return result


def scores(found: list[Case]) -> dict[str, float]:
    """Return log losses per operation: set chances, learned ones, and the base rate [nats].

    Learned ones and the base rate never see the operation that they are scored on. `gain` is that
    of the set chances over the base rate, `range` half its 80 % range over operations.
    """
    set_ = {kind: load_parameters().value(f"access_{kind}") for kind in KINDS}
    operations: dict[tuple[str, str, int], list[Case]] = defaultdict(list)
    for one in found:
        operations[one.operation].append(one)
    losses: dict[str, list[float]] = {"set": [], "learned": [], "base": []}
    for name, held in operations.items():
        rest = [one for one in found if one.operation != name]
        counts = tallies(rest)
        weights = {kind: counts[kind][1] for kind in KINDS}
        learned = {
            kind: (counts[kind][3] * weights[kind] + PRIOR_WEIGHT / 2)
            / (weights[kind] + PRIOR_WEIGHT)
            for kind in KINDS
        }
        voices = [np.mean([o.granted for o in part]) for k, part in operations.items() if k != name]
        base = dict.fromkeys(KINDS, float(np.mean(voices)))
        for model, chances in (("set", set_), ("learned", learned), ("base", base)):
            losses[model].append(_log_loss(held, chances))
    gain = np.array(losses["base"]) - np.array(losses["set"])
    means = {model: float(np.mean(values)) for model, values in losses.items()}
    spread = 1.2816 * float(gain.std(ddof=1)) / len(gain) ** 0.5
    return means | {"gain": float(gain.mean()), "range": spread, "operations": len(gain)}


def _log_loss(held: list[Case], chances: dict[str, float]) -> float:
    likely = [chances[one.kind] if one.granted else 1 - chances[one.kind] for one in held]
    return float(-np.log(likely).mean())


def pull(found: list[Case]) -> tuple[float, int]:
    """Return how decisions of one operation correlate beyond their kinds, and over how many pairs.

    The correlation of residuals over their binomial spread, of pairs of different grantors.
    """
    chance = {kind: voice[3] for kind, voice in tallies(found).items()}
    apart: dict[tuple[str, str, int], list[tuple[str, float]]] = defaultdict(list)
    for one in found:
        p = min(max(chance[one.kind], 0.02), 0.98)
        apart[one.operation].append((one.grantor, (one.granted - p) / (p * (1 - p)) ** 0.5))
    products = [
        a * b
        for part in apart.values()
        for i, (who, a) in enumerate(part)
        for other, b in part[:i]
        if who != other
    ]
    return float(np.mean(products)), len(products)


def leaning(found: list[Case], *, same_group: bool) -> Leaning:
    """Return how decisions of one operation lean together, within a group or across groups.

    Behind two decisions stand two normal moods that correlate; the chance of each is that of its
    kind. The correlation that makes the pairs likeliest, each decision counting once, and its
    range over operations drawn anew.
    """
    chance = {kind: voice[3] for kind, voice in tallies(found).items()}
    held: dict[tuple[str, str, int], list[Case]] = defaultdict(list)
    for one in found:
        held[one.operation].append(one)
    heights = []
    for part in held.values():
        pairs = [(a, b) for i, a in enumerate(part) for b in part[:i] if _counts(a, b, same_group)]
        if pairs:
            height = _heights(pairs, chance).sum(axis=0) / (len(part) - 1)
            heights.append((len(pairs), height))
    together = np.array([height for _, height in heights])
    rng = np.random.default_rng(0)
    drawn = [
        _GRID[together[rng.integers(0, len(together), len(together))].sum(axis=0).argmax()]
        for _ in range(_RESAMPLES)
    ]
    return Leaning(
        pairs=sum(n for n, _ in heights),
        operations=len(heights),
        correlation=float(_GRID[together.sum(axis=0).argmax()]),
        low=float(np.quantile(drawn, 0.1)),
        high=float(np.quantile(drawn, 0.9)),
    )


def _counts(a: Case, b: Case, same_group: bool) -> bool:
    return a.grantor != b.grantor and (bool(a.group) and a.group == b.group) == same_group


def _heights(pairs: list[tuple[Case, Case]], chance: dict[str, float]) -> np.ndarray:
    """Return the log chance of what pairs decided, a row a pair, a column a correlation."""
    likely = np.array([[chance[one.kind] for one in pair] for pair in pairs])
    likely = np.clip(likely, 0.02, 0.98)
    granted = np.array([[one.granted for one in pair] for pair in pairs])
    bounds = normal_quantile(likely)
    both = np.stack(
        [bivariate_normal_cdf(*bounds.T, correlation=float(one)) for one in _GRID], axis=-1
    )
    first, second = likely[:, :1], likely[:, 1:]
    mixed = np.where(granted[:, :1], first, second) - both
    neither = 1.0 - first - second + both
    alike = np.where(granted[:, :1], both, neither)
    return np.log(np.maximum(np.where(granted[:, :1] == granted[:, 1:], alike, mixed), 1e-12))


def main() -> None:
    """Print the tallies, the scores, the pull and its parts for both classes of cargo."""
    for cargo in ("lethal", "non-lethal"):
        found = cases(cargo)
        print(f"{cargo}: {len(found)} decisions, {np.mean([one.granted for one in found]):.3f}")
        for kind, (n, operations, granted, mean) in tallies(found).items():
            set_ = load_parameters().value(f"access_{kind}")
            print(f"| {kind} | {set_} | {n} | {granted} | {operations} | {mean:.2f} |")
        print({name: round(value, 3) for name, value in scores(found).items()})
        print("pull", pull(found))
        print("across groups", leaning(found, same_group=False))
        print("within groups", leaning(found, same_group=True))


if __name__ == "__main__":
    main()

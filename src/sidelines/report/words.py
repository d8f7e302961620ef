"""Numbers in words: likelihood by ICD 203, percentages, names of sides, verdict sentences.

A likelihood and a level of confidence never stand in one sentence (US Intelligence Community
Directive 203, 2015, section D.6.e).
"""

from typing import Any

from sidelines.assess.statistic import Statistic
from sidelines.crisis.model import Crisis
from sidelines.terms.ladder import RUNGS
from sidelines.terms.roles import Side
from sidelines.terms.states import actor, is_actor

__all__ = [
    "crisis_words",
    "gist",
    "joined",
    "likelihood",
    "name_of",
    "percent",
    "percent_range",
    "points",
    "power_words",
    "question",
    "side_name",
    "verdict",
    "what_batteries_do",
    "what_was_heard",
]

_BANDS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even odds"),
    (0.80, "likely"),
    (0.95, "very likely"),
)
_DEEDS = {
    "words": "speak up or do more",
    "diplomatic": "give diplomatic cover or more",
    "money": "send money or more",
    "weapons": "send weapons or more",
    "advisers": "send advisers or more",
    "forces": "fight",
}
_USES = {
    "words": "speak up",
    "diplomatic": "give diplomatic cover",
    "money": "send money",
    "weapons": "send weapons",
    "advisers": "send advisers, intelligence or access",
    "forces": "fight",
}
_RECORD = {
    "words": "words",
    "diplomatic": "diplomatic cover",
    "money": "money",
    "weapons": "weapons",
    "advisers": "advisers, intelligence or access",
}
_ARTICLE = set("USA GBR ARE NLD SUN EUU UNO PHL BHS DOM CAF COD HTH PMF PLO NTC ARL GCC".split())
_PLURAL = {"HTH", "PMF"}
_NOTICED = 0.05
_MOST_NAMED = 4


def likelihood(prob: float) -> str:
    """Return the ICD 203 words for a probability.

    >>> likelihood(0.73)
    'likely'
    """
    return next((word for top, word in _BANDS if prob < top), "almost certain")


def percent(prob: float) -> str:
    """Return a probability in whole per cent; the ends are never rounded away.

    >>> percent(0.004), percent(0.731), percent(0.997)
    ('<1%', '73%', '>99%')
    """
    if 0 < prob < 0.01:
        return "<1%"
    if 0.99 < prob < 1:
        return ">99%"
    return f"{prob:.0%}"


def percent_range(low: float, high: float) -> str:
    """Return a range in whole per cent.

    >>> percent_range(0.551, 0.88)
    '55-88'
    """
    return f"{100 * low:.0f}-{100 * high:.0f}"


def points(difference: float) -> str:
    """Return a difference of probabilities in points, signed; what rounds to nothing is +0.0.

    >>> points(0.1234), points(-0.0001)
    ('+12.3', '+0.0')
    """
    return f"{round(100 * difference, 1) + 0.0:+.1f}"


def name_of(id_: str, *, article: bool = False) -> str:
    """Return an actor's name, with 'the' where English wants it inside a sentence."""
    name = actor(id_).name if is_actor(id_) else id_
    return f"the {name}" if article and id_ in _ARTICLE and not name.startswith("the ") else name


def joined(words: tuple[str, ...] | list[str]) -> str:
    """Return 'a, b and c'."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def side_name(crisis: Crisis, side: Side) -> str:
    """Return the names of a side's parties."""
    return joined([name_of(id_, article=True) for id_ in crisis.parties(side)])


def question(crisis: Crisis, power: str, side: Side, statistic: Statistic) -> str:
    """Return what a statistic asks about a power, to be followed by a figure."""
    who, whom = name_of(power, article=True), side_name(crisis, side)
    if statistic.kind == "delivered":
        unit = "standard deviations of the salvo" if crisis.salvo_decides else "log-odds"
        return f"the strength that {who} is expected to add for {whom}, in {unit}"
    deed = (_USES if statistic.kind == "instrument" else _DEEDS)[statistic.word]
    return f"the chance that {who} will {deed} for {whom}"


def verdict(
    crisis: Crisis, power: str, side: Side, at_least: dict[str, float], *, done: str | None = None
) -> str:
    """Return one sentence: how far the power likely goes, and whether it fights.

    `at_least` holds the chance to reach each rung above nothing; `done` is the highest rung that
    the power has reached in this crisis already.
    """
    who, whom = name_of(power, article=True), side_name(crisis, side)
    if done == "forces":
        return f"Forces of {who} are fighting for {whom} already."
    reached = [rung for rung in RUNGS[1:] if at_least[rung] >= 0.5]
    further = reached[-1] if reached and reached[-1] != done else None
    parts = []
    if further is not None:
        parts.append((at_least[further], f"that {who} will {_DEEDS[further]} for {whom}"))
    elif done is None:
        parts.append((1.0 - at_least["words"], f"that {who} will do nothing for {whom}"))
    told = RUNGS.index(further or done or "nothing")
    for rung in ("weapons", "forces"):
        if RUNGS.index(rung) > told:
            pronoun = "they" if power in _PLURAL else "it"
            subject = pronoun if parts else who
            parts.append((at_least[rung], f"that {subject} will {_DEEDS[rung]}"))
    said = "; ".join(f"{likelihood(prob)} ({percent(prob)}) {text}" for prob, text in parts)
    if done is not None:
        return f"With {_RECORD[done]} for {whom} on record already, {said}."
    return f"{said[0].upper()}{said[1:]}."


def gist(crisis: Crisis, side: Side, powers: list[dict[str, Any]]) -> str:
    """Return the whole answer for one side in a sentence or two: who fights, who sends weapons.

    `powers` are those of the document of assess.
    """
    whom = side_name(crisis, side)
    mine = [one for one in powers if one["side"] == side.value]
    fighting = [one for one in mine if "forces" in one["done"]]
    rest = [one for one in mine if one not in fighting]
    if not rest:
        return f"{_already(fighting, whom)}." if fighting else f"Nobody may step in for {whom}."
    likely = _at_odds(rest, "forces")
    start, nobody = "", "nobody is"
    if fighting:
        start, nobody = f"{_already(fighting, whom)}; ", "nobody else is"
    nearest = max(rest, key=lambda one: one["at_least"]["forces"]["p"])
    fights = f"{nobody} likely to fight for {whom}: {_named([nearest], 'forces')} comes nearest"
    if likely:
        fights = f"likely to fight for {whom}: {_named(likely, 'forces')}"
    sending = [
        one
        for one in _at_odds(rest, "weapons")
        if one not in likely and not {"weapons", "advisers"} & set(one["done"])
    ]
    arms = f" Likely to send weapons or more: {_named(sending, 'weapons')}." if sending else ""
    said = f"{start}{fights}."
    return f"{said[0].upper()}{said[1:]}{arms}"


def _already(fighting: list[dict[str, Any]], whom: str) -> str:
    names = joined([name_of(one["id"], article=True) for one in fighting])
    return f"Forces of {names} are fighting for {whom} already"


def _at_odds(powers: list[dict[str, Any]], rung: str) -> list[dict[str, Any]]:
    """Return the powers that reach a rung at even odds or better, the surest first."""
    found = [one for one in powers if one["at_least"][rung]["p"] >= 0.5]
    return sorted(found, key=lambda one: -one["at_least"][rung]["p"])


def _named(powers: list[dict[str, Any]], rung: str) -> str:
    """Return powers with the odds that they reach a rung, the first few by name."""
    said = [
        f"{name_of(one['id'], article=True)} ({likelihood(p)}, {percent(p)})"
        for one in powers[:_MOST_NAMED]
        if (p := one["at_least"][rung]["p"]) is not None
    ]
    left = len(powers) - len(said)
    return joined([*said, f"{left} more"]) if left else joined(said)


def crisis_words(crisis: Crisis) -> dict[str, str]:
    """Return what the page calls the two sides inside a sentence."""
    return {side.value: side_name(crisis, side) for side in Side}


def power_words(id_: str) -> dict[str, str]:
    """Return what the page calls a power inside a sentence, and the pronoun for it."""
    return {"the": name_of(id_, article=True), "it": "they" if id_ in _PLURAL else "it"}


def what_batteries_do(power: str, salvo: dict[str, Any]) -> str:
    """Return one sentence: what a power's batteries change in losses, and in the outcome.

    `salvo` is the block of that name in the document of why.
    """
    who = name_of(power, article=True)
    number = {key: f"{value['p']:.0f}" for key, value in salvo["batteries"].items()}
    span = salvo["batteries"]["threshold"]
    low, high = f"{span['low']:.0f}", f"{span['high']:.0f}"
    odds = f"{number['threshold']} batteries" + (f" ({low} to {high})" if low != high else "")
    if salvo["batteries"]["brought"]["p"] == 0.0:
        return (
            f"No batteries of {who} are on record. Even odds of stopping one salvo take {odds}; "
            f"{number['standing']} stand."
        )
    chance = {key: percent(salvo["stops_all"][key]["p"]) for key in ("without", "with")}
    outcome = (
        f"lift the chance to stop it all from {chance['without']} to {chance['with']}"
        if salvo["stops_all"]["gained"]["p"] >= _NOTICED
        else "leave the outcome where it was"
    )
    cut = percent(salvo["loss"]["cut"]["p"])
    return (
        f"Batteries of {who} ({number['brought']}) lower the expected losses to one salvo by {cut} "
        f"and {outcome}: even odds of stopping it take {odds}; {number['standing']} stand without "
        "them."
    )


def what_was_heard(crisis: Crisis, power: str, signal: dict[str, Any]) -> str:
    """Return one sentence: how far a power's words moved the attackers, or what costly ones would.

    `signal` is the block of that name in the document of the power.
    """
    who = name_of(power, article=True)
    it = "they" if power in _PLURAL else "it"
    whose = "the attackers'" if len(crisis.attackers) > 1 else "the attacker's"
    belief = {key: percent(value["p"]) for key, value in signal["belief"].items()}
    if signal["heard"] == "costly":
        moved = points(signal["attack"]["moved"]["p"])
        return (
            f"Costly words of {who} moved {whose} belief that {it} would fight from "
            f"{belief['before']} to {belief['after']}, and the chance that the attack goes on by "
            f"{moved} points."
        )
    said = (
        f"Words of {who} are cheap" if signal["heard"] == "cheap" else f"No word of {who} is known"
    )
    return (
        f"{said}: {whose} belief that {it} would fight stays at {belief['before']}. Costly words "
        f"would lift it to {belief['if_costly']}."
    )

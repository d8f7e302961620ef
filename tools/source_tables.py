"""What sources say of past cases, as tables for docs/; cog writes them in place."""

import tomllib
from importlib import resources
from typing import Any

from tables import table

__all__ = ["agreement", "coverage", "deliveries", "joint", "signal_relations", "signal_sentence"]

_POWERS = {0: "both", 2: "United States", 365: "Russia or the Soviet Union"}


def coverage() -> str:
    """Return a table of the labels: years, cases, and in how many the label says yes."""
    rows = [
        (f"`{one['label']}`", f"{one['first']} to {one['last']}", f"{one['n']:,}", str(one["yes"]))
        for one in _results("sources")["label"]
    ]
    return table(("label", "onsets", "cases", "of these yes"), rows)


def agreement() -> str:
    """Return a table of how often two sources say the same."""
    rows = [
        (
            f"`{one['first']}`",
            f"`{one['second']}`",
            *(f"{one[name]:,}" for name in ("n", "both", "only_first", "only_second")),
            f"{one['kappa']:.2f}",
        )
        for one in _results("sources")["agreement"]
    ]
    header = ("first", "second", "cases", "both", "only first", "only second", "kappa")
    return table(header, rows)


def deliveries() -> str:
    """Return a table of what became of deliveries of arms, by what ICB codes."""
    names = ("delivered", "surge", "stop", "continued", "none", "ordered", "old_orders")
    rows = [
        (one["step"], str(one["n"]), *(f"{one[name]:.0%}" for name in names))
        for one in _results("sources")["deliveries"]
    ]
    words = (f"`{name}`" for name in names)
    return table(("ICB codes", "cases", *words), rows)


def joint() -> str:
    """Return a table of log losses learned from all sources and from ICB alone."""
    rows = [
        (
            one["years"],
            one["step"],
            f"{one['positives']} of {one['n']:,}",
            f"{one['icb_alone']:.4f}",
            f"{one['joint']:.4f}",
            f"{one['value']:+.4f} [{one['low']:+.4f}, {one['high']:+.4f}]",
        )
        for one in _results("sources")["joint"]
    ]
    return table(("years", "step", "positives", "ICB alone", "all sources", "difference"), rows)


def signal_relations() -> str:
    """Return a table of how modelled words and deeds rank beside those that were counted."""
    rows = [
        (
            f"`{one['modelled']}`",
            f"`{one['observed']}`",
            _POWERS[one["power"]],
            one["unit"],
            f"{one['n']:,}",
            f"{one['value']:.2f} [{one['low']:.2f}, {one['high']:.2f}]",
        )
        for one in sorted(
            _results("signals")["relation"], key=lambda one: (one["unit"], one["power"])
        )
    ]
    return table(("modelled", "counted", "power", "by", "n", "rank correlation"), rows)


def signal_sentence() -> str:
    """Return what the comparison of signals comes to, in words."""
    return f"\n{_results('signals')['sentence']}\n\n"


def _results(name: str) -> dict[str, Any]:
    file = resources.files("sidelines.history").joinpath(f"results/{name}.toml")
    return tomllib.loads(file.read_text("utf-8"))

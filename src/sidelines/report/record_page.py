"""The page of `backtest`: a sentence a task, a table of models, and how the chances came true."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from sidelines.report.terminal import plain_table, print_next
from sidelines.report.words import percent
from sidelines.terms.errors import UsageError

__all__ = ["draw_reliability", "print_record"]

_FIGURES = ("Log loss", "AUC", "PR-AUC", "RPS", "Slope")  # --json has more


def print_record(out: Console, document: dict[str, Any], *, models: Sequence[str] = ()) -> None:
    """Print the record: every task, its headline told first."""
    for name, task in document["tasks"].items():
        _print_task(out, name, task, document["labels"], models=models)
    out.print(
        f"Development: {document['development']}. Every specification that was ever scored is "
        f"listed in order: {document['trials']} of them."
    )
    _print_held_out(out, document["held_out"])
    print_next(out, "backtest icb --years 1990-2017", "backtest --plot reliability.svg")


def _print_task(
    out: Console,
    name: str,
    task: dict[str, Any],
    labels: Mapping[str, str],
    *,
    models: Sequence[str],
) -> None:
    out.print(Text(name, style="bold"), f"{task['what']}", sep="  ")
    out.print(_sentence(task))
    reference = _reference(task)
    out.print(Text(f"Against: {reference}, with 90% range; below zero is better.", style="dim"))
    table = plain_table("Model", *_FIGURES, "Log loss against", right=_FIGURES)
    ranked = sorted(task["scores"].items(), key=lambda item: item[1]["log_loss"])
    for model, scores in ranked:
        if models and model not in models:
            continue
        label = labels.get(model, "")
        table.add_row(
            f"{label:3s} {model}",
            f"{scores['log_loss']:.4f}",
            *(_figure(scores[key]) for key in ("roc_auc", "pr_auc", "rps")),
            "" if scores["slope"] is None else f"{scores['slope']:.2f}",
            _compared(task["difference"].get(model, {}).get(reference)),
            style="bold" if model == task["headline"] else "",
        )
    out.print(table)
    _print_calibration(out, task)
    out.print()


def _sentence(task: dict[str, Any]) -> str:
    """Say whether the headline is better than the base rate, and by how much."""
    first = task["spans"][0]
    headline, reference = task["headline"], _reference(task)
    span = f"{first['first']}-{first['last']}"
    counts = f"{task['n']:,} cases, {task['positives']:,} positive, {span}"
    skill = task["skill"].get(headline, {}).get(reference)
    if skill is None:
        return f"{counts}."
    better = "better than" if skill["low"] > 0 else "worse than" if skill["high"] < 0 else ""
    said = f"{better} {reference}" if better else f"not shown to be better than {reference}"
    return (
        f"{counts}. {headline} is {said}: skill {skill['value']:+.3f} "
        f"[{skill['low']:+.3f}, {skill['high']:+.3f}]."
    )


def _reference(task: dict[str, Any]) -> str:
    """Return the first reference that the headline is compared to."""
    return str(next(iter(task["skill"].get(task["headline"], {})), ""))


def _compared(found: dict[str, float] | None) -> str:
    if found is None:
        return ""
    return f"{found['value']:+.4f} [{found['low']:.4f}, {found['high']:.4f}]"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _print_calibration(out: Console, task: dict[str, Any]) -> None:
    bins = [one for one in task["calibration"] if one["model"] == task["headline"]]
    told = "; ".join(
        f"{percent(one['forecast'])} came true {percent(one['observed'])} ({one['n']:,})"
        for one in bins
    )
    out.print(
        Text(f"What {task['headline']} said, and how often it happened: {told}.", style="dim")
    )


def _print_held_out(out: Console, held_out: dict[str, Any]) -> None:
    out.print(f"\nHeld out, {held_out['years']}, scored once on {held_out['scored_on']}:")
    for line in held_out["sentences"]:
        out.print(f"  {line}")


def draw_reliability(document: dict[str, Any], path: Path) -> None:
    """Draw the reliability curve of every task's headline; a point grows with its cases."""
    try:
        import matplotlib
    except ModuleNotFoundError as missing:
        raise UsageError(
            "Drawing needs matplotlib, which is not installed.",
            hint="pip install '.[plot]'.",
        ) from missing
    matplotlib.use("Agg")
    from matplotlib import pyplot

    tasks = document["tasks"]
    figure, axes = pyplot.subplots(1, len(tasks), figsize=(3.2 * len(tasks), 3.6), squeeze=False)
    for axis, (name, task) in zip(axes[0], tasks.items(), strict=True):
        bins = [one for one in task["calibration"] if one["model"] == task["headline"]]
        axis.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        axis.scatter(
            [one["forecast"] for one in bins],
            [one["observed"] for one in bins],
            s=[12 + 120 * one["n"] / task["n"] for one in bins],
            color="#1b5e7d",
        )
        axis.set(title=f"{name}\n{task['headline']}", xlabel="said", ylabel="came true")
        top = max((max(one["forecast"], one["observed"]) for one in bins), default=1.0)
        axis.set(xlim=(0, top * 1.08), ylim=(0, top * 1.08))
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)

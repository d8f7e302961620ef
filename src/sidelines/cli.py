"""The command line. Data go to standard output, progress and errors to standard error."""

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sidelines.terms.errors import CheckFailedError, DataError, SidelinesError, UsageError
from sidelines.terms.version import VERSION

if TYPE_CHECKING:
    from rich.console import Console

    from sidelines.assess.assessment import Assessment
    from sidelines.history.running import Record

__all__ = ["cli", "main"]

Command = Callable[..., Any]
_ELSEWHERE = {"serve": "sidelines.web.command"}
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Verbs(click.Group):
    """The verbs; one that belongs to another door is fetched from there when somebody asks."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            found: click.Command = getattr(import_module(_ELSEWHERE[cmd_name]), cmd_name)
            return found
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Verbs, context_settings=_CONTEXT)
@click.version_option(VERSION, prog_name="sidelines")
def cli() -> None:
    """Who steps into an international crisis, who stays on the sidelines, and why.

    CRISIS is a bundled id (see: sidelines list) or a path to a crisis file. POWER is an ISO code
    or a name.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What every command that assesses a crisis may be told."""

    as_json: bool
    draws: int
    seed: int
    as_of: dt.datetime | None
    hindsight: bool
    output: Path | None


_OUTPUT = (
    click.option("--json", "as_json", is_flag=True, help="One JSON document."),
    click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to a file."),
)
_QUESTION = (
    click.option(
        "--draws",
        type=click.IntRange(1, 20_000),
        default=1000,
        show_default=True,
        help="Draws of the unknowns.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**32 - 1),
        default=7,
        show_default=True,
        help="Same seed, same answer.",
    ),
    click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        help="Use only what was known on this day.  [default: the crisis's own]",
    ),
    click.option("--hindsight", is_flag=True, help="Also use what was published later."),
)
_SIDE = click.option("--side", type=click.Choice(["target", "attacker"]), help="[default: target]")
_SPLIT = click.option(
    "--split-draws",
    type=click.IntRange(1),
    default=160,
    show_default=True,
    help="Draws for what is solved again and again: splits, levers, goals.",
)


def _with(options: tuple[Command, ...], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


_SLOW = """\
note: solving on numpy, about ten times slower: no compiled kernel here. With a C compiler,
      `pip install --force-reinstall --no-deps .` in the source builds one."""
_ASKED_SLOW = "note: solving on numpy, about ten times slower, as SIDELINES_KERNEL asks for it."


def _tell_if_slow() -> None:
    from sidelines.choice.kernel import engine

    if engine() == "numpy":
        asked = os.environ.get("SIDELINES_KERNEL") == "numpy"
        click.echo(_ASKED_SLOW if asked else _SLOW, err=True)


def _asking(command: Command) -> Command:
    """Gather the options of every command that assesses a crisis into one question."""

    @wraps(command)
    def wrapped(**given: Any) -> None:
        _tell_if_slow()
        asked = {field: given.pop(field) for field in _Question.__slots__}
        command(**given, question=_Question(**asked))

    return _with((*_QUESTION, *_OUTPUT), wrapped)


def _json_only(command: Command) -> Command:
    return _with(_OUTPUT, command)


def _answer(crisis: str, question: _Question, *, draws: int | None = None) -> "Assessment":
    from sidelines.assess.assessment import assess_crisis
    from sidelines.crisis.read import load_crisis

    return assess_crisis(
        load_crisis(crisis),
        draws=draws or question.draws,
        seed=question.seed,
        as_of=question.as_of.date() if question.as_of else None,
        hindsight=question.hindsight,
    )


def _deliver(
    document: dict[str, Any],
    show: Callable[["Console"], None],
    *,
    as_json: bool,
    output: Path | None,
) -> None:
    """Print a document as JSON or as text, to standard output or to a file."""
    from sidelines.report.terminal import captured, printed
    from sidelines.report.writing import written

    if output is None and as_json:
        _print_json(document)
        return
    if output is None:
        click.echo(printed(show), nl=False, color=True)
        return
    written(output, dumped(document) if as_json else captured(show))


def dumped(document: dict[str, Any], *, ascii_only: bool = False) -> str:
    """Return a document as JSON text that every reader takes: no NaN, no infinity."""
    return json.dumps(document, ensure_ascii=ascii_only, indent=1, allow_nan=False) + "\n"


def _print_json(document: dict[str, Any]) -> None:
    """Print a document on standard output, with escapes where letters may be lacking."""
    whole = (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(dumped(document, ascii_only=not whole), nl=False)


@cli.command("list")
@_json_only
def list_(as_json: bool, output: Path | None) -> None:
    """List the bundled crises."""
    from sidelines.report.pages import print_list
    from sidelines.report.shelf import list_document

    document = list_document()
    _deliver(document, lambda out: print_list(out, document), as_json=as_json, output=output)


@cli.command()
@click.argument("crisis")
@_json_only
def show(crisis: str, as_json: bool, output: Path | None) -> None:
    """Explain one crisis file: parties, events, powers, sources."""
    from sidelines.crisis.read import load_crisis
    from sidelines.report.pages import print_show
    from sidelines.report.shelf import show_document

    document = show_document(load_crisis(crisis))
    _deliver(
        document,
        lambda out: print_show(out, document, asked=crisis),
        as_json=as_json,
        output=output,
    )


@cli.command()
@click.argument("crisis_id", metavar="ID")
@click.option("--from", "template", metavar="CRISIS", help="Copy a bundled crisis.")
@click.option("--title", help="What it is about.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="What is known on this day.")
@click.option("--attacker", "attackers", multiple=True, help="Who strikes; may be repeated.")
@click.option("--target", "targets", multiple=True, help="Who is struck; may be repeated.")
@click.option("--power", "powers", multiple=True, metavar="POWER[:SIDE]", help="Who might step in.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def new(
    crisis_id: str,
    *,
    template: str | None,
    title: str | None,
    as_of: dt.datetime | None,
    attackers: tuple[str, ...],
    targets: tuple[str, ...],
    powers: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write a new crisis file ID.yaml; asks on a terminal, never overwrites."""
    from sidelines.crisis.read import read_crisis
    from sidelines.crisis.write import blank_crisis, copied_crisis, write_new

    if template:
        text = copied_crisis(crisis_id, template)
    else:
        text = blank_crisis(
            crisis_id,
            title=_asked(title, "What is it about", "A new crisis"),
            as_of=_day(as_of),
            attackers=_ids(_many(attackers, "Who strikes (names or ISO codes, commas between)")),
            targets=_ids(_many(targets, "Who is struck")),
            powers=_roles(_many(powers, "Who might step in (POWER or POWER:attacker)")),
        )
        read_crisis(text, file=f"{crisis_id}.yaml")
    path = write_new(crisis_id, text, folder=Path())
    if as_json:
        from sidelines.report.meta import bare_meta

        _print_json({"meta": bare_meta(), "path": str(path)})
        return
    click.echo(f"Wrote {path}. Next: sidelines assess {path}")


def _day(given: dt.datetime | None) -> dt.date:
    """Return the day given, or ask for it on a terminal; today where there is none to ask."""
    today = dt.date.today()
    if given or not sys.stdin.isatty():
        return given.date() if given else today
    kind = click.DateTime(["%Y-%m-%d"])
    asked: dt.datetime = click.prompt(
        "As of which day", type=kind, default=today.isoformat(), err=True
    )
    return asked.date()


def _asked(given: str | None, question: str, default: str) -> str:
    if given or not sys.stdin.isatty():
        return given or default
    return str(click.prompt(question, default=default, err=True))


def _many(given: tuple[str, ...], question: str) -> list[str]:
    """Return the words of an option, or ask for them on a terminal."""
    words = list(given)
    if not words:
        if not sys.stdin.isatty():
            raise UsageError(
                "attackers, targets and powers are needed.",
                hint="Give --attacker, --target and --power, or --from CRISIS.",
            )
        words = [str(click.prompt(question, err=True))]
    return [word.strip() for text in words for word in text.split(",") if word.strip()]


def _ids(words: list[str]) -> list[str]:
    from sidelines.terms.states import find_actor

    return [find_actor(word) for word in words]


def _roles(words: list[str]) -> list[tuple[str, str]]:
    from sidelines.terms.states import find_actor

    pairs = [word.partition(":") for word in words]
    return [(find_actor(power), side.strip() or "target") for power, _, side in pairs]


@cli.command()
@click.argument("crisis")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def check(crisis: str, as_json: bool) -> None:
    """Check a crisis file: all problems at once, or exit code 0."""
    from sidelines.crisis.read import load_crisis

    found = load_crisis(crisis)
    if as_json:
        from sidelines.report.meta import bare_meta

        _print_json({"meta": bare_meta(found.as_of), "crisis": found.id, "good": True})
        return
    roles, events = (
        f"{len(many)} {what}{'' if len(many) == 1 else 's'}"
        for many, what in ((found.powers, "role"), (found.events, "event"))
    )
    click.echo(f"{found.id}: good. {roles}, {events}.")


@cli.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def explain(code: str, as_json: bool) -> None:
    """Explain an error code: its rule, and an example that breaks and one that keeps it."""
    from sidelines.report.explain import explain_document

    found = explain_document(code)
    if as_json:
        _print_json(found)
        return
    click.echo(f"{found['code']}  {found['rule']}")
    for word in ("wrong", "right"):
        if found[word]:
            lines = found[word].replace("\n", "\n         ")
            click.echo(f"  {word}:  {lines}")


@cli.command()
@click.argument("crisis")
@click.option("-v", "--verbose", is_flag=True, help="Name everything missing and assumed.")
@_asking
def assess(crisis: str, verbose: bool, *, question: _Question) -> None:
    """Say how far each outside power will go, for which side."""
    answer = _answer(crisis, question)
    if question.as_json and (old := sorted(set(answer.notes.old))):
        said = f"warning: {len(old)} facts are more than 18 months old on {answer.as_of}"
        click.echo(f"{said}: {', '.join(old[:3])} ...", err=True)
    from sidelines.report.assessment_page import print_assessment
    from sidelines.report.documents import assess_document

    _deliver(
        assess_document(answer),
        lambda out: print_assessment(out, answer, asked=crisis, verbose=verbose),
        as_json=question.as_json,
        output=question.output,
    )


@cli.command()
@click.argument("crisis")
@click.argument("power")
@click.option(
    "--statistic",
    "--rung",
    default="forces",
    show_default=True,
    metavar="WHAT",
    help="Why not this rung or more? Or instrument:NAME, or delivered.",
)
@_SIDE
@_SPLIT
@_asking
def why(
    crisis: str,
    power: str,
    statistic: str,
    side: str | None,
    split_draws: int,
    *,
    question: _Question,
) -> None:
    """Say what holds a power back, split exactly, and what would have to change."""
    from sidelines.assess.statistic import parse_statistic
    from sidelines.report.result import parse_side, why_of
    from sidelines.report.why_page import print_why

    wanted = parse_statistic(statistic)
    answer = _answer(crisis, question)
    document = why_of(answer, power, statistic=wanted, side=parse_side(side), draws=split_draws)
    _deliver(
        document,
        lambda out: print_why(out, answer, document, asked=crisis),
        as_json=question.as_json,
        output=question.output,
    )


@cli.command("what-if")
@click.argument("crisis")
@click.argument("power")
@click.argument("changes", nargs=-1, metavar="[INPUT=VALUE]...")
@click.option("--flip", "goal", metavar="GOAL", help='Find what reaches a goal: "forces>50%".')
@_SIDE
@_SPLIT
@_asking
def what_if(
    crisis: str,
    power: str,
    changes: tuple[str, ...],
    goal: str | None,
    side: str | None,
    split_draws: int,
    *,
    question: _Question,
) -> None:
    """Say what would change, or with --flip what would have to.

    A change is a value (stake=0.8), a step (commitment=+0.2), a percentage (overstretch=-50%) or a
    share of the way to a value (commitment=60%to1).
    """
    from sidelines.assess.settings import parse_setting
    from sidelines.assess.what_if import what_if as changed
    from sidelines.report.documents import what_if_document
    from sidelines.report.pages import print_what_if
    from sidelines.report.result import parse_side

    settings = tuple(parse_setting(text) for text in changes)
    if goal is not None:
        _flip(crisis, power, changes, goal, side=side, draws=split_draws, question=question)
        return
    if not changes:
        hint = 'Give changes such as stake=0.8, or a goal: --flip "forces>50%".'
        raise UsageError("nothing to change and no goal.", hint=hint)
    answer = _answer(crisis, question)
    document = what_if_document(changed(answer, power, settings, side=parse_side(side)))
    _deliver(
        document,
        lambda out: print_what_if(out, answer, document),
        as_json=question.as_json,
        output=question.output,
    )


def _flip(
    crisis: str,
    power: str,
    changes: tuple[str, ...],
    goal: str,
    *,
    side: str | None,
    draws: int,
    question: _Question,
) -> None:
    """Say which smallest changes reach a goal, after those that were asked for."""
    from sidelines.assess.statistic import parse_goal
    from sidelines.report.flip_page import print_flip
    from sidelines.report.result import flip_of, parse_side

    wanted = parse_goal(goal)
    answer = _answer(crisis, question)
    document = flip_of(
        answer, power, goal=wanted, side=parse_side(side), draws=draws, changes=changes
    )
    _deliver(
        document,
        lambda out: print_flip(out, answer, document, asked=crisis),
        as_json=question.as_json,
        output=question.output,
    )


@cli.command()
@click.argument("crisis")
@click.argument("power", required=False)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day of the path.  [default: that of the first event]",
)
@_SPLIT
@_asking
def path(
    crisis: str,
    power: str | None,
    since: dt.datetime | None,
    split_draws: int,
    *,
    question: _Question,
) -> None:
    """Tell a crisis day by day: what moved which power, and by how much."""
    from sidelines.report.path_page import print_path
    from sidelines.report.result import path_of

    answer = _answer(crisis, question)
    day = since.date() if since else None
    document = path_of(answer, power=power, since=day, draws=split_draws)
    _deliver(
        document,
        lambda out: print_path(out, answer, document, asked=crisis),
        as_json=question.as_json,
        output=question.output,
    )


@cli.command()
@click.argument("crisis")
@click.argument("power", required=False)
@click.option("--deny", multiple=True, metavar="WHO", help="A state or passage that refuses.")
@click.option("--grant", multiple=True, metavar="WHO", help="A state or passage that lets through.")
@click.option(
    "--cut",
    type=click.FloatRange(min=0, min_open=True),
    metavar="KM",
    help="Who could leave no way up to this length? Without it: no way at all.",
)
@click.option("--geojson", is_flag=True, help="Print the ways as GeoJSON.")
@_asking
def reach(
    crisis: str,
    power: str | None,
    *,
    deny: tuple[str, ...],
    grant: tuple[str, ...],
    cut: float | None,
    geojson: bool,
    question: _Question,
) -> None:
    """Say what each power could bring; of one POWER, by which way and with whose leave."""
    from sidelines.report.pages import print_reach
    from sidelines.report.result import Result

    if power is None and (deny or grant or cut is not None or geojson):
        raise UsageError(
            "--deny, --grant, --cut and --geojson ask about the ways of one power.",
            hint=f"sidelines reach {crisis} POWER",
        )
    answer = _answer(crisis, question)
    if geojson and power is not None:
        ways = Result(answer).ways(power, deny=deny, grant=grant)
        _deliver(ways, lambda out: out.print_json(data=ways), as_json=True, output=question.output)
        return
    document = Result(answer).reach(power, deny=deny, grant=grant, cut_km=cut)
    _deliver(
        document,
        lambda out: print_reach(out, answer, document),
        as_json=question.as_json,
        output=question.output,
    )


@cli.command()
@click.argument("a")
@click.argument("b")
@_asking
def compare(
    a: str,
    b: str,
    *,
    question: _Question,
) -> None:
    """Compare two crises, or two versions of one: only what differs."""
    from sidelines.report.comparison import compare_document
    from sidelines.report.pages import print_compare

    document = compare_document(_answer(a, question), _answer(b, question))
    _deliver(
        document,
        lambda out: print_compare(out, document),
        as_json=question.as_json,
        output=question.output,
    )


@cli.command()
@click.argument("crisis")
@click.option("--handout", "is_handout", is_flag=True, help="For a class: role sheets and a key.")
@_asking
def report(crisis: str, *, is_handout: bool, question: _Question) -> None:
    """Write the page of a crisis as one file that opens without a server."""
    from sidelines.report.handout import handout
    from sidelines.report.page import brief
    from sidelines.report.page_documents import crisis_part
    from sidelines.report.writing import written

    answer = _answer(crisis, question)
    if question.as_json:
        text = dumped(crisis_part(answer))
    else:
        text = handout(answer) if is_handout else brief(answer)
    if question.output is None:
        click.echo(text, nl=False)
    else:
        written(question.output, text)


@cli.command()
@click.argument("crisis")
@_asking
def cite(
    crisis: str,
    *,
    question: _Question,
) -> None:
    """Print what to cite: this software, the data used with their versions, the theory."""
    from sidelines.report.citing import cite_document
    from sidelines.report.pages import print_cite

    document = cite_document(_answer(crisis, question, draws=10))
    _deliver(
        document,
        lambda out: print_cite(out, document),
        as_json=question.as_json,
        output=question.output,
    )


@cli.command()
@click.argument("action", type=click.Choice(["list", "where", "verify", "stale"]))
@click.argument("datasets", nargs=-1, metavar="[DATASET]...")
@_json_only
@click.pass_context
def data(
    context: click.Context,
    action: str,
    datasets: tuple[str, ...],
    *,
    as_json: bool,
    output: Path | None,
) -> None:
    """Say which research files are there, where to get them, whether they are ours, how old.

    list names data sets, years, vintages and terms; where the official homes and file names; verify
    compares checksums and columns (5: a column is missing; 4: a data set asked for is); stale finds
    old vintages and coverage that ends early. The folder is $SIDELINES_DATA.
    """
    from sidelines.report.data_documents import data_document
    from sidelines.report.data_page import print_data

    document = data_document(action, datasets, today=dt.date.today())
    _deliver(
        document,
        lambda out: print_data(out, document, action=action),
        as_json=as_json,
        output=output,
    )
    if action == "verify":
        context.exit(_verified(document, asked=bool(datasets)))


def _verified(document: dict[str, Any], *, asked: bool) -> int:
    """Warn of files that are not those we tested with, and return the exit code."""
    statuses = {one["dataset"]: one["status"] for one in document["datasets"]}
    other = [name for name, status in statuses.items() if status == "other"]
    if other:
        click.echo(f"warning: another version than we tested with: {', '.join(other)}", err=True)
    if "unreadable" in statuses.values():
        return CheckFailedError.exit_code
    return DataError.exit_code if asked and "missing" in statuses.values() else 0


_WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that share the work; the figures stay the same.",
)


@cli.command()
@click.argument("tasks", nargs=-1)
@click.option("--model", "models", multiple=True, help="Only these models in the tables.")
@click.option("--power", help="Only the cases of one power.")
@click.option("--years", help="Only crises that began in these years, such as 1990-2017.")
@click.option("--without-arms", is_flag=True, help="Leave out what rests on SIPRI's register.")
@click.option("--shipped", is_flag=True, help="Print the record that ships; compute nothing.")
@_WORKERS
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write every forecast.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw reliability curves.")
@_json_only
def backtest(  # noqa: PLR0913  one a question that may be asked
    tasks: tuple[str, ...],
    *,
    models: tuple[str, ...],
    power: str | None,
    years: str | None,
    without_arms: bool,
    shipped: bool,
    workers: int,
    table: Path | None,
    plot: Path | None,
    as_json: bool,
    output: Path | None,
) -> None:
    """Score every forecast on past crises, each made from what came before it.

    TASKS are icb, acd-forces, acd-bilateral, sipri-surge and mid-join; all of them if none is
    named. Needs the research files (see: sidelines data); without them the record that ships is
    printed. What is finished is kept, so an interrupted run goes on where it stopped.
    """
    from sidelines.report.record_documents import forecasts_csv, record_document, shipped_document
    from sidelines.report.record_page import draw_reliability, print_record
    from sidelines.report.writing import written

    asked = None if power is None else _cow_number(power)
    span = None if years is None else _span(years)
    if shipped or not _has_research_data():
        if not shipped:
            click.echo("note: no research files here: the record that ships is printed.", err=True)
        _refuse_filters(tasks, power=power, years=years, csv=table)
        document = shipped_document()
    else:
        records = _run_record(tasks, arms=not without_arms, workers=workers)
        document = record_document(
            records,
            arms=not without_arms,
            power=asked,
            years=span,
        )
        if table is not None:
            written(table, forecasts_csv(records))
    if plot is not None:
        draw_reliability(document, plot)
    _deliver(
        document,
        lambda out: print_record(out, document, models=models),
        as_json=as_json,
        output=output,
    )


def _has_research_data() -> bool:
    from sidelines.facts.official.folder import holds

    return holds("icb")


def _refuse_filters(tasks: tuple[str, ...], **given: object) -> None:
    asked = [f"--{name}" for name, value in given.items() if value is not None]
    if tasks or asked:
        raise DataError(
            f"The record that ships is whole: {', '.join([*tasks, *asked])} needs the research "
            "files.",
            hint="See: sidelines data where",
        )


def _run_record(tasks: tuple[str, ...], *, arms: bool, workers: int) -> "dict[str, Record]":
    from platformdirs import user_cache_path

    from sidelines.history.running import run_record
    from sidelines.report.record_documents import TASKS
    from sidelines.terms.errors import NotFoundError, nearest, shown

    for name in tasks:
        if name not in TASKS:
            near = nearest(name, TASKS)
            hint = f"Did you mean {near}?" if near else f"Tasks: {', '.join(TASKS)}."
            raise NotFoundError(f"There is no task {shown(name)}.", hint=hint)
    names = [name for name in tasks or TASKS if arms or name != "sipri-surge"]
    return run_record(
        names,
        folder=user_cache_path("sidelines", appauthor=False) / "backtest",
        arms=arms,
        workers=workers,
        tick=lambda line: click.echo(line, err=True),
    )


def _cow_number(power: str) -> int:
    from sidelines.terms.states import actor, find_actor

    found = actor(find_actor(power)).cow
    if found is None:
        raise UsageError(f"{power} is no state, so no data set has it.")
    return found


def _span(years: str) -> tuple[int, int]:
    first, dash, last = years.partition("-")
    if not (first.isdigit() and (last.isdigit() or not dash)):
        raise UsageError(f"{years!r} are no years.", hint="Write 1990-2017, or 1991.")
    span = int(first), int(last or first)
    if span[0] > span[1]:
        raise UsageError(f"{years!r} end before they begin.", hint=f"Write {last}-{first}.")
    return span


@cli.command()
@click.option(
    "--before",
    type=click.IntRange(1935, 2018),
    multiple=True,
    help="Learn from crises before this year.",
)
@_WORKERS
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("fits"),
    show_default=True,
    help="Write to a folder.",
)
def fit(before: tuple[int, ...], *, workers: int, output: Path) -> None:
    """Learn slopes, forecasts and the record anew, and write them as files.

    One file for each year, with deliveries of arms (where SIPRI's register is there) and without.
    An answer reads them where $SIDELINES_FITS names the folder. Needs the research files.
    """
    from sidelines.facts.official.folder import holds
    from sidelines.history.fitting import SHIPPED, estimates_of, write_estimates
    from sidelines.report.record_documents import FITTED

    kinds = (True, False) if holds("sipri_transfers") else (False,)
    for arms in kinds:
        records = _run_record(FITTED, arms=arms, workers=workers)
        start = None
        for year in sorted(before or SHIPPED):
            found = estimates_of(records, before=year, arms=arms, start=start)
            start = {one.name: one.value for one in found.slopes}
            click.echo(str(write_estimates(found, output)))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error ends in a message and its exit code."""
    _ready_output()
    try:
        code = _ended(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        code = 0
    except OSError as error:
        if error.filename is not None:  # a file of our own, not standard output
            raise
        _discard_output()
        said = f"standard output cannot be written: {error.strerror or 'it is closed'}."
        with suppress(OSError):
            click.echo(f"error[E103] {said}", err=True)
        code = UsageError.exit_code
    sys.exit(code)


def _ready_output() -> None:
    """See that standard output is there, and replaces the letters that its encoding lacks."""
    if sys.stdout is None:  # closed by the caller: every write must fail, none be lost
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _discard_output() -> None:
    """Send what is still waiting for standard output nowhere."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ended(given: list[str]) -> int:
    """Return the exit code of a command line that has been run."""
    try:
        return _run(given)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return 130
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        hint = f"Try: {context.command_path} --help" if context else ""
        return _failed(UsageError(error.format_message(), hint=hint), as_json="--json" in given)
    except SidelinesError as error:
        return _failed(error, as_json="--json" in given)


def _run(given: list[str]) -> int:
    """Run click, which swaps the streams and exits with 1 when its reader has gone."""
    output = sys.stdout
    try:
        code = cli.main(args=given, prog_name="sidelines", standalone_mode=False)
    except SystemExit:
        if sys.stdout is output:
            raise
        sys.stdout = output
        raise BrokenPipeError from None
    return code if isinstance(code, int) else 0


def _failed(error: SidelinesError, *, as_json: bool) -> int:
    """Tell an error, and return its exit code."""
    from sidelines.report.faults import fault_document, fault_text

    if as_json:
        _print_json(fault_document(error))
    else:
        click.echo(fault_text(error), err=True)
    return error.exit_code

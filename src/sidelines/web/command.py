"""The verb `serve`: the command line's door to the page."""

import datetime as dt
import sys

import click

__all__ = ["serve"]


@click.command()
@click.argument("crisis", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="A port.  [default: a free one]"
)
@click.option("--open/--no-open", "is_opened", default=None, help="Open a browser, or do not.")
@click.option(
    "--draws",
    type=click.IntRange(2, 20_000),
    default=1000,
    show_default=True,
    help="Draws of the unknowns.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=7,
    show_default=True,
    help="Same seed, same answer.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Use only what was known on this day.  [default: the crisis's own]",
)
@click.option("--hindsight", is_flag=True, help="Also use what was published later.")
def serve(
    crisis: str | None,
    *,
    host: str,
    port: int,
    is_opened: bool | None,
    draws: int,
    seed: int,
    as_of: dt.datetime | None,
    hindsight: bool,
) -> None:
    """Show the page of a crisis, or of all, on this machine.

    Nothing leaves the machine. Other machines may ask only where --host names an address of this
    one that they reach.
    """
    from sidelines.web.serve import serve as serve_page
    from sidelines.web.shelf import Asking, Shelf

    day = as_of.date() if as_of else None
    asking = Asking(draws=draws, seed=seed, as_of=day, hindsight=hindsight)
    shelf = Shelf(asking, given=crisis)
    serve_page(
        shelf,
        crisis=shelf.first,
        host=host,
        port=port,
        is_opened=sys.stderr.isatty() if is_opened is None else is_opened,
        tell=lambda line: click.echo(line, err=True),
    )

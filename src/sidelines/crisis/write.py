"""A new crisis file: from a few answers or from a bundled crisis. Nothing is ever overwritten."""

import datetime as dt
import json
import re
from pathlib import Path

from sidelines.crisis.read import bundled_ids, bundled_text
from sidelines.crisis.schema import crisis_schema
from sidelines.terms.errors import NotFoundError, UsageError, nearest, shown

__all__ = ["blank_crisis", "copied_crisis", "write_new"]

SCHEMA_FILE = "crisis.schema.json"
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")

_BLANK = """\
# yaml-language-server: $schema={schema}
# A number may be 0.4, a range [0.2, 0.6], or {{value: 0.4, range: [0.2, 0.6], source: assumed}}.
# What you leave out is unknown: a wide range stands in for it, and the answer names it.
id: {id}
title: {title}
as_of: {as_of}
attackers: [{attackers}]      # who strikes; the first leads
targets: [{targets}]          # who is struck
# control: {{air: 0.5, sea: 0.5, land: 0.5}}   # who holds the approaches: 0 target, 1 attackers
# attack: {{resolve: [0.5, 0.9], committed: 0.5}}
# defence: {{resolve: [0.5, 0.9], committed: 1.0}}
# events:
#   - {{date: {as_of}, title: What happened, kind: invasion, source: assumed}}
powers:
{powers}"""

_POWER = """\
  - power: {power}
    side: {side}                # whom it may back: target or attacker
    stake: {{value: 0.3, range: [0.1, 0.6], source: assumed}}   # 0 to 1: gain if its side prevails
    # ties: [{{kind: defence-pact, obliges: true, source: assumed}}]
    # commitments: [{{title: A war elsewhere, share: [0.3, 0.6], source: assumed}}]
"""


def blank_crisis(
    id_: str,
    *,
    title: str,
    as_of: dt.date,
    attackers: list[str],
    targets: list[str],
    powers: list[tuple[str, str]],
) -> str:
    """Return a commented crisis file with the given parties and (power, side) pairs."""
    blocks = [_POWER.format(power=power, side=side) for power, side in powers]
    return _BLANK.format(
        schema=SCHEMA_FILE,
        id=id_,
        title=json.dumps(title, ensure_ascii=False),
        as_of=as_of,
        attackers=", ".join(attackers),
        targets=", ".join(targets),
        powers="".join(blocks),
    )


def copied_crisis(id_: str, template: str) -> str:
    """Return the text of a bundled crisis under a new id."""
    if template not in bundled_ids():
        near = nearest(template, bundled_ids())
        hint = f"Did you mean {near}?" if near else f"Bundled: {', '.join(bundled_ids())}."
        raise NotFoundError(f"there is no bundled crisis {shown(template)}.", hint=hint)
    text = bundled_text(template).replace("$schema=../crisis.schema.json", f"$schema={SCHEMA_FILE}")
    return re.sub(r"(?m)^id: .*$", f"id: {id_}", text, count=1)


def write_new(id_: str, text: str, *, folder: Path) -> Path:
    """Write a new crisis file, and the schema for editors beside it; refuse to overwrite."""
    if not _ID.fullmatch(id_):
        raise UsageError(
            f"{shown(id_)} cannot be an id.",
            hint="Use small letters, digits and hyphens: my-crisis.",
        )
    path = folder / f"{id_}.yaml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} exists already; nothing was written.", code="E102") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", code="E103") from None
    schema = folder / SCHEMA_FILE
    if not schema.exists():
        schema.write_text(json.dumps(crisis_schema(), indent=1) + "\n", encoding="utf-8")
    return path

"""The research data that a user holds: what is there, whence, whether it is ours, how old."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sidelines.assess.parameters import load_parameters
from sidelines.facts.official.catalogue import TERMS, DataSet, catalogue, entry
from sidelines.facts.official.folder import data_folder, found, holds, usual_folder
from sidelines.facts.official.holdings import Copy, age_months, copies, why_stale
from sidelines.report.meta import bare_meta

__all__ = ["ACTIONS", "data_document"]

Document = dict[str, Any]


def data_document(action: str, datasets: tuple[str, ...], *, today: dt.date) -> Document:
    """Return what is asked of some data sets, or of all: one of list, where, verify and stale."""
    chosen = [entry(name) for name in datasets] or list(catalogue().values())
    folder = data_folder()
    return {
        "meta": bare_meta(today),
        "folder": None if folder is None else str(folder),
        "usual_folder": str(usual_folder()),
        "datasets": [ACTIONS[action](one, today) for one in chosen],
    }


def _listed(one: DataSet, _: dt.date) -> Document:
    return {
        "dataset": one.key,
        "title": one.citation.title,
        "found": holds(one.key),
        "files": [_file(one, file.name) for file in one.files],
        "first_year": one.first_year,
        "last_year": one.last_year,
        "version": one.citation.version,
        "vintage": one.vintage.isoformat(),
        "terms": {
            "kind": one.terms_kind,
            "means": TERMS[one.terms_kind],
            "stated": one.citation.terms,
        },
    }


def _file(one: DataSet, name: str) -> Document:
    return {"name": name, "found": found(one.key, name) is not None}


def _where(one: DataSet, _: dt.date) -> Document:
    return {
        "dataset": one.key,
        "title": one.citation.title,
        "home": one.citation.home,
        "citation": one.citation.citation,
        "version": one.citation.version,
        "found": holds(one.key),
        "files": [
            {
                **_file(one, file.name),
                "path": _path(found(one.key, file.name)),
                "also": list(file.also),
                "columns": list(file.columns),
            }
            for file in one.files
        ],
    }


def _path(path: object) -> str | None:
    return None if path is None else str(path)


def _verified(one: DataSet, _: dt.date) -> Document:
    held = copies(one)
    return {
        "dataset": one.key,
        "title": one.citation.title,
        "status": _worst(held),
        "files": [
            {
                "name": copy.file.name,
                "path": _path(copy.path),
                "status": copy.status,
                "missing_columns": list(copy.missing_columns),
            }
            for copy in held
        ],
    }


def _worst(held: tuple[Copy, ...]) -> str:
    """Return one word for all files: unreadable, missing, other or same."""
    if any(copy.missing_columns for copy in held):
        return "unreadable"
    found_among = {copy.status for copy in held}
    return next(word for word in ("missing", "other", "same") if word in found_among)


def _aged(one: DataSet, today: dt.date) -> Document:
    months = load_parameters().value("stale_months")
    reasons = why_stale(one, today=today, stale_months=months)
    return {
        "dataset": one.key,
        "title": one.citation.title,
        "found": holds(one.key),
        "vintage": one.vintage.isoformat(),
        "vintage_basis": one.vintage_basis,
        "age_months": age_months(one.vintage, today),
        "first_year": one.first_year,
        "last_year": one.last_year,
        "stale": bool(reasons),
        "reasons": list(reasons),
    }


ACTIONS: Mapping[str, Callable[[DataSet, dt.date], Document]] = MappingProxyType(
    {"list": _listed, "where": _where, "verify": _verified, "stale": _aged}
)

"""What to cite for an answer: this software, the data it used with their versions, its theory."""

import datetime as dt
from typing import Any

from sidelines.assess.assessment import Assessment
from sidelines.facts.citations import cite
from sidelines.report.meta import meta
from sidelines.terms.version import VERSION

__all__ = ["cite_document"]

_SOFTWARE = f"The Sidelines authors (2026). Sidelines, version {VERSION}. Apache-2.0."


def cite_document(answer: Assessment) -> dict[str, Any]:
    """Return the references and data versions of one answer."""
    named = [row.source.partition(":")[0] for row in answer.notes.cited if ":" in row.source]
    used = {part for name in named for part in name.split("+")}
    datasets = []
    for name in sorted(used):
        found = cite(name)
        if found is None:
            continue
        vintage = answer.vintages.get(name)
        datasets.append(
            {
                "dataset": name,
                "citation": found.citation.rstrip("."),
                "version": found.version,
                "vintage": vintage.isoformat() if isinstance(vintage, dt.date) else None,
                "terms": found.terms,
            }
        )
    documents = [
        {
            "id": id_,
            "title": source.title,
            "date": source.date.isoformat(),
            "locator": source.locator,
            "strength": source.strength,
        }
        for id_, source in answer.crisis.sources.items()
    ]
    slopes = {parameter.source for parameter in answer.parameters.slopes.values()}
    theory = sorted({text.removeprefix("assumed").removeprefix("; ") for text in slopes} - {""})
    return {
        "meta": meta(answer),
        "software": _SOFTWARE,
        "datasets": datasets,
        "documents": documents,
        "theory": theory,
    }

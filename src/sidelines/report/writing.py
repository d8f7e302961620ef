"""Writing a file that somebody named."""

from pathlib import Path

from sidelines.terms.errors import UsageError

__all__ = ["written"]


def written(path: Path, text: str) -> None:
    """Write a text; raise `UsageError` where the file cannot be written."""
    try:
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        said = f"{path} cannot be written: {error.strerror}."
        raise UsageError(said, code="E103") from None

"""The folder with the user's own copies of the research files, and reading from it."""

import os
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import numpy as np

from sidelines.facts.official.catalogue import entry
from sidelines.terms.errors import DataError, nearest, shown

__all__ = [
    "columns_of",
    "data_folder",
    "found",
    "holds",
    "once_per_folder",
    "path_of",
    "read",
    "usual_folder",
]

_ENVIRONMENT = "SIDELINES_DATA"
_Loaded = TypeVar("_Loaded")


def data_folder() -> Path | None:
    """Return the folder with research data: $SIDELINES_DATA, else the user's own, if it exists."""
    named = os.environ.get(_ENVIRONMENT)
    folder = Path(named) if named else usual_folder()
    return folder if folder.is_dir() else None


def usual_folder() -> Path:
    """Return where research data lies when $SIDELINES_DATA names no folder."""
    from platformdirs import user_data_path

    return user_data_path("sidelines", appauthor=False)


def found(dataset: str, file: str) -> Path | None:
    """Return the path of a file of a data set under any of its names, or None."""
    folder = data_folder()
    if folder is None:
        return None
    names = entry(dataset).file(file).names
    paths = [folder / dataset / name for name in names]
    return next((path for path in paths if path.is_file()), None)


def holds(dataset: str) -> bool:
    """Tell whether every file of a data set is there."""
    return all(found(dataset, file.name) is not None for file in entry(dataset).files)


def path_of(dataset: str, file: str) -> Path:
    """Return the path of a file, or say what is missing and where it can be had."""
    path = found(dataset, file)
    if path is not None:
        return path
    folder = data_folder()
    looked = f"in {folder / dataset}" if folder else f"as ${_ENVIRONMENT} names no folder"
    raise DataError(
        f"{entry(dataset).citation.title}: {file} is not there ({looked}).",
        hint=f"Official home: {entry(dataset).citation.home}. See: sidelines data where {dataset}",
    )


def read(dataset: str, file: str, columns: Iterable[str]) -> dict[str, np.ndarray]:
    """Return columns of a file: whole numbers as integers, numbers with gaps as NaN, words as "".

    A column that the file lacks is named in the error.
    """
    path, wanted = path_of(dataset, file), list(columns)
    lazy = _scan(path)
    _check_columns(wanted, lazy.collect_schema().names(), path=path)
    frame = lazy.select(wanted).collect()
    return {name: _values(frame[name]) for name in wanted}


def columns_of(path: Path) -> list[str]:
    """Return the names of the columns of a file."""
    names: list[str] = _scan(path).collect_schema().names()
    return names


def _scan(path: Path) -> Any:
    polars = _polars()
    if path.suffix == ".parquet":
        return polars.scan_parquet(path)
    return polars.scan_csv(path, infer_schema_length=None, null_values=["NA"])


def _check_columns(wanted: list[str], there: list[str], *, path: Path) -> None:
    missing = [name for name in wanted if name not in there]
    if missing:
        near = nearest(missing[0], there)
        hint = f"Did it become {near!r}?" if near else f"It has {', '.join(there[:12])} ..."
        raise DataError(f"{path} has no column {shown(missing[0])}.", hint=hint, code="E403")


def _values(series: object) -> np.ndarray:
    """Return a polars series as numpy, gaps as NaN or the empty word."""
    polars = _polars()
    assert isinstance(series, polars.Series)
    if series.dtype in (polars.String, polars.Null):
        return series.cast(polars.String).fill_null("").to_numpy().astype(str)
    if series.null_count():
        return series.cast(polars.Float64).fill_null(float("nan")).to_numpy()
    return series.to_numpy()


def _polars() -> ModuleType:
    try:
        import polars
    except ModuleNotFoundError as missing:
        raise DataError(
            "Reading research files needs polars, which is not installed.",
            hint="pip install '.[data]'.",
        ) from missing
    return polars


def once_per_folder(load: Callable[[], _Loaded]) -> Callable[[], _Loaded]:
    """Keep what a loader returns, for each folder that it was read from."""
    held: dict[Path | None, _Loaded] = {}

    @wraps(load)
    def kept() -> _Loaded:
        folder = data_folder()
        if folder not in held:
            held[folder] = load()
        return held[folder]

    return kept

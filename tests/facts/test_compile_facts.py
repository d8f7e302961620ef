import os
from importlib import resources
from pathlib import Path

import pytest

from sidelines.facts.table import COLUMNS

TABLES = Path(str(resources.files("sidelines.facts"))) / "tables"
COMPILED = (
    "alignment arms base_rates capitals contiguity distances gdp nuclear pacts rivalries strength "
    "trade wars"
).split()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = os.environ.get("SIDELINES_DATA")
    if not data:
        pytest.skip("SIDELINES_DATA is not set: no research data to compile from")
    pytest.importorskip("pandas", reason="pandas reads the research data")
    pytest.importorskip("pyarrow", reason="pyarrow reads the research data")
    import compile_facts

    out = tmp_path_factory.mktemp("tables")
    compile_facts.compile_all(Path(data).resolve(), out=out)
    return out


@pytest.mark.parametrize("name", COMPILED)
def test_the_committed_table_is_what_the_data_give(compiled: Path, name: str) -> None:
    assert (compiled / f"{name}.csv").read_text("utf-8") == (TABLES / f"{name}.csv").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_no_table_is_large(name: str) -> None:
    assert (TABLES / f"{name}.csv").stat().st_size < 250_000


def test_every_file_in_the_folder_is_a_known_table() -> None:
    assert {path.stem for path in TABLES.glob("*.csv")} == set(COLUMNS)

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from rich.console import Console
from rich.text import Text

from sidelines.report.terminal import captured, ladder_bar, plain_table, printed
from sidelines.terms.ladder import RUNGS, Rung

MARKUP = ["[/r]", "[bold]loud", "[link=file://x]here[/link]", ":smile:", "[[x]]", "\\[bold]"]


def show_long(out: Console) -> None:
    out.print(" ".join(["word"] * 100))
    out.print(Text(" ".join(["bold"] * 100), style="bold"))


# --- the ladder --------------------------------------------------------------------------------


@given(
    parts=arrays(float, 7, elements=st.floats(0, 1)).filter(lambda parts: parts.sum() > 0.01),
    width=st.integers(1, 80),
)
def test_a_ladder_is_as_long_as_its_width(parts: list[float], width: int) -> None:
    rungs = dict(zip(RUNGS, parts / sum(parts), strict=True))
    assert len(ladder_bar(rungs, width)) == width


@given(rung=st.sampled_from(list(Rung)), width=st.integers(1, 80))
def test_what_is_certain_fills_the_ladder(rung: Rung, width: int) -> None:
    assert ladder_bar({rung.word: 1.0}, width) == rung.letter * width


def test_a_ladder_climbs_from_left_to_right() -> None:
    assert ladder_bar(dict.fromkeys(RUNGS, 1 / 7), 14) == "··wwdd$$WWAAFF"


# --- the console -------------------------------------------------------------------------------


@pytest.mark.parametrize("said", MARKUP)
def test_what_a_file_says_is_printed_letter_by_letter(said: str) -> None:
    assert captured(lambda out: out.print(said)) == f"{said}\n"
    assert printed(lambda out: out.print(said)) == f"{said}\n"


@pytest.mark.parametrize("said", MARKUP)
def test_so_are_the_cells_and_headings_of_a_table(said: str) -> None:
    table = plain_table(said)
    table.add_row(said)
    assert captured(lambda out: out.print(table)) == f"{said}\n{said}\n"


def test_no_line_ends_in_blanks() -> None:
    for page in (captured(show_long), printed(show_long)):
        assert len(page.splitlines()) > 2
        assert not [line for line in page.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize(("columns", "width"), [("20", 60), ("120", 120), ("500", 200)])
def test_a_page_on_standard_output_is_60_to_200_columns_wide(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert printed(lambda out: out.print(out.width)) == f"{width}\n"

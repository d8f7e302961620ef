import io
import sys

import pytest

from sidelines.report.waiting import waiting


class Terminal(io.StringIO):
    """Something that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def test_where_there_is_no_terminal_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with waiting("solving", total=2) as tick:
        tick()
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_the_count_is_shown_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with waiting("solving", total=2) as tick:
        tick()
        tick()
    assert "solving" in sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert "2 solved" in sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert capsys.readouterr().out == ""


def test_an_interruption_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with pytest.raises(KeyboardInterrupt), waiting("solving"):
        raise KeyboardInterrupt

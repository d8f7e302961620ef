import pytest

from sidelines.crisis.read import read_crisis
from sidelines.report.explain import codes, explain, explain_document
from sidelines.report.faults import fault_document, fault_text
from sidelines.terms.errors import (
    CheckFailedError,
    CrisisFileError,
    DataError,
    NotFoundError,
    Problem,
    SidelinesError,
    TableError,
    UsageError,
)
from sidelines.terms.version import VERSION


@pytest.fixture
def error(text: str) -> CrisisFileError:
    broken = text.replace("stake: 0.01", "stak: 0.01").replace("lat: 30", "lat: 300")
    with pytest.raises(CrisisFileError) as caught:
        read_crisis(broken, file="small.yaml")
    return caught.value


def test_a_problem_is_shown_in_its_line_under_a_caret(error: CrisisFileError) -> None:
    lines = fault_text(error).splitlines()
    assert lines[0] == "error[E202] small.yaml:6:32  theatre.lat"
    assert lines[1] == "    6 | theatre: {name: The Gulf, lat: 300, lon: 52}"
    assert lines[2].index("^") - lines[2].index("|") - 2 == 31


def test_a_hint_follows_the_message(error: CrisisFileError) -> None:
    assert "^ unknown key 'stak': did you mean 'stake'?" in fault_text(error)


def test_all_problems_are_counted_and_explained(error: CrisisFileError) -> None:
    last = fault_text(error).splitlines()[-1]
    assert last == (
        "2 problems in small.yaml. Nothing was run. Rules and examples: sidelines explain E201"
    )


def test_a_very_long_line_is_cut_around_the_caret(text: str) -> None:
    padded = text.replace("lat: 30,", f"{' ' * 500}lat: 300,")
    with pytest.raises(CrisisFileError) as caught:
        read_crisis(padded)
    lines = fault_text(caught.value).splitlines()
    assert len(lines[1]) < 120
    assert lines[1][lines[2].index("^") :].startswith("300")


def broken(count: int, *, message: str = "wrong", quoted: str = "") -> CrisisFileError:
    problems = [
        Problem(code="E201", message=message, line=1, column=1, hint="h" * 1000)
        for _ in range(count)
    ]
    return CrisisFileError("many.yaml", tuple(problems), (quoted,))


def test_of_very_many_problems_fifty_are_told_and_the_rest_counted() -> None:
    lines = fault_text(broken(1234)).splitlines()
    assert sum(line.startswith("error[") for line in lines) == 50
    assert lines[-2] == "and 1184 more problems"
    assert lines[-1].startswith("1234 problems in many.yaml.")


def test_of_fifty_problems_none_is_left_out() -> None:
    assert "more problem" not in fault_text(broken(50))


def test_a_document_holds_fifty_problems_and_how_many_there_are() -> None:
    document = fault_document(broken(1234))
    assert (len(document["errors"]), document["count"]) == (50, 1234)


def test_a_very_long_value_is_cut_and_what_is_said_of_it_kept() -> None:
    error = broken(1, message=f"unknown value '{'x' * 5000}': one of a, b")
    message = fault_document(error)["error"]["message"]
    assert message == f"unknown value '{'x' * 60}…': one of a, b"
    assert message in fault_text(error)


@pytest.mark.parametrize("error", [UsageError("x" * 5000), broken(1, message="x" * 5000)])
def test_a_very_long_message_is_cut(error: SidelinesError) -> None:
    assert len(fault_document(error)["error"]["message"]) == 200
    assert len(fault_text(error)) < 1000


def test_a_quoted_line_sends_no_control_characters_to_a_terminal() -> None:
    assert "\x1b" not in fault_text(broken(1, quoted="a: \x1b[2J"))


def test_problems_become_a_document_with_code_message_where_and_hint(
    error: CrisisFileError,
) -> None:
    document = fault_document(error)
    assert document["error"] == document["errors"][0]
    assert [set(one) for one in document["errors"]] == [{"code", "message", "where", "hint"}] * 2
    where = {"file": "small.yaml", "line": 6, "column": 32, "path": "theatre.lat"}
    assert document["error"]["where"] == where


def test_an_error_without_a_place_says_so() -> None:
    document = fault_document(UsageError("no", hint="yes"))
    assert document["error"] == {"code": "E101", "message": "no", "where": None, "hint": "yes"}


def test_an_error_is_told_with_its_hint_below() -> None:
    assert fault_text(UsageError("no.", hint="Try yes.")) == "error[E101] no.\nTry yes."


@pytest.mark.parametrize(
    ("kind", "exit_code", "builtin"),
    [
        (SidelinesError, 1, Exception),
        (UsageError, 2, ValueError),
        (NotFoundError, 3, KeyError),
        (DataError, 4, LookupError),
        (TableError, 4, ValueError),
        (CheckFailedError, 5, Exception),
    ],
)
def test_every_error_has_its_exit_code_and_is_its_builtin(
    kind: type[SidelinesError], exit_code: int, builtin: type[Exception]
) -> None:
    assert issubclass(kind, builtin)
    assert kind("x").exit_code == exit_code


@pytest.mark.parametrize("kind", [UsageError, NotFoundError, DataError, TableError])
def test_the_code_of_every_error_is_explained(kind: type[SidelinesError]) -> None:
    assert kind("x").code in codes()


@pytest.mark.parametrize("code", list(codes()))
def test_every_code_has_a_rule(code: str) -> None:
    assert set(explain(code)) == {"code", "rule", "wrong", "right"}
    assert explain(code)["rule"].endswith(".")


def test_a_code_may_be_asked_in_small_letters() -> None:
    assert explain("e201")["code"] == "E201"


def test_an_explanation_says_what_it_was_made_with() -> None:
    assert explain_document("E201")["meta"]["version"] == VERSION


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Did you mean E2"):
        explain("E299")
